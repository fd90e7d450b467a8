"""How 特殊时期 weighs in the ranking: who is listed apart, whose last place counts for nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from rules.clocks import Emergency, touched

APART = "特殊时期，单列不排"


@dataclass(frozen=True, slots=True)
class Ranked:
    """What events are to one period: units ``apart`` with the reason, ``spared`` and footnotes."""

    apart: Mapping[int, str]
    spared: frozenset[int]
    notes: tuple[str, ...]


def ranked_in(
    events: Sequence[Emergency],
    from_at: datetime,
    to_at: datetime,
    units: Mapping[int, str | None],
    share: Decimal,
    names: Mapping[int, str],
) -> Ranked:
    """Return what events are to a period; ``units`` gives the place of each unit, if it has one.

    A unit is spared where an event reaches it in the period at all, and listed apart where its
    events take ``share`` of the period or more. An event of the whole city reaches every unit, one
    of some districts those that stand for a place in them. ``names`` are the events as a footnote
    calls them.
    """
    reaching = touched(events, from_at, to_at)
    apart, spared = dict[int, str](), set[int]()
    for unit, place in units.items():
        own = [part for event, part in reaching if event.reaches(place)]
        if own:
            spared.add(unit)
            if sum(own) >= share:
                apart[unit] = APART
    notes = tuple(_note(event, names[event.id], apart, units) for event, _ in reaching)
    return Ranked(apart, frozenset(spared), notes)


def _note(
    event: Emergency, name: str, apart: Mapping[int, str], units: Mapping[int, str | None]
) -> str:
    """Return the footnote of one event."""
    listed = sum(1 for unit in apart if event.reaches(units[unit]))
    place = f"单列{listed}个单位，不排位次、不评等次" if listed else "占本期时间不长，照常排名"
    return f"本期含特殊时期：{name}，{place}；此间的末位不计入督办"
