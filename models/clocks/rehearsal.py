"""What a change of the rules would do, told to the person who decides on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.clocks.recount import Change, Plan
from models.store import Query, Source
from rules.casework import listed_title
from rules.clocks import DEPTHS, colour_of
from rules.text import MASKED

SAMPLE = 50

CENTRE = "本中心"

NamedSubject = tuple[str, int | None]
"""``ticket`` or ``order``, and its id."""


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


def rehearsal_of(source: Source, plan: Plan) -> Rehearsal:
    """Sum a plan up."""
    told = [change for change in plan.changes if change.matters]
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
        units=_units(source, told),
        rows=_sample(source, told, plan.now),
    )


def _shown(change: Change, now: datetime) -> tuple[str | None, str | None]:
    """Return the colour a clock shows today, and the one it would show; None while paused."""
    if change.was.paused_at is not None:
        return None, None
    before, after = (
        colour_of(clock.blue_at, clock.yellow_at, clock.red_at, now)
        for clock in (change.was, change.clock)
    )
    return before, after


def _colours(told: Sequence[Change], now: datetime) -> tuple[ColourChange, ...]:
    pairs = Counter(_shown(change, now) for change in told)
    found = [ColourChange(*pair, count) for pair, count in pairs.items() if pair[0] != pair[1]]
    return tuple(sorted(found, key=lambda c: (-_depth(c.after), -_depth(c.before))))


def _depth(colour: str | None) -> int:
    return -1 if colour is None else DEPTHS.index(colour)


def _units(source: Source, told: Sequence[Change]) -> tuple[UnitShare, ...]:
    counted = Counter(change.was.unit_id for change in told)
    names = unit_names(source, list(counted))
    found = [UnitShare(id, names.get(id, CENTRE), count) for id, count in counted.items()]
    return tuple(sorted(found, key=lambda share: (-share.changed, share.name)))


def _sample(source: Source, told: Sequence[Change], now: datetime) -> tuple[SampleRow, ...]:
    shown = sorted(told, key=lambda change: _weight(change, now))[:SAMPLE]
    named = named_subjects(source, {_subject(change) for change in shown})
    units = unit_names(source, [change.was.unit_id for change in shown])
    return tuple(_sample_row(change, named, units, now) for change in shown)


def _sample_row(
    change: Change,
    named: Mapping[NamedSubject, tuple[str, str]],
    units: Mapping[int | None, str],
    now: datetime,
) -> SampleRow:
    was, clock = change.was, change.clock
    number, title = named.get(_subject(change), ("", ""))
    return SampleRow(
        was.kind,
        was.ticket_id,
        number,
        title,
        units.get(was.unit_id, CENTRE),
        was.step,
        clock.limit_text,
        was.due_at,
        clock.due_at,
        *_shown(change, now),
        was.provisional,
        clock.provisional,
    )


def _subject(change: Change) -> NamedSubject:
    """Return what a clock is named by: its ticket, or its order."""
    was = change.was
    return ("order", was.subject_id) if was.kind == "order" else ("ticket", was.ticket_id)


def _weight(change: Change, now: datetime) -> tuple[bool, timedelta, datetime, int]:
    """Order changes: those of colour first, then the farthest moved, then the nearest due."""
    before, after = _shown(change, now)
    shift = abs(change.clock.due_at - change.was.due_at)
    return before == after, -shift, change.was.due_at, change.was.id


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A ticket or an order by its number and title, with whose it is."""

    kind: str
    id: int
    number: str
    title: str
    nature: str
    confidential: bool
    reporter: str | None
    phone: str | None
    address: str | None


_NUMBERED = Query(
    _Numbered,
    """
SELECT 'ticket' AS kind, t.id, t.number, t.title, t.nature, t.confidential,
       p.reporter, p.phone, p.address
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id WHERE t.id IN (:tickets)
UNION ALL SELECT 'order', id, coalesce(number, ''), title, '', false, NULL, NULL, NULL
FROM supervision_order WHERE id IN (:orders)
""",
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit by its short name."""

    id: int
    name: str


_UNITS = Query(_Unit, "SELECT id, short_name AS name FROM unit WHERE id IN (:ids)")


def named_subjects(
    source: Source, subjects: Iterable[NamedSubject]
) -> dict[NamedSubject, tuple[str, str]]:
    """Return the number and the masked title of tickets and orders, by kind and id."""
    wanted: dict[str, list[int]] = {"ticket": [], "order": []}
    for kind, id in subjects:
        if id is not None:
            wanted[kind].append(id)
    found = source.read(_NUMBERED, tickets=wanted["ticket"], orders=wanted["order"])
    return {(one.kind, one.id): (one.number, _title(one)) for one in found}


def _title(one: _Numbered) -> str:
    return MASKED.about(one).text(listed_title(one.title, one.nature, one.confidential))


def unit_names(source: Source, ids: Sequence[int | None]) -> dict[int | None, str]:
    """Return the short names of units by their ids."""
    wanted = sorted({id for id in ids if id is not None})
    return {unit.id: unit.name for unit in source.read(_UNITS, ids=wanted)} if wanted else {}
