"""末位预警 and 突出诉求: who must be supervised, found by the rules, kept with their evidence."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.evidence import matters, month_tables, successors
from models.trail import canonical
from rules.flags import MonthTable, Prominent, Run, last_running, prominent_long, withdrawal
from rules.periods import Period, last_complete

if TYPE_CHECKING:
    from models.reader import Reader
    from models.store import Store
    from models.work import Work

LAST_RUNNING, PROMINENT_LONG = "last-running", "prominent-long"
RULES = {LAST_RUNNING: "连续末位", PROMINENT_LONG: "突出诉求长期未解决"}
_GONE = "所列诉求已不再符合突出诉求条件"


@dataclass(frozen=True, slots=True)
class FlagView:
    """One unit and matter that must be supervised; ``id`` is ``None`` until it is raised.

    ``order`` names the open order drafted for it, ``months`` are (period, unit id) of a run.
    """

    key: str
    rule: str
    unit_id: int
    unit: str
    unit_code: str
    period: str | None
    provisional: bool
    evidence: tuple[str, ...]
    ticket_ids: tuple[int, ...] = ()
    months: tuple[tuple[str, int], ...] = ()
    id: int | None = None
    order: str | None = None

    def packed(self) -> str:
        """Return the evidence as the store keeps it."""
        return canonical({"lines": self.evidence, "tickets": self.ticket_ids,
                          "months": self.months})  # fmt: skip


def flags(store: Store, month: Period) -> list[FlagView]:
    """Return who must be supervised by the month's ranking, and by what is unresolved now.

    Prominent matters belong to the present: they are added for the last complete month only.
    """
    return _found(store, month, month_tables(store, month))


def raise_flags(store: Store, month: Period, *, at: datetime | None = None) -> list[FlagView]:
    """Keep the flags of a month, each once under its key, and withdraw those that fell away."""
    tables = month_tables(store, month)
    found = _found(store, month, tables)
    with store.writing(at=at) as work:
        work.require("supervisor", "signer")
        raised = [_keep(work, flag) for flag in found]
        _withdraw(work, store, month, tables, {flag.key for flag in found})
    return raised


def _found(store: Store, month: Period, tables: list[MonthTable]) -> list[FlagView]:
    policy, keeper, now = store.policy.flags, store.timekeeper(), store.now()
    with store.reading() as reader:
        runs = last_running(tables, policy, successors(reader))
        views = [_of_run(run) for run in runs if run.months[-1].period == month.key]
        if month == last_complete("month", now, keeper.zone):
            found = prominent_long(matters(reader, store, now), policy, now, keeper.calendar)
            views += [_of_matter(prominent) for prominent in found]
        return _completed(reader, views)


def _of_run(run: Run) -> FlagView:
    first, last = run.months[0], run.months[-1]
    return FlagView(
        key=f"{LAST_RUNNING}:{first.unit_id}:{first.period}",
        rule=LAST_RUNNING,
        unit_id=run.unit_id,
        unit=run.unit,
        unit_code="",
        period=last.period,
        provisional=run.provisional,
        evidence=run.evidence,
        months=tuple((place.period, place.unit_id) for place in run.months),
    )


def _of_matter(matter: Prominent) -> FlagView:
    return FlagView(
        key=f"{PROMINENT_LONG}:{matter.unit_id}:{matter.key}",
        rule=PROMINENT_LONG,
        unit_id=matter.unit_id,
        unit=matter.unit,
        unit_code="",
        period=None,
        provisional=False,
        evidence=matter.evidence,
        ticket_ids=matter.ticket_ids,
    )


def _completed(reader: Reader, views: list[FlagView]) -> list[FlagView]:
    """Add to each its unit's code and, where it is raised already, its id and open order."""
    codes: dict[int, str] = dict(reader.rows("SELECT id, code FROM unit"))
    raised: dict[str, tuple[int, str | None]] = {
        key: (id, order) for key, id, order in reader.rows(_RAISED)
    }
    return [
        replace(view, unit_code=codes[view.unit_id], id=known[0], order=known[1])
        for view in views
        for known in [raised.get(view.key, (None, None))]
    ]


_RAISED = """
    SELECT f.key, f.id,
        (SELECT coalesce(o.number, '草稿#' || o.id) FROM supervision_order o
         WHERE o.flag_id = f.id AND o.status NOT IN ('closed', 'void') ORDER BY o.id LIMIT 1)
    FROM flag f WHERE f.withdrawn_at IS NULL"""


def _keep(work: Work, view: FlagView) -> FlagView:
    from models.tables import Flag

    row = work.one("SELECT id, version, evidence, provisional, withdrawn_at, period FROM flag "
                   "WHERE key = :key", key=view.key)  # fmt: skip
    values: dict[str, Any] = {"evidence": view.packed(), "provisional": view.provisional,
                              "period": view.period, "unit_id": view.unit_id}  # fmt: skip
    if row is None:
        ticket = view.ticket_ids[0] if view.ticket_ids else None
        id = work.insert(Flag, key=view.key, rule=view.rule, ticket_id=ticket, raised_at=work.at,
                         **values)  # fmt: skip
    else:
        id = int(row[0])
        if row[4] is None and (row[2], bool(row[3]), row[5]) == (
            values["evidence"], view.provisional, view.period,
        ):  # fmt: skip
            return replace(view, id=id)
        work.update(Flag, id, row[1], withdrawn_at=None, withdrawn_reason=None, **values)
    work.event("flag.raise", "flag", id, unit_id=view.unit_id,
               payload={"key": view.key, "evidence": list(view.evidence)})  # fmt: skip
    return replace(view, id=id)


def _withdraw(
    work: Work, store: Store, month: Period, tables: list[MonthTable], standing: set[str]
) -> None:
    from models.tables import Flag

    now_too = month == last_complete("month", store.now(), store.timekeeper().zone)
    sql = """SELECT id, version, key, rule, unit_id, period, evidence FROM flag
             WHERE withdrawn_at IS NULL ORDER BY id"""
    for id, version, key, rule, unit_id, period, evidence in work.rows(sql):
        if key in standing:
            continue
        if rule == PROMINENT_LONG:
            reason = _GONE if now_too else None
        elif period == month.key:
            months = [(each[0], each[1]) for each in json.loads(evidence)["months"]]
            reason = withdrawal(months, tables, store.policy.flags) or "修订后不再连续末位"
        else:
            reason = None
        if reason is not None:
            work.update(Flag, id, version, withdrawn_at=work.at, withdrawn_reason=reason)
            work.event("flag.withdraw", "flag", id, unit_id=unit_id, reason=reason)
