"""Limits by unit, place, round and campaign: which entry wins, and the day it gives.

Dates are reckoned by hand on the calendar of 2026: Friday 20 November is followed by working days
23 (1), 24 (2), 25 (3), 26 (4), 27 (5), 30 (6), 1 December (7), 2 (8), 3 (9), 4 (10).
"""

from __future__ import annotations

from typing import Any

import pytest

from rules.bureau.policy import read_policy
from rules.clocks.assisting import assist_clock
from rules.clocks.precedence import clash, units_meant
from rules.clocks.tags import Tags
from rules.clocks.timekeeper import Origin, Timekeeper
from rules.errors import PolicyError
from tests.rules.clocks.calendars import at, calendar_2026, keeper, shown

EVERY_KEY = """
[[limits]]
close = "10wd"
[[limits]]
grid = ["420111", "420106"]
close = "9wd"
[[limits]]
grid = "420111002"
close = "8wd"
[[limits]]
unit = ["洪山", "WH-WATER"]
close = "7wd"
due_time = "12:00"
[[limits]]
nature = "举报"
close = "6wd"
[[limits]]
round = 2
close = "5wd"
[[limits]]
round = 3
close = "3wd"
[[limits]]
campaign = "房屋租赁"
close = "2wd"
[[limits]]
urgency = "特急"
close = "24h"
"""

WORDS = (("420111", "420111"), ("WH-WATER", "WH-WATER"), ("洪山区", "420111"), ("洪山", "420111"))


def every_key() -> Timekeeper:
    policy = read_policy(EVERY_KEY)
    return Timekeeper(policy, calendar_2026(), units_meant(policy.limits, WORDS))


@pytest.mark.parametrize(
    ("tags", "due"),
    [
        ({}, "2026-12-04 17:30"),  # 10th working day after Friday 20 November
        ({"grid": "4201"}, "2026-12-04 17:30"),  # the city lies in none of its districts
        ({"grid": "420106003"}, "2026-12-03 17:30"),  # 9th
        ({"grid": "420111002005"}, "2026-12-02 17:30"),  # 8th: the street before its district
        ({"unit": "420111"}, "2026-12-01 12:00"),  # 7th, by the unit's own hour
        ({"unit": "WH-WATER", "grid": "420111002"}, "2026-12-01 12:00"),  # unit before place
        ({"unit": "420111", "nature": "举报"}, "2026-11-30 17:30"),  # 6th: nature before unit
        ({"round": 2, "nature": "举报"}, "2026-11-27 17:30"),  # 5th: round before nature
        ({"round": 3}, "2026-11-25 17:30"),  # 3rd: the later round is the narrower
        ({"round": 7}, "2026-11-25 17:30"),  # "from the third on"
        ({"round": 3, "campaign": "房屋租赁"}, "2026-11-24 17:30"),  # 2nd: campaign before round
        ({"campaign": "别的专题"}, "2026-12-04 17:30"),
        ({"campaign": "房屋租赁", "urgency": "特急"}, "2026-11-21 10:00"),  # urgency before all
    ],
)
def test_the_keys_weigh_in_their_order(tags: dict[str, Any], due: str) -> None:
    clock = every_key().clock("close", Tags(**tags), at("2026-11-20 10:00"))
    assert clock is not None
    assert shown(clock.due_at) == due


def test_a_receipt_names_the_unit_as_the_policy_does() -> None:
    told = every_key().derivation("close", Tags(unit="420111"), at("2026-11-20 10:00"))
    assert (told.winner, told.losers) == ("承办单位=洪山、WH-WATER", ("默认",))


def test_words_for_one_unit_are_compared_without_spaces_and_case() -> None:
    limits = read_policy(
        '[[limits]]\nunit = ["wh-water", "洪 山", "无此单位"]\nclose = "1wd"'
    ).limits
    assert units_meant(limits, WORDS) == {"wh-water": "WH-WATER", "洪 山": "420111"}


def test_two_words_for_one_unit_clash_once_they_are_known() -> None:
    text = '[[limits]]\nunit = "洪山区"\nclose = "1wd"\n[[limits]]\nunit = "洪山"\nclose = "2wd"'
    limits = read_policy(text).limits
    assert clash(limits) is None
    assert clash(limits, units_meant(limits, WORDS)) == (0, 1)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('unit = "洪山区"\ndispatch = "2wh"', "派单之前还没有承办单位"),
        ('grid = "洪山区"\nclose = "2wd"', "4、6、9、12或15位"),
        ('round = 1\nclose = "2wd"', "round"),
        ('assist = "一半"', "50%"),
        ('assist = "-3"', "-1wd"),
        ('assist = "120%"', "50%"),
        ('assist = "-0.5wd"', "50%"),
    ],
)
def test_a_condition_that_cannot_be_meant_is_refused(entry: str, told: str) -> None:
    with pytest.raises(PolicyError, match=told):
        read_policy(f"[[limits]]\n{entry}\n")


def test_tags_come_back_from_their_text() -> None:
    tags = Tags("投诉", "特急", "住房", "人民网", "420111", "420111002", 2, "房屋租赁")
    assert Tags.of(tags.told()) == tags
    assert Tags.of(Tags().told()) == Tags()


SHARES = [
    (None, "5wd", "4wd"),  # a day less unless the policy says otherwise
    ("-1wd", "60d", "59d"),
    ("-2wd", "5wd", "3wd"),
    ("-2wd", "2wd", "1wd"),  # never under one
    ("-1wd", "24h", "24h"),  # days are taken off days alone
    ("-4h", "24h", "20h"),
    ("-4h", "4wh", "4wh"),
    ("50%", "5wd", "3wd"),  # half of five is three, rounded up
    ("50%", "30m", "15m"),
    ("1%", "5wd", "1wd"),
    ("100%", "5wd", "5wd"),
    ("2wd", "5wd", "2wd"),  # its own
    ("2wd", "60d", "2wd"),
    ("两个工作日", "60d", "2wd"),
    ("-1wd", "2mo", "2mo"),  # no limit says a day less; its date does
    ("50%", "3mo", "2mo"),
    ("-1wd", "0wd", "0wd"),
    ("50%", "0.5wd", "0.5wd"),
]


@pytest.mark.parametrize(("share", "lead", "own"), SHARES)
def test_a_co_unit_has_its_share_of_the_leads_limit(share: str | None, lead: str, own: str) -> None:
    said = "" if share is None else f'assist = "{share}"\n'
    answer = keeper(f'[[limits]]\nclose = "{lead}"\n{said}')
    start, tags = at("2026-11-20 10:00"), Tags()
    clock = answer.clock("close", tags, start)
    assert clock is not None
    made = assist_clock(answer, clock, Origin("close", lead, start, tags), start)
    assert made.clock.limit_text == own
    assert made.clock.due_at <= clock.due_at


def test_a_share_never_outlasts_its_lead_and_goes_by_its_entrys_hour() -> None:
    policy = """
        [[limits]]
        close = "1wd"
        assist = "3wd"
        [[limits]]
        nature = "投诉"
        close = "5wd"
        assist = "2wd"
        due_time = "12:00"
    """
    answer, start = keeper(policy), at("2026-11-20 10:00")
    found = []
    for tags in (Tags(), Tags("投诉")):
        lead = answer.clock("close", tags, start)
        assert lead is not None
        made = assist_clock(answer, lead, Origin("close", lead.limit_text, start, tags), start)
        found.append((made.clock.limit_text, shown(made.clock.due_at)))
    # 3wd would end on the 25th: the lead's own is Monday the 23rd; 2wd of the other is the 24th
    assert found == [("3wd", "2026-11-23 17:30"), ("2wd", "2026-11-24 12:00")]


@pytest.mark.parametrize(
    ("share", "joined", "due"),
    [
        ("-1wd", "2026-03-10 10:00", "2026-05-09 17:30"),  # a Saturday worked for the holiday
        ("-2wd", "2026-03-10 10:00", "2026-05-08 17:30"),
        ("-1wd", "2026-05-09 18:00", "2026-05-11 00:00"),  # too late for that: with its lead
        ("-4h", "2026-03-10 10:00", "2026-05-11 00:00"),
    ],
)
def test_days_come_off_the_date_that_months_give(share: str, joined: str, due: str) -> None:
    answer = keeper(f'[[limits]]\nclose = "2mo"\nassist = "{share}"\n')
    start = at("2026-03-10 10:00")
    lead = answer.clock("close", Tags(), start)  # until Sunday 10 May, 24:00
    assert lead is not None
    made = assist_clock(answer, lead, Origin("close", "2mo", start, Tags()), at(joined))
    assert (made.clock.limit_text, shown(made.clock.due_at)) == ("2mo", due)


@pytest.mark.parametrize(
    ("share", "due"),
    [("-1wd", "2026-11-26 17:30"), ("-2wd", "2026-11-25 17:30"), ("2wd", "2026-11-24 17:30")],
)
def test_where_the_source_fixed_the_date_a_share_is_days_before_it(share: str, due: str) -> None:
    answer = keeper(f'[[limits]]\nclose = "5wd"\nassist = "{share}"\n')
    start = at("2026-11-20 10:00")
    lead = answer.fixed("close", start, at("2026-11-27 12:00"))  # a Friday
    made = assist_clock(answer, lead, Origin("close", "fixed", start, Tags()), start)
    assert shown(made.clock.due_at) == due
