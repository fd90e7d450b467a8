"""The findings of a stretch of days as a workbook or as plain rows."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from console.paper import Book, inert
from rules.errors import DubanError
from rules.insight import KINDS, SIGNS
from rules.paper import SheetColumn

if TYPE_CHECKING:
    from models.insight import FindingView, Insight
    from models.store import Store

COLUMNS = (
    ("名称", 30),
    ("是什么", 10),
    ("新升重跨", 10),
    ("件数", 8),
    ("诉求人", 8),
    ("前四周周均", 10),
    ("应有", 8),
    ("偏离", 8),
    ("最早可知", 12),
    ("单位", 24),
    ("渠道", 24),
    ("区", 24),
    ("关键词", 24),
    ("说明", 60),
)


def insight_file(store: Store, found: Insight, suffix: str) -> bytes:
    """Return the findings in the form of a file suffix; ``DubanError`` for an unknown one."""
    if suffix == ".csv":
        return _csv(found)
    if suffix == ".xlsx":
        return _workbook(store, found)
    raise DubanError(f"不会写 {suffix or '没有后缀的'} 文件：请用 .xlsx .csv")


def _cells(finding: FindingView) -> tuple[str, ...]:
    return (
        finding.name,
        KINDS[finding.kind],
        "".join(SIGNS[sign] for sign in finding.signs),
        str(finding.count),
        str(finding.reporters),
        f"{finding.mean:.1f}",
        f"{finding.expected:.1f}",
        f"{finding.z:.1f}",
        finding.known_on.isoformat(),
        *(
            "、".join(f"{share.name}{len(share.ticket_ids)}" for share in shares)
            for shares in (finding.units, finding.channels, finding.districts)
        ),
        "、".join(finding.words),
        finding.sentence,
    )


def _csv(found: Insight) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([title for title, _ in COLUMNS])
    writer.writerows([inert(cell) for cell in _cells(finding)] for finding in found.findings)
    return out.getvalue().encode("utf-8-sig")


def _workbook(store: Store, found: Insight) -> bytes:
    local = store.timekeeper().local
    title = f"民情（{found.first.isoformat()}至{found.last.isoformat()}）"
    book = Book(title, store.policy.bureau.name, local(store.now()))
    note = f"{found.appeals:,}件诉求，比对{found.watched:,}项；举报、保密件不计。"
    columns = [SheetColumn(*column) for column in COLUMNS]
    book.table("民情", title, [note], columns, map(_cells, found.findings), named=1)
    return book.save()
