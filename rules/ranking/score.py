"""The optional weighted score, shown as points lost so that every lost point has its indicator.

After Wenzhou's ranking (DOMAIN §3.2). It stands beside the ranking and decides no place.
"""

from __future__ import annotations

from fractions import Fraction

from rules.ranking.rules import RankingPolicy
from rules.ranking.tally import Tally

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
