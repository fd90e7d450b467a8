"""The ranking as plain text: .csv for spreadsheets, .md for reading."""

from __future__ import annotations

import csv
from io import StringIO

from console.documents.ranking_lines import (
    COLUMNS,
    SHORT,
    columns_named,
    footnotes,
    group_name,
    heading,
    printed,
    standing_of,
)
from console.documents.words import harmless, inert
from models.ranking import EditionView


def ranking_csv(view: EditionView) -> bytes:
    """Return all columns of all groups as .csv with a byte order mark; no cell can run."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["统计期", "组别", *(column.title for column in COLUMNS)])
    for group, table in view.groups.items():
        for line in printed(COLUMNS, table):
            writer.writerow([view.period.key, *(inert(c) for c in (group_name(group), *line))])
    return out.getvalue().encode("utf-8-sig")


def ranking_markdown(view: EditionView) -> bytes:
    """Return the printed columns, group by group, with the footnotes, as Markdown."""
    lines = [f"# {heading(view)}", "", f"{view.bureau} · {standing_of(view)}"]
    columns = columns_named(SHORT)
    for group, table in view.groups.items():
        lines += ["", f"## {group_name(group)}", ""]
        lines += [_row([c.title for c in columns]), _row(["---"] * len(columns))]
        ranked = [s for s in table if s.ranked]
        lines += [_row(line) for line in printed(columns, ranked)]
        apart = [f"{s.unit}（{s.reason}）" for s in table if not s.ranked]
        if apart:
            lines += ["", f"不排位次：{_cell('、'.join(apart))}"]
    lines += ["", "---", ""]
    lines += [f"- {_cell(note)}" for note in footnotes(view)]
    return ("\n".join(lines) + "\n").encode()


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(_cell(c) for c in cells)} |"


def _cell(text: str) -> str:
    return harmless(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
