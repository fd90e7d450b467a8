"""The rules of other places as policies: what each gives for instants worked out by hand.

All of 2026 as 国办 arranged it: 10-01 to 10-07 closed, Saturday 10-10 worked, Sunday 09-20 worked.
"""

from __future__ import annotations

from typing import Any

import pytest

from rules.bureau.policy import read_policy
from rules.clocks.deadlines import Clock
from rules.clocks.tags import Tags
from rules.clocks.timekeeper import Timekeeper
from seed.reference.catalogue import categories
from seed.reference.content import ContentError, example_policies, example_policy
from seed.reference.holidays import builtin_calendar
from tests.rules.clocks.calendars import at, shown

NAMES = [
    "beijing",
    "bengbu",
    "disclosure",
    "guangdong",
    "huangshan",
    "market",
    "next-opening",
    "permit",
    "police",
    "shandong",
    "tianjin",
    "urban",
    "xinfang",
]


def under(name: str) -> Timekeeper:
    return Timekeeper(read_policy(example_policy(name).text), builtin_calendar())


def started(name: str, step: str, start: str, **tags: Any) -> Clock:
    clock = under(name).clock(step, Tags(**tags), at(start))
    assert clock is not None
    return clock


def due(name: str, step: str, start: str, **tags: Any) -> str:
    return shown(started(name, step, start, **tags).due_at)


def test_every_example_says_what_it_is_and_where_it_was_published() -> None:
    assert [example.name for example in example_policies()] == NAMES
    for example in example_policies():
        first, second, *_ = example.text.splitlines()
        assert first == f"# {example.title}：{example.summary}"
        assert example.title and example.summary
        assert second.startswith("# 出处：")


def test_an_example_is_found_by_either_name_and_an_unknown_one_names_those_there_are() -> None:
    assert example_policy("广东") == example_policy("guangdong")
    with pytest.raises(ContentError, match=r"没有名为“上海”.*广东（guangdong）"):
        example_policy("上海")


@pytest.mark.parametrize("name", NAMES)
def test_every_example_gives_every_ticket_a_colour_from_the_first_moment(name: str) -> None:
    policy = read_policy(example_policy(name).text)
    default = next(entry for entry in policy.limits if not entry.keys())
    for step in ("dispatch", "acknowledge", "contact", "close", "judge", "extension"):
        assert default.limit(step), step


def test_categories_of_an_example_are_ones_a_ticket_can_have() -> None:
    known = set(categories())
    for entry in read_policy(example_policy("beijing").text).limits:
        for path in entry.category:
            assert any(f"{each}/".startswith(f"{path}/") for each in known), path


@pytest.mark.parametrize(
    ("nature", "expected"),
    [
        ("咨询", "2026-10-09 17:30"),
        ("求助", "2026-10-20 17:30"),
        ("建议", "2026-10-20 17:30"),
        ("投诉", "2026-10-27 17:30"),
        ("举报", "2026-10-27 17:30"),
    ],
)
def test_guangdong_answers_in_2_10_and_15_working_days(nature: str, expected: str) -> None:
    assert due("guangdong", "close", "2026-09-30 10:00", nature=nature) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"urgency": "特急"}, "2026-10-01 00:30"),
        ({"category": "公用事业/供水/停水"}, "2026-10-01 22:30"),
        ({"category": "公用事业/燃气/停气"}, "2026-10-01 22:30"),
        ({"category": "公用事业/供水/停水", "urgency": "特急"}, "2026-10-01 00:30"),
        ({"category": "公用事业/公交/线路"}, "2026-10-08 00:00"),
        ({}, "2026-10-08 00:00"),
    ],
)
def test_beijing_counts_hours_and_natural_days_through_the_holiday(
    tags: dict[str, str], expected: str
) -> None:
    assert due("beijing", "close", "2026-09-30 22:30", **tags) == expected


def test_a_hard_case_in_beijing_has_fifteen_days_in_all() -> None:
    keeper = under("beijing")
    usual = started("beijing", "close", "2026-09-30 22:30")
    text = keeper.limit_text("extension", Tags())
    assert text is not None
    assert shown(keeper.extended(usual, text, Tags()).due_at) == "2026-10-16 00:00"
    assert keeper.limit_text("extension", Tags(urgency="特急")) is None


@pytest.mark.parametrize(
    ("urgency", "expected"),
    [("特急", "2026-10-03 03:05"), ("紧急", "2026-10-03 03:20"), ("一般", "2026-10-08 17:30")],
)
def test_tianjin_signs_for_what_endangers_life_in_minutes_on_a_holiday_night(
    urgency: str, expected: str
) -> None:
    assert due("tianjin", "acknowledge", "2026-10-03 02:50", urgency=urgency) == expected


def test_petitions_have_fifteen_and_sixty_natural_days() -> None:
    assert due("xinfang", "accept", "2026-09-01 10:00") == "2026-09-17 00:00"
    assert due("xinfang", "close", "2026-09-10 10:00") == "2026-11-10 00:00"
    assert due("xinfang", "review", "2026-09-10 10:00") == "2026-10-11 00:00"  # 10-10 is worked


def test_a_petition_due_on_a_sunday_is_due_on_the_monday() -> None:
    assert due("xinfang", "close", "2026-09-02 10:00") == "2026-11-03 00:00"
    assert due("xinfang", "close", "2026-08-02 10:00") == "2026-10-09 00:00"  # 10-01 rolls to 10-08


def test_a_petition_is_near_its_end_ten_days_before_and_may_be_extended_by_thirty() -> None:
    keeper, clock = under("xinfang"), started("xinfang", "close", "2026-09-10 10:00")
    assert shown(clock.yellow_at) == "2026-10-31 00:00"
    longer = keeper.extended(clock, "30d", Tags())
    assert [shown(longer.due_at), shown(longer.yellow_at)] == [
        "2026-12-10 00:00",
        "2026-11-30 00:00",
    ]


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-19 08:00", "2026-11-20 08:30"),  # Thursday before opening
        ("2026-11-19 16:59", "2026-11-20 08:30"),
        ("2026-11-19 17:00", "2026-11-20 08:30"),  # the very second still counts as in time
        ("2026-11-19 17:01", "2026-11-23 08:30"),  # Friday counts as received: due on Monday
        ("2026-11-20 16:00", "2026-11-23 08:30"),  # Friday afternoon
        ("2026-11-20 18:00", "2026-11-24 08:30"),
        ("2026-11-21 10:00", "2026-11-24 08:30"),  # Saturday
        ("2026-10-03 10:00", "2026-10-09 08:30"),  # in the holiday: 10-08 counts as received
        ("2026-10-09 16:00", "2026-10-10 08:30"),  # Saturday 10-10 is worked
        ("2026-10-10 16:00", "2026-10-12 08:30"),
    ],
)
def test_due_at_the_next_opening_or_a_working_day_later(received: str, expected: str) -> None:
    assert due("next-opening", "close", received) == expected


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("城市管理/环卫保洁/道路不洁", "2026-10-08 10:30"),
        ("城市管理/环卫保洁/垃圾清运", "2026-10-08 17:30"),
        ("城市管理/施工管理/渣土遗撒", "2026-10-12 17:30"),
        ("城市管理/违法建设/私搭乱建", "2026-10-27 17:30"),
        ("城市管理/环卫保洁/公厕管理", "2026-10-13 17:30"),
    ],
)
def test_an_urban_catalogue_sets_a_limit_item_by_item(category: str, expected: str) -> None:
    assert due("urban", "close", "2026-09-30 14:00", category=category) == expected


@pytest.mark.parametrize(
    ("step", "tags", "expected"),
    [
        ("close", {}, "2026-12-04 17:30"),  # after Friday: 11-30, 12-01, 02, 03, 04
        ("close", {"channel": "人民网"}, "2026-12-02 17:30"),
        ("close", {"channel": "上级交办", "nature": "投诉"}, "2026-12-02 17:30"),
        ("close", {"urgency": "特急", "channel": "人民网"}, "2026-11-28 17:25"),
        ("contact", {"urgency": "紧急"}, "2026-11-27 17:45"),  # past the close of 17:30
        ("contact", {"urgency": "特急"}, "2026-11-27 17:35"),
        ("acknowledge", {}, "2026-11-30 17:30"),
    ],
)
def test_bengbu_sets_its_limits_by_channel_and_minutes_for_emergencies(
    step: str, tags: dict[str, str], expected: str
) -> None:
    assert due("bengbu", step, "2026-11-27 17:25", **tags) == expected


def lengthened(name: str, start: str, times: int, **tags: Any) -> list[str]:
    """Return the due instants of a close clock, extended as often by what the example offers."""
    keeper, clock = under(name), started(name, "close", start, **tags)
    text = keeper.limit_text("extension", Tags(**tags))
    assert text is not None
    found = [shown(clock.due_at)]
    for _ in range(times):
        clock = keeper.extended(clock, text, Tags(**tags))
        found.append(shown(clock.due_at))
    return found


def test_huangshan_gives_a_hard_letter_ten_and_the_hardest_fifteen_working_days() -> None:
    # 02-13, worked Saturday 02-14, 02-24, 25, 26; 02-27, worked 02-28, 03-02, 03, 04; then to 03-11
    assert lengthened("huangshan", "2026-02-12 16:00", 2) == [
        "2026-02-26 17:30",
        "2026-03-04 17:30",
        "2026-03-11 17:30",
    ]
    assert under("huangshan").caps(Tags()).extensions == 2


def test_shandong_gives_five_working_days_and_ten_more() -> None:
    # 10-08, 09, worked Saturday 10, 12, 13; then 14 to 16, 19 to 23, 26, 27
    assert lengthened("shandong", "2026-09-30 10:00", 1) == ["2026-10-13 17:30", "2026-10-27 17:30"]


@pytest.mark.parametrize(
    ("step", "tags", "expected"),
    [
        ("dispatch", {}, "2026-10-03 03:20"),
        ("acknowledge", {}, "2026-10-08 11:00"),  # 2 h from the next opening, 09:00
        ("acknowledge", {"urgency": "紧急"}, "2026-10-03 03:20"),
        ("contact", {"urgency": "紧急"}, "2026-10-03 04:50"),
        ("close", {"urgency": "紧急"}, "2026-10-04 02:50"),
        ("close", {"urgency": "特急"}, "2026-10-03 04:50"),
        ("close", {"nature": "咨询"}, "2026-10-08 17:30"),
        ("close", {}, "2026-10-10 17:30"),
    ],
)
def test_what_110_hands_over_is_passed_on_in_minutes_on_a_holiday_night(
    step: str, tags: dict[str, str], expected: str
) -> None:
    assert due("police", step, "2026-10-03 02:50", **tags) == expected


def test_an_application_for_information_has_twenty_working_days_and_twenty_more() -> None:
    # 05-06 to 08, worked 09, 11 to 15, 18 to 22, 25 to 29, 06-01; then 06-02 to 30 without 19 to 21
    assert lengthened("disclosure", "2026-04-30 10:00", 1) == [
        "2026-06-01 17:30",
        "2026-06-30 17:30",
    ]


def test_a_permit_has_twenty_working_days_and_ten_more() -> None:
    # 02-11 to 13, worked 14, 24 to 27, worked 28, 03-02 to 06, 09 to 13, 16; then 03-17 to 30
    assert due("permit", "accept", "2026-02-10 09:30") == "2026-02-24 17:30"
    assert lengthened("permit", "2026-02-10 09:30", 1) == ["2026-03-16 17:30", "2026-03-30 17:30"]


def test_market_regulation_mediates_in_sixty_days_and_checks_a_report_in_fifteen() -> None:
    tags = {"nature": "投诉"}
    assert due("market", "close", "2026-05-11 15:00", **tags) == "2026-07-11 00:00"  # 07-10, 24:00
    # 11-27, 30, 12-01 to 04, 07
    assert due("market", "accept", "2026-11-26 09:00", **tags) == "2026-12-07 17:30"
    # 06-15 to 18, 22 to 26, 29 to 07-03, 06; then 07-07 to 10, 13 to 17, 20 to 24, 27
    assert lengthened("market", "2026-06-12 10:00", 1, nature="举报") == [
        "2026-07-06 17:30",
        "2026-07-27 17:30",
    ]


@pytest.mark.parametrize(
    ("name", "tags", "told"),
    [
        ("beijing", {}, {"own": "15d", "extension": "8d"}),
        ("tianjin", {}, {"returned": "1wd", "returns": 3}),
        ("shandong", {}, {"returned": "2wd", "extension_total": "10wd"}),
        ("huangshan", {}, {"own": "15wd", "extension_total": "10wd", "extensions": 2}),
        ("xinfang", {}, {"returned": "5wd", "extension_by": ("principal", "deputy")}),
        ("disclosure", {}, {"extension_total": "20wd", "extensions": 1}),
        ("permit", {}, {"extension_by": ("principal",), "extension": "10wd"}),
        ("market", {"nature": "举报"}, {"extension": "15wd", "extensions": 1}),
        ("market", {"nature": "投诉"}, {"extension": None, "extensions": 0}),
    ],
)
def test_an_example_caps_what_its_rule_caps(
    name: str, tags: dict[str, Any], told: dict[str, Any]
) -> None:
    caps = under(name).caps(Tags(**tags))
    assert {cap: getattr(caps, cap) for cap in told} == told


@pytest.mark.parametrize(
    ("name", "tags", "course"),
    [
        ("xinfang", {}, "accept:dispatched close:accepted"),
        ("disclosure", {}, "close:received,supplemented"),
        ("permit", {}, "accept:received,supplemented close:accepted"),
        ("market", {"nature": "投诉"}, "accept:received,supplemented close:accepted"),
        ("market", {"nature": "举报"}, "close:received"),
        ("guangdong", {"nature": "咨询"}, "close:received"),
        ("guangdong", {"nature": "投诉"}, "close:received"),
        ("guangdong", {}, "close:received"),
        ("shandong", {}, None),
    ],
)
def test_an_example_starts_its_clocks_where_its_rule_does(
    name: str, tags: dict[str, Any], course: str | None
) -> None:
    assert under(name).course(Tags(**tags)).text == course
