"""Who stands last in one month."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rules.ranking.lastplace import MonthTable, last_places, withdrawal
from rules.ranking.rules import FlagPolicy
from tests.rules.ranking.standings import POLICY, month, unit

FLAGS = FlagPolicy()

FIVE = (unit(1, 90, 100), unit(2, 80, 100), unit(3, 70, 100), unit(4, 60, 100), unit(5, 60, 100))


def last(table: MonthTable, policy: FlagPolicy = FLAGS) -> set[int]:
    return set(last_places(table, policy))


def table(*entries: object, **more: object) -> MonthTable:
    return MonthTable("2018-10", month(*entries), **more)  # type: ignore[arg-type]  # a shorthand


def test_ties_for_the_last_place_all_count() -> None:
    assert last(table(*FIVE)) == {4, 5}


@pytest.mark.parametrize(
    "entries",
    [
        (unit(1, 9, 10), unit(2, 8, 10)),
        (unit(1, 9, 10), unit(2, 8, 10), unit(3, 1, 9)),
        (unit(1, 8, 10), unit(2, 8, 10), unit(3, 80, 100)),
    ],
    ids=["two units", "the third too small to rank", "all level"],
)
def test_a_month_without_a_last_place_names_nobody(entries: tuple[object, ...]) -> None:
    assert last(table(*entries)) == set()


def test_three_ranked_units_that_differ_have_a_last_one() -> None:
    assert last(table(unit(1, 9, 10), unit(2, 9, 10), unit(3, 8, 10))) == {3}


def test_each_group_has_its_own_last_place() -> None:
    others = [unit(10 + n, n, 10, "公共企业") for n in range(3)]
    assert last(table(*FIVE, *others)) == {4, 5, 10}


def test_one_table_of_all_units_has_one_last_place() -> None:
    one = POLICY.model_copy(update={"groups": False})
    standings = month(*FIVE, unit(10, 1, 10, "公共企业"), policy=one)
    assert last(MonthTable("2018-10", standings, grouped=False)) == {10}


def test_the_last_two_may_count_but_in_a_small_group_only_the_last() -> None:
    two = FlagPolicy(last_k=2)
    graded = [unit(n, 100 - n, 100) for n in range(1, 6)]
    assert last(table(*graded), two) == {4, 5}
    assert last(table(*graded[:4]), two) == {4}


def test_a_tie_at_the_edge_of_the_last_two_counts_whole() -> None:
    level = [unit(1, 9, 10), unit(2, 8, 10), unit(3, 7, 10), unit(4, 7, 10), unit(5, 6, 10)]
    assert last(table(*level), FlagPolicy(last_k=2)) == {3, 4, 5}


def test_the_first_place_is_never_among_the_last() -> None:
    level = [*(unit(n, 9, 10) for n in range(1, 5)), unit(5, 8, 10)]
    assert last(table(*level), FlagPolicy(last_k=5)) == {5}


def test_a_last_unit_with_a_good_rate_is_spared_and_nobody_named_instead() -> None:
    good = [unit(1, 99, 100), unit(2, 97, 100), unit(3, 95, 100)]
    assert last(table(*good)) == {3}
    assert last(table(*good), FlagPolicy(exempt_above=Decimal("0.95"))) == set()
    assert last(table(*good), FlagPolicy(exempt_above=Decimal("0.951"))) == {3}


def test_the_evidence_says_month_place_rate_and_basis() -> None:
    found = last_places(table(*FIVE, basis="通报第10期", provisional=True), FLAGS)
    assert found[4].line == (
        "2018年10月 中心城区 第4位/共5家（2家并列），群众满意率60.00%，通报第10期，预判"
    )


def test_the_evidence_says_both_rates_and_what_was_re_rated_and_excluded() -> None:
    own = unit(3, 14, 20, verified_satisfied=15, verified_unsatisfied=4, rerated=1, excluded=1)
    entries = (unit(1, 20, 20, verified_satisfied=20), unit(2, 19, 20, excluded=20), own)
    assert last_places(table(*entries), FLAGS)[3].line == (
        "2018年10月 中心城区 第3位/共3家，群众满意率70.00%，核实后78.95%（改评1件、剔除1件）"
    )
    verified = POLICY.model_copy(update={"place_by": "verified", "min_rated_month": 0})
    standings = month(*entries[::2], unit(4, 1, 1, verified_satisfied=1), policy=verified)
    assert last_places(MonthTable("2018-10", standings), FLAGS)[3].line.endswith(
        "核实后78.95%（改评1件、剔除1件），位次按核实后"
    )


def test_who_is_spared_is_told_by_the_rate_that_places_follow() -> None:
    own = unit(3, 14, 20, verified_satisfied=19, excluded=1)
    entries = (*(unit(n, 20, 20, verified_satisfied=20) for n in (1, 2)), own)
    spare = FlagPolicy(exempt_above=Decimal("0.95"))
    assert set(last_places(table(*entries), spare)) == {3}
    verified = POLICY.model_copy(update={"place_by": "verified"})
    half = unit(4, 20, 20, verified_satisfied=19, verified_unsatisfied=1)
    standings = month(*entries, half, policy=verified)
    assert set(last_places(MonthTable("2018-10", standings), FLAGS)) == {4}
    assert set(last_places(MonthTable("2018-10", standings), spare)) == set()


def test_a_revision_that_removes_a_month_withdraws_the_flag_with_the_reason() -> None:
    rest = [table(*FIVE), MonthTable("2018-11", month(*FIVE))]
    evidence = [("2018-10", 5), ("2018-11", 5)]
    assert withdrawal(evidence, rest, FLAGS) is None
    revised = MonthTable("2018-11", month(*FIVE[:4], unit(5, 61, 100)))
    assert withdrawal(evidence, [rest[0], revised], FLAGS) == "2018-11 修订后不再是末位"
    assert withdrawal(evidence, rest[:1], FLAGS) == "2018-11 已无排名"
