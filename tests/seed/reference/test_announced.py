"""The State Council's notice as it is published, read day by day or not at all."""

from __future__ import annotations

import json
from datetime import date

import pytest

from rules.clocks.calendar import CalendarDays
from rules.errors import CalendarError
from seed.reference.announced import announced
from seed.reference.holidays import builtin_calendar, extended
from tests.seed.reference.notices import (
    LONGER_2020,
    NOTICE_2020,
    NOTICE_2026,
    WORDINGS,
    WRITTEN,
    worded,
)
from tests.seed.reference.test_calendars import NOTHING, REAL

Known = dict[date, tuple[str, bool]]


def truth(year: int) -> Known:
    """Return the days of a year as others have read its notice."""
    if not REAL.exists():
        pytest.skip("../shared/data/holidays is absent: the notices cannot be compared")
    days = json.loads((REAL / f"{year}.json").read_text(encoding="utf-8"))["days"]
    return {date.fromisoformat(d["date"]): (d["name"], d["isOffDay"]) for d in days}


def read(*texts: str, base: CalendarDays = NOTHING) -> dict[date, bool]:
    """Return the days that notices set, and whether each is off."""
    notices = [announced(text, f"{n}.txt") for n, text in enumerate(texts)]
    return {day: entry.off for day, entry in extended(base, notices).days.items()}


def told(days: Known) -> dict[date, bool]:
    return {day: off for day, (_, off) in days.items()}


@pytest.mark.parametrize("year", WRITTEN)
def test_notices_as_they_were_published_are_read_day_by_day(year: int) -> None:
    assert read(*WRITTEN[year]) == told(truth(year))


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("year", range(2007, 2027))
def test_every_year_is_read_in_every_wording(year: int, wording: str) -> None:
    days = truth(year)
    weekdays = {date(2020, 2, 3)}  # said of the end of the longer holiday, not a day moved
    wanted = {day: off for day, off in told(days).items() if day not in weekdays}
    assert read(worded(year, days, wording)) == wanted


def test_the_names_and_the_year_come_from_the_notice() -> None:
    notice = announced(NOTICE_2026, "a.txt")
    assert (notice.year, notice.form, notice.whole) == (2026, "国务院通知", True)
    assert notice.days[date(2026, 9, 20)].name == "国庆节"
    bare = NOTICE_2026[NOTICE_2026.index("　　一、") :]
    with pytest.raises(CalendarError, match="加 --year"):
        announced(bare.partition("国务院办公厅")[0], "a.txt")
    assert announced(bare, "a.txt", 2026).days == notice.days
    with pytest.raises(CalendarError, match="是2026年的通知，不是2027年的"):
        announced(NOTICE_2026, "a.txt", 2027)


SAID_OTHERWISE = [
    ("1月4日（周日）上班", "1月4日（周日）补班"),
    ("放假调休，共3天。1月4日", "放假调休三天\n1月4日"),
    ("元旦：1月1日（周四）至3日", "元旦假期：2026年1月1日（星期四）－１月3日"),
    ("2月14日（周六）、2月28日（周六）上班", "2月14日、28日（周六）正常上班"),
    ("9月20日（周日）、10月10日（周六）上班", "9月20日、10月10日（周六、周日）上班"),
    ("四、劳动节", "4. “五一”国际劳动节"),
    ("现将2026年", "2026年部分节假日安排，现将"),
    ("国务院办公厅关于2026年", "延伸阅读：关于延长2020年春节假期的通知。国务院办公厅关于2026年"),
]


@pytest.mark.parametrize(("usual", "otherwise"), SAID_OTHERWISE)
def test_the_same_in_other_words_is_read_the_same(usual: str, otherwise: str) -> None:
    assert usual in NOTICE_2026
    notice = announced(NOTICE_2026.replace(usual, otherwise), "a.txt")
    days = {day: entry.off for day, entry in notice.days.items()}
    assert (days, notice.whole) == (read(NOTICE_2026), True)
    assert (notice.number, notice.issued) == ("国办发明电〔2025〕7号", date(2025, 11, 4))


WRONG = [
    ("1月1日（周四）至", "1月1日（周五）至", "2026年1月1日是周四，不是周五"),
    ("共9天", "共8天", "写的是共8天，数下来是9天"),
    ("5月9日（周六）上班", "5月8日上班", "2026年5月8日是周五本来就上班"),
    ("5月9日（周六）上班", "5月2日（周六）上班", "既放假又上班"),
    ("4月4日（周六）至6日", "4月31日至6日", "没有4月31日这一天"),
    ("6月19日（周五）至21日（周日）放假", "6月19日（周五）至21日（周日）部分放假", "看不懂"),
    ("5月9日（周六）上班", "5月9日（周六）视情上班", "看不懂"),
    ("至7日（周三）放假", "至11月7日放假", "不像一个假期"),
    ("二、春节：2月15日（农历腊月二十八、周日）", "二、春节：2025年2月15日", "这是2026年的通知"),
    ("五、端午节：6月19日（周五）至21日（周日）放假，共3天。", "五、端午节：另行通知。", "看不懂"),
    ("五、端午节：6月19日（周五）至21日（周日）放假，共3天。", "", "没有写2026年的端午节"),
    ("4月4日（周六）至6日", "7月4日（周六）至6日", "清明节在4月5日，这几天却不放假"),
    ("2月28日（周六）上班", "3月28日（周六）上班", "离春节假期太远"),
]


@pytest.mark.parametrize(("right", "wrong", "why"), WRONG)
def test_what_contradicts_itself_or_is_not_understood_is_refused_whole(
    right: str, wrong: str, why: str
) -> None:
    assert right in NOTICE_2026
    with pytest.raises(CalendarError, match=why) as refused:
        announced(NOTICE_2026.replace(right, wrong), "a.txt")
    assert "\n" not in str(refused.value)


def test_the_sentence_it_stumbled_over_is_named() -> None:
    with pytest.raises(CalendarError, match="“5月9日\\(周六\\)看情况上班”——看不懂"):
        announced(NOTICE_2026.replace("5月9日（周六）上班", "5月9日（周六）看情况上班"), "a.txt")


def test_a_notice_of_part_of_a_year_changes_a_year_that_is_known() -> None:
    days = read(NOTICE_2020, LONGER_2020)
    assert days[date(2020, 2, 1)] and days[date(2020, 2, 2)] and not days[date(2020, 2, 3)]
    builtin = builtin_calendar()
    with pytest.raises(CalendarError, match="还没有一年的放假安排"):
        read(LONGER_2020)
    with pytest.raises(CalendarError, match="延长不到"):
        read(LONGER_2020, base=builtin)
    late = (
        LONGER_2020.replace("2020年", "2029年").replace("星期日", "周五").replace("星期一", "周六")
    )
    with pytest.raises(CalendarError, match="2029年的日历还没有装入"):
        read(late, base=builtin)


def test_text_that_is_no_notice_is_refused() -> None:
    for text in ("2026年的工作要点", "", "关于2026年放假的说明：请见附件"):
        with pytest.raises(CalendarError):
            announced(text, "a.txt")
