"""Places of units in one period: exact fractions, within groups, ties shared (DESIGN §5).

``place`` follows 群众满意率 alone; a unit with fewer valid ratings than the minimum is listed apart
without a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rules.periods import Kind
from rules.policy import RankingPolicy
from rules.tally import DEFINITIONS, Tally

__all__ = ["DEFINITIONS", "Entry", "Standing", "Tally", "print_rate", "rank"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit with its counts, before ranking."""

    unit_id: int
    unit: str
    code: str
    group: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit's line in a ranking; rates are fractions 0–1 or None of nothing.

    ``place`` 1 is the highest rate, ``unsatisfied_place`` 1 the fewest unsatisfied tickets. Places
    and grade are None where ``ranked`` is False, and ``reason`` says why. ``movement`` is previous
    place − this place: positive has risen.
    """

    unit_id: int
    unit: str
    code: str
    group: str
    tally: Tally
    ranked: bool
    reason: str | None
    place: int | None
    work_place: int | None
    unsatisfied_place: int | None
    result_rate: Fraction | None
    work_rate: Fraction | None
    movement: int | None
    grade: str | None


def rank(
    entries: Iterable[Entry],
    policy: RankingPolicy,
    kind: Kind,
    previous: Mapping[int, int] | None = None,
) -> tuple[Standing, ...]:
    """Rank each group, in the order in which groups first appear; the unranked follow the ranked.

    ``previous`` gives units' places of the period before. Units of one place stand by code.
    """
    tables: dict[str, list[Entry]] = {}
    for entry in entries:
        tables.setdefault(entry.group if policy.groups else "", []).append(entry)
    return tuple(
        standing
        for table in tables.values()
        for standing in _rank_table(table, policy, kind, previous or {})
    )


def _rank_table(
    table: Sequence[Entry], policy: RankingPolicy, kind: Kind, previous: Mapping[int, int]
) -> list[Standing]:
    weight = Fraction(policy.basic_weight)
    minimum = policy.min_rated_week if kind == "week" else policy.min_rated_month
    minimum = max(minimum, 1)
    ranked = [entry for entry in table if entry.tally.rated >= minimum]
    result = {e.unit_id: e.tally.result_rate(weight) for e in table}
    work = {e.unit_id: e.tally.work_rate(weight) for e in table}
    places = _places({e.unit_id: -_known(result[e.unit_id]) for e in ranked})
    work_places = _places(
        {e.unit_id: -_known(work[e.unit_id]) for e in ranked if e.tally.work_rated >= minimum}
    )
    unsatisfied = _places({e.unit_id: Fraction(e.tally.unsatisfied) for e in ranked})
    standings = [
        Standing(
            unit_id=e.unit_id,
            unit=e.unit,
            code=e.code,
            group=e.group,
            tally=e.tally,
            ranked=e.unit_id in places,
            reason=None if e.unit_id in places else _too_few(e.tally.rated, minimum),
            place=places.get(e.unit_id),
            work_place=work_places.get(e.unit_id),
            unsatisfied_place=unsatisfied.get(e.unit_id),
            result_rate=result[e.unit_id],
            work_rate=work[e.unit_id],
            movement=_movement(previous.get(e.unit_id), places.get(e.unit_id)),
            grade=_grade(result[e.unit_id], policy) if e.unit_id in places else None,
        )
        for e in table
    ]
    return sorted(standings, key=lambda s: (not s.ranked, s.place or 0, s.code))


def _places(keys: Mapping[int, Fraction]) -> dict[int, int]:
    """Give the smallest key place 1; equal keys share a place and the next ones are skipped."""
    places: dict[int, int] = {}
    last: Fraction | None = None
    place = 0
    for position, (unit_id, key) in enumerate(sorted(keys.items(), key=lambda kv: kv[1]), 1):
        if key != last:
            place, last = position, key
        places[unit_id] = place
    return places


def _known(rate: Fraction | None) -> Fraction:
    assert rate is not None, "a ranked unit has ratings"
    return rate


def _too_few(rated: int, minimum: int) -> str:
    if not rated:
        return "本期无评价"
    return f"样本不足：评价{rated}件，少于{minimum}件"


def _movement(previous: int | None, place: int | None) -> int | None:
    return None if previous is None or place is None else previous - place


def _grade(rate: Fraction | None, policy: RankingPolicy) -> str:
    """Grade on Wuhan's own scale (DOMAIN §3.2), its two marks being the policy's."""
    if _known(rate) >= Fraction(policy.excellent):
        return "优良"
    return "合格" if _known(rate) >= Fraction(policy.qualified) else "不合格"


def print_rate(rate: Fraction | None, neighbours: Iterable[Fraction | None] = ()) -> str:
    """Print a rate as per cent, two decimals half up; None is a dash.

    Three decimals where an unequal neighbour in the same table would print alike.
    """
    if rate is None:
        return "—"
    text = _percent(rate, 2)
    alike = any(n is not None and n != rate and _percent(n, 2) == text for n in neighbours)
    return _percent(rate, 3) if alike else text


def _percent(rate: Fraction, decimals: int) -> str:
    scale: int = 10**decimals
    units = (rate * 100 * scale + Fraction(1, 2)).__floor__()
    return f"{units // scale}.{units % scale:0{decimals}}%"
