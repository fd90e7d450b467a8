"""The files of an edition by their suffix, and all of them for a publication."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.documents.ranking_book import ranking_book
from console.documents.ranking_bulletin import ranking_bulletin
from console.documents.ranking_lines import heading, standing_of
from console.documents.ranking_text import ranking_csv, ranking_markdown
from models.ranking import EditionView
from rules.errors import DubanError

FORMS: Mapping[str, Callable[[EditionView], bytes]] = {
    ".docx": ranking_bulletin,
    ".xlsx": ranking_book,
    ".csv": ranking_csv,
    ".md": ranking_markdown,
}


def render_one(view: EditionView, suffix: str) -> bytes:
    """Return an edition in the form of a file suffix such as ``.xlsx``."""
    if suffix not in FORMS:
        raise DubanError(f"不会写 {suffix or '没有后缀的'} 文件：请用 {' '.join(FORMS)} 或 .json")
    return FORMS[suffix](view)


def render_edition(view: EditionView) -> dict[str, bytes]:
    """Return every form of an edition by file name, as a publication stores them."""
    name = f"{heading(view)} {standing_of(view)}".replace(" ", "_")
    return {name + suffix: write(view) for suffix, write in FORMS.items()}
