"""Prominent appeals long unresolved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rules.bureau.policy import Policy
from rules.clocks.calendar import CalendarDays
from rules.clocks.timekeeper import Timekeeper
from rules.ranking.prominent import (
    Crowd,
    OldAppeal,
    Shared,
    Telling,
    prominent_long,
    shared,
)
from rules.ranking.rules import FlagPolicy

FLAGS = FlagPolicy()

CALENDAR = Timekeeper(Policy(), CalendarDays({}, None, None, "none")).calendar

NOW = datetime(2018, 11, 20, 8, tzinfo=UTC)  # a Tuesday

OLD = NOW - timedelta(days=31)

CROWD = Crowd("对象：某小区", 3)

PROBLEM = Shared(12, "某小区停水", False, 14, datetime(2018, 10, 3, 20, tzinfo=UTC), (5, 1, 2))


def matter(ticket_id: int = 1, **evidence: Any) -> OldAppeal:
    base = OldAppeal(ticket_id, f"WH20181001-{ticket_id:05}", 7, "洪山区", OLD, unsatisfied=2)
    return replace(base, **evidence)


def keys(*matters: OldAppeal) -> list[str]:
    return [flag.key for flag in prominent_long(matters, FLAGS, NOW, CALENDAR)]


@pytest.mark.parametrize(
    "evidence",
    [
        {"unsatisfied": 2},
        {"unsatisfied": 0, "instructed": True},
        {"unsatisfied": 0, "media": True},
        {"unsatisfied": 0, "crowd": CROWD},
    ],
    ids=["unsatisfied twice", "under an instruction", "in the media", "three reporters"],
)
def test_each_kind_of_prominence_is_enough_with_long_standing(evidence: dict[str, Any]) -> None:
    assert len(keys(matter(**evidence))) == 1
    assert keys(matter(**evidence, first_received_at=NOW - timedelta(days=30))) == []


@pytest.mark.parametrize(
    "evidence",
    [{"unsatisfied": 1}, {"unsatisfied": 0}, {"unsatisfied": 0, "crowd": Crowd("对象：甲", 2)}],
)
def test_long_standing_alone_is_no_flag(evidence: dict[str, Any]) -> None:
    assert keys(matter(**evidence)) == []


@pytest.mark.parametrize(
    ("red_since", "flagged"),
    [("2018-11-05T09:30:00+00:00", True), ("2018-11-06T09:30:00+00:00", False), (None, False)],
)
def test_red_for_over_ten_working_days_is_long(red_since: str | None, flagged: bool) -> None:
    red_at = datetime.fromisoformat(red_since) if red_since else None
    young = matter(first_received_at=NOW - timedelta(days=20), red_at=red_at)
    assert bool(keys(young)) == flagged


def test_limits_in_hours_are_measured_in_time() -> None:
    flags = FlagPolicy(long_red="8wh", long_open="720h")
    started = NOW - timedelta(hours=25)  # Monday 15:00, 8 h worked since
    red = matter(first_received_at=started, red_at=started)
    assert len(prominent_long([red], flags, NOW, CALENDAR)) == 0
    assert len(prominent_long([matter()], flags, NOW, CALENDAR)) == 1
    fresh = replace(red, red_at=NOW - timedelta(hours=49))
    assert len(prominent_long([fresh], flags, NOW, CALENDAR)) == 1


def test_appeals_of_one_crowd_are_one_matter_of_a_unit() -> None:
    crowd = [matter(n, crowd=CROWD, unsatisfied=0) for n in (1, 2, 3)]
    elsewhere = replace(matter(4, crowd=CROWD, unsatisfied=0), unit_id=8, unit="市水务局")
    one, other = prominent_long([*crowd, elsewhere], FLAGS, NOW, CALENDAR)
    assert (one.key, one.unit, one.ticket_ids) == ("对象：某小区", "洪山区", (1, 2, 3))
    assert (other.key, other.unit, other.ticket_ids) == ("对象：某小区", "市水务局", (4,))


def test_other_appeals_are_matters_of_their_own() -> None:
    assert keys(matter(1), matter(2)) == ["工单：WH20181001-00001", "工单：WH20181001-00002"]


def test_the_evidence_names_every_ground() -> None:
    grave = matter(crowd=CROWD, instructed=True, media=True, red_at=OLD)
    (flag,) = prominent_long([grave], FLAGS, NOW, CALENDAR)
    assert [line.removeprefix("WH20181001-00001 ") for line in flag.evidence] == [
        "3名诉求人反映同一对象（对象：某小区）",
        "2次评价不满意",
        "领导批示件",
        "媒体反映件",
        "转红超过10个工作日",
        "首次受理至今超过30日",
    ]


def test_no_number_stands_in_the_evidence() -> None:
    crowd = replace(CROWD, subject="对象：李四（13987654321）")
    (flag,) = prominent_long([matter(crowd=crowd, red_at=OLD)], FLAGS, NOW, CALENDAR)
    assert "对象：李四（139****4321）" in flag.evidence[0]


def test_each_line_of_evidence_rests_on_its_appeals() -> None:
    crowd = Crowd("对象：某小区", 3, (9, 1, 2, 3, 8), (1, 4))
    (flag,) = prominent_long([matter(2, crowd=crowd)], FLAGS, NOW, CALENDAR)
    assert dict(zip(flag.evidence, flag.rests_on, strict=True)) == {
        "WH20181001-00002 3名诉求人反映同一对象（对象：某小区）": (1, 2, 3),
        "WH20181001-00002 2次评价不满意": (2,),
        "WH20181001-00002 首次受理至今超过30日": (2,),
    }


def test_a_problem_is_told_with_its_citizens_and_its_first_day() -> None:
    (flag,) = prominent_long([matter(shared=PROBLEM, crowd=CROWD)], FLAGS, NOW, CALENDAR)
    assert flag.key == "共性问题：第12号"
    assert flag.evidence[0] == "WH20181001-00001 14名诉求人反映同一问题（某小区停水），首件10月4日"
    assert flag.rests_on[0] == (5, 1, 2)


def test_the_year_is_told_where_it_is_another_and_a_name_is_masked() -> None:
    first = datetime(2017, 3, 1, 4, tzinfo=UTC)
    old = replace(PROBLEM, name="李四13987654321停水", first_at=first)
    (flag,) = prominent_long([matter(shared=old)], FLAGS, NOW, CALENDAR)
    assert "139****4321" in flag.evidence[0] and flag.evidence[0].endswith("首件2017年3月1日")


def test_a_problem_of_too_few_leaves_the_object_to_be_counted() -> None:
    few = replace(PROBLEM, reporters=2)
    assert keys(matter(shared=few, crowd=CROWD, unsatisfied=0)) == ["对象：某小区"]
    assert keys(matter(shared=few, unsatisfied=0)) == []


def telling(problem: int, ticket: int, reporter: str | None, *, confirmed: bool = False) -> Telling:
    at = NOW - timedelta(days=60 - ticket)
    return Telling(problem, f"问题{problem}", confirmed, ticket, reporter, at)


def test_different_reporters_of_a_problem_are_counted_whenever_they_came() -> None:
    told = [telling(1, 9, "b"), telling(1, 3, "a"), telling(1, 5, "a"), telling(1, 50, None)]
    one = shared(told)[5]
    assert (one.reporters, one.ticket_ids) == (2, (3, 5, 9, 50))
    assert one.first_at == NOW - timedelta(days=57)


def test_what_a_person_confirmed_is_preferred_to_what_is_likely() -> None:
    likely = [telling(1, ticket, f"r{ticket}") for ticket in (3, 4, 5)]
    confirmed = [telling(2, ticket, "a", confirmed=True) for ticket in (4, 6)]
    found = shared([*confirmed, *likely])
    assert {ticket: one.problem_id for ticket, one in found.items()} == {3: 1, 4: 2, 5: 1, 6: 2}
