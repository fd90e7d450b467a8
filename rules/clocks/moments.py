"""What a person types as a time (昨天15:00, 上周五, 11-20 09:00, 3小时前, ISO), as an instant.

A time without a zone is in the bureau's. A date alone is its first instant. A month and day without
a year, and a weekday without a week, are the latest that are not after today. A wall time that the
zone has twice, where clocks are put back, is the first of the two; one that it skips is refused.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from unicodedata import normalize

import pendulum
from pendulum.parsing.exceptions import ParserError
from pendulum.tz.exceptions import AmbiguousTime, NonExistingTime

from rules.clocks.chinese_numbers import FIGURES, number
from rules.clocks.timeline import FIRST_YEAR, LAST_YEAR
from rules.errors import DubanError

EXAMPLES = "昨天15:00、上周五、11-20 09:00、3小时前、2026-11-20T15:20"


class MomentError(DubanError):
    """A time is written in a form nobody can read, or never was."""


def typed_moment(text: str, now: datetime, zone: tzinfo, *, day_alone: bool = True) -> datetime:
    """Return what was typed as an aware UTC instant of whole seconds; it may lie in the future.

    ``now`` is what words such as 昨天 count from. Without ``day_alone`` a date needs its time of
    day. Raises MomentError with one line that shows how to write it.
    """
    if now.tzinfo is None:
        raise ValueError("naive datetime: an instant needs its zone")
    written = _BLANKS.sub("", " ".join(normalize("NFKC", text).split()))
    here = _here(now, zone)
    try:
        found = _just_now(written, here) or _ago(written, here) or _dated(written, here, day_alone)
        if found is not None:
            return _plain(found)
    except OverflowError:
        years = f"{FIRST_YEAR}—{LAST_YEAR}年"
        raise MomentError(f"时间 {_short(text)} 太远，只能在{years}之间：可写 {EXAMPLES}") from None
    except ValueError:
        pass
    raise MomentError(f"看不懂时间 {_short(text)}：可写 {EXAMPLES}")


@lru_cache(maxsize=1)
def _here(now: datetime, zone: tzinfo) -> pendulum.DateTime:
    """Return the present on the bureau's wall; a file of times is read against one present."""
    return pendulum.instance(now.astimezone(zone))


def day_start(day: date, zone: tzinfo) -> datetime:
    """Return the first instant of a date; where clocks skip midnight, the end of the gap."""
    return _plain(_first_instant(day, zone))


def distance(instant: datetime, now: datetime, zone: tzinfo) -> str:
    """Return how far from now an instant lies, in its largest unit: 刚才 3分钟前 2天前 1个月后."""
    here = pendulum.instance(now.astimezone(zone))
    gap = here.diff(pendulum.instance(instant.astimezone(zone)))
    parts = (
        (gap.years, "年"),
        (gap.months, "个月"),
        (gap.weeks * 7 + gap.remaining_days, "天"),
        (gap.hours, "小时"),
        (gap.minutes, "分钟"),
    )
    way = "前" if instant <= now else "后"
    return next((f"{count}{unit}{way}" for count, unit in parts if count), "刚才")


# the language

_BLANKS = re.compile(r"(?<!\d) | (?!\d)")  # only between two figures a blank says something

_NUMBER = r"(?:\d{1,2}|[二三四五]?十[一二三四五六七八九]?|[零〇一二两三四五六七八九])"

_HOURS = {
    part: hours
    for parts, hours in (
        ("凌晨", {12: 0} | {h: h for h in range(7)}),
        ("清晨 早上 早晨 早 上午", {h: h for h in range(13)}),
        ("中午", {1: 13, 2: 14} | {h: h for h in range(11, 15)}),
        ("下午 傍晚", {h: h + 12 for h in range(1, 12)} | {h: h for h in range(12, 24)}),
        ("晚上 晚", {h: h + 12 for h in range(5, 13)} | {h: h for h in range(17, 25)}),
    )
    for part in parts.split()
}
"""Which hour is meant by a figure after a part of the day; 晚上12点 is the midnight to come."""

_CLOCK = (
    rf"(?P<part>{'|'.join(sorted(_HOURS, key=len, reverse=True))})?"
    rf"(?P<hour>{_NUMBER})"
    r"(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    rf"|[点时](?:[整钟]|(?P<half>半)|(?P<quarters>[一三])刻"
    rf"|(?P<minutes>{_NUMBER})分?(?:(?P<seconds>{_NUMBER})秒)?)?)"
)

_WEEKDAYS = "一二三四五六日"

_NOTED = rf"(?:\(?(?:周|星期|礼拜)(?P<noted>[{_WEEKDAYS}天])\)?)?"  # as in 11月20日(周五)

_DAYS = {"大前天": -3, "前天": -2, "昨": -1, "今": 0, "明": 1, "后天": 2, "大后天": 3}

_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1}

_JUST_NOW = frozenset(("现在", "此刻", "当前", "刚才", "刚刚"))

_AGO = re.compile(
    rf"(?P<count>\d{{1,5}}|{_NUMBER}|半)"
    r"(?P<unit>秒钟?|分钟?|个?小时|个?钟头|天|周|个?星期|个?礼拜|个月|年)"
    rf"[之以]?(?P<way>[前后])(?:[ ,]?{_CLOCK})?"
)

_UNITS = {
    "秒": "seconds",
    "分": "minutes",
    **dict.fromkeys("小钟", "hours"),
    "天": "days",
    **dict.fromkeys("周星礼", "weeks"),
    "月": "months",
    "年": "years",
}
"""By the first character of a unit, 个 left out."""

_ELAPSED = frozenset(("seconds", "minutes", "hours"))

_ISO = re.compile(r"(\d{4}-\d\d-\d\d|\d{8}|\d{4}-?W(?!00)\d\d(?:-?[1-7])?)(?:[Tt _](\d\d.*))?")

_WRITTEN_DAYS = tuple(
    re.compile(rf"{form}{_NOTED}(?:[ ,]?{_CLOCK})?")
    for form in (
        r"(?P<word>大前天|前天|大后天|后天|[昨今明](?:[天日]|(?=[早晚])))",
        rf"(?P<week>上上|上|本|这|下)?个?(?:周|星期|礼拜)(?P<weekday>[{_WEEKDAYS}天])",
        rf"(?:(?P<year>\d{{4}})年)?(?P<month>{_NUMBER})月(?P<day>{_NUMBER})[日号]",
        r"(?:(?P<year>\d{4})(?P<between>[-/.]))?(?P<month>\d{1,2})"
        r"(?(between)(?P=between)|[-/])(?P<day>\d{1,2})(?!\d)(?!:)",
    )
)

_CLOCK_ALONE = re.compile(_CLOCK)


def _just_now(written: str, here: pendulum.DateTime) -> pendulum.DateTime | None:
    return here if written in _JUST_NOW else None


def _ago(written: str, here: pendulum.DateTime) -> pendulum.DateTime | None:
    """Read 3小时前, which is time elapsed, and 2天前 15:00, which is a date and a time of day."""
    found = _AGO.fullmatch(written)
    if found is None:
        return None
    unit = _UNITS[found["unit"].removeprefix("个")[0]]
    count = 0 if found["count"] == "半" else number(found["count"])
    sign = -1 if found["way"] == "前" else 1
    if unit in _ELAPSED:
        if found["hour"] or (found["count"] == "半" and unit != "hours"):
            return None
        half = 30 if found["count"] == "半" else 0
        return here.add(**{unit: sign * count}).add(minutes=sign * half)
    if found["count"] == "半":
        return None
    day = here.date().add(**{unit: sign * count})
    return _at(day, _clock(found) if found["hour"] else here.time(), here.tzinfo)


def _dated(written: str, here: pendulum.DateTime, day_alone: bool) -> pendulum.DateTime | None:
    """Read a date with or without a time of day, or the time of day of today."""
    today, zone = here.date(), here.tzinfo
    if (clock := _CLOCK_ALONE.fullmatch(written)) is not None:
        return _at(today, _clock(clock), zone)
    if (iso := _ISO.fullmatch(written)) is not None and (iso[2] or day_alone):
        try:
            return _standard("T".join(part for part in iso.groups() if part), zone)
        except ParserError:
            pass  # 2026-11-20 24:00 is no ISO time
    for form in _WRITTEN_DAYS:
        if (found := form.fullmatch(written)) is not None:
            day = _day(found.groupdict(), today)
            _agreeing(found["noted"], day)
            if found["hour"]:
                return _at(day, _clock(found), zone)
            return _date_alone(day, zone) if day_alone else None
    return None


def _standard(iso: str, zone: tzinfo | None) -> pendulum.DateTime:
    """Read ISO 8601: a date, a wall time, or a time with its own offset."""
    read = pendulum.parse(iso, strict=True, exact=True, tz=None)
    if isinstance(read, pendulum.DateTime):
        return read if read.tzinfo is not None else _on_the_wall(read, read.time(), zone)
    assert isinstance(read, pendulum.Date)
    return _date_alone(read, zone)


def _day(found: dict[str, str | None], today: pendulum.Date) -> pendulum.Date:
    if word := found.get("word"):
        return today.add(days=_DAYS[word if word in _DAYS else word[0]])
    if weekday := found.get("weekday"):
        wanted = pendulum.WeekDay(_weekday(weekday))
        if week := found["week"]:
            return today.start_of("week").add(weeks=_WEEKS[week], days=wanted)
        return today if today.day_of_week == wanted else today.previous(wanted)
    month, day = number(found["month"] or ""), number(found["day"] or "")
    if year := found["year"]:
        return pendulum.date(int(year), month, day)
    for before in range(9):  # 02-29 comes back after eight years at most
        try:
            latest = pendulum.date(today.year - before, month, day)
        except ValueError:
            continue
        if latest <= today:
            return latest
    raise MomentError(f"没有{month}月{day}日这一天：可写 {EXAMPLES}")


def _agreeing(noted: str | None, day: pendulum.Date) -> None:
    """Refuse a weekday that is not the date's."""
    if noted and _weekday(noted) != day.day_of_week:
        told = f"{day:%Y-%m-%d}是周{_WEEKDAYS[day.day_of_week]}"
        raise MomentError(f"{told}，不是周{noted}：请核对日期，可写 {EXAMPLES}")


def _weekday(figure: str) -> int:
    return 6 if figure == "天" else _WEEKDAYS.index(figure)


def _clock(found: re.Match[str]) -> time | None:
    """Return the time of day; None is 24:00. Raises ValueError where there is no such time."""
    hour = number(found["hour"])
    if part := found["part"]:
        hour = _HOURS[part].get(hour, 60)
    minute = number(found["minute"] or found["minutes"] or "0")
    if found["half"]:
        minute = 30
    elif quarters := found["quarters"]:
        minute = 15 * FIGURES[quarters]
    second = number(found["second"] or found["seconds"] or "0")
    return None if (hour, minute, second) == (24, 0, 0) else time(hour, minute, second)


def _at(day: pendulum.Date, clock: time | None, zone: tzinfo | None) -> pendulum.DateTime:
    return _on_the_wall(day, clock, zone) if clock else _first_instant(day.add(days=1), zone)


def _on_the_wall(day: date, clock: time, zone: tzinfo | None) -> pendulum.DateTime:
    """Return the first instant at which clocks show this; MomentError where they skip it."""
    try:
        return _first_shown(day, clock, zone)
    except NonExistingTime:
        told = f"{day:%Y-%m-%d} {clock:%H:%M}"
    raise MomentError(f"本地的钟拨快，没有 {told} 这一刻：请写前后的时刻，可写 {EXAMPLES}")


def _first_shown(day: date, clock: time, zone: tzinfo | None) -> pendulum.DateTime:
    """Return the first instant at which clocks show this; NonExistingTime where they skip it."""
    shown = (day.year, day.month, day.day, clock.hour, clock.minute, clock.second)
    try:
        return pendulum.datetime(*shown, tz=zone, fold=0, raise_on_unknown_times=True)
    except AmbiguousTime:
        return pendulum.datetime(*shown, tz=zone, fold=0)


def _date_alone(day: pendulum.Date, zone: tzinfo | None) -> pendulum.DateTime:
    """Return the first instant of a date; MomentError where the zone skipped it."""
    first = _first_instant(day, zone)
    if first.date() != day:
        raise MomentError(f"本地没有 {day.isoformat()} 这一天：可写 {EXAMPLES}")
    return first


def _first_instant(day: date, zone: tzinfo | None) -> pendulum.DateTime:
    try:
        return _first_shown(day, time(), zone)
    except NonExistingTime:
        return pendulum.datetime(day.year, day.month, day.day, tz=zone, fold=1)


def _plain(found: pendulum.DateTime) -> datetime:
    """Return the standard library's datetime, in UTC and cut to seconds."""
    at = found.in_timezone(pendulum.UTC)
    return datetime(at.year, at.month, at.day, at.hour, at.minute, at.second, tzinfo=UTC)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 30 else flat[:30] + ".."
