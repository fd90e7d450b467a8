"""A place of the grid as its screen tells of it: what it has in hand, what it did month by month.

What runs is read from the index of running clocks by place. What became of appeals is kept for the
city, districts, streets and communities; below them it is counted from the few appeals there are.
No ORM is imported here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from models.store import (
    CONTACT,
    LEVELS,
    OF_ROUND,
    OF_TICKET,
    RATED,
    Query,
    Reader,
    months_of,
    of_round,
    of_ticket,
    seconds_of,
)
from models.views.queue import QueueMoment
from models.views.states import COLOURS, PAUSED, RUNNING
from rules.errors import DubanError

MONTHS = 12
"""How many months back, the present one among them, a place is told of."""

BELOW = {4: 6, 6: 9, 9: 12, 12: 15}
"""Digits of the code of what lies directly in a place, by those of its own."""


@dataclass(frozen=True, slots=True)
class GridPlace:
    """A place as the list of the grid has it; ``households`` and ``followers`` where known."""

    code: str
    name: str
    level: str
    parent: str | None
    officer: str | None
    households: int | None
    followers: int | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class StepInHand:
    """What a place has in hand at one step."""

    place: str
    step: str
    red: int
    yellow: int
    blue: int
    next: int
    late: int


@dataclass(frozen=True, slots=True)
class PlaceDone:
    """What became of the appeals of a place in some months.

    ``contacts`` are first contacts by how many seconds they took, known to a twentieth.
    """

    received: int = 0
    closed: int = 0
    solved: int = 0
    satisfied: int = 0
    fair: int = 0
    unsatisfied: int = 0
    contacts: tuple[tuple[int, int], ...] = ()

    @property
    def rated(self) -> int:
        """How many said whether they are satisfied."""
        return self.satisfied + self.fair + self.unsatisfied

    @property
    def contacted(self) -> int:
        """How many first contacts there were."""
        return sum(times for _, times in self.contacts)

    @property
    def contact_median(self) -> int | None:
        """The seconds by which half the first contacts were made."""
        seen, half = 0, (self.contacted + 1) // 2
        for seconds, times in self.contacts:
            seen += times
            if seen >= half:
                return seconds
        return None

    @property
    def solved_rate(self) -> Fraction | None:
        """The share of what was closed that is solved."""
        return Fraction(self.solved, self.closed) if self.closed else None

    def satisfaction(self, fair: Fraction) -> Fraction | None:
        """Return the share that is satisfied; who is ``fair`` counts as much as that."""
        return (self.satisfied + self.fair * fair) / self.rated if self.rated else None


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place with what it has in hand by step, and what it did in the months together."""

    place: GridPlace
    steps: tuple[StepInHand, ...]
    paused: int
    done: PlaceDone

    def in_hand(self, kind: str) -> int:
        """Return how many matters of a kind there are at all steps together."""
        return sum(getattr(step, kind) for step in self.steps)


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """A place, the ones it lies in, and those directly in it.

    ``months`` are what it did in each month, the oldest first, as ``begins`` names them.
    """

    line: PlaceLine
    path: tuple[GridPlace, ...]
    inside: tuple[PlaceLine, ...]
    begins: tuple[datetime, ...]
    months: tuple[PlaceDone, ...]


_PLACES = Query(
    GridPlace,
    """
SELECT code, name, level, parent, officer, households, followers, valid_from, valid_to FROM grid
""",
)
_PATH = _PLACES.also("WHERE code IN (:codes) ORDER BY length(code)")
_INSIDE = _PLACES.also(
    "WHERE parent = :code AND (valid_to IS NULL OR valid_to >= :today) ORDER BY code"
)
_TOP = "SELECT code FROM grid WHERE parent IS NULL ORDER BY length(code), code LIMIT 1"
THERE = "d.grid >= :low AND d.grid < :high AND d.subject_kind || '' IN ('ticket', 'review')"
"""That a clock is of an appeal in a place; the empty text keeps SQLite from seeking by kind."""

IN_HAND = {
    **{name: f"{RUNNING} AND {COLOURS[name]}" for name in ("red", "yellow", "blue", "next")},
    "late": f"{RUNNING} AND d.due_at < :now",
    "paused": PAUSED,
}
"""What is counted of a place now: its matters by colour, those late, those about to turn red."""

_COUNTED = ", ".join(
    f"count(*) FILTER (WHERE {COLOURS[kind]}) AS {kind}"
    for kind in ("red", "yellow", "blue", "next")
)
_STEPS = Query(
    StepInHand,
    f"""
SELECT substr(d.grid, 1, :digits) AS place, d.step, {_COUNTED},
       count(*) FILTER (WHERE d.due_at < :now) AS late
FROM deadline d WHERE {RUNNING} AND {THERE} GROUP BY substr(d.grid, 1, :digits), d.step
""",
)


@dataclass(frozen=True, slots=True)
class _Paused:
    """How many matters of a place stand still."""

    place: str
    matters: int


_STILL = Query(
    _Paused,
    f"""
SELECT substr(d.grid, 1, :digits) AS place, count(*) AS matters
FROM deadline d WHERE {PAUSED} AND {THERE} GROUP BY substr(d.grid, 1, :digits)
""",
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """How often something happened in a place in a month."""

    place: str
    turn: str
    month: int
    times: int


_KEPT = Query(
    _Kept,
    """
SELECT value AS place, turn, hour AS month, matters AS times FROM queue_count
WHERE dimension = 'place' AND value = :code AND hour >= :since
""",
)
_KEPT_INSIDE = Query(
    _Kept,
    """
SELECT value AS place, turn, 0 AS month, sum(matters) AS times FROM queue_count
WHERE dimension = 'place' AND value IN (:codes) AND hour >= :since GROUP BY value, turn
""",
)
_APPEALS = f"SELECT {', '.join(OF_TICKET)} FROM ticket WHERE grid >= :low AND grid < :high"
_ROUNDS = f"""
SELECT {", ".join(f"r.{name}" for name in OF_ROUND)}
FROM ticket t JOIN round r ON r.ticket_id = t.id
WHERE t.grid >= :low AND t.grid < :high AND r.grid IS NOT NULL
"""


def span_of(code: str) -> dict[str, str]:
    """Return the codes between which all stand that lie in a place."""
    return {"low": code, "high": str(int(code) + 1).zfill(len(code))}


def top_place(reader: Reader) -> str:
    """Return the code of the whole city; ``DubanError`` where no grid is loaded."""
    code = reader.value(_TOP)
    if code is None:
        raise DubanError("还没有网格表：请先运行 duban grid load 装入")
    return str(code)


def figures_of_place(
    reader: Reader, code: str, moment: QueueMoment, zone: ZoneInfo
) -> PlaceFigures:
    """Return a place as at a moment; ``DubanError`` if there is no such place."""
    above = [code[:digits] for digits in (*LEVELS, 15) if digits <= len(code)]
    path = reader.read(_PATH, codes=above)
    if not path or path[-1].code != code:
        raise DubanError(f"没有编码为 {code} 的网格：请按 / 按名称或编码查找")
    begun = months_of(zone).last(moment.now, MONTHS)
    today = moment.now.astimezone(zone).date()
    inside = reader.read(_INSIDE, code=code, today=today)
    done = _done(reader, code, [place.code for place in inside], zone, begun)
    steps, paused = _in_hand(reader, code, moment)

    def line(place: GridPlace) -> PlaceLine:
        digits = len(place.code)
        there = [one for one in steps if one.place[:digits] == place.code]
        still = sum(one.matters for one in paused if one.place[:digits] == place.code)
        whole = [counts for (of, _), counts in done.items() if of == place.code]
        return PlaceLine(place, _by_step(there), still, _told(whole))

    return PlaceFigures(
        line(path[-1]),
        tuple(path[:-1]),
        tuple(line(place) for place in inside),
        tuple(datetime.fromtimestamp(hour * 3600, zone) for hour in begun),
        tuple(_told([done.get((code, month), {})]) for month in begun),
    )


def _in_hand(
    reader: Reader, code: str, moment: QueueMoment
) -> tuple[Sequence[StepInHand], Sequence[_Paused]]:
    """Return what runs and what stands still, by the place directly below."""
    asked = {"digits": BELOW.get(len(code), len(code)), **span_of(code)}
    return reader.read(_STEPS, **asked, **asdict(moment)), reader.read(_STILL, **asked)


def _by_step(steps: Iterable[StepInHand]) -> tuple[StepInHand, ...]:
    """Return what several places have in hand together, by step, the most first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in steps:
        found[one.step].update(
            red=one.red, yellow=one.yellow, blue=one.blue, next=one.next, late=one.late
        )
    told = [StepInHand("", step, **counts) for step, counts in found.items()]
    return tuple(sorted(told, key=lambda one: (-(one.red + one.yellow + one.blue), one.step)))


Counts = Mapping[str, int]
"""How often each thing that is counted of a place happened."""


def _done(
    reader: Reader, code: str, inside: Sequence[str], zone: ZoneInfo, begun: Sequence[int]
) -> Mapping[tuple[str, int], Counts]:
    """Return what was done by place and month; what lies inside may have all months under 0."""
    found: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    small = {place for place in (code, *inside) if len(place) not in LEVELS}
    if code not in small:
        for one in reader.read(_KEPT, code=code, since=begun[0]):
            found[code, one.month][one.turn] += one.times
    if kept := [place for place in inside if place not in small]:
        for one in reader.read(_KEPT_INSIDE, codes=kept, since=begun[0]):
            found[one.place, one.month][one.turn] += one.times
    if small:
        for grid, turn, month in _from_appeals(reader, code, zone):
            for place in small & {code, grid} if month >= begun[0] else ():
                found[place, month][turn] += 1
    return found


def _from_appeals(reader: Reader, code: str, zone: ZoneInfo) -> Iterator[tuple[str, str, int]]:
    """Yield the place, the turn and the month of all that the appeals of a place count."""
    months = months_of(zone)
    for told_of, sql in ((of_ticket, _APPEALS), (of_round, _ROUNDS)):
        for cells in reader.rows(sql, **span_of(code)):
            told = told_of(cells, months)
            for turn, month in told.told if told is not None else ():
                yield cells[0], turn, month


def _told(counted: Iterable[Counts]) -> PlaceDone:
    """Return what several months counted as one."""
    whole: Counter[str] = Counter()
    for counts in counted:
        whole.update(counts)
    contacts = sorted(
        (seconds_of(turn), times)
        for turn, times in whole.items()
        if turn.startswith(CONTACT) and times
    )
    plain = {name: whole[name] for name in ("received", "closed", "solved", *RATED.values())}
    return PlaceDone(**plain, contacts=tuple(contacts))
