"""What a person types as a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, strategies as st

from rules.clocks.moments import EXAMPLES, MomentError, day_start, distance, typed_moment
from rules.clocks.wording import long_instant, short_instant

WUHAN = ZoneInfo("Asia/Shanghai")

NEW_YORK = ZoneInfo("America/New_York")

APIA = ZoneInfo("Pacific/Apia")

LORD_HOWE = ZoneInfo("Australia/Lord_Howe")

NOW = datetime(2026, 11, 20, 7, 20, 5, 250_000, tzinfo=UTC)  # Friday 15:20:05 in Wuhan


def read(text: str, now: datetime = NOW, zone: ZoneInfo = WUHAN) -> str:
    """Return what was read as the zone's clocks show it."""
    found = typed_moment(text, now, zone)
    assert found.utcoffset() == timedelta(0) and type(found) is datetime
    return f"{found.astimezone(zone):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("昨天15:00", "2026-11-19 15:00"),
        ("今天9点", "2026-11-20 09:00"),
        ("前天 下午3点半", "2026-11-18 15:30"),
        ("大前天", "2026-11-17 00:00"),
        ("明天", "2026-11-21 00:00"),
        ("后天 8:00", "2026-11-22 08:00"),
        ("大后天8点", "2026-11-23 08:00"),
        ("昨日九时", "2026-11-19 09:00"),
        ("昨晚8点", "2026-11-19 20:00"),
        ("今早九点一刻", "2026-11-20 09:15"),
        ("昨天，15:00", "2026-11-19 15:00"),
        ("上周五", "2026-11-13 00:00"),
        ("上周五15:30", "2026-11-13 15:30"),
        ("上个星期五 15:30", "2026-11-13 15:30"),
        ("上上周日", "2026-11-08 00:00"),
        ("本周三 10:00", "2026-11-18 10:00"),
        ("这周三十点", "2026-11-18 10:00"),
        ("本周日", "2026-11-22 00:00"),
        ("下周一9点", "2026-11-23 09:00"),
        ("周三三点", "2026-11-18 03:00"),
        ("周五 9:00", "2026-11-20 09:00"),
        ("星期天", "2026-11-15 00:00"),
        ("礼拜六", "2026-11-14 00:00"),
        ("11-20 09:00", "2026-11-20 09:00"),
        ("11/20 9:00", "2026-11-20 09:00"),
        ("11月20日 9时", "2026-11-20 09:00"),
        ("11月20号9点30", "2026-11-20 09:30"),
        ("11月20日", "2026-11-20 00:00"),
        ("十一月二十日十点半", "2026-11-20 10:30"),
        ("11月20日（周五）9时5分8秒", "2026-11-20 09:05:08"),
        ("12-30", "2025-12-30 00:00"),
        ("02-29", "2024-02-29 00:00"),
        ("2026-11-20", "2026-11-20 00:00"),
        ("2026/11/20", "2026-11-20 00:00"),
        ("2026.11.20 9:00", "2026-11-20 09:00"),
        ("2026-11-20 9:00", "2026-11-20 09:00"),
        ("2026-11-20 09:00", "2026-11-20 09:00"),
        ("2026-11-20 09:00:05", "2026-11-20 09:00:05"),
        ("2026-11-20 24:00", "2026-11-21 00:00"),
        ("2026年11月20日 上午9:00", "2026-11-20 09:00"),
        ("2026 年 11 月 20 日 9 时", "2026-11-20 09:00"),
        ("15:00", "2026-11-20 15:00"),
        ("下午三点三刻", "2026-11-20 15:45"),
        ("9点整", "2026-11-20 09:00"),
        ("凌晨12点", "2026-11-20 00:00"),
        ("凌晨2点", "2026-11-20 02:00"),
        ("上午12点", "2026-11-20 12:00"),
        ("中午1点", "2026-11-20 13:00"),
        ("下午15:00", "2026-11-20 15:00"),
        ("晚上12点", "2026-11-21 00:00"),
        ("24:00", "2026-11-21 00:00"),
        ("现在", "2026-11-20 15:20:05"),
        ("刚才", "2026-11-20 15:20:05"),
        ("3小时前", "2026-11-20 12:20:05"),
        ("3 个小时以前", "2026-11-20 12:20:05"),
        ("半小时前", "2026-11-20 14:50:05"),
        ("20分钟前", "2026-11-20 15:00:05"),
        ("十分钟之前", "2026-11-20 15:10:05"),
        ("2天前", "2026-11-18 15:20:05"),
        ("2天前 9:00", "2026-11-18 09:00"),
        ("两周前", "2026-11-06 15:20:05"),
        ("1个月前", "2026-10-20 15:20:05"),
        ("1年前", "2025-11-20 15:20:05"),
        ("1小时后", "2026-11-20 16:20:05"),
        ("2026-11-20T09:00", "2026-11-20 09:00"),
        ("2026-11-20T01:00Z", "2026-11-20 09:00"),
        ("2026-11-20T01:00:00.75Z", "2026-11-20 09:00"),
        ("2026-11-20T09:00+08:00", "2026-11-20 09:00"),
        ("2026-11-20 09:00 +0800", "2026-11-20 09:00"),
        ("20261120T0900", "2026-11-20 09:00"),
        ("2026-W47-5", "2026-11-20 00:00"),
        ("２０２６－１１－２０　０９：００", "2026-11-20 09:00"),
        ("１５：００", "2026-11-20 15:00"),
        ("  昨天   15 : 00 ", "2026-11-19 15:00"),
    ],
)
def test_a_time_is_read_as_people_mean_it(text: str, local: str) -> None:
    assert read(text) == local


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昨",
        "昨晚",
        "去年",
        "never",
        "now",
        "5",
        "2026",
        "2026-11",
        "9.30",
        "15：",
        "25:00",
        "9:5",
        "9:60",
        "24:01",
        "24点半",
        "下午0点",
        "凌晨9点",
        "上午13:00",
        "11-20-26",
        "13月1日",
        "2-30",
        "11月31日",
        "2026-02-30",
        "2026-11/20",
        "2026-W00",
        "2026-W54",
        "P1D",
        "上周八",
        "2026-11-20/2026-11-21",
        "2月前",
        "3小时前9点",
        "半天前",
        "99999年前",
        "2026-11-20x09:00",
        "0000-01-01",
        "11月20日（周四）",
        "三五点",
        "十十点",
        "1" * 400,
    ],
)
def test_anything_else_is_refused_in_one_line_with_examples(text: str) -> None:
    with pytest.raises(MomentError) as refused:
        typed_moment(text, NOW, WUHAN)
    told = str(refused.value)
    assert EXAMPLES in told and "\n" not in told and len(told) < 130


def test_every_example_of_the_refusal_can_be_read() -> None:
    for example in EXAMPLES.split("、"):
        typed_moment(example, NOW, WUHAN)


def test_a_month_and_day_is_the_latest_not_after_today() -> None:
    january = datetime(2027, 1, 5, tzinfo=UTC)
    assert read("12-30", january) == "2026-12-30 00:00"
    assert read("1月5日 23:00", january) == "2027-01-05 23:00"  # today, though yet to come
    assert read("1-6", january) == "2026-01-06 00:00"


def test_today_is_the_bureaus_not_utcs() -> None:
    late = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)  # 00:30 of the 20th in Wuhan
    assert read("今天9点", late) == "2026-11-20 09:00"
    assert read("今天9点", late, NEW_YORK) == "2026-11-19 09:00"


def test_where_a_moment_is_wanted_a_day_alone_is_not_enough() -> None:
    for day in ("昨天", "上周五", "11-20", "2026-11-20", "2026-W47"):
        with pytest.raises(MomentError):
            typed_moment(day, NOW, WUHAN, day_alone=False)
    assert typed_moment("昨天15:00", NOW, WUHAN, day_alone=False).day == 19


def test_a_time_too_far_to_reckon_says_so() -> None:
    with pytest.raises(MomentError, match="1900—2200年"):
        typed_moment("0001-01-01T00:00+14:00", NOW, WUHAN)


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        typed_moment("昨天15:00", datetime(2026, 11, 20), WUHAN)


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-11-01 01:30", NEW_YORK, "2026-11-01 05:30"),  # not 06:30, when it is 01:30 again
        ("2026-11-01 01:30-05:00", NEW_YORK, "2026-11-01 06:30"),
        ("2026-04-05 01:45", LORD_HOWE, "2026-04-04 14:45"),  # half an hour is put back
    ],
)
def test_a_wall_time_that_comes_twice_is_the_first(text: str, zone: ZoneInfo, utc: str) -> None:
    assert f"{typed_moment(text, NOW, zone):%Y-%m-%d %H:%M}" == utc


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-03-08 02:30", NEW_YORK),
        ("2026-03-08T02:30", NEW_YORK),
        ("3月8日2点半", NEW_YORK),
        ("2026-10-04 02:15", LORD_HOWE),
        ("2011-12-30 09:00", APIA),
    ],
)
def test_a_wall_time_that_never_was_is_refused(text: str, zone: ZoneInfo) -> None:
    with pytest.raises(MomentError, match="拨快"):
        typed_moment(text, NOW, zone)


def test_a_day_that_a_zone_left_out_is_refused() -> None:
    with pytest.raises(MomentError, match="没有 2011-12-30 这一天"):
        typed_moment("2011-12-30", NOW, APIA)
    assert read("2011-12-29 24:00", zone=APIA) == "2011-12-31 00:00"


def test_hours_ago_are_time_elapsed_and_days_ago_are_dates() -> None:
    monday = datetime(2026, 3, 9, 13, tzinfo=UTC)  # 09:00 the day after clocks were put forward
    assert read("48小时前", monday, NEW_YORK) == "2026-03-07 08:00"
    assert read("2天前", monday, NEW_YORK) == "2026-03-07 09:00"


def test_a_day_begins_where_clocks_that_skip_midnight_go_on() -> None:
    beirut = ZoneInfo("Asia/Beirut")
    begun = day_start(date(2026, 3, 29), beirut)
    assert begun == datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert begun.astimezone(beirut).hour == 1
    assert read("2026-03-29", zone=beirut) == "2026-03-29 01:00"


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (timedelta(0), "刚才"),
        (timedelta(seconds=59), "刚才"),
        (timedelta(minutes=3), "3分钟前"),
        (timedelta(hours=2, minutes=59), "2小时前"),
        (timedelta(days=1), "1天前"),
        (timedelta(days=13), "13天前"),
        (timedelta(days=61), "2个月前"),
        (timedelta(days=800), "2年前"),
        (-timedelta(minutes=20), "20分钟后"),
    ],
)
def test_a_distance_is_told_in_its_largest_unit(passed: timedelta, told: str) -> None:
    assert distance(NOW - passed, NOW, WUHAN) == told


ZONES = st.sampled_from([WUHAN, NEW_YORK, APIA, LORD_HOWE])

INSTANTS = st.datetimes(datetime(1992, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)).map(
    lambda instant: instant.replace(microsecond=0)
)


def first_shown(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant at which clocks show what they show at ``instant``."""
    return instant.astimezone(zone).replace(fold=0).astimezone(UTC)


@given(INSTANTS, ZONES)
def test_iso_means_what_it_meant_to_the_standard_library(at: datetime, zone: ZoneInfo) -> None:
    local = at.astimezone(zone)
    offset = local.utcoffset() or timedelta(0)
    assume(offset % timedelta(minutes=1) == timedelta(0))
    for sep in "T ":
        assert typed_moment(local.isoformat(sep), NOW, zone) == at
        naive = local.replace(tzinfo=None).isoformat(sep)
        assert typed_moment(naive, NOW, zone) == first_shown(at, zone)
    assert typed_moment(f"{at:%Y-%m-%dT%H:%M:%SZ}", NOW, zone) == at


@given(INSTANTS, ZONES)
def test_what_the_program_prints_can_be_typed_again(at: datetime, zone: ZoneInfo) -> None:
    local = at.astimezone(zone)
    assert typed_moment(long_instant(local), at, zone) == first_shown(at, zone)
    assert typed_moment(long_instant(local, ends=True), at, zone) == first_shown(at, zone)
    assert typed_moment(short_instant(local), at, zone) == first_shown(at, zone)
    chinese = f"{local.year}年{local.month}月{local.day}日{local:%H时%M分%S秒}"
    assert typed_moment(chinese, at, zone) == first_shown(at, zone)


@given(INSTANTS, ZONES)
def test_a_date_alone_is_its_first_instant(now: datetime, zone: ZoneInfo) -> None:
    day = now.astimezone(zone).date()
    begun = typed_moment(day.isoformat(), now, zone)
    assert begun == typed_moment("今天", now, zone) == day_start(day, zone)
    assert begun <= now
    assert begun.astimezone(zone).date() == day
    assert (begun - timedelta(seconds=1)).astimezone(zone).date() < day


@given(INSTANTS, ZONES)
def test_days_follow_one_another(now: datetime, zone: ZoneInfo) -> None:
    words = ("上上周日", "上周一", "上周日", "本周一", "本周日", "下周一")
    begun = [typed_moment(word, now, zone) for word in words]
    assert all(one < other for one, other in pairwise(begun))
    assert begun[3] <= now < begun[5]
    days = [typed_moment(word, now, zone) for word in ("大前天", "前天", "昨天", "今天", "明天")]
    assert all(one < other for one, other in pairwise(days))
    assert days[3] <= now < days[4]


@given(INSTANTS, ZONES, st.integers(1, 12), st.integers(1, 28))
def test_a_month_and_day_lies_within_the_last_year(
    now: datetime, zone: ZoneInfo, month: int, day: int
) -> None:
    try:
        begun = typed_moment(f"{month}-{day}", now, zone)
    except MomentError:
        assert (zone, month, day) == (APIA, 12, 30)
        return
    assert begun <= now < begun + timedelta(days=367)
    assert begun == typed_moment(f"{month}月{day}日", now, zone)


@given(INSTANTS, ZONES, st.integers(0, 99_999), st.sampled_from(["分钟", "小时"]))
def test_what_elapsed_is_exact(now: datetime, zone: ZoneInfo, count: int, unit: str) -> None:
    passed = timedelta(minutes=count) * (60 if unit == "小时" else 1)
    assert typed_moment(f"{count}{unit}前", now, zone) == now - passed
    assert typed_moment(f"{count}{unit}后", now, zone) == now + passed


PIECES = st.sampled_from(
    [*"0123456789:-/.TZW+ 年月日号时点分秒半前后周上下本昨今明天早晚三十一", "2026", "小时", "\0"]
)


@given(st.lists(PIECES, max_size=12).map("".join), INSTANTS, ZONES)
def test_nothing_typed_ends_in_another_error(text: str, now: datetime, zone: ZoneInfo) -> None:
    try:
        found = typed_moment(text, now, zone)
    except MomentError as refused:
        assert EXAMPLES in str(refused)
    else:
        assert found.utcoffset() == timedelta(0) and found.microsecond == 0
