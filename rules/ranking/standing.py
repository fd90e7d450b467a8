"""Places of units in one period: exact fractions, within groups, ties shared (DESIGN §5).

``place`` follows 群众满意率 alone, the original or the verified one as the policy says; a unit with
fewer valid ratings than the minimum is listed apart without a place, and a table in which fewer
than three units have enough has no places at all. The weighted score (after Wenzhou, DOMAIN §3.2)
stands beside it as points lost, so that every lost point has its indicator, and decides no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rules.ranking.periods import Kind
from rules.ranking.rules import RankingPolicy
from rules.ranking.tally import Tally

LEAST_RANKED = 3
"""Units with enough ratings that a table needs to have places."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit with its counts, before ranking."""

    unit_id: int
    unit: str
    code: str
    group: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Standing(Entry):
    """One unit's line in a ranking; rates are fractions 0–1 or None of nothing.

    ``place`` 1 is the highest rate, ``unsatisfied_place`` 1 the fewest unsatisfied tickets. Places
    are None where ``ranked`` is False, and ``reason`` says why; ``grade`` compares with nobody and
    is None under too few ratings only. ``movement`` is previous place − this place: positive has
    risen. ``lost`` holds the points lost by indicator, where the policy weighs indicators. The
    verified rates are after re-ratings and exclusions; places, grade and points follow them where
    ``by_verified``, else the original ones.
    """

    ranked: bool
    reason: str | None
    place: int | None
    work_place: int | None
    unsatisfied_place: int | None
    result_rate: Fraction | None
    work_rate: Fraction | None
    movement: int | None
    grade: str | None
    lost: tuple[tuple[str, Fraction], ...] = ()
    verified_rate: Fraction | None = None
    verified_work_rate: Fraction | None = None
    by_verified: bool = False

    @property
    def place_rate(self) -> Fraction | None:
        """Return the 群众满意率 that the place follows."""
        return self.verified_rate if self.by_verified else self.result_rate


def rank_units(
    entries: Iterable[Entry],
    policy: RankingPolicy,
    kind: Kind,
    previous: Mapping[int, int] | None = None,
    apart: Mapping[int, str] | None = None,
) -> tuple[Standing, ...]:
    """Rank each group, in the order in which groups first appear; the unranked follow the ranked.

    ``previous`` gives units' places of the period before, ``apart`` those that are listed without
    place and grade, and why. Units of one place stand by code.
    """
    tables: dict[str, list[Entry]] = {}
    for entry in entries:
        tables.setdefault(entry.group if policy.groups else "", []).append(entry)
    return tuple(
        standing
        for table in tables.values()
        for standing in _rank_table(table, policy, kind, previous or {}, apart or {})
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """Places in one table by unit id, in the three respects."""

    result: Mapping[int, int]
    work: Mapping[int, int]
    unsatisfied: Mapping[int, int]


def _rank_table(
    table: Sequence[Entry],
    policy: RankingPolicy,
    kind: Kind,
    previous: Mapping[int, int],
    apart: Mapping[int, str],
) -> list[Standing]:
    weight = Fraction(policy.basic_weight)
    minimum = max(policy.min_rated_week if kind == "week" else policy.min_rated_month, 1)
    counts = {entry.unit_id: _placed(entry.tally, policy) for entry in table}
    enough = {
        id: tally for id, tally in counts.items() if tally.rated >= minimum and id not in apart
    }
    ranked = enough if len(enough) >= LEAST_RANKED else {}
    worked = {id: tally for id, tally in ranked.items() if tally.work_rated >= minimum}
    places = _Places(
        places_by({id: -_known(tally.result_rate(weight)) for id, tally in ranked.items()}),
        places_by({id: -_known(tally.work_rate(weight)) for id, tally in worked.items()}),
        places_by({id: Fraction(tally.unsatisfied) for id, tally in ranked.items()}),
    )
    standings = (
        _standing(e, places, minimum, policy, previous.get(e.unit_id), apart.get(e.unit_id))
        for e in table
    )
    return sorted(standings, key=lambda s: (s.grade is None, s.place or 0, s.code))


def _placed(tally: Tally, policy: RankingPolicy) -> Tally:
    """Return the counts that places follow by the policy."""
    verified = tally.verified if policy.place_by == "verified" else None
    return verified or tally


def _standing(
    entry: Entry,
    places: _Places,
    minimum: int,
    policy: RankingPolicy,
    previous: int | None,
    apart: str | None,
) -> Standing:
    unit_id, tally = entry.unit_id, entry.tally
    basic = Fraction(policy.basic_weight)
    verified, placed = tally.verified, _placed(tally, policy)
    place = places.result.get(unit_id)
    ranked, enough = place is not None, placed.rated >= minimum and apart is None
    return Standing(
        unit_id=unit_id,
        unit=entry.unit,
        code=entry.code,
        group=entry.group,
        tally=tally,
        ranked=ranked,
        reason=None if ranked else apart or _too_few(placed.rated, minimum),
        place=place,
        work_place=places.work.get(unit_id),
        unsatisfied_place=places.unsatisfied.get(unit_id),
        result_rate=tally.result_rate(basic),
        work_rate=tally.work_rate(basic),
        movement=_movement(previous, place),
        grade=_grade(_known(placed.result_rate(basic)), policy) if enough else None,
        lost=points_lost(placed, policy) if enough else (),
        verified_rate=tally.verified_rate(basic),
        verified_work_rate=None if verified is None else verified.work_rate(basic),
        by_verified=placed is not tally,
    )


def places_by(keys: Mapping[int, Fraction]) -> dict[int, int]:
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
    assert rate is not None, "a unit with enough ratings has some"
    return rate


def _too_few(rated: int, minimum: int) -> str:
    if rated >= minimum:
        return f"同组评价够数的不足{LEAST_RANKED}家"
    if not rated:
        return "本期无评价"
    return f"样本不足：评价{rated}件，少于{minimum}件"


def _movement(previous: int | None, place: int | None) -> int | None:
    return None if previous is None or place is None else previous - place


def _grade(rate: Fraction, policy: RankingPolicy) -> str:
    """Grade on Wuhan's own scale (DOMAIN §3.2), its two marks being the policy's."""
    if rate >= Fraction(policy.excellent):
        return "优良"
    return "合格" if rate >= Fraction(policy.qualified) else "不合格"


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


INDICATOR_NAMES = {"result": "群众满意率", "work": "工作满意率", "on_time": "按时办结率"}


def points_lost(tally: Tally, policy: RankingPolicy) -> tuple[tuple[str, Fraction], ...]:
    """Return (indicator, points lost) in the policy's order: weight × (1 − rate).

    Empty where the policy weighs nothing; an indicator without a rate loses nothing.
    """
    basic = Fraction(policy.basic_weight)
    rates = {
        "result": tally.result_rate(basic),
        "work": tally.work_rate(basic),
        "on_time": tally.on_time_rate,
    }
    lost = []
    for indicator, weight in policy.weights.items():
        rate = rates[indicator]
        missed = Fraction(0) if rate is None else 1 - rate
        lost.append((INDICATOR_NAMES[indicator], Fraction(weight) * missed))
    return tuple(lost)
