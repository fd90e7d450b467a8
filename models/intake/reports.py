"""单位自报: a time that a unit reports of itself counts with evidence, or soon enough, or waits.

What waits is 补录待核: the centre takes it as reported, as of when it came in, or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.casework import (
    Seen,
    do_told,
    finish,
    reply_key,
    step_told,
    tell,
)
from models.intake.conflicts import unmoved
from models.matter import Matter
from models.store import Journal, Query, retried
from models.tables import UnitReport
from rules.casework import HalfRow
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store, Work


CREDIT, AS_RECEIVED, DISCREDIT = "credit", "as_received", "discredit"
"""采信, 按收到时间, 不采信: how a report that waits may be decided."""

_TAKEN = {CREDIT: "reported", AS_RECEIVED: "received", DISCREDIT: "dropped"}


def counts(work: Work, row: HalfRow, at: datetime) -> bool:
    """Return whether a time that a row tells counts as it is told."""
    if not row.reported or row.evidence:
        return True
    soon = work.timekeeper().timed("report", work.policy.reports.span, at)
    return work.now <= soon.due_at


def keep_report(
    work: Work, matter: Matter, row: HalfRow, verb: str, at: datetime, *, waits: bool
) -> None:
    """Keep what a unit reports; one that does not wait is kept for its evidence.

    An older one of the same step that still waits is replaced.
    """
    _replace_waiting(work, matter, verb)
    if not (waits or row.evidence):
        return
    values: dict[str, Any] = {"evidence": row.evidence}
    if verb == "reply":
        values |= {"filled_by": row.filled_by, "approved_by": row.approved_by}
    if waits and verb == "reply" and row.reply:
        key = reply_key(row.reply)
        values |= {"text": row.reply, "text_key": key, "outcome": row.outcome}
    if not waits:
        values |= {"decided_at": work.now, "decided_by": work.operator.id, "taken": "reported"}
    work.insert(
        UnitReport,
        ticket_id=matter.ticket_id,
        round_id=matter.round_id,
        unit_id=matter.unit_id,
        verb=verb,
        at=at,
        recorded_at=work.now,
        batch_id=int((work.batch or "").removeprefix("import:")),
        **values,
    )
    if waits:
        tell(work, matter, "report", at=at, payload={"verb": verb})


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A report that nobody has decided."""

    id: int
    version: int


_WAITING = Query(
    _Waiting,
    """
SELECT id, version FROM unit_report
WHERE round_id = :round AND verb = :verb AND decided_at IS NULL
""",
)


def _replace_waiting(work: Work, matter: Matter, verb: str) -> None:
    for one in work.read(_WAITING, round=matter.round_id, verb=verb):
        work.update(UnitReport, one.id, one.version, decided_at=work.now, taken="replaced")


@dataclass(frozen=True, slots=True)
class _Report:
    """A report as it was made."""

    version: int
    ticket_id: int
    round_id: int
    verb: str
    at: datetime
    recorded_at: datetime
    text: str | None
    outcome: str | None
    filled_by: str | None
    approved_by: str | None
    decided_at: datetime | None


_REPORT = Query(
    _Report,
    """
SELECT version, ticket_id, round_id, verb, at, recorded_at, text, outcome, filled_by, approved_by,
       decided_at
FROM unit_report WHERE id = :id
""",
)


@retried
def decide_reports(
    store: Store,
    report_ids: Sequence[int],
    how: str,
    *,
    reason: str | None = None,
    seen: Seen | None = None,
) -> int:
    """Decide reports that wait, as one act to undo; return how many.

    ``how`` is one of CREDIT, AS_RECEIVED, DISCREDIT; the last needs a reason. Raises ``Refused``
    where the step cannot have been taken then, ``LostRace`` if a ticket moved since it was
    ``seen``.
    """
    if how == DISCREDIT and not reason:
        raise Refused("须写明不采信的理由：请填写后再办")
    ids, shown = sorted(set(report_ids)), dict(seen or {})
    with store.writing(journal=Journal(how)) as work:
        work.require(verb=f"ticket.{how}")
        for id in ids:
            found = work.first(_REPORT, id=id)
            if found is None or found.decided_at is not None:
                raise Refused("这条自报已有人核定：请刷新后再看")
            before = unmoved(work, found.ticket_id, shown)
            after = before if how == DISCREDIT else _as_told(work, before, found, how)
            work.update(
                UnitReport,
                id,
                found.version,
                {"decided_at": None, "decided_by": None, "taken": None, "decision": None},
                decided_at=work.now,
                decided_by=work.operator.id,
                taken=_TAKEN[how],
                decision=reason,
            )
            payload = {"verb": found.verb, "report": id}
            tell(work, before, how, reason=reason, payload=payload)
            finish(work, before, after)
    return len(ids)


def _as_told(work: Work, matter: Matter, report: _Report, how: str) -> Matter:
    """Take the step that was reported, at the time reported or when it came in."""
    if matter.round_id != report.round_id:
        raise Refused(f"{matter.number} 已开下一轮：这条自报请选不采信")
    at = report.at if how == CREDIT else report.recorded_at
    said: dict[str, Any] = {}
    if report.verb == "reply":
        said = {
            "text": report.text,
            "outcome": report.outcome,
            "filled_by": report.filled_by,
            "approved_by": report.approved_by,
        }
    try:
        step = step_told(work, matter, report.verb, at)
    except Refused as refusal:
        raise Refused(f"{matter.number} {refusal}") from refusal
    return do_told(work, matter, step, at, **said)
