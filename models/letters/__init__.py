"""公文: the office's own papers on what was decided, from draft to export."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.letters.composing import (
        Signature as Signature,
        framed as framed,
        possible as possible,
        preview_letter as preview_letter,
    )
    from models.letters.dossier import (
        Dossier as Dossier,
        Month as Month,
        UnitYear as UnitYear,
        YearOrder as YearOrder,
        export_dossier as export_dossier,
        year_dossier as year_dossier,
    )
    from models.letters.issuing import (
        export_letter as export_letter,
        note_answer as note_answer,
        sign_letters as sign_letters,
        signed_letter as signed_letter,
        void_letter as void_letter,
    )
    from models.letters.letter import (
        STATUSES as STATUSES,
        LetterView as LetterView,
        letter_by_name as letter_by_name,
        letters_by_id as letters_by_id,
        listing as listing,
    )
    from models.letters.lettering import (
        Making as Making,
        amend_letter as amend_letter,
        circulate_letter as circulate_letter,
        draft_as_seen as draft_as_seen,
        draft_letter as draft_letter,
        letter_words as letter_words,
        one_line as one_line,
        paragraphs_of as paragraphs_of,
    )
    from models.letters.told import Asked as Asked, Scene as Scene

__getattr__, __dir__ = lazily(
    __name__,
    {
        "composing": ("Signature", "framed", "possible", "preview_letter"),
        "dossier": (
            "Dossier",
            "Month",
            "UnitYear",
            "YearOrder",
            "export_dossier",
            "year_dossier",
        ),
        "lettering": (
            "Making",
            "amend_letter",
            "circulate_letter",
            "draft_as_seen",
            "draft_letter",
            "letter_words",
            "one_line",
            "paragraphs_of",
        ),
        "letter": ("LetterView", "STATUSES", "letter_by_name", "letters_by_id", "listing"),
        "issuing": (
            "export_letter",
            "note_answer",
            "sign_letters",
            "signed_letter",
            "void_letter",
        ),
        "told": ("Asked", "Scene"),
    },
)
