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
