"""A unit's months as an order for last places tells them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.orders.months import UnitMonth, month_statements
from rules.ranking.rules import RankingPolicy
from rules.ranking.standing import Entry, rank_units
from rules.ranking.tally import Tally

OWN = Tally(
    due=120,
    on_time=96,
    after_extension=5,
    late=15,
    open=4,
    result_satisfied=31,
    result_basic=6,
    result_unsatisfied=19,
    verified_satisfied=31,
    verified_basic=6,
    verified_unsatisfied=19,
)


def month(
    period: str = "2026-10", own: Tally = OWN, units: int = 7, **changes: object
) -> UnitMonth:
    """Return the month of the last of some units, the others with better ratings."""
    good = Tally(result_satisfied=20, verified_satisfied=20)
    entries = [Entry(n, f"第{n}区", f"A{n}", "中心城区", good) for n in range(1, units)]
    rows = rank_units(
        [*entries, Entry(9, "洪山区", "A9", "中心城区", own)], RankingPolicy(), "month"
    )
    standing = next(row for row in rows if row.unit_id == 9)
    ranked = sum(row.ranked for row in rows)
    told = UnitMonth(period, standing, ranked, 1, "中心城区", True, "通报第12期", (40,))
    return replace(told, **changes)  # type: ignore[arg-type]  # by name, of several types


def test_a_month_is_told_in_sentences_with_the_figures_of_the_edition() -> None:
    [told, last] = month_statements([month()])
    assert told.text == (
        "2026年10月（通报第12期），你单位应办结120件，按时办结101件（含延期后按时5件），"
        "按时办结率84.17%；收到有效评价56件，其中不满意19件，群众满意率66.07%，"
        "在中心城区7家参加排名单位中列第7位。"
    )
    assert last.text == "你单位2026年10月群众满意率列中心城区参加排名单位末位。"
    assert (told.field, told.events) == ("事实", (40,))


def test_what_is_not_published_says_so() -> None:
    [told, _] = month_statements([month(basis="", events=())])
    assert told.text.startswith("2026年10月（未发布，据现有记录），你单位")


def test_verified_figures_stand_beside_the_original_ones() -> None:
    verified = replace(OWN, verified_satisfied=32, verified_unsatisfied=17, excluded=1, rerated=1)
    told = month_statements([month(own=verified)])[0].text
    assert "群众满意率66.07%，核实后69.09%（改评1件、剔除1件），在中心城区" in told


def test_nothing_due_and_nothing_rated_are_said_without_a_rate() -> None:
    [told] = month_statements([month(own=Tally(), last=False)])
    assert told.text == ("2026年10月（通报第12期），你单位没有到期应办结的诉求；没有收到有效评价。")


def test_fewer_than_three_ranked_units_have_no_places() -> None:
    few = month(units=2, last=False)
    assert not few.placed
    [told] = month_statements([few])
    assert "位" not in told.text.replace("单位", "") and "末" not in told.text


@pytest.mark.parametrize(
    ("periods", "told"),
    [
        (("2026-09", "2026-10"), "你单位2026年9月、10月群众满意率连续两个月列中心城区"),
        (("2025-12", "2026-01"), "你单位2025年12月、2026年1月群众满意率连续两个月列"),
        (("2026-08", "2026-10"), "你单位2026年8月、10月群众满意率最近两次参加月度排名均列"),
        (("2026-08", "2026-09", "2026-10"), "你单位2026年8月、9月、10月群众满意率连续三个月列"),
    ],
)
def test_months_running_are_named(periods: tuple[str, ...], told: str) -> None:
    found = month_statements([month(period) for period in periods])
    assert found[-1].text.startswith(told) and found[-1].text.endswith("参加排名单位末位。")
    assert len(found) == len(periods) + 1


def test_a_run_is_not_told_where_one_of_its_months_is_not_last_any_more() -> None:
    found = month_statements([month("2026-09", last=False), month("2026-10")])
    assert [one.claim for one in found] == ["month", "month"]
