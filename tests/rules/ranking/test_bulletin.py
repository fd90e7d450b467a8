"""How figures stand to earlier ones, which sums must come out, and how units are told in tiers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rules.ranking.bulletin import (
    Amount,
    Bulletin,
    Check,
    Flow,
    InHand,
    ranked_counts,
    rising,
)
from rules.ranking.change import growth, points, worse
from rules.ranking.rules import RankingPolicy
from rules.ranking.standing import Entry, Standing, rank_units
from rules.ranking.tally import Tally
from rules.ranking.volume import tiers
from tests.console.editions import bulletin


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (103, 100, "增长3.0%"),
        (97, 100, "下降3.0%"),
        (100, 100, "持平"),
        (0, 0, "持平"),
        (5, 0, "由0件增加"),
        (0, 7, "下降100.0%"),
        (100_001, 100_000, "基本持平"),
        (2001, 2000, "增长0.1%"),
        (299, 100, "增长199.0%"),
        (300, 100, "增至3.0倍"),
        (7, None, "无可比数据"),
    ],
)
def test_a_count_is_compared_in_words(now: int, before: int | None, words: str) -> None:
    assert growth(now, before) == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (Fraction(9, 10), Fraction(8, 10), "上升10.00个百分点"),
        (Fraction(8, 10), Fraction(9, 10), "下降10.00个百分点"),
        (Fraction(1, 2), Fraction(1, 2), "持平"),
        (Fraction(500_001, 1_000_000), Fraction(1, 2), "基本持平"),
        (Fraction(50_005, 100_000), Fraction(1, 2), "上升0.01个百分点"),
        (None, Fraction(1, 2), "无可比数据"),
        (Fraction(1, 2), None, "无可比数据"),
    ],
)
def test_a_rate_is_compared_in_points(
    now: Fraction | None, before: Fraction | None, words: str
) -> None:
    assert points(now, before) == words


def test_what_got_worse_is_told_and_nothing_else() -> None:
    before = Tally(due=10, on_time=9, late=1, open=2, carried=1, returned=3)
    now = Tally(due=10, on_time=8, late=1, open=3, carried=2, returned=1)
    assert worse(now, before, Fraction(1)) == (
        "按时办结率降10.00点",
        "期末到期未结多2件",
    )
    assert worse(now, now, Fraction(1)) == ()


def test_a_rate_that_was_not_there_before_did_not_get_worse() -> None:
    assert worse(Tally(due=10, on_time=1), Tally(), Fraction(1)) == ()


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (Check("受理", 3, (("电话", 1), ("微信", 2))), "受理3件＝电话1件＋微信2件，相符"),
        (Check("受理", 0, ()), "受理0件＝0件，相符"),
        (
            Check("应办结", 5, (("按时", 3), ("逾期", 1))),
            "应办结5件，分项按时3件＋逾期1件合计4件，少1件，不相符，待查",
        ),
        (Check("应办结", 2, (("按时", 3),)), "应办结2件，分项按时3件合计3件，多1件，不相符，待查"),
    ],
)
def test_a_sum_that_does_not_come_out_is_never_hidden(check: Check, words: str) -> None:
    assert check.words == words


def test_every_sum_of_a_bulletin_is_checked_against_the_ranked_units() -> None:
    told = bulletin(flow=Flow(100, 12, 0, 9), elsewhere=(2, 1))
    total = Tally(dispatched=10, closed=8, due=3, on_time=1, open=2, result_satisfied=4)
    assert [(check.name, check.off) for check in told.checks(total)] == [
        ("受理", 0),
        ("转办", 0),
        ("办结", 0),
        ("应办结", 0),
        ("有效评价", 0),
    ]


def test_a_bulletin_is_read_back_as_it_was_kept() -> None:
    told = bulletin(year_ago=Flow(1, 2, 3, 4), before=None)
    assert Bulletin.from_json(told.to_json()) == told
    assert Bulletin.from_json(bulletin().to_json()) == bulletin()


def test_each_round_in_hand_is_in_one_state() -> None:
    hand = InHand(1, 2, 3, 4, 5, 6, 7, 8, overdue=50, soon=60)
    assert hand.all == 36
    assert (hand + hand).overdue == 100


def test_counts_stand_most_first_with_those_before() -> None:
    assert ranked_counts({"甲": 1, "乙": 2}, {"甲": 5}) == (Amount("乙", 2, 0), Amount("甲", 1, 5))
    assert ranked_counts({"甲": 1}, None) == (Amount("甲", 1, None),)


@pytest.mark.parametrize(
    ("count", "before", "told"), [(8, 4, True), (7, 1, False), (9, 5, False), (8, 0, True)]
)
def test_a_kind_rises_by_enough_and_by_twice(count: int, before: int, told: bool) -> None:
    assert bool(rising([Amount("供热", count, before)])) is told
    assert rising([Amount("供热", count, None)]) == []


def _row(id: int, dispatched: int, satisfied: int, unsatisfied: int) -> Standing:
    tally = Tally(dispatched=dispatched, result_satisfied=satisfied, result_unsatisfied=unsatisfied)
    entry = Entry(id, f"单位{id}", f"A{id:02}", "组", tally)
    return rank_units([entry], RankingPolicy(min_rated_month=5), "month")[0]


def test_units_stand_in_tiers_of_volume_by_grade_and_code() -> None:
    rows = [_row(n, dispatched=70 - 10 * n, satisfied=30, unsatisfied=0) for n in range(1, 7)]
    found = tiers(rows, poor_rated=20)
    assert [(t.least, t.most, t.units) for t in found] == [(50, 60, 2), (30, 40, 2), (10, 20, 2)]
    assert found[0].name == "转办50件至60件"
    assert [r.unit_id for r in dict(found[0].grades)["优良"]] == [1, 2]


def test_units_of_equal_volume_are_never_parted() -> None:
    rows = [_row(n, dispatched=7, satisfied=30, unsatisfied=0) for n in range(1, 6)]
    (only,) = tiers(rows, poor_rated=20)
    assert (only.units, only.name) == (5, "转办7件")


def test_nobody_is_poor_in_public_on_few_ratings() -> None:
    poor, few = _row(1, 9, satisfied=5, unsatisfied=15), _row(2, 9, satisfied=5, unsatisfied=14)
    assert {poor.grade, few.grade} == {"不合格"}
    (only,) = tiers([poor, few], poor_rated=20)
    assert dict(only.grades) == {"不合格": (poor,)}
    assert only.ungraded == (few,)


def test_who_had_nothing_at_all_is_in_no_tier() -> None:
    assert tiers([_row(1, 0, 0, 0)], poor_rated=20) == ()
