"""The files of an edition by their suffix: bulletin, plain text, and the workbook beside."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from io import StringIO
from typing import TYPE_CHECKING

from console.paper import inert
from console.ranking.bulletin_page import bulletin_page
from console.ranking.composing import bulletin_title
from console.ranking.edition_book import ranking_workbook
from console.ranking.passages import VARIANTS, Variant
from console.ranking.standings import (
    INDICATORS,
    SHORT,
    columns_named,
    footnotes,
    group_name,
    heading,
    printed,
    standing_of,
)
from models import ranking
from rules.errors import DubanError
from rules.text import printable

if TYPE_CHECKING:
    from models.ranking import EditionView
    from models.store import Store


def ranking_csv(view: EditionView) -> bytes:
    """Return all columns of all groups as .csv with a byte order mark; no cell can run."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["统计期", "组别", *(column.title for column in INDICATORS)])
    for group, table in view.groups.items():
        for line in printed(INDICATORS, table):
            writer.writerow([view.period.key, *(inert(c) for c in (group_name(group), *line))])
    return out.getvalue().encode("utf-8-sig")


def ranking_markdown(view: EditionView) -> bytes:
    """Return the printed columns, group by group, with the footnotes, as Markdown."""
    lines = [f"# {heading(view)}", "", f"{view.bureau} · {standing_of(view)}"]
    columns = columns_named(SHORT)
    for group, table in view.groups.items():
        lines += ["", f"## {group_name(group)}", ""]
        lines += [_row([c.title for c in columns]), _row(["---"] * len(columns))]
        lines += [_row(line) for line in printed(columns, [s for s in table if s.grade])]
        apart = [f"{s.unit}（{s.reason}）" for s in table if not s.ranked]
        if apart:
            lines += ["", f"不排位次：{_cell('、'.join(apart))}"]
    lines += ["", "---", ""]
    lines += [f"- {_cell(note)}" for note in footnotes(view)]
    return ("\n".join(lines) + "\n").encode()


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(_cell(c) for c in cells)} |"


def _cell(text: str) -> str:
    return printable(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


FORMS: Mapping[str, Callable[[EditionView], bytes]] = {
    ".xlsx": ranking_workbook,
    ".csv": ranking_csv,
    ".md": ranking_markdown,
}
"""The forms of the ranking; the bulletin, which has readers, is a ``.docx``."""

BULLETIN = ".docx"


def render_one(view: EditionView, suffix: str, variant: Variant = "circular") -> bytes:
    """Return an edition in the form of a file suffix; ``variant`` is for whom a bulletin is."""
    if suffix == BULLETIN:
        return bulletin_page(view, variant)
    if suffix not in FORMS:
        known = " ".join((BULLETIN, *FORMS))
        raise DubanError(f"不会写 {suffix or '没有后缀的'} 文件：请用 {known} 或 .json")
    return FORMS[suffix](view)


def render_edition(view: EditionView) -> dict[str, bytes]:
    """Return every form of an edition by file name, as a publication stores them."""
    bulletins = {
        f"{bulletin_title(view)}_{_file_part(view)}_{name}{BULLETIN}": bulletin_page(view, variant)
        for variant, name in VARIANTS.items()
    }
    name = f"{heading(view)}_{_file_part(view)}"
    return {**bulletins, **{name + suffix: write(view) for suffix, write in FORMS.items()}}


def edition_file(store: Store, view: EditionView, suffix: str, variant: Variant) -> bytes:
    """Return one form of an edition: of a published one as it was stored, else as it is now."""
    if view.id is None:
        return render_one(view, suffix, variant)
    with store.reading() as reader:
        files = ranking.files_of(reader, view.id)
    name = stored_name(files, suffix, variant)
    return files[name] if name is not None else render_one(view, suffix, variant)


def stored_name(files: Iterable[str], suffix: str, variant: Variant) -> str | None:
    """Return which of the files of a publication is a form of it; None where none was stored.

    One from before there were variants has a single bulletin, which was circulated.
    """
    found = [name for name in files if name.endswith(suffix)]
    if suffix == BULLETIN and any(name.endswith(ends) for name in found for ends in _ENDINGS):
        found = [name for name in found if name.endswith(f"_{VARIANTS[variant]}{suffix}")]
    elif suffix == BULLETIN and variant != "circular":
        found = []
    return next(iter(found), None)


_ENDINGS = tuple(f"_{name}{BULLETIN}" for name in VARIANTS.values())


def _file_part(view: EditionView) -> str:
    return standing_of(view).replace(" ", "_")
