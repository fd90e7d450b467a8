"""What a change of the rules would do, told to the person who decides on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.clocks.recount import DEPTHS, Change, Plan
from models.matter import Rows
from rules.clocks import colour_of

SAMPLE = 50


CENTRE = "本中心"


Subject = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class UnitShare:
    """How many clocks of one unit change; ``unit_id`` is None for the centre's own desk."""

    unit_id: int | None
    name: str
    changed: int


@dataclass(frozen=True, slots=True)
class ColourChange:
    """How many clocks go from one colour to another today; None is no colour yet."""

    before: str | None
    after: str | None
    count: int


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One clock that changes, as before and as after; an order's has no ``ticket_id``."""

    kind: str
    ticket_id: int | None
    number: str
    title: str
    unit: str
    step: str
    limit_text: str
    due_before: datetime
    due_after: datetime
    colour_before: str | None
    colour_after: str | None
    provisional_before: bool
    provisional_after: bool


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What loading would do to the running clocks.

    ``changed`` = all that come out otherwise; of these ``moved`` have another due instant
    (``earlier`` + ``later``), ``settled`` lose their 暂定, ``provisional`` gain one, and
    ``annulled`` crossings on record fall away. ``bound`` clocks no rule can move, ``kept`` ones
    the new policy sets no limit for. ``rows`` shows up to 50, changes of colour first.
    """

    running: int
    changed: int
    moved: int
    earlier: int
    later: int
    settled: int
    provisional: int
    annulled: int
    bound: int
    kept: int
    colours: tuple[ColourChange, ...]
    units: tuple[UnitShare, ...]
    rows: tuple[SampleRow, ...]


def rehearsal_of(rows: Rows, plan: Plan) -> Rehearsal:
    """Sum a plan up; names and numbers are read by ``rows``."""
    told = [change for change in plan.changes if change.told]
    later = sum(change.clock.due_at > change.was.due_at for change in told)
    earlier = sum(change.clock.due_at < change.was.due_at for change in told)
    settled = [c.was.provisional and not c.clock.provisional for c in told]
    unsettled = [c.clock.provisional and not c.was.provisional for c in told]
    return Rehearsal(
        running=plan.running,
        changed=len(told),
        moved=earlier + later,
        earlier=earlier,
        later=later,
        settled=sum(settled),
        provisional=sum(unsettled),
        annulled=sum(len(change.annulled) for change in told),
        bound=plan.bound,
        kept=plan.kept,
        colours=_colours(told, plan.now),
        units=_units(rows, told),
        rows=_sample(rows, told, plan.now),
    )


def colour_before(change: Change, now: datetime) -> str | None:
    """Return the colour a clock shows today; None while paused."""
    was = change.was
    if was.paused_at is not None:
        return None
    return colour_of(was.blue_at, was.yellow_at, was.red_at, now)


def colour_after(change: Change, now: datetime) -> str | None:
    """Return the colour it would show today."""
    clock = change.clock
    if change.was.paused_at is not None:
        return None
    return colour_of(clock.blue_at, clock.yellow_at, clock.red_at, now)


def _colours(told: Sequence[Change], now: datetime) -> tuple[ColourChange, ...]:
    pairs = Counter((colour_before(change, now), colour_after(change, now)) for change in told)
    found = [ColourChange(*pair, count) for pair, count in pairs.items() if pair[0] != pair[1]]
    return tuple(sorted(found, key=lambda c: (-_depth(c.after), -_depth(c.before))))


def _depth(colour: str | None) -> int:
    return -1 if colour is None else DEPTHS.index(colour)


def _units(rows: Rows, told: Sequence[Change]) -> tuple[UnitShare, ...]:
    counted = Counter(change.was.unit_id for change in told)
    names = _names(rows, list(counted))
    found = [UnitShare(id, names.get(id, CENTRE), count) for id, count in counted.items()]
    return tuple(sorted(found, key=lambda share: (-share.changed, share.name)))


def _sample(rows: Rows, told: Sequence[Change], now: datetime) -> tuple[SampleRow, ...]:
    shown = sorted(told, key=lambda change: _weight(change, now))[:SAMPLE]
    named = _numbers(rows, _TICKETS, "ticket", shown) | _numbers(rows, _ORDERS, "order", shown)
    units = _names(rows, [change.was.unit_id for change in shown])
    return tuple(_sample_row(change, named, units, now) for change in shown)


def _sample_row(
    change: Change,
    named: Mapping[Subject, tuple[str, str]],
    units: Mapping[int | None, str],
    now: datetime,
) -> SampleRow:
    was, clock = change.was, change.clock
    number, title = named.get(_subject(change), ("", ""))
    return SampleRow(
        was.kind, was.ticket_id, number, title, units.get(was.unit_id, CENTRE), was.step,
        clock.limit_text,
        was.due_at, clock.due_at, colour_before(change, now), colour_after(change, now),
        was.provisional, clock.provisional,
    )  # fmt: skip


def _subject(change: Change) -> Subject:
    """Return what a clock is named by: its ticket, or its order."""
    was = change.was
    return ("order", was.subject_id) if was.kind == "order" else ("ticket", was.ticket_id)


def _weight(change: Change, now: datetime) -> tuple[bool, timedelta, datetime, int]:
    """Order changes: those of colour first, then the farthest moved, then the nearest due."""
    same = colour_before(change, now) == colour_after(change, now)
    shift = abs(change.clock.due_at - change.was.due_at)
    return same, -shift, change.was.due_at, change.was.id


_TICKETS = "SELECT id, number, title FROM ticket WHERE id IN (:ids)"


_ORDERS = "SELECT id, number, title FROM supervision_order WHERE id IN (:ids)"


_UNITS = "SELECT id, short_name FROM unit WHERE id IN (:ids)"


def _numbers(
    rows: Rows, sql: str, kind: str, shown: Sequence[Change]
) -> dict[Subject, tuple[str, str]]:
    subjects = {_subject(change) for change in shown}
    ids = sorted(id for of, id in subjects if of == kind and id is not None)
    found = rows(sql, ids=ids) if ids else []
    return {(kind, id): (number or "", title or "") for id, number, title in found}


def _names(rows: Rows, ids: Sequence[int | None]) -> dict[int | None, str]:
    wanted = sorted({id for id in ids if id is not None})
    return dict(rows(_UNITS, ids=wanted)) if wanted else {}
