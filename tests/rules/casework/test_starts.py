"""What starts and stops the clocks of a round where the policy names other acts than usual."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rules.bureau.policy import read_policy
from rules.casework.course import Acts, legs_of, state_of
from rules.clocks.starts import USUAL_COURSE, course_of, start_words
from rules.clocks.tags import Tags
from rules.errors import PolicyError
from tests.rules.clocks.calendars import keeper

START = datetime(2026, 11, 19, 1, tzinfo=UTC)


def hour(count: int) -> datetime:
    """Return the instant so many hours after the receipt."""
    return START + timedelta(hours=count)


PETITION = "accept:dispatched,supplemented close:accepted"
"""信访: whether it is taken up is decided first, and from that the time to finish it counts."""


def ran(course: str, **acts: Any) -> dict[str, tuple[int, int | None]]:
    """Return from which hour to which each clock ran of an appeal dispatched in the first."""
    told = {"dispatched_at": 1, **acts}
    happened: dict[str, Any] = {n: hour(at) for n, at in told.items() if at is not None}
    legs = legs_of(Acts(START, course=course_of(course), **happened))

    def hours(at: datetime) -> int:
        return int((at - START).total_seconds()) // 3600

    return {
        leg.step: (hours(leg.started_at), hours(leg.stopped_at) if leg.stopped_at else None)
        for leg in legs
    }


@pytest.mark.parametrize(
    ("course", "acts", "step", "span"),
    [
        (PETITION, {}, "accept", (1, None)),
        (PETITION, {}, "close", None),
        (PETITION, {"accepted_at": 5}, "accept", (1, 5)),
        (PETITION, {"accepted_at": 5}, "close", (5, None)),
        (PETITION, {"accepted_at": 5}, "acknowledge", (1, 5)),
        (PETITION, {"accepted_at": 5, "handed_at": 7}, "acknowledge", (7, None)),
        (PETITION, {"accepted_at": 5, "handed_at": 7}, "close", (5, None)),
        (PETITION, {"handed_at": 7}, "accept", (1, None)),
        (PETITION, {"declined_at": 5, "replied_at": 5}, "accept", (1, 5)),
        (PETITION, {"declined_at": 5, "replied_at": 5}, "close", None),
        (PETITION, {"replied_at": 6, "closed_at": 9}, "close", (6, 6)),
        (PETITION, {"supplement_asked_at": 3, "supplemented_at": 8}, "accept", (8, None)),
        (
            PETITION,
            {"supplement_asked_at": 3, "supplemented_at": 8, "accepted_at": 9},
            "close",
            (9, None),
        ),
        ("close:received", {"dispatched_at": None}, "close", (0, None)),
        ("close:received", {"handed_at": 4}, "close", (0, None)),
        ("close:received,supplemented", {"supplemented_at": 8}, "close", (8, None)),
        ("close:instructed", {}, "close", (1, None)),
        ("close:instructed", {"instructed_at": 6}, "close", (6, None)),
        ("close:instructed", {"instructed_at": 0}, "close", (1, None)),
        ("contact:accepted accept:dispatched", {}, "contact", None),
        ("contact:accepted accept:dispatched", {"accepted_at": 4}, "contact", (4, None)),
        ("contact=replied", {"contacted_at": 3}, "contact", (1, None)),
        ("contact=acknowledged", {"acknowledged_at": 2}, "contact", (1, 2)),
        ("acknowledge=contacted", {"acknowledged_at": 2, "contacted_at": 3}, "acknowledge", (1, 3)),
        (
            "acknowledge=acknowledged accept:dispatched",
            {"accepted_at": 2},
            "acknowledge",
            (1, None),
        ),
        ("close=closed", {"replied_at": 5}, "close", (1, None)),
        ("close=closed", {"replied_at": 5, "closed_at": 8}, "close", (1, 8)),
        ("close=replied", {"replied_at": 5, "closed_at": 8}, "close", (1, 5)),
    ],
)
def test_a_clock_runs_from_the_act_its_course_names_to_the_act_it_names(
    course: str, acts: dict[str, Any], step: str, span: tuple[int, int | None] | None
) -> None:
    assert ran(course, **acts).get(step) == span


def test_a_date_that_the_source_fixed_binds_from_the_dispatch() -> None:
    acts = Acts(START, hour(1), fixed=True, course=course_of(PETITION))
    assert [leg.started_at for leg in legs_of(acts) if leg.step == "close"] == [hour(1)]
    assert not acts.unaccepted and acts.undecided


def test_a_decision_shows_that_the_unit_has_it_in_hand() -> None:
    acts = Acts(START, hour(1), accepted_at=hour(2), course=course_of(PETITION))
    assert state_of(acts) == "acknowledged"
    assert state_of(Acts(START, hour(1), accepted_at=hour(2), handed_at=hour(3))) == "dispatched"


def test_a_course_is_kept_as_text_and_the_usual_one_as_nothing() -> None:
    course = course_of("accept:dispatched,supplemented close:accepted contact=replied")
    assert course_of(course.text) == course
    assert course.accepts and course.stopped_by("contact") == "replied"
    assert USUAL_COURSE.text is None and course_of(None) == USUAL_COURSE


RULES = """
[[limits]]
acknowledge = "1wd"
contact = "1wd"
close = "5wd"
[[limits]]
channel = "阳光信访"
accept = "15d"
close = "60d"
starts = { close = "accepted" }
[[limits]]
channel = "12315"
accept = "7wd"
close = "45wd"
starts = { accept = ["received", "supplemented"], close = "accepted" }
stops = { close = "closed" }
[[limits]]
channel = "政府信息公开"
close = "20wd"
starts = { close = ["received", "supplemented"] }
[[limits]]
urgency = "特急"
close = "24h"
[[limits]]
channel = "阳光信访"
nature = "咨询"
accept = "none"
"""


@pytest.mark.parametrize(
    ("tags", "course"),
    [
        ({}, None),
        ({"channel": "阳光信访"}, "accept:dispatched close:accepted"),
        ({"channel": "12315"}, "accept:received,supplemented close:accepted close=closed"),
        ({"channel": "政府信息公开"}, "close:received,supplemented"),
        ({"channel": "阳光信访", "urgency": "特急"}, "accept:dispatched"),
        ({"channel": "阳光信访", "nature": "咨询"}, None),
    ],
)
def test_each_step_follows_the_entry_that_gives_its_limit(
    tags: dict[str, Any], course: str | None
) -> None:
    made = keeper(RULES).course(Tags(**tags))
    assert made.text == course


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('starts = { close = "acknowledged" }', "不能从签收起算"),
        ('starts = { close = "accepted" }', "同一条须写受理决定时限"),
        ('starts = { close = ["received", "dispatched"] }', "请写一个事项"),
        ('starts = { judge = "received" }', "“judge”的起算不能另定"),
        ('starts = { contact = "instructed" }', "“contact”不能以“instructed”起算"),
        ('stops = { close = "contacted" }', "“close”不能以“contacted”止算"),
        ('starts = "accepted"', "请写成"),
    ],
)
def test_what_cannot_start_or_stop_a_clock_is_refused_saying_what_can(line: str, told: str) -> None:
    with pytest.raises(PolicyError, match=told):
        read_policy(f'[[limits]]\nclose = "5wd"\n{line}\n')


def test_what_starts_a_clock_is_said_in_words() -> None:
    assert start_words(("accepted",)) == "受理决定"
    assert start_words(("received", "supplemented")) == "收到，补正后重新起算"
    assert start_words(("instructed",)) == "交办，批示后重新起算"
