"""Places: by exact fractions, within groups, ties shared, small samples apart."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, strategies as st

from rules.ranking.rules import RankingPolicy
from rules.ranking.standing import Entry, print_rate, rank_units
from rules.ranking.tally import Tally
from tests.rules.ranking.standings import POLICY, by_unit, month, unit


def places(*entries: Entry, policy: RankingPolicy = POLICY) -> dict[int, int | None]:
    return {s.unit_id: s.place for s in month(*entries, policy=policy)}


def test_ties_share_a_place_and_the_next_is_skipped() -> None:
    ranked = places(unit(1, 100, 100), unit(2, 9, 10), unit(3, 90, 100), unit(4, 8, 10))
    assert ranked == {1: 1, 2: 2, 3: 2, 4: 4}


def test_rates_are_compared_as_fractions_not_as_printed() -> None:
    assert places(
        unit(1, 6666, 10000),
        unit(2, 2, 3),
        unit(3, 20, 30),
        policy=RankingPolicy(min_rated_month=1),
    ) == {2: 1, 3: 1, 1: 3}


def test_units_are_never_compared_across_groups() -> None:
    firms = [unit(n, n, 10, "公共企业") for n in (2, 4, 6)]
    standings = month(unit(1, 9, 10), *firms, unit(3, 8, 10), unit(5, 7, 10))
    assert [(s.group, s.unit_id, s.place) for s in standings] == [
        ("中心城区", 1, 1),
        ("中心城区", 3, 2),
        ("中心城区", 5, 3),
        ("公共企业", 6, 1),
        ("公共企业", 4, 2),
        ("公共企业", 2, 3),
    ]


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([unit(1, 9, 10)], {1: None}),
        ([unit(1, 9, 10), unit(2, 4, 10)], {1: None, 2: None}),
        ([unit(1, 9, 10), unit(2, 4, 10), unit(3, 9, 9)], {1: None, 2: None, 3: None}),
        ([unit(1, 9, 10), unit(2, 4, 10), unit(3, 8, 10)], {1: 1, 2: 3, 3: 2}),
        (
            [unit(1, 9, 10), unit(2, 4, 10), *(unit(n, n, 10, "功能区") for n in (3, 4, 5))],
            {1: None, 2: None, 3: 3, 4: 2, 5: 1},
        ),
    ],
    ids=["one", "two", "two and a small one", "three", "another group has enough"],
)
def test_a_group_with_fewer_than_three_ranked_units_has_no_places(
    entries: list[Entry], found: dict[int, int | None]
) -> None:
    assert places(*entries) == found


def test_a_unit_of_a_small_group_says_why_it_has_no_place_and_keeps_its_grade() -> None:
    good, poor = month(unit(1, 9, 10), unit(2, 4, 10), previous={1: 2, 2: 1})
    assert (good.ranked, good.work_place, good.unsatisfied_place, good.movement) == (
        False,
        None,
        None,
        None,
    )
    assert good.reason == poor.reason == "同组评价够数的不足3家"
    assert (good.grade, poor.grade) == ("优良", "不合格")


def test_units_of_two_small_groups_have_places_in_one_table() -> None:
    one = POLICY.model_copy(update={"groups": False})
    small = [unit(1, 9, 10), unit(2, 4, 10, "公共企业"), unit(3, 8, 10, "功能区")]
    assert places(*small) == {1: None, 2: None, 3: None}
    assert places(*small, policy=one) == {1: 1, 2: 3, 3: 2}


def test_a_policy_may_put_all_units_into_one_table() -> None:
    one = POLICY.model_copy(update={"groups": False})
    ranked = places(unit(1, 9, 10), unit(2, 10, 10, "公共企业"), unit(3, 8, 10), policy=one)
    assert ranked == {2: 1, 1: 2, 3: 3}


@pytest.mark.parametrize(("kind", "minimum"), [("month", 10), ("week", 5)])
def test_below_the_minimum_volume_a_unit_stands_apart_without_a_place(
    kind: str, minimum: int
) -> None:
    full = [unit(n, 1, minimum) for n in (2, 4, 5)]
    entries = [unit(1, minimum - 1, minimum - 1), *full, unit(3, 0, 0)]
    standings = rank_units(entries, POLICY, "week" if kind == "week" else "month")
    assert [s.unit_id for s in standings] == [2, 4, 5, 1, 3]
    enough, _, _, few, none = standings
    assert (enough.place, enough.ranked, enough.reason) == (1, True, None)
    assert (few.place, few.work_place, few.unsatisfied_place, few.grade) == (None,) * 4
    assert few.reason == f"样本不足：评价{minimum - 1}件，少于{minimum}件"
    assert few.result_rate == 1
    assert (none.reason, none.result_rate) == ("本期无评价", None)


def test_without_a_minimum_a_unit_without_ratings_still_has_no_place() -> None:
    anyone = RankingPolicy(min_rated_month=0)
    rated = [unit(n, 0, 1) for n in (2, 3, 4)]
    assert places(unit(1, 0, 0), *rated, policy=anyone) == {1: None, 2: 1, 3: 1, 4: 1}


def test_the_three_places_are_found_each_for_itself() -> None:
    busy = unit(1, 190, 200, work_satisfied=10)
    calm = unit(2, 9, 10, work_satisfied=5, work_unsatisfied=5)
    silent = unit(3, 8, 10, work_satisfied=9)
    found = by_unit(month(busy, calm, silent))
    assert [found[n].place for n in (1, 2, 3)] == [1, 2, 3]
    assert [found[n].unsatisfied_place for n in (1, 2, 3)] == [3, 1, 2]
    assert [found[n].work_place for n in (1, 2, 3)] == [1, 2, None]


def test_basic_satisfaction_counts_by_the_weight_of_the_policy() -> None:
    half = POLICY.model_copy(update={"basic_weight": Decimal("0.3")})
    entry = Entry(1, "单位", "U1", "中心城区", Tally(result_satisfied=7, result_basic=3))
    assert month(entry, policy=half)[0].result_rate == Fraction(79, 100)


def test_movement_is_positive_for_a_unit_that_has_risen() -> None:
    found = by_unit(
        month(
            unit(1, 9, 10),
            unit(2, 8, 10),
            unit(3, 7, 10),
            unit(4, 0, 0),
            previous={1: 3, 2: 2, 4: 1},
        )
    )
    assert [found[n].movement for n in (1, 2, 3, 4)] == [2, 0, None, None]


@pytest.mark.parametrize(
    ("satisfied", "grade"), [(850, "优良"), (849, "合格"), (750, "合格"), (749, "不合格")]
)
def test_grades_begin_at_85_and_75_per_cent(satisfied: int, grade: str) -> None:
    assert month(unit(1, satisfied, 1000))[0].grade == grade


def test_the_score_shows_where_points_were_lost() -> None:
    weights = {"result": Decimal(60), "work": Decimal(20), "on_time": Decimal(20)}
    scored = POLICY.model_copy(update={"weights": weights})
    standing = month(unit(1, 9, 10, due=4, on_time=3), policy=scored)[0]
    assert dict(standing.lost) == {"群众满意率": 6, "工作满意率": 0, "按时办结率": 5}
    assert month(unit(1, 9, 10))[0].lost == ()


@pytest.mark.parametrize(
    ("rate", "neighbours", "text"),
    [
        (None, [], "—"),
        (Fraction(0), [], "0.00%"),
        (Fraction(1), [], "100.00%"),
        (Fraction(2, 3), [], "66.67%"),
        (Fraction(12345, 100000), [], "12.35%"),  # half up, where floats and bankers say 12.34
        (Fraction(2, 3), [Fraction(2, 3), None], "66.67%"),
        (Fraction(2, 3), [Fraction(66670, 100000)], "66.667%"),
        (Fraction(66670, 100000), [Fraction(2, 3)], "66.670%"),
        (Fraction(2, 3), [Fraction(6666, 10000)], "66.67%"),
    ],
)
def test_rates_print_to_two_decimals_or_three_where_unequal_ones_look_alike(
    rate: Fraction | None, neighbours: list[Fraction | None], text: str
) -> None:
    assert print_rate(rate, neighbours) == text


counted = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))

tables = st.lists(counted, min_size=1, max_size=25).map(
    lambda rows: [
        Entry(
            i,
            f"单位{i}",
            f"U{i:03}",
            "组",
            Tally(result_satisfied=a, result_basic=b, result_unsatisfied=c),
        )
        for i, (a, b, c) in enumerate(rows)
    ]
)


@given(tables)
def test_a_place_is_one_more_than_the_number_of_units_with_a_higher_rate(
    entries: list[Entry],
) -> None:
    standings = month(*entries)
    ranked = [s for s in standings if s.ranked]
    for s in ranked:
        better = sum(1 for o in ranked if (o.result_rate or 0) > (s.result_rate or 0))
        assert s.place == better + 1
    enough = sum(s.tally.rated >= 10 for s in standings)
    assert all((s.tally.rated >= 10 and enough >= 3) == s.ranked for s in standings)
    assert [s.place for s in ranked] == sorted(s.place or 0 for s in ranked)


@given(tables, st.randoms(use_true_random=False))
def test_the_order_in_which_units_are_counted_changes_nothing(
    entries: list[Entry], random: Random
) -> None:
    shuffled = random.sample(entries, len(entries))
    assert month(*entries) == month(*shuffled)


@given(tables)
def test_a_unit_without_dissatisfaction_is_never_below_one_with_it(entries: list[Entry]) -> None:
    ranked = [s for s in month(*entries) if s.ranked]
    clean = [s.place or 0 for s in ranked if not s.tally.unsatisfied]
    rest = [s.place or 0 for s in ranked if s.tally.unsatisfied]
    assert not clean or not rest or max(clean) < min(rest)


def test_places_follow_the_rate_that_the_policy_names_and_both_are_kept() -> None:
    def one(id: int, satisfied: int, verified: int, rerated: int = 0, excluded: int = 0) -> Entry:
        counts = {
            "verified_satisfied": verified,
            "verified_unsatisfied": 20 - excluded - verified,
            "rerated": rerated,
            "excluded": excluded,
        }
        return unit(id, satisfied, 20, "中心城区", **counts)

    entries = (one(1, 18, 18), one(2, 17, 19, rerated=2), one(3, 16, 16, excluded=3))
    first = by_unit(month(*entries))
    assert [first[n].place for n in (1, 2, 3)] == [1, 2, 3]
    assert [first[n].verified_rate for n in (1, 2, 3)] == [
        Fraction(9, 10),
        Fraction(19, 20),
        Fraction(16, 17),
    ]
    assert {s.place_rate == s.result_rate for s in first.values()} == {True}
    verified = POLICY.model_copy(update={"place_by": "verified"})
    then = by_unit(month(*entries, policy=verified))
    assert [then[n].place for n in (1, 2, 3)] == [3, 1, 2]
    assert then[3].result_rate == Fraction(4, 5) and then[3].place_rate == Fraction(16, 17)
    assert (first[3].grade, then[3].grade) == ("合格", "优良")


def test_by_the_verified_rate_too_few_that_are_left_have_no_place() -> None:
    few = unit(1, 12, 12, verified_satisfied=9, excluded=3)
    verified = POLICY.model_copy(update={"place_by": "verified"})
    [standing] = month(few, policy=verified)
    assert not standing.ranked and standing.reason == "样本不足：评价9件，少于10件"
    assert standing.grade is None and month(few)[0].grade == "优良"
