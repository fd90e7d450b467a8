"""公文 as files: filled into the template of their kind, previewed, written into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from console.frame import exports_dir
from console.orders import made, paper_name, sheet_paper
from console.paper import void_copy
from models import letters
from seed.putting import Keep, one_paper

if TYPE_CHECKING:
    from models.letters import LetterView
    from models.orders import SheetForm
    from models.store import Store


def current_paper(store: Store, letter: LetterView) -> bytes:
    """Return the paper of a letter: the signed one itself, or what a draft would be now."""
    if letter.sha256 is None:
        return made(store, letters.preview_letter(store, letter.id)).paper
    with store.reading() as reader:
        return letters.signed_letter(reader, letter.id)[1]


def folder_of_letters() -> Path:
    """Return where letters are written from the screens."""
    return exports_dir() / "公文"


def write_letters(store: Store, ids: Sequence[int], folder: Path) -> list[Path]:
    """Write signed letters into a folder; each appears once its export is on record."""
    return [one_paper(folder, partial(_export, store, id)) for id in ids]


def _export(store: Store, id: int, keep: Keep) -> None:
    letters.export_letter(
        store, id, void_copy, lambda name, content: keep(paper_name(name), content)
    )


def write_letter_sheet(store: Store, letter: LetterView, form: SheetForm, folder: Path) -> Path:
    """Write the sheet on which a draft is approved; it appears once it is on record."""
    issued = made(store, letters.preview_letter(store, letter.id)).paper
    return one_paper(
        folder,
        lambda keep: letters.circulate_letter(
            store,
            letter,
            form,
            lambda sheet: sheet_paper(sheet, issued),
            lambda name, content: keep(paper_name(name), content),
        ),
    )
