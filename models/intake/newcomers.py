"""登记: new appeals become rows of every table they need, written by the driver's fastest way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import text

from models.bureau import GridDirectory, UnitDirectory
from models.casework import Routed, Router, directory_of
from models.intake.remembered import Digester
from models.intake.twins import Twin
from models.store import Query, Work
from rules.casework import Acts, Appeal
from rules.text import Pointed, UnitWords, accused_in

_ACT_COLUMNS = {
    "dispatch": "dispatched_at",
    "acknowledge": "acknowledged_at",
    "contact": "contacted_at",
    "progress": "",
}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One appeal that is new to the store, with its identity and the units its words mean."""

    key: str
    appeal: Appeal
    unit_id: int | None
    co_unit_ids: tuple[int, ...] = ()
    unknown: str | None = None  # the first word that means no unit we know
    routed: Routed | None = None  # by a rule of ours, where the appeal itself names no unit
    accused: tuple[Pointed, ...] = ()  # the units that its text seems to be against
    withheld: bool = False  # from a unit it names, because it is against that one
    analysis: bool = False  # others answer it
    said: Appeal | None = None  # all its row said, where the appeal itself holds less
    renumbered: bool = False  # its number is already that of another ticket
    twin: Twin | None = None  # the same matter as another platform told it
    reception_id: int | None = None  # where it was brought to a leader


@dataclass(frozen=True, slots=True)
class Lookups:
    """What an import looks things up in."""

    units: UnitDirectory
    grids: GridDirectory
    digester: Digester
    router: Router
    prefix: str
    spoken: UnitWords

    @classmethod
    def read(cls, work: Work) -> Lookups:
        """Read the reference data as it stands in this transaction."""
        policy, units = work.policy, UnitDirectory(work)
        router = Router(policy.routing, units, directory_of(work))
        spoken = UnitWords(units.spoken)
        prefix = policy.bureau.prefix
        return cls(units, GridDirectory(work), Digester(work), router, prefix, spoken)

    def pointed(self, appeal: Appeal, now: datetime) -> tuple[Pointed, ...]:
        """Return the units that an appeal seems to be against, as they are in force now."""
        nature = appeal.nature or "其他"
        return pointed_in(nature, appeal.title, appeal.content, self.spoken, self.units, now)


def pointed_in(
    nature: str, title: str, content: str, spoken: UnitWords, units: UnitDirectory, now: datetime
) -> tuple[Pointed, ...]:
    """Return the units that a text seems to be against, as they are in force now."""
    found = accused_in(nature, title, content, spoken)
    told = {units.in_force(one.unit_id, now.date()): one.words for one in found}
    return tuple(Pointed(id, words) for id, words in told.items())


def newcomer(lookups: Lookups, key: str, appeal: Appeal, now: datetime) -> Newcomer:
    """Return an appeal with the units its words mean on the day it was handed on.

    One that names no unit is handed on today by the routing rule that fits it, if any does; none
    to a unit that it is against, unless that has answered it long since.
    """
    found = _named(lookups, key, appeal, now)
    pointed = lookups.pointed(appeal, now)
    if not pointed:
        return found
    found = replace(found, accused=pointed)
    answered = appeal.replied_at is not None or appeal.closed_at is not None
    return found if answered else _kept_from(found, {one.unit_id for one in pointed})


def set_aside(lookups: Lookups, key: str, appeal: Appeal, now: datetime) -> Newcomer:
    """Return an appeal that others answer: no unit of ours has it, whatever it names.

    What would be counted here, its ratings and its due date, is merely remembered.
    """
    kept = replace(appeal, due_at=None, result_rating=None, work_rating=None, rated_at=None)
    pointed = lookups.pointed(appeal, now)
    return Newcomer(
        key, kept, None, unknown=appeal.unit, accused=pointed, analysis=True, said=appeal
    )


def _kept_from(newcomer: Newcomer, barred: set[int]) -> Newcomer:
    """Return an appeal as it comes in without the units that it is against."""
    helping = tuple(id for id in newcomer.co_unit_ids if id not in barred)
    if newcomer.unit_id in barred:
        withheld = newcomer.routed is None
        return replace(newcomer, unit_id=None, co_unit_ids=helping, routed=None, withheld=withheld)
    withheld = helping != newcomer.co_unit_ids and newcomer.routed is None
    return replace(newcomer, co_unit_ids=helping, withheld=withheld)


def _named(lookups: Lookups, key: str, appeal: Appeal, now: datetime) -> Newcomer:
    """Return an appeal with the units that it names, or that a rule gives it."""
    routed = lookups.router.of_appeal(appeal, now.date()) if appeal.unit is None else None
    if appeal.unit is None and not appeal.co_units:
        return _newcomer(key, appeal, (), None, routed)
    on = (appeal.dispatched_at or appeal.received_at or now).date()
    words = [word for word in (appeal.unit, *appeal.co_units) if word]
    found = {word: lookups.units.find(word, on) for word in words}
    unknown = next((word for word in words if found[word] is None), None)
    co_units = dict.fromkeys(id for word in appeal.co_units if (id := found[word]) is not None)
    if appeal.unit is None:
        return _newcomer(key, appeal, tuple(co_units), unknown, routed)
    return Newcomer(key, appeal, found[appeal.unit], tuple(co_units), unknown)


def _newcomer(
    key: str, appeal: Appeal, co_units: tuple[int, ...], unknown: str | None, routed: Routed | None
) -> Newcomer:
    """Return an appeal that names no lead unit, with the one a rule gives it."""
    if routed is None:
        return Newcomer(key, appeal, None, co_units, unknown)
    helping = tuple(dict.fromkeys((*co_units, *routed.co_unit_ids)))
    return Newcomer(key, appeal, routed.unit_id, helping, unknown, routed)


def acts_of(
    appeal: Appeal, received_at: datetime, unit_id: int | None, routed_at: datetime | None = None
) -> Acts:
    """Return what an appeal tells of its first round.

    Without a known unit it waits for dispatch, unless it was answered all the same. ``routed_at``
    is when a rule of ours handed it on.
    """
    answered = appeal.replied_at is not None or appeal.closed_at is not None
    dispatched, assumed = appeal.dispatched_at, False
    if routed_at is not None:
        dispatched = routed_at
    elif unit_id is None and not answered:
        dispatched = None
    elif unit_id is not None and dispatched is None:
        dispatched, assumed = received_at, True
    return Acts(
        received_at,
        dispatched,
        appeal.acknowledged_at,
        appeal.contacted_at,
        appeal.replied_at,
        appeal.closed_at,
        assumed,
        appeal.due_at is not None,
        silent_steps(appeal.fields),
    )


def silent_steps(columns: frozenset[str]) -> frozenset[str]:
    """Return the steps of a round that a file with these columns cannot tell of."""
    return frozenset(step for step, column in _ACT_COLUMNS.items() if column not in columns)


SERIAL_DIGITS = range(5, 10)
"""How many digits the serial in a ticket's number may have; verify reads the same ones."""

Numbering = Sequence[tuple[date, str | None]]
"""The day each new ticket was received, with the number it brings, if it brings one."""


def ticket_numbers(work: Work, wanted: Numbering, prefix: str) -> list[str]:
    """Return a number for each: its own, or the next of the bureau's for the day received.

    Given only if the transaction commits; the import's own lock keeps others out meanwhile.
    """
    own: dict[date, int] = defaultdict(int)
    needed: dict[date, int] = defaultdict(int)
    for day, number in wanted:
        if number is None:
            needed[day] += 1
        elif (told := _serial(number, prefix)) is not None:
            own[told[0]] = max(own[told[0]], told[1])
    coming = _first_serials(work, prefix, needed, own)
    numbers = []
    for day, number in wanted:
        if number is None:
            number = f"{prefix}{day:%Y%m%d}-{coming[day]:05d}"
            coming[day] += 1
        numbers.append(number)
    return numbers


def _serial(number: str, prefix: str) -> tuple[date, int] | None:
    """Return day and serial of a number in the bureau's own form, else ``None``.

    Its serial has five digits, more only when they are used up; one beyond what a counter holds
    is somebody else's number.
    """
    head, _, serial = number.removeprefix(prefix).partition("-")
    if not (number.startswith(prefix) and len(head) == 8 and serial.isdecimal()):
        return None
    if len(serial) not in SERIAL_DIGITS:
        return None
    try:
        return date.fromisoformat(f"{head[:4]}-{head[4:6]}-{head[6:]}"), int(serial)
    except ValueError:
        return None


def _first_serials(
    work: Work, prefix: str, needed: Mapping[date, int], own: Mapping[date, int]
) -> dict[date, int]:
    """Return the first free serial of each day, and count those needed as given.

    Numbers that a file brings along are stepped over.
    """
    keys = {day: f"{prefix}{day:%Y%m%d}" for day in sorted({*needed, *own})}
    if not keys:  # every number is of somebody else's form
        return {}
    last = {one.key: one.last for one in work.read(_COUNTERS, keys=list(keys.values()))}
    before = {day: max(last.get(key, 0), own.get(day, 0)) for day, key in keys.items()}
    given = [{"key": key, "last": before[day] + needed.get(day, 0)} for day, key in keys.items()]
    work.conn.execute(text(_COUNT), given)
    return {day: n + 1 for day, n in before.items()}


@dataclass(frozen=True, slots=True)
class _Counter:
    """The last number given under a key."""

    key: str
    last: int


_COUNTERS = Query(_Counter, "SELECT key, last FROM counter WHERE key IN (:keys)")
_COUNT = """
INSERT INTO counter (key, last) VALUES (:key, :last)
ON CONFLICT (key) DO UPDATE SET last = excluded.last
"""
