"""Counters of a queue from the counts that the store keeps: a few rows, however much it holds.

What is counted of a colour at an instant is what took it in whole hours before, and the clocks that
took it since, which are a range of an index.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from models.store import HOUR, Query, Reader
from models.views.filtering import LIVE, Conditions, in_places, so_named, unit_ids
from models.views.queue import QueueMoment
from models.views.states import RUNNING
from rules.casework import QueueFilter

_ASKED = ("text", "unit", "units", "area", "place", "step", "channel", "urgency", "kind", "number")

_COLUMNS = {
    "unit": "d.unit_id",
    "step": "d.step || ''",
    "kind": "d.subject_kind",
    "channel": "d.channel",
    "urgency": "d.urgency",
}
"""What a clock is compared by in each dimension."""

_CUTS = {
    "blue": ("blue", "now"),
    "yellow": ("yellow", "now"),
    "red": ("red", "just_before"),
    "next": ("red", "next_workday_end"),
    "long": ("red", "fold_before"),
    "pressing": ("pressing", "fold_before"),
}
"""What is asked: how many have taken a turn by which instant of the moment."""

_AT = {
    "blue": "d.blue_at > :begin AND d.blue_at <= :end",
    "yellow": "d.yellow_at > :begin AND d.yellow_at <= :end",
    "red": "d.red_at > :begin AND d.red_at <= :end",
    "pressing": "d.pressing AND d.red_at > :begin AND d.red_at <= :end",
}
"""Which running clocks take each turn behind one instant and by another."""


@dataclass(frozen=True, slots=True)
class KeptCounters:
    """The counters of ``QueueCounts`` as they are kept."""

    red: int
    yellow: int
    blue: int
    paused: int
    provisional: int
    total: int
    next: int
    folded: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Counters of some of the matters a filter asks for; ``besides`` asks for all the others."""

    counts: KeptCounters
    besides: Conditions | None


@dataclass(frozen=True, slots=True)
class _Slice:
    """All matters with some values of a dimension."""

    dimension: str
    values: tuple[int | str, ...]

    @property
    def condition(self) -> str:
        """The condition that a clock is of it."""
        column = _COLUMNS.get(self.dimension)
        return f"{column} IN (:kept)" if column else "0 = 0"

    def params(self) -> dict[str, Any]:
        """Return the parameters of the condition, and of the counts that are kept."""
        told = {"dimension": self.dimension, "texts": [str(value) for value in self.values]}
        return told | ({"kept": list(self.values)} if self.dimension in _COLUMNS else {})


def kept_running(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> Kept | None:
    """Return the counters of what runs or stands still, None where none are kept for the filter."""
    asked = [name for name in _ASKED if getattr(filter, name)]
    if len(asked) > 1 or (asked and asked[0] not in (*_COLUMNS, "units", "place")):
        return None
    name = asked[0] if asked else "all"
    part = getattr(filter, name, "")
    besides = Conditions(LIVE)
    others: list[str] = []
    if name == "units":
        slice = _Slice("unit", tuple(part))
    elif name in ("unit", "place"):
        slice = _Slice("unit", tuple(unit_ids(reader, part)))
        find = so_named if name == "unit" else in_places
        others = find(reader, besides, name, part)
    else:
        slice = _Slice(name, (part,))
    if not others:
        return Kept(_counters(reader, slice, moment), None)
    besides.add(" OR ".join(others))
    if slice.values:
        besides.add(f"NOT coalesce({slice.condition}, 0 = 1)", kept=list(slice.values))
    return Kept(_counters(reader, slice, moment), besides)


def kept_closed(reader: Reader, filter: QueueFilter) -> int | None:
    """Return how many closed tickets a filter asks for, None where it is not kept."""
    asked = [name for name in _ASKED if getattr(filter, name)]
    if len(asked) > 1 or (asked and asked[0] not in ("channel", "urgency")):
        return None
    name = asked[0] if asked else "all"
    value = getattr(filter, name, "")
    return int(reader.value(_CLOSED, dimension=name, value=value))


def _counters(reader: Reader, slice: _Slice, moment: QueueMoment) -> KeptCounters:
    """Return the counters of a slice."""
    hours = {f"{at}_hour": _hour(getattr(moment, at)) for _, at in _CUTS.values()}
    held = reader.first(_HELD, **slice.params(), **hours)
    assert held is not None  # a sum gives one row
    since = _since(reader, slice, moment)
    n = {name: getattr(held, name) + since.get(name, 0) for name in _CUTS}
    return KeptCounters(
        red=n["red"],
        yellow=n["yellow"] - n["red"],
        blue=n["blue"] - n["yellow"],
        paused=held.paused,
        provisional=held.provisional,
        total=held.running + held.paused,
        next=n["next"] - n["red"],
        folded=n["long"] - n["pressing"],
    )


def _hour(instant: datetime) -> int:
    return int(instant.timestamp()) // HOUR


def _since(reader: Reader, slice: _Slice, moment: QueueMoment) -> dict[str, int]:
    """Return how many clocks of a slice have taken each turn since the last whole hour."""
    found = {}
    for name, (_, at) in _CUTS.items():
        instant = getattr(moment, at)
        whole = datetime.fromtimestamp(_hour(instant) * HOUR, UTC)
        if whole < instant:
            sql = f"{_SINCE[name]} AND {slice.condition}"
            found[name] = int(reader.value(sql, begin=whole, end=instant, **slice.params()))
    return found


_SINCE = {
    name: f"SELECT count(*) FROM deadline d WHERE {RUNNING} AND {_AT[turn]}"
    for name, (turn, _) in _CUTS.items()
}
"""What counts the clocks that take a turn behind one instant and by another."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What has taken each turn by the last whole hour before each cut."""

    blue: int
    yellow: int
    red: int
    next: int
    long: int
    pressing: int
    paused: int
    provisional: int
    running: int


def _sum(condition: str) -> str:
    return f"coalesce(sum(CASE WHEN {condition} THEN matters ELSE 0 END), 0)"


_TAKEN = ", ".join(
    _sum(f"turn = '{turn}' AND hour <= :{at}_hour") + f" AS {name}"
    for name, (turn, at) in _CUTS.items()
)

_HELD = Query(
    _Held,
    f"""
SELECT {_TAKEN}, {_sum("turn = 'paused'")} AS paused,
       {_sum("turn = 'provisional'")} AS provisional, {_sum("turn = 'red'")} AS running
FROM queue_count WHERE dimension = :dimension AND value IN (:texts)
""",
)

_CLOSED = """
SELECT coalesce(sum(matters), 0) FROM queue_count
WHERE dimension = :dimension AND value = :value AND turn = 'closed'
"""
