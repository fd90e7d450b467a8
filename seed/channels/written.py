"""Dates and times of day as people write them, taken apart; what is not certain is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from unicodedata import normalize

from seed.channels.table import RowRefused

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = rf"(?:{'|'.join(_MONTH_NAMES)})[a-z]*\.?"

_DATE = (
    r"(?P<year>\d{4})\s*[-/.、年\s]\s*(?P<month>\d{1,2})\s*[-/.、月\s]\s*(?P<day>\d{1,2})(?!\d)\s*日?"
    r"|(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<last>\d{4})(?!\d)"
    r"|(?P<packed>\d{8})(?=\d{4}$|\d{6}$|$|\D)"
    r"|(?P<yy>\d{2})年(?P<yymonth>\d{1,2})月(?P<yyday>\d{1,2})日?"
    r"|(?P<short>\d{1,2}[-/.]\d{1,2}[-/.]\d{2})(?!\d)"
    r"|(?P<nomonth>\d{1,2})月(?P<noday>\d{1,2})日?"
    rf"|(?P<dayfirst>\d{{1,2}})[-\s]+(?P<name>{_MONTH})[-\s,]+(?P<namedyear>\d{{4}})"
    rf"|(?P<named>{_MONTH})\s*(?P<namedday>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<ofyear>\d{{4}})"
)

_HALVES = (
    "上午|下午|晚上|晚间|夜间|夜里|深夜|中午|正午|凌晨|清晨|早上|早晨|早|晚|傍晚"
    r"|[ap]\.?m\.?(?![a-z])"
)

_TIME = (
    rf"(?P<before>{_HALVES})?\s*(?P<hour>\d{{1,2}})\s*"
    r"(?:[:时点]\s*(?:(?P<minute>\d{1,2})\s*分?(?:钟)?)?(?:\s*:?\s*(?P<second>\d{1,2})(?:[.,]\d+)?\s*秒?)?"
    rf"|(?=\s*[ap]\.?m))\s*(?P<after>{_HALVES})?"
    r"\s*(?P<zone>Z|(?:UTC|GMT)\s*[+-]\s*\d{1,2}(?::?\d{2})?|[+-]\d{2}(?::?\d{2})?|UTC|GMT)?"
    r"|(?P<packedtime>\d{4}|\d{6})"
)

_DATE_TIME = re.compile(rf"(?:{_DATE})[T\s,_-]*(?:(?P<clock>{_TIME}))?", re.IGNORECASE)

_TIME_DATE = re.compile(rf"(?P<clock>{_TIME})[\s,]+(?:{_DATE})", re.IGNORECASE)

_TIME_ALONE = re.compile(rf"(?P<clock>{_TIME})", re.IGNORECASE)

_WEEKDAY = re.compile(
    r"[(\[]?(?:星期|周|礼拜)[一二三四五六日天1-7][)\]]?[,，]?"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?(?=\s|$)",
    re.IGNORECASE,
)

_DIGITS = {sign: str(number) for number, sign in enumerate("〇一二三四五六七八九")}

_DIGITS |= dict.fromkeys("零○Oo", "0")

_CHINESE_YEAR = re.compile(r"[〇零○Oo一二三四五六七八九]{4}(?=年)")

_CHINESE_NUMBER = re.compile(
    r"(?:[二三四五]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅[一]?|[零〇]?[一二三四五六七八九]|零|〇)"
    r"(?=[月日号时点分秒])"
)

_QUARTERS = (
    (re.compile(r"(?<=[时点])半"), "30分"),
    (re.compile(r"(?<=[时点])[一1]刻"), "15分"),
    (re.compile(r"(?<=[时点])[三3]刻"), "45分"),
    (re.compile(r"[时点][整钟](?!\d)"), "时"),
)

_MORNING = {hour: hour for hour in range(12)}

_AFTERNOON = {0: 12} | {hour: hour + 12 * (hour < 12) for hour in range(1, 24)}

_NOON = {1: 13, 2: 14} | {hour: hour for hour in range(11, 15)}

_EVENING = {hour: hour + 12 for hour in range(5, 12)} | {hour: hour for hour in range(17, 24)}

_HOURS: Mapping[str, Mapping[int, int]] = {
    **dict.fromkeys(("上午", "早上", "早晨", "清晨", "早"), _MORNING),
    **dict.fromkeys(("am", "凌晨"), _MORNING | {12: 0}),
    **dict.fromkeys(("下午", "pm"), _AFTERNOON),
    **dict.fromkeys(("中午", "正午"), _NOON),
    **dict.fromkeys(("晚上", "晚间", "夜间", "夜里", "深夜", "晚", "傍晚"), _EVENING),
}
"""Half of the day -> hour as written -> hour meant; 上午12点 is noon to some only."""

_SPAN = "是一段时间：请只写一个时刻"

_NO_DATE = "不是可以识别的日期时间"

_CAUSES = (
    (
        re.compile(r"\d{5}(?:\.\d+)?"),
        "像是日期的序号，按1900和1904两种日期系统是两个日期：请写成 2026-11-20 09:30 的样子",
    ),
    (
        re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE),
        "是表格软件缩写后的数，位数已丢失：请在来源处把这一列设为日期，重新导出",
    ),
    (re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?"), "没有写到日：请写成 2026-11-20 的样子"),
    (re.compile(r"\d{1,2}[-/.]\d{1,2}(?:\s.*)?"), "没有年份：请写成 2026-11-20 的样子"),
    (
        re.compile(
            r".*(?:今|昨|前|明|后|当)[天日晚早].*|.*(?:上周|本周|上月|本月|刚才|近日|目前).*"
        ),
        "不是写明的日期：请写成 2026-11-20 的样子",
    ),
    (re.compile(r".*\d.*(?:至|到|~|—|–|-\s*\d{4}|- \d).*"), _SPAN),
    (
        re.compile(r".*\d.*(?:左右|前后|许|约|上旬|中旬|下旬|月初|月底|多).*|约.*"),
        "不是确定的时刻：请写成 2026-11-20 09:30 的样子",
    ),
    (
        re.compile(rf".*\d\D*(?:{_HALVES})", re.IGNORECASE),
        "只写了半天，没有钟点：请写明几点几分，或只写日期",
    ),
)


class Pieces(NamedTuple):
    """A written moment taken apart: its date and its time of day, either may be missing."""

    date: dict[str, str] | None
    clock: dict[str, str] | None


def plain(text: str) -> str:
    """Return a written moment in plain digits, without the weekday."""
    text = normalize("NFKC", text).strip()
    if not any(sign.isalpha() for sign in text):
        return text
    text = _WEEKDAY.sub(" ", text)
    if not text.isascii():
        text = _CHINESE_YEAR.sub(lambda found: "".join(map(_DIGITS.__getitem__, found[0])), text)
        text = _CHINESE_NUMBER.sub(lambda found: str(_number(found[0])), text).replace("号", "日")
        for form, told in _QUARTERS:
            text = form.sub(told, text)
    return text.strip(" ,")


def _number(signs: str) -> int:
    """Read a Chinese number below sixty: 二十三, 廿三, 零五."""
    signs = signs.replace("廿", "二十").replace("卅", "三十").lstrip("零〇") or "〇"
    tens, ten, ones = signs.rpartition("十")
    return (int(_DIGITS[tens]) if tens else bool(ten)) * 10 + (int(_DIGITS[ones]) if ones else 0)


def pieces(text: str) -> Pieces | None:
    """Take a plain text apart; None where it is no moment."""
    for form in (_DATE_TIME, _TIME_DATE, _TIME_ALONE):
        if found := form.fullmatch(text):
            told = {name: value for name, value in found.groupdict().items() if value is not None}
            clock = told if "clock" in told else None
            if form is not _DATE_TIME and "packedtime" in told:
                return None
            return Pieces(None if form is _TIME_ALONE else told, clock)
    return None


def cause(text: str) -> str:
    """Say why a plain text is no moment."""
    return next((why for form, why in _CAUSES if form.fullmatch(text)), _NO_DATE)


def named_day(date: Mapping[str, str]) -> datetime:
    """Return midnight of a date that names its month: 20-Nov-2026, Nov 20, 2026."""
    name, day, year = ("name", "dayfirst", "namedyear") if "name" in date else _NAMED
    return datetime(int(date[year]), _MONTH_NAMES.index(date[name][:3].lower()) + 1, int(date[day]))


_NAMED = ("named", "namedday", "ofyear")

_PLEASE = "请按24小时写成 2026-11-20 09:30 的样子"


def on_clock(day: datetime, clock: Mapping[str, str]) -> datetime:
    """Put a time of day on a date; 24:00 is the next midnight.

    ValueError for one that does not exist, RowRefused where people mean different ones by it.
    """
    if packed := clock.get("packedtime"):
        hour, minute, second = int(packed[:2]), int(packed[2:4]), int(packed[4:] or 0)
    else:
        hour = _in_half(int(clock["hour"]), clock)
        minute, second = int(clock.get("minute", 0)), int(clock.get("second", 0))
    if (hour, minute, second) == (24, 0, 0):
        return day + timedelta(days=1)
    local = day.replace(hour=hour, minute=minute, second=second)
    zone = clock.get("zone")
    if zone is None:
        return local
    if zone.startswith("-") and "second" not in clock:  # 09:00-10:00
        raise RowRefused(_SPAN)
    return datetime.fromisoformat(local.isoformat() + _offset(zone))


def _in_half(hour: int, clock: Mapping[str, str]) -> int:
    """Return the hour of the day."""
    halves = {clock[name].lower().replace(".", "") for name in ("before", "after") if name in clock}
    if not halves:
        return hour
    half = halves.pop()
    if halves or hour not in _HOURS[half]:
        raise RowRefused(f"{half}{hour}点说法不一：{_PLEASE}")
    return _HOURS[half][hour]


def _offset(zone: str) -> str:
    """Return a zone as ISO 8601 has it."""
    told = zone.upper().replace(" ", "").removeprefix("UTC").removeprefix("GMT")
    if told in ("", "Z"):
        return "+00:00"
    digits = told[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    return f"{told[0]}{hours:0>2}:{minutes}"
