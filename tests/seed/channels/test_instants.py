"""Dates as sources write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from seed.channels.instants import Instants, order_of
from seed.channels.table import RowRefused
from tests.seed.reading import WUHAN, appeals, local, opened, rejects, written

WUHAN_TIMES = Instants(zone=WUHAN, latest_year=2076)


@pytest.mark.parametrize(
    "text",
    [
        "2019-02-28 11:25:05",
        "2019-02-28T11:25:05",
        "2019-02-28T03:25:05Z",
        "2019-02-28T11:25:05.750+08:00",
        "2019-02-28 11:25:05+0800",
        "2019/2/28 11:25:05",
        "2019.02.28 11:25:05",
        "2019年2月28日 11时25分05秒",
        "2019年2月28日 星期四 11:25:05",
        "2019/2/28 上午 11:25:05",
        "2019/2/28 11:25:05 AM",
        "２０１９－０２－２８　１１：２５：０５",
        "20190228112505",
        "20190228 11:25:05",
        "28/02/2019 11:25:05",
        "2/28/2019 11:25:05",
        "2019年2月28日(星期四)11：25：05",
        "2019、2、28 11:25:05",
        "2019 2 28 11:25:05",
        "二〇一九年二月二十八日十一时二十五分零五秒",
        "二○一九年二月廿八日 上午11点25分5秒",
        "上午 11:25:05 2019-02-28",
        "2019/2/28 11:25:05 上午",
        "2019-02-28 11:25:05 +0800",
        "2019-02-28 03:25:05 UTC",
        "2019-02-28 11:25:05 GMT+8",
        "20190228 112505",
        "20190228T112505",
        "2019-02-28 112505",
        "28-Feb-2019 11:25:05",
        "Feb 28, 2019 11:25:05 a.m.",
        "19年2月28日 11:25:05",
    ],
)
def test_one_moment_is_written_in_many_ways(text: str) -> None:
    assert WUHAN_TIMES.read(text) == (local(2019, 2, 28, 11, 25, 5), False)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2019/2/28 下午 3:25", 15, 25),
        ("2019/2/28 3:25 pm", 15, 25),
        ("2019-2-28 9时", 9, 0),
        ("2019/2/28 12:05 AM", 0, 5),
        ("2019/2/28 下午12:05", 12, 5),
        ("2019/2/28 0:00", 0, 0),
        ("2019年2月28日下午3时", 15, 0),
        ("2019年2月28日下午三点半", 15, 30),
        ("2019-2-28 15点整", 15, 0),
        ("2019-2-28 9点一刻", 9, 15),
        ("2019-2-28 下午 15:05", 15, 5),
        ("2019-2-28 晚上8:05", 20, 5),
        ("2019-2-28 中午12:05", 12, 5),
        ("2019-2-28 中午1点", 13, 0),
        ("2019-2-28 凌晨12:05", 0, 5),
        ("2019-2-28 3:25PM", 15, 25),
        ("20190228 0900", 9, 0),
    ],
)
def test_a_time_of_day_may_lack_seconds_and_name_its_half(
    text: str, hour: int, minute: int
) -> None:
    assert WUHAN_TIMES.read(text) == (local(2019, 2, 28, hour, minute), False)


@pytest.mark.parametrize("text", ["2019-02-28", "2019/2/28", "2019年2月28日", "20190228"])
def test_a_date_alone_is_its_midnight_and_says_so(text: str) -> None:
    assert WUHAN_TIMES.read(text) == (local(2019, 2, 28), True)


def test_twenty_four_hours_is_the_next_midnight() -> None:
    assert WUHAN_TIMES.read("2019-02-28 24:00") == (local(2019, 3, 1), False)


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "无", "NULL", "0000-00-00"])
def test_nothing_is_no_date(cell: str | None) -> None:
    assert WUHAN_TIMES.read(cell) is None


@pytest.mark.parametrize("text", ["9999-12-31 23:59:59", "9999/12/31", "9999-12-31"])
def test_the_year_9999_is_no_date(text: str) -> None:
    assert WUHAN_TIMES.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "昨天",
        "2019-02-30",
        "2019-13-01",
        "2019-02-28 25:00",
        "2019-02-28 11:25 左右",
        "28/2/19",
        "43678.5",
        "1899-12-30",
        "2202-01-01",
        "2019",
        True,
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(RowRefused):
        WUHAN_TIMES.read(text)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("46346.39", "按1900和1904两种日期系统是两个日期"),
        ("4.63E+04", "缩写后的数"),
        ("11月20日", "没有年份"),
        ("11-20 09:00", "没有年份"),
        ("26-11-20", "年份只有两位"),
        ("2026年11月", "没有写到日"),
        ("09:00", "只有钟点，没有日期"),
        ("今天上午", "不是写明的日期"),
        ("2026-11-20至2026-11-22", "是一段时间"),
        ("2026-11-20 09:00-10:00", "是一段时间"),
        ("2026-11-20 9点左右", "不是确定的时刻"),
        ("2026-11-20 上午", "只写了半天"),
        ("2026-11-20 上午12:05", "上午12点说法不一"),
        ("2026-11-20 晚上12:00", "晚上12点说法不一"),
        ("2026-11-20 晚上1点", "晚上1点说法不一"),
        ("2026-11-20 13:00 AM", "am13点说法不一"),
    ],
)
def test_what_is_not_certain_is_refused_with_its_cause(text: str, cause: str) -> None:
    with pytest.raises(RowRefused, match=cause):
        WUHAN_TIMES.read(text)


def test_the_heading_of_a_table_completes_its_dates(tmp_path: Path) -> None:
    rows = "标题,受理时间\n一,11月3日 9:00\n"
    (appeal,) = appeals(opened(written(tmp_path / "a.csv", "2026年11月明细,\n" + rows)))
    assert appeal.received_at == local(2026, 11, 3, 9)
    (reject,) = rejects(opened(written(tmp_path / "b.csv", "2025年与2026年明细,\n" + rows)))
    assert "没有年份" in reject.reason


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["26-11-01", "26-10-31"], (2026, 11, 1)),
        (["01-11-26", "31-10-26"], (2026, 11, 1)),
        (["11/01/26", "10/31/26"], (2026, 11, 1)),
        (["26-11-01", "26-10-12"], None),
        (["26-10-31", "31-10-26"], None),
    ],
)
def test_the_order_of_a_short_date_is_taken_only_from_the_file(
    tmp_path: Path, cells: list[str], first: tuple[int, int, int] | None
) -> None:
    rows = "".join(f"件{n},{cell}\n" for n, cell in enumerate(cells))
    found = list(opened(written(tmp_path / "a.csv", "标题,受理时间\n" + rows)))
    assert [row.received_at for row in appeals(found)][:1] == ([local(*first)] if first else [])
    assert len(rejects(found)) == (0 if first else 2)


@pytest.mark.parametrize(
    ("column", "at", "cause"),
    [
        ("受理时间", "2026-11-22 09:00", "受理时间“2026-11-22 09:00”在将来"),
        ("办结时间", "2027-01-05", "办结时间“2027-01-05”在将来"),
        ("受理时间", "1970-01-01 08:00:00", "早于1980年"),
    ],
)
def test_what_has_not_happened_yet_is_refused(
    tmp_path: Path, column: str, at: str, cause: str
) -> None:
    (reject,) = rejects(opened(written(tmp_path / "a.csv", f"标题,{column}\n一,{at}\n")))
    assert cause in reject.reason


def test_a_due_date_may_lie_ahead(tmp_path: Path) -> None:
    (appeal,) = appeals(opened(written(tmp_path / "a.csv", "标题,办结时限\n一,2027-01-05\n")))
    assert appeal.due_at == local(2027, 1, 5, 23, 59, 59)


def test_day_and_month_are_never_guessed() -> None:
    with pytest.raises(RowRefused, match="日月次序不明"):
        WUHAN_TIMES.read("04/02/2022")
    assert WUHAN_TIMES.read("04/04/2022") == (local(2022, 4, 4), True)


@pytest.mark.parametrize(
    ("cells", "second"),
    [(["21/01/2022", "04/02/2022"], (2022, 2, 4)), (["01/21/2022", "04/02/2022"], (2022, 4, 2))],
)
def test_one_telling_date_settles_the_file(
    tmp_path: Path, cells: list[str], second: tuple[int, int, int]
) -> None:
    rows = "".join(f"件,{cell}\n" for cell in reversed(cells))
    ambiguous, _ = appeals(opened(written(tmp_path / "a.csv", "标题,受理时间\n" + rows)))
    assert ambiguous.received_at == local(*second)


def test_a_file_that_tells_both_ways_settles_nothing(tmp_path: Path) -> None:
    text = "标题,受理时间\n一,21/01/2022\n二,01/21/2022\n三,04/02/2022\n"
    rows = list(opened(written(tmp_path / "a.csv", text)))
    assert len(appeals(rows)) == 2
    assert "受理时间“04/02/2022”日月次序不明" in rejects(rows)[0].reason


def test_milliseconds_are_read_to_the_second() -> None:
    times = Instants(zone=UTC, latest_year=2076, epoch=True)
    assert times.read("1735708943999") == (datetime(2025, 1, 1, 5, 22, 23, tzinfo=UTC), False)
    assert times.read("1737823859000.0") == (datetime(2025, 1, 25, 16, 50, 59, tzinfo=UTC), False)
    assert times.read("253402300799000") is None
    with pytest.raises(RowRefused):
        times.read("soon")


def test_summer_and_winter_have_their_own_offset() -> None:
    boston = Instants(zone=ZoneInfo("America/New_York"), latest_year=2076)
    winter, summer = boston.read("2022-01-21 13:47:00"), boston.read("2022-07-21 13:47:00")
    assert winter and summer
    assert (winter.at.hour, summer.at.hour) == (18, 17)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2075, 12, 31)))
def test_every_written_moment_comes_back(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    expected = whole.replace(tzinfo=WUHAN).astimezone(UTC)
    for form in ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日%H时%M分%S秒"):
        assert WUHAN_TIMES.read(whole.strftime(form)) == (expected, False)


@given(st.text(max_size=24))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        stamp = WUHAN_TIMES.read(text)
    except RowRefused:
        return
    assert stamp is None or stamp.at.utcoffset() is not None


def test_only_a_number_over_twelve_tells_the_order() -> None:
    cells = ["13/02/2022", "02/13/2022", "02/03/2022", "2022/02/13", "13/13/2022", None]
    assert [order_of(cell) for cell in cells] == [True, False, None, None, None, None]


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan"), 1e300, -1.0])
def test_a_number_that_is_no_day_is_refused_or_empty(number: float) -> None:
    with suppress(RowRefused):
        assert WUHAN_TIMES.read(number) is None
