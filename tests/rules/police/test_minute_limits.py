"""Minute limits run round the clock: midnight, holidays and nights on which clocks change."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.bureau.policy import read_policy
from rules.clocks.moments import MomentError, typed_moment
from rules.clocks.tags import Tags
from rules.clocks.timekeeper import Timekeeper
from rules.errors import Refused
from rules.police.message import shown_once
from tests.rules.clocks.calendars import calendar_2026

GROUP = Tags(nature="求助", channel="社区警务群")

POLICY = """
[bureau]
timezone = "{zone}"
[[limits]]
close = "5wd"
"""

NIGHTS = [
    # zone, the message, limit, due: all as a watch on the wall shows it
    ("Asia/Shanghai", "2026-11-26T23:58:30+08:00", "respond", "2026-11-27T00:01:30+08:00"),
    ("Asia/Shanghai", "2026-12-31T23:59:59+08:00", "arrive", "2027-01-01T00:09:59+08:00"),
    ("Asia/Shanghai", "2028-02-28T23:55:00+08:00", "arrive", "2028-02-29T00:05:00+08:00"),
    ("Asia/Shanghai", "2026-02-16T03:00:00+08:00", "inform", "2026-02-17T03:00:00+08:00"),
    ("Asia/Shanghai", "2026-10-01T12:00:00+08:00", "respond", "2026-10-01T12:03:00+08:00"),
    ("Asia/Shanghai", "2026-11-28T17:29:00+08:00", "arrive", "2026-11-28T17:39:00+08:00"),
    ("Europe/Berlin", "2026-03-29T01:59:00+01:00", "respond", "2026-03-29T03:02:00+02:00"),
    ("Europe/Berlin", "2026-10-25T02:59:00+02:00", "respond", "2026-10-25T02:02:00+01:00"),
    ("Europe/Berlin", "2026-10-25T02:59:00+01:00", "respond", "2026-10-25T03:02:00+01:00"),
    ("Europe/Berlin", "2026-10-24T12:00:00+02:00", "inform", "2026-10-25T11:00:00+01:00"),
    ("America/New_York", "2026-11-01T01:55:00-04:00", "arrive", "2026-11-01T01:05:00-05:00"),
    ("Australia/Lord_Howe", "2026-04-05T01:58:00+11:00", "respond", "2026-04-05T01:31:00+10:30"),
    ("America/Santiago", "2026-09-05T23:58:00-04:00", "respond", "2026-09-06T01:01:00-03:00"),
]


def keeper(zone: str) -> Timekeeper:
    """Return the keeper of a bureau in a zone."""
    return Timekeeper(read_policy(POLICY.format(zone=zone)), calendar_2026())


@pytest.mark.parametrize(("zone", "said", "step", "due"), NIGHTS)
def test_a_minute_is_a_minute_whatever_the_wall_shows(
    zone: str, said: str, step: str, due: str
) -> None:
    start = datetime.fromisoformat(said)
    clock = keeper(zone).clock(step, GROUP, start.astimezone(UTC))
    assert clock is not None
    assert clock.due_at.astimezone(ZoneInfo(zone)).isoformat() == due
    assert clock.started_at <= clock.yellow_at < clock.due_at == clock.red_at
    assert not clock.provisional
    levels = dict(keeper(zone).thresholds(clock))
    limit = clock.due_at - clock.started_at
    assert [levels[name] - clock.due_at for name in ("red2", "red3")] == [limit, 3 * limit]


def test_two_fifty_nine_of_such_a_night_is_refused_until_it_says_which() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 12, 1, tzinfo=UTC)
    with pytest.raises(MomentError, match="没有 2026-03-29 02:59 这一刻"):
        typed_moment("2026-03-29 02:59", now, berlin)
    twice = typed_moment("2026-10-25 02:59", now, berlin)
    with pytest.raises(Refused, match=r"10-25 02:59 这一刻有两次.*02:59:00"):
        shown_once("2026-10-25 02:59", twice, berlin)
    for offset in ("+02:00", "+01:00", "Z"):
        told = f"2026-10-25T02:59{offset}"
        shown_once(told, typed_moment(told, now, berlin), berlin)
    shown_once("2026-10-25 03:00", typed_moment("2026-10-25 03:00", now, berlin), berlin)
    shanghai = ZoneInfo("Asia/Shanghai")
    shown_once("2026-10-25 02:59", typed_moment("2026-10-25 02:59", now, shanghai), shanghai)
