"""民情报告台账: every signed report, to whom it went, what leaders said, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from models.orders import digest_of
from models.reports.report import ReportView, report_list
from models.store import retried
from rules.reports import weekly

if TYPE_CHECKING:
    from models.orders import Keeping
    from models.store import Store


@dataclass(frozen=True, slots=True)
class Ledger:
    """The signed reports, newest first, and how many of each week; ``made_at`` is local."""

    bureau: str
    made_at: datetime
    reports: tuple[ReportView, ...]
    weeks: tuple[tuple[date, int], ...]

    def local(self, instant: datetime | None) -> datetime | None:
        """Return an instant in the bureau's zone."""
        return None if instant is None else instant.astimezone(self.made_at.tzinfo)


def report_ledger(store: Store, year: int | None = None) -> Ledger:
    """Return the ledger, of one year of signing or of all."""
    keeper = store.timekeeper()
    now = keeper.local(store.now())
    with store.reading() as reader:
        found = report_list(reader, limit=100_000)
    signed = [one for one in found if one.letter.signed_at is not None]
    days = [
        keeper.local(one.letter.signed_at).date()
        for one in signed
        if one.letter.signed_at is not None and one.letter.status == "signed"
    ]
    told = [one for one in signed if year in (None, keeper.local(_signed(one)).year)]
    return Ledger(store.policy.bureau.name, now, tuple(told), weekly(days, now.date()))


def _signed(report: ReportView) -> datetime:
    assert report.letter.signed_at is not None
    return report.letter.signed_at


@retried
def export_ledger(
    store: Store,
    ledger: Ledger,
    name: str,
    render: Callable[[Ledger], bytes],
    keep: Keeping,
) -> bytes:
    """Write the ledger down; the trail tells who took it."""
    content = render(ledger)
    with store.writing() as work:
        work.require(verb="report.export")
        payload = {"rows": len(ledger.reports), "file": name, "sha256": digest_of(content)}
        work.event("report.export", "store", None, payload=payload)
        keep(name, content)
    return content
