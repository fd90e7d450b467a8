"""Who must be supervised: flags with what they rest on, raised once, withdrawn with a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.ranking.evidence import month_tables, old_appeals, successors
from models.store import Query, Reader, canonical, retried
from models.tables import Flag
from rules.ranking import (
    MonthTable,
    Period,
    Prominent,
    Run,
    last_complete,
    last_running,
    prominent_long,
    withdrawal,
)

if TYPE_CHECKING:
    from models.store import Store, Work


LAST_RUNNING, PROMINENT_LONG, REAPPEARED = "last-running", "prominent-long", "entity"

RULES = {
    LAST_RUNNING: "连续末位",
    PROMINENT_LONG: "突出诉求长期未解决",
    REAPPEARED: "受处理主体换名再现",
}

_GONE = "所列诉求已不再符合突出诉求条件"
_JOINED = "所列诉求与其他诉求是同一问题，并入同一预警"


@dataclass(frozen=True, slots=True)
class FlagView:
    """One unit and matter that must be supervised; ``id`` is ``None`` until it is raised.

    ``order`` names the paper drafted for it, an order that is not closed first; ``months`` are
    (period, unit id) of a run, one for each line of its evidence. ``rests_on`` are the tickets that
    each line of a matter tells of.
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
    rests_on: tuple[tuple[int, ...], ...] = ()

    @property
    def guess(self) -> str:
        """What a provisional flag still rests on, in words."""
        return "别名待确认" if self.rule == REAPPEARED else "预判：含未发布的月份"

    def packed(self) -> str:
        """Return the evidence as the store keeps it."""
        return canonical(
            {"lines": self.evidence, "tickets": self.ticket_ids, "months": self.months}
        )


def flags_of(store: Store, month: Period) -> list[FlagView]:
    """Return who must be supervised by the month's ranking, and by what is unresolved now.

    Prominent matters belong to the present: they are added for the last complete month only.
    """
    return _found(store, month, month_tables(store, month))


@retried
def raise_flags(store: Store, month: Period, *, at: datetime | None = None) -> list[FlagView]:
    """Keep the flags of a month, each once under its key, and withdraw those that fell away."""
    tables = month_tables(store, month)
    found = _found(store, month, tables)
    with store.writing(at=at) as work:
        work.require(verb="flag.raise")
        raised = [_keep(work, flag) for flag in found]
        _withdraw(work, store, month, tables, found)
    return raised


def _found(store: Store, month: Period, tables: list[MonthTable]) -> list[FlagView]:
    policy, keeper, now = store.policy.flags, store.timekeeper(), store.now()
    with store.reading() as reader:
        runs = last_running(tables, policy, successors(reader))
        views = [_of_run(run) for run in runs if run.months[-1].period == month.key]
        if month == last_complete("month", now, keeper.zone):
            found = prominent_long(old_appeals(reader, store, now), policy, now, keeper.calendar)
            views += [_of_matter(prominent) for prominent in found]
            views += [_as_kept(kept) for kept in reader.read(_STANDING) if kept.rule == REAPPEARED]
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
        rests_on=matter.rests_on,
    )


def _as_kept(kept: _Kept) -> FlagView:
    """Return a flag that follows what is decided elsewhere, as its row holds it."""
    told = json.loads(kept.evidence)
    lines, tickets = tuple(told["lines"]), tuple(told["tickets"])
    return FlagView(
        key=kept.key,
        rule=kept.rule,
        unit_id=kept.unit_id,
        unit=kept.unit,
        unit_code="",
        period=None,
        provisional=kept.provisional,
        evidence=lines,
        ticket_ids=tickets,
        rests_on=(tickets,) * len(lines),
    )


def follow_rule(work: Work, rule: str, found: Sequence[FlagView], reason: str) -> None:
    """Raise the flags of one rule in the work at hand; withdraw its others for ``reason``."""
    for view in found:
        _keep(work, view)
    standing = {view.key for view in found}
    for kept in work.read(_STANDING):
        if kept.rule == rule and kept.key not in standing:
            _take_back(work, kept, reason)


def _completed(reader: Reader, views: list[FlagView]) -> list[FlagView]:
    """Add to each its unit's code and, where it is raised already, its id and its paper."""
    codes = {one.id: one.code for one in reader.read(_CODES)}
    raised = {one.key: one for one in reader.read(_STANDING)}
    found = []
    for view in _as_first_raised(views, list(raised.values())):
        view = replace(view, unit_code=codes[view.unit_id])
        if (known := raised.get(view.key)) is not None:
            view = replace(view, id=known.id, order=known.order)
        found.append(view)
    return found


def _as_first_raised(views: list[FlagView], standing: list[_Kept]) -> Iterator[FlagView]:
    """Yield flags; a matter that stands under another key, because others came to it, keeps it."""
    known = {(kept.unit_id, ticket): kept.key for kept in standing[::-1] for ticket in kept.appeals}
    keys = set(known.values())
    taken = {view.key for view in views}
    for view in views:
        if view.rule == PROMINENT_LONG and view.key not in keys:
            own = (known.get((view.unit_id, ticket)) for ticket in view.ticket_ids)
            key = next((key for key in own if key is not None and key not in taken), view.key)
            taken.add(key)
            view = replace(view, key=key)
        yield view


@dataclass(frozen=True, slots=True)
class _Code:
    """The code of a unit."""

    id: int
    code: str


_CODES = Query(_Code, "SELECT id, code FROM unit")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A flag as its row holds it, and the paper drafted for it."""

    id: int
    version: int
    key: str
    rule: str
    unit_id: int
    unit: str
    period: str | None
    evidence: str
    provisional: bool
    withdrawn_at: datetime | None
    order: str | None

    @property
    def appeals(self) -> tuple[int, ...]:
        """The tickets of prominent appeals that it tells of."""
        return tuple(json.loads(self.evidence)["tickets"]) if self.rule == PROMINENT_LONG else ()


_KEPT = Query(
    _Kept,
    """
SELECT f.id, f.version, f.key, f.rule, f.unit_id, u.short_name AS unit, f.period, f.evidence,
    f.provisional, f.withdrawn_at,
    (SELECT coalesce(o.number, '草稿#' || o.id) FROM supervision_order o
     WHERE o.flag_id = f.id AND o.status <> 'void' AND o.confidential IS NOT TRUE
     ORDER BY o.kind <> 'order', o.status = 'closed', o.id DESC LIMIT 1) AS "order"
FROM flag f JOIN unit u ON u.id = f.unit_id
""",
)

_BY_KEY = _KEPT.also("WHERE f.key = :key")
_STANDING = _KEPT.also("WHERE f.withdrawn_at IS NULL ORDER BY f.id")


def _keep(work: Work, view: FlagView) -> FlagView:
    kept = work.first(_BY_KEY, key=view.key)
    values: dict[str, Any] = {
        "evidence": view.packed(),
        "provisional": view.provisional,
        "period": view.period,
        "unit_id": view.unit_id,
    }
    if kept is None:
        ticket = view.ticket_ids[0] if view.ticket_ids else None
        id = work.insert(
            Flag, key=view.key, rule=view.rule, ticket_id=ticket, raised_at=work.at, **values
        )
    else:
        id = kept.id
        told = ("evidence", "provisional", "period")
        same = all(getattr(kept, name) == values[name] for name in told)
        if kept.withdrawn_at is None and same:
            return replace(view, id=id)
        work.update(Flag, id, kept.version, withdrawn_at=None, withdrawn_reason=None, **values)
    payload = {"key": view.key, "evidence": list(view.evidence)}
    work.event("flag.raise", "flag", id, unit_id=view.unit_id, payload=payload)
    return replace(view, id=id)


def _withdraw(
    work: Work, store: Store, month: Period, tables: list[MonthTable], found: list[FlagView]
) -> None:
    standing = {flag.key for flag in found}
    told = {(flag.unit_id, ticket) for flag in found for ticket in flag.ticket_ids}
    now_too = month == last_complete("month", store.now(), store.timekeeper().zone)
    for kept in work.read(_STANDING):
        if kept.key in standing:
            continue
        if kept.rule == PROMINENT_LONG:
            joined = not told.isdisjoint((kept.unit_id, ticket) for ticket in kept.appeals)
            reason = (_JOINED if joined else _GONE) if now_too else None
        elif kept.period == month.key:
            months = [(period, id) for period, id in json.loads(kept.evidence)["months"]]
            reason = withdrawal(months, tables, store.policy.flags) or "修订后不再连续末位"
        else:
            reason = None
        if reason is not None:
            _take_back(work, kept, reason)


def _take_back(work: Work, kept: _Kept, reason: str) -> None:
    work.update(Flag, kept.id, kept.version, withdrawn_at=work.at, withdrawn_reason=reason)
    work.event("flag.withdraw", "flag", kept.id, unit_id=kept.unit_id, reason=reason)
