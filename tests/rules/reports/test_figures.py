"""What a report counts: the whole, the weeks, the day it could be known, what adds up."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import given, strategies as st

from rules.reports.figures import Counted, figures_of, spread
from rules.reports.following import weekly
from rules.reports.report_words import curve_rows, situation, spread_rows, spread_words

BY = ("place", "unit", "channel")

MONDAY = date(2026, 11, 16)


def came(day: date, **changes: Any) -> Counted:
    """Return an appeal of a day."""
    told: dict[str, Any] = {"place": "洪山区", "unit": "市水务局", "channel": "12345电话"}
    return Counted("T", day, **{**told, **changes})


def on(*days: date) -> list[Counted]:
    """Return an appeal of each day, each by another citizen."""
    return [came(day, reporter=str(n)) for n, day in enumerate(days)]


appeals = st.lists(
    st.builds(
        came,
        st.dates(date(2026, 8, 1), date(2026, 11, 20)),
        place=st.sampled_from(["洪山区", "江岸区", "武昌区", "汉阳区"]),
        unit=st.sampled_from([f"单位{n}" for n in range(25)]),
        channel=st.sampled_from(["12345电话", "微信", "留言板"]),
        reporter=st.one_of(st.none(), st.sampled_from("甲乙丙丁戊己庚")),
        closed=st.booleans(),
        elsewhere=st.booleans(),
    ),
    min_size=1,
    max_size=60,
)


@given(appeals, st.integers(2, 12))
def test_every_spread_adds_up_to_the_whole(some: list[Counted], most: int) -> None:
    found = figures_of(some, date(2026, 11, 20), date(2020, 1, 1))
    spreads = {by: spread([getattr(one, by) for one in some], most) for by in BY}
    rows = spread_rows(spreads, found.total)
    for by, shares in spreads.items():
        names = [getattr(one, by) for one in some]
        assert sum(one.count for one in shares) == found.total == len(some)
        assert len(shares) <= most
        counts = Counter(names)
        assert all(counts[one.name] == one.count for one in shares if not one.rest)
        column = [int(row[f"{by}件数"] or 0) for row in rows]
        assert sum(column[:-1]) == column[-1] == found.total
        assert spread_words(by, shares, found.total).startswith("按")
    assert found.open == sum(not (one.closed or one.elsewhere) for one in some)
    assert found.closed + found.open + found.elsewhere == found.total
    assert found.reporters + found.unnamed <= found.total


@given(appeals)
def test_the_curve_ends_with_the_last_week_and_leaves_none_out(some: list[Counted]) -> None:
    found = figures_of(some, date(2026, 11, 20), date(2020, 1, 1))
    weeks = [week for week, _, _ in found.weeks]
    assert all(b - a == timedelta(weeks=1) for a, b in pairwise(weeks))
    drawn = sum(count for _, count, _ in found.weeks)
    assert drawn == sum(one.day >= weeks[0] for one in some)
    assert [int(row["件数"]) for row in curve_rows(found)] == [count for _, count, _ in found.weeks]


def test_the_last_whole_week_stands_beside_the_four_before_it() -> None:
    before = [MONDAY - timedelta(days=7 * n) for n in range(1, 5)]
    some = on(*before, *[MONDAY + timedelta(days=n % 7) for n in range(12)])
    found = figures_of(some, date(2026, 11, 26), date(2026, 1, 1))
    assert (found.week, found.mean, found.ratio) == ((MONDAY, 12), Fraction(1), Fraction(12))
    told = dict(situation(found, "所列诉求", "现在"))
    assert told["week"] == (
        "最近一个整周（11月16日至11月22日）受理12件，此前4周周均1件，为周均的12倍。"
    )


def test_what_the_store_does_not_hold_is_compared_with_nothing() -> None:
    some = on(MONDAY, MONDAY)
    found = figures_of(some, date(2026, 11, 26), MONDAY - timedelta(days=27))
    assert found.mean is None and found.ratio is None
    assert "此前四周的数据不全，不作比较" in dict(situation(found, "所列诉求", "现在"))["week"]
    whole = figures_of(some, date(2026, 11, 26), MONDAY - timedelta(days=28))
    assert "此前4周没有受理" in dict(situation(whole, "所列诉求", "现在"))["week"]


def test_weeks_before_the_period_are_compared_with_and_not_counted() -> None:
    earlier = [MONDAY - timedelta(days=n) for n in (1, 8, 15, 22)]
    found = figures_of(on(MONDAY, MONDAY), date(2026, 11, 23), date(2026, 1, 1), before=earlier)
    assert (found.total, found.mean, found.ratio) == (2, Fraction(1), Fraction(2))
    assert "比周均多100%" in dict(situation(found, "所列诉求", "现在"))["week"]


def test_it_could_be_known_with_the_fifth_citizen_or_when_the_problem_says_so() -> None:
    days = [MONDAY + timedelta(days=n) for n in range(6)]
    some = [*on(*days), came(MONDAY, reporter="0"), came(MONDAY)]
    assert figures_of(some, date(2026, 11, 26), MONDAY).known == days[4]
    assert figures_of(some, date(2026, 11, 26), MONDAY, alike=False).known is None
    assert figures_of(some[:4], date(2026, 11, 26), MONDAY).known is None
    assert figures_of(some, date(2026, 11, 26), MONDAY, days[1]).known == days[1]
    told = dict(situation(figures_of(some, date(2026, 11, 26), MONDAY), "所列诉求", "现在"))
    assert told["known"] == (
        "首件于2026年11月16日受理；到11月20日反映的不同诉求人达到5名，从那天起即可察觉为共性问题。"
    )


def test_reports_are_counted_by_week_beside_the_models_five() -> None:
    weeks = weekly([MONDAY, MONDAY + timedelta(days=6), date(2020, 1, 1)], date(2026, 11, 26))
    assert (len(weeks), weeks[-1], weeks[-2]) == (12, (date(2026, 11, 23), 0), (MONDAY, 2))
