"""How figures stand to those of an earlier period, in words: 环比, 同比, and what got worse."""

from __future__ import annotations

from fractions import Fraction

from rules.ranking.tally import Tally

NO_BEFORE = "无可比数据"

TIMES = 3
"""From so many times the count before a growth is told in times, not in per cent."""


def growth(now: int, before: int | None) -> str:
    """Return how a count changed: 增长3.2%, 下降0.5%, 持平; too small to print 基本持平.

    From three times on it is told in times: 增至3.5倍.
    """
    if before is None:
        return NO_BEFORE
    if now == before:
        return "持平"
    if not before:
        return "由0件增加"
    if now >= TIMES * before:
        tenths = _rounded(Fraction(now * 10, before))
        return f"增至{tenths // 10}.{tenths % 10}倍"
    tenths = _rounded(Fraction(abs(now - before) * 1000, before))
    if not tenths:
        return "基本持平"
    return f"{'增长' if now > before else '下降'}{tenths // 10}.{tenths % 10}%"


def points(now: Fraction | None, before: Fraction | None) -> str:
    """Return how a rate changed, in hundredths of a point: 上升1.20个百分点."""
    if now is None or before is None:
        return NO_BEFORE
    if now == before:
        return "持平"
    hundredths = _rounded(abs(now - before) * 10000)
    if not hundredths:
        return "基本持平"
    return f"{'上升' if now > before else '下降'}{_hundredths(hundredths)}个百分点"


def _hundredths(count: int) -> str:
    return f"{count // 100}.{count % 100:02}"


def _rounded(value: Fraction) -> int:
    """Return the nearest whole number, half up."""
    return (value + Fraction(1, 2)).__floor__()


def worse(now: Tally, before: Tally, basic_weight: Fraction) -> tuple[str, ...]:
    """Return what got worse since the period before, the rates first; what is level is not told.

    A rate is told in points, short as a headline needs it: 签收率降0.12点.
    """
    rates = (
        ("按时办结率", now.on_time_rate, before.on_time_rate),
        ("群众满意率", now.result_rate(basic_weight), before.result_rate(basic_weight)),
        ("工作满意率", now.work_rate(basic_weight), before.work_rate(basic_weight)),
        ("签收率", now.acknowledge_rate, before.acknowledge_rate),
    )
    counts = (
        ("不满意件", now.unsatisfied, before.unsatisfied),
        ("逾期办结", now.late, before.late),
        ("期末到期未结", now.open + now.carried, before.open + before.carried),
        ("退单", now.returned, before.returned),
        ("重办", now.reworked, before.reworked),
    )
    fell = [
        f"{name}降{_hundredths(fall)}点"
        for name, rate, former in rates
        if rate is not None and former is not None
        if (fall := _rounded((former - rate) * 10000)) > 0
    ]
    rose = [f"{name}多{count - former}件" for name, count, former in counts if count > former]
    return (*fell, *rose)
