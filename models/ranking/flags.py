"""Who must be supervised: flags with what they rest on, raised once, withdrawn with a reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from models.ranking.editions import EditionView, compute_edition, published_edition
from models.store import Reader, canonical
from models.tables import Flag
from rules.clocks import Limit
from rules.ranking import (
    Crowd,
    MonthTable,
    OldAppeal,
    Period,
    Prominent,
    Report,
    Run,
    crowds,
    last_complete,
    last_running,
    period_before,
    prominent_long,
    withdrawal,
)

if TYPE_CHECKING:
    from models.store import Store, Work


HISTORY = 12  # months a run is followed back through published editions


MEDIA = "媒体"


_CHUNK = 500


def month_tables(store: Store, month: Period) -> list[MonthTable]:
    """Return the tables of a month and those before it, oldest first.

    Months come from their latest published revision; the newest ones that a run needs are
    computed where they are not published, and marked provisional (预判).
    """
    grouped, needed = store.policy.ranking.groups, store.policy.flags.months + 1
    zone = store.timekeeper().zone
    found: list[MonthTable] = []
    period = month
    for back in range(HISTORY):
        view = published_edition(store, period)
        if view is None and back < needed:
            view = compute_edition(store, period)
        if view is not None:
            found.append(_table(view, grouped))
        period = period_before(period, zone)
    return found[::-1]


def old_appeals(reader: Reader, store: Store, now: datetime) -> list[OldAppeal]:
    """Return the open appeals old enough to be long unresolved, with all that is known of them."""
    crowd = _crowds(reader, store, now)
    found = reader.rows(_OLD, before=_oldest(store, now), now=now)
    return [
        OldAppeal(
            ticket_id=ticket_id,
            number=number,
            unit_id=unit_id,
            unit=unit,
            first_received_at=received_at if first_at is None else min(received_at, first_at),
            red_at=red_at,
            unsatisfied=unsatisfied,
            instructed=bool(instructed),
            media=channel == MEDIA,
            crowd=crowd.get(ticket_id),
        )
        for ticket_id, number, unit_id, unit, channel, received_at, first_at, red_at,
            unsatisfied, instructed in found
    ]  # fmt: skip


def successors(reader: Reader) -> dict[int, int]:
    """Return which unit took which unit's place."""
    return dict(reader.rows("SELECT id, successor_id FROM unit WHERE successor_id IS NOT NULL"))


def _table(view: EditionView, grouped: bool) -> MonthTable:
    basis = f"通报第{view.issue}期" if view.published else ""
    if view.revision > 1:
        basis += f"第{view.revision}次修订"
    return MonthTable(view.period.key, view.rows, not view.published, basis, grouped)


_OPEN = """FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
           WHERE t.state = 'open' AND r.lead_unit_id IS NOT NULL AND t.received_at < :before"""


_OLD = """
    SELECT t.id, t.number, r.lead_unit_id, u.short_name, t.channel, t.received_at,
        (SELECT p.received_at FROM ticket p WHERE p.id = t.parent_id) AS first_at,
        (SELECT min(d.red_at) FROM deadline d WHERE d.round_id = r.id AND d.step = 'close'
            AND d.stopped_at IS NULL AND d.paused_at IS NULL AND d.red_at < :now) AS red_at,
        (SELECT count(*) FROM round x WHERE x.ticket_id = t.id AND x.result_rating = '不满意'),
        EXISTS (SELECT 1 FROM instruction i WHERE i.ticket_id = t.id)
    FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
    JOIN unit u ON u.id = r.lead_unit_id
    WHERE t.state = 'open' AND t.received_at < :before ORDER BY t.id"""


_REPORTS = """SELECT t.id, p.reporter_key, t.received_at, t.object, t.category, t.grid
              FROM ticket t LEFT JOIN person p ON p.ticket_id = t.id"""


def _oldest(store: Store, now: datetime) -> datetime:
    """Return when an appeal must have come in before, to be long by any of the policy's limits."""
    flags = store.policy.flags
    days = min(_days(flags.long_red), _days(flags.long_open))
    return now - timedelta(days=days)


def _days(limit_text: str) -> int:
    limit = Limit.parse(limit_text)
    return limit.count if limit.unit in ("d", "wd") else 0


def _crowds(reader: Reader, store: Store, now: datetime) -> dict[int, Crowd]:
    """Return the crowds around old open appeals: whoever reported their objects or places."""
    within = timedelta(days=_days(store.policy.flags.reporters_within))
    sql = f"SELECT DISTINCT t.object, t.category, t.grid {_OPEN}"
    subjects = reader.rows(sql, before=_oldest(store, now))
    objects = sorted({name for name, _, _ in subjects if name})
    places = sorted({(kind, grid) for name, kind, grid in subjects if not name and kind and grid})
    reports = [*_of_objects(reader, objects), *_of_places(reader, places)]
    return dict(crowds(reports, within))


def _of_objects(reader: Reader, objects: Sequence[str]) -> list[Report]:
    return [
        Report(*row)
        for at in range(0, len(objects), _CHUNK)
        for row in reader.rows(
            f"{_REPORTS} WHERE t.object IN (:objects)", objects=list(objects[at : at + _CHUNK])
        )
    ]


def _of_places(reader: Reader, places: Sequence[tuple[str, str]]) -> list[Report]:
    """Return the appeals of the same category in the same communities, of no named object."""
    wanted = {(kind, grid[:12]) for kind, grid in places}
    cells = sorted({community for _, community in wanted})
    found: list[Report] = []
    for at in range(0, len(cells), _CHUNK):
        some = cells[at : at + _CHUNK]
        near = " OR ".join(f"(t.grid >= :a{n} AND t.grid <= :b{n})" for n in range(len(some)))
        bounds = {f"a{n}": cell for n, cell in enumerate(some)}
        bounds |= {f"b{n}": f"{cell}999" for n, cell in enumerate(some)}
        rows = reader.rows(f"{_REPORTS} WHERE t.object IS NULL AND ({near})", **bounds)
        found += [Report(*row) for row in rows if (row[4], (row[5] or "")[:12]) in wanted]
    return found


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


def flags_of(store: Store, month: Period) -> list[FlagView]:
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
            found = prominent_long(old_appeals(reader, store, now), policy, now, keeper.calendar)
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
