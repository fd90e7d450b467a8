"""How long and how often more time may be had. November 2026 begins on a Sunday, no day is off.

The handling of the tables is given on Monday the 16th at 10:00, for 5 working days: it is due on
Monday the 23rd at 17:30.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.casework import Acts, capped
from rules.clocks import Clock, Tags, Timekeeper, beyond_extension, beyond_own, return_until
from tests.rules.clocks.calendars import at, keeper, shown

GIVEN = at("2026-11-16 10:00")
PLAIN = '[[limits]]\nclose = "5wd"\nextension = "5wd"\n'
TOTAL = PLAIN + 'extension_total = "8wd"\nextensions = 3\n'


def handling(answer: Timekeeper) -> Clock:
    clock = answer.clock("close", Tags(), GIVEN)
    assert clock is not None
    return clock


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("5wd", None),  # Monday 30, 17:30: as long as the cap
        ("6wd", "每次延期最长5个工作日"),  # Tuesday, 1 December
        ("6d", None),  # Sunday 29, 24:00
        ("7d", "2026-11-30 周一 17:30"),  # Monday 30, 24:00, six and a half hours too late
        ("200wd", "申请的200个工作日超过了"),
    ],
)
def test_one_extension_ends_no_later_than_the_longest(asked: str, why: str | None) -> None:
    answer = keeper(PLAIN)
    clock = handling(answer)
    told = beyond_extension(answer, answer.caps(Tags()), clock, clock.due_at, asked, Tags())
    assert told is None if why is None else why in (told or "")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("3wd", None),  # 5 + 3: Thursday, 3 December, 17:30
        ("4wd", "累计延期最长8个工作日，此件最迟可延至2026-12-03 周四 17:30"),
        ("6wd", "每次延期最长5个工作日"),
    ],
)
def test_all_extensions_end_no_later_than_the_total_from_the_original_due(
    asked: str, why: str | None
) -> None:
    answer = keeper(TOTAL)
    first = handling(answer)
    longer = replace(first, due_at=at("2026-11-30 17:30"))
    told = beyond_extension(answer, answer.caps(Tags()), longer, first.due_at, asked, Tags())
    assert told is None if why is None else why in (told or "")


def test_a_narrower_entry_lifts_a_cap_or_leaves_the_rest_as_it_was() -> None:
    answer = keeper(TOTAL + '[[limits]]\nnature = "咨询"\nextension_total = "none"\n')
    caps = answer.caps(Tags("咨询"))
    assert (caps.extension, caps.extension_total, caps.extensions) == ("5wd", None, 3)
    urgent = keeper(TOTAL + '[[limits]]\nurgency = "特急"\nextension = "none"\n')
    assert urgent.caps(Tags(urgency="特急")).extensions == 0


@pytest.mark.parametrize(
    ("own", "asked", "why"),
    [
        ('own = "15wd"\n', "15wd", None),  # Monday, 7 December, 17:30
        ('own = "15wd"\n', "20d", None),  # Sunday, 6 December, 24:00
        ('own = "15wd"\n', "21d", "最长15个工作日，最迟2026-12-07 周一 17:30到期"),
        ("", "3wd", "规则不许交办时另定办结时限"),
        ('own = "none"\n', "3wd", "规则不许交办时另定办结时限"),
    ],
)
def test_a_dispatch_carries_a_limit_of_its_own_up_to_the_cap(
    own: str, asked: str, why: str | None
) -> None:
    told = beyond_own(keeper(PLAIN + own), asked, GIVEN, Tags())
    assert told is None if why is None else why in (told or "")


@pytest.mark.parametrize(
    ("within", "until"),
    [
        ('return = "24h"\n', "2026-11-17 10:00"),
        ('return = "2wd"\n', "2026-11-18 17:30"),
        ('return = "4wh"\n', "2026-11-16 15:30"),  # 2 hours to noon, 2 from 13:30
    ],
)
def test_a_return_is_asked_within_its_time_of_the_hand_over(within: str, until: str) -> None:
    found = return_until(keeper(PLAIN + within), GIVEN, Tags())
    assert found is not None and shown(found) == until
    assert return_until(keeper(PLAIN), GIVEN, Tags()) is None


def test_the_second_after_the_time_for_a_return_is_too_late_unless_nobody_knows_the_dispatch() -> (
    None
):
    answer, acts = keeper(PLAIN + 'return = "24h"\nreturns = 0\n'), Acts(GIVEN, GIVEN)
    in_time = capped(answer, Tags(), acts, 0, 0, at("2026-11-17 10:00"))
    late = capped(answer, Tags(), acts, 0, 0, at("2026-11-17 10:00:01"))
    assert "return_over" not in in_time and "unreturnable" in in_time
    assert "交办后24小时内提出，2026-11-17 周二 10:00已过" in late["return_over"]
    assumed = replace(acts, assumed=True)
    assert "return_over" not in capped(answer, Tags(), assumed, 0, 0, at("2026-12-01 10:00"))
    handed = replace(acts, handed_at=at("2026-11-18 09:00"))
    assert "return_over" not in capped(answer, Tags(), handed, 0, 0, at("2026-11-19 09:00"))


def test_what_was_extended_as_often_as_allowed_says_how_often_that_is() -> None:
    found = capped(keeper(TOTAL), Tags(), Acts(GIVEN, GIVEN), 3, 0, GIVEN)
    assert found["extended"] == "规则允许延期3次，已延期3次，不再延期"
    assert "extended" not in capped(keeper(TOTAL), Tags(), Acts(GIVEN, GIVEN), 2, 9, GIVEN)
