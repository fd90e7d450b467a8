"""Papers: what each kind says and of what fields it is made; its template, its sentences."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.paper.details import (
        DETAILS as DETAILS,
        ORGAN as ORGAN,
        TALKERS as TALKERS,
        Detail as Detail,
        details_of as details_of,
        names_in as names_in,
        read_details as read_details,
    )
    from rules.paper.fields import (
        FIELDS as FIELDS,
        PAPER_KINDS as PAPER_KINDS,
        Field as Field,
        filled as filled,
    )
    from rules.paper.kinds import (
        CLUES as CLUES,
        CRIME as CRIME,
        DUTY as DUTY,
        NOTICE as NOTICE,
        ORDER as ORDER,
        PUNISHING as PUNISHING,
        RANK_NAMES as RANK_NAMES,
        REFERRALS as REFERRALS,
        REMINDER as REMINDER,
        SECRETS_OPEN as SECRETS_OPEN,
        TALK as TALK,
        TALK_RECORD as TALK_RECORD,
        PaperKind as PaperKind,
        PapersPolicy as PapersPolicy,
        Rank as Rank,
        with_papers as with_papers,
        word_among as word_among,
    )
    from rules.paper.letters import (
        LETTERS as LETTERS,
        LetterKind as LetterKind,
        Subject as Subject,
        not_below as not_below,
    )
    from rules.paper.proof import check_code as check_code, typed_code as typed_code
    from rules.paper.quoting import quoted as quoted, stopped as stopped
    from rules.paper.sheet import (
        FACE_SIZE as FACE_SIZE,
        MARGIN as MARGIN,
        MOST_LINES as MOST_LINES,
        MOST_ROWS as MOST_ROWS,
        Printing as Printing,
        SheetColumn as SheetColumn,
        day_number as day_number,
        folded as folded,
        holdable as holdable,
        lines_in as lines_in,
        pixels as pixels,
        printing as printing,
        row_height as row_height,
        sheet_name as sheet_name,
    )
    from rules.paper.statement import (
        Content as Content,
        Row as Row,
        Statement as Statement,
        Value as Value,
        paragraphs as paragraphs,
    )
    from rules.paper.titles import title_lines as title_lines
    from rules.paper.worst import Case as Case, sample as sample, worst_cases as worst_cases

__getattr__, __dir__ = lazily(
    __name__,
    {
        "details": (
            "DETAILS",
            "Detail",
            "ORGAN",
            "TALKERS",
            "details_of",
            "names_in",
            "read_details",
        ),
        "worst": ("Case", "sample", "worst_cases"),
        "fields": ("FIELDS", "PAPER_KINDS", "Field", "filled"),
        "kinds": (
            "CLUES",
            "CRIME",
            "DUTY",
            "NOTICE",
            "ORDER",
            "PUNISHING",
            "PaperKind",
            "PapersPolicy",
            "RANK_NAMES",
            "REFERRALS",
            "REMINDER",
            "Rank",
            "SECRETS_OPEN",
            "TALK",
            "TALK_RECORD",
            "with_papers",
            "word_among",
        ),
        "letters": ("LETTERS", "LetterKind", "Subject", "not_below"),
        "proof": ("check_code", "typed_code"),
        "quoting": ("quoted", "stopped"),
        "sheet": (
            "FACE_SIZE",
            "MARGIN",
            "MOST_LINES",
            "MOST_ROWS",
            "Printing",
            "SheetColumn",
            "day_number",
            "folded",
            "holdable",
            "lines_in",
            "pixels",
            "printing",
            "row_height",
            "sheet_name",
        ),
        "statement": ("Content", "Row", "Statement", "Value", "paragraphs"),
        "titles": ("title_lines",),
    },
)
