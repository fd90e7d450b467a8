"""Counts of a unit in a period, and the rates that follow."""

from __future__ import annotations

from dataclasses import asdict, fields
from fractions import Fraction

from hypothesis import given, strategies as st

from rules.ranking.tally import Tally

counts = st.integers(0, 10_000)

tallies = st.builds(Tally, **{field.name: counts for field in fields(Tally)})


def test_published_rates_of_lianyungang_are_found_again() -> None:
    # 连云港 2017-04: 应结案 24932, 结案 23974, 按时 22345 (DOMAIN §3.1)
    april = Tally(due=24932, on_time=22345, late=23974 - 22345, open=24932 - 23974)
    assert round(float(april.closed_rate or 0) * 100, 2) == 96.16
    assert round(float(april.on_time_rate or 0) * 100, 2) == 89.62


def test_a_lawful_extension_is_on_time_but_not_by_the_original_limit() -> None:
    tally = Tally(due=10, on_time=6, after_extension=2, late=1, open=1)
    assert tally.on_time_rate == Fraction(8, 10)
    assert tally.original_rate == Fraction(6, 10)
    assert tally.closed_rate == Fraction(9, 10)


def test_basic_satisfaction_counts_as_the_policy_weighs_it() -> None:
    tally = Tally(result_satisfied=6, result_basic=2, result_unsatisfied=2, work_basic=3)
    assert tally.result_rate() == Fraction(8, 10)
    assert tally.result_rate(Fraction(1, 2)) == Fraction(7, 10)
    assert tally.work_rate(Fraction(0)) == 0


def test_explanations_are_neither_solved_nor_unsolved() -> None:
    assert Tally(resolved=3, partly=1, unresolved=1, explained=95).resolve_rate == Fraction(3, 5)


def test_every_rate_of_nothing_is_unknown() -> None:
    nothing = Tally()
    assert nothing.result_rate() is None
    assert nothing.work_rate() is None
    rates = (
        "on_time",
        "original",
        "closed",
        "acknowledge",
        "return",
        "rework",
        "resolve",
        "review",
    )
    assert {getattr(nothing, f"{name}_rate") for name in rates} == {None}


@given(tallies)
def test_a_tally_survives_being_written(tally: Tally) -> None:
    assert Tally.from_json(tally.to_json()) == tally


def test_a_tally_of_another_version_is_read_by_what_both_know() -> None:
    assert Tally.from_json('{"due":3,"unheard_of":9}') == Tally(due=3)


@given(tallies, tallies)
def test_the_city_is_the_sum_of_its_units(one: Tally, other: Tally) -> None:
    total = asdict(one + other)
    assert total == {name: n + asdict(other)[name] for name, n in asdict(one).items()}
