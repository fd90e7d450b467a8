"""放假通知: the State Council's notice as it is published, read into days off and worked days.

Every sentence that names a date must be understood, each weekday, count and statement in it is
checked against the calendar, and a notice of a whole year must speak of every statutory festival:
otherwise nothing is read, and the sentence is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple, NoReturn
from unicodedata import normalize

from rules.clocks import CalendarDay, statutory_days
from rules.errors import CalendarError
from seed.reference.holidays import YearNotice
from seed.reference.sentences import (
    ADVICE,
    AMENDS,
    BROKEN_OFF,
    CLAUSES,
    FESTIVALS,
    FIGURES,
    HEAD,
    NUMBERED,
    OWN_NUMBER,
    RANGE,
    SIGNED,
    SIGNED_ON,
    TELLING,
    WEEKDAY,
    YEARS,
    clauses,
    missing_festivals,
    sentences,
)

FORM = "国务院通知"

_LONGEST = 16
"""Days of the longest holiday that a notice may give."""

_FARTHEST = 21
"""Days from a holiday within which weekends are worked for it."""

_FIXED = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}
"""What has been a day off on its date in every year."""


def announced(text: str, file: str, year: int | None = None) -> YearNotice:
    """Read the text of a notice; ``year`` where it names none. CalendarError says what stopped it.

    A notice that changes part of a year (延长 调整) comes back as not ``whole``.
    """
    plain = "".join(BROKEN_OFF.sub("。", normalize("NFKC", text)).split())
    reading = _Reading(file, _year(plain, file, year))
    amends = AMENDS.search(plain)
    if amends is not None:
        reading.name = amends["a"] or amends["b"]
    for sentence in sentences(plain):
        reading.take(sentence)
    numbered, signed = OWN_NUMBER.search(plain), SIGNED_ON.search(plain)
    if numbered is not None:
        reading.number = f"{numbered[1]}〔{numbered[2]}〕{int(numbered[3])}号"
    if signed is not None:
        reading.issued = date(*map(int, signed.groups()))
    return reading.notice(amends=amends is not None)


def _year(plain: str, file: str, told: int | None) -> int:
    found = next((year for each in YEARS if (year := each.search(plain))), None)
    ends = SIGNED.search(plain)
    spoken = {int(year) for year in re.findall(r"(\d{4})年", plain[: ends and ends.start()])}
    named = int(found[1]) if found is not None else told
    if named is None and len(spoken) == 1:
        (named,) = spoken
    if named is None:
        raise CalendarError(f"{file} 没有写是哪一年的安排：请贴上标题，或加 --year 2027")
    if told is not None and told != named:
        raise CalendarError(f"{file} 是{named}年的通知，不是{told}年的：请核对")
    return named


class _Ends(NamedTuple):
    """The first and the last date of a stretch."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Every date of it."""
        return [self.first + timedelta(n) for n in range((self.last - self.first).days + 1)]


@dataclass
class _Reading:
    """A notice being read, sentence by sentence."""

    file: str
    year: int
    name: str = ""
    number: str = ""
    issued: date | None = None
    days: dict[date, CalendarDay] = field(default_factory=dict)
    extends: list[tuple[str, date]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    sentence: str = ""
    free: set[date] = field(default_factory=set)
    off: list[date] = field(default_factory=list)

    def take(self, sentence: str) -> None:
        """Read one sentence; what names no date and orders nothing is passed over."""
        self.sentence = sentence
        head = HEAD.match(sentence)
        if head is not None:
            self._close()
            self.name, self.off = head["name"], []
            self.names.append(self.name)
            sentence = sentence[head.end() :]
        elif not TELLING.search(sentence) or ADVICE.match(sentence):
            return
        if not self.name:
            self._stumble("没有写是哪个节日")
        for clause in clauses(NUMBERED.sub("", sentence)):
            self._clause(clause)

    def notice(self, *, amends: bool) -> YearNotice:
        """Return what was read, once it is sure that nothing of it is missing."""
        self._close()
        for day in sorted(self.free):
            entry = self.days.get(day)
            if (entry is None and day.weekday() < 5) or (entry is not None and not entry.off):
                raise CalendarError(f"{self.file} 说{_told(day)}放假公休，别处却不放假：请核对原文")
        missing = missing_festivals(self.year, "、".join(self.names))
        if amends and not self.days and not self.extends:
            raise CalendarError(f"{self.file} 里没有读到放假安排：请贴通知全文")
        if missing and not amends:
            raise CalendarError(
                f"{self.file} 没有写{self.year}年的{'、'.join(missing)}：请贴通知全文，一句也不要少"
            )
        return YearNotice(
            self.year,
            self.days,
            FORM,
            not missing,
            tuple(self.extends),
            self.number,
            self.issued,
        )

    def _close(self) -> None:
        """A festival that was spoken of has days off, its own among them; none works far away."""
        if not self.names:
            return
        if not self.off:
            raise CalendarError(f"{self.file} 没有写{self.name}哪几天放假：请核对原文")
        for name, lawful in self._lawful().items():
            if re.search(FESTIVALS[name], self.name) and not lawful & set(self.off):
                told = "、".join(f"{day.month}月{day.day}日" for day in sorted(lawful))
                self._stumble(f"{name}在{told}，这几天却不放假")
        for day in (day for day, entry in self.days.items() if entry.name == self.name):
            if min(abs((day - off).days) for off in self.off) > _FARTHEST:
                self._stumble(f"{_told(day)}离{self.name}假期太远")

    def _lawful(self) -> dict[str, set[date]]:
        """Return the days of the festivals of which one at least must be off."""
        found = {name: {date(self.year, *day)} for name, day in _FIXED.items()}
        for day, name in statutory_days(self.year).items():
            found.setdefault(name, set()).add(day)
        return found

    def _clause(self, clause: str) -> None:
        for kind, pattern in CLAUSES.items():
            found = pattern.fullmatch(clause)
            if found is not None:
                getattr(self, f"_{kind}")(found)
                return
        self._stumble("看不懂")

    def _off(self, found: re.Match[str]) -> None:
        days = self._dates(found[1])
        self._set(days, off=True)
        if found[2] is not None and _figure(found[2]) not in (len(days), len(self.off)):
            self._stumble(f"写的是{found[2]}天，数下来是{len(days)}天")

    def _worked(self, found: re.Match[str]) -> None:
        days = self._dates(found[1])
        for day in days:
            if day.weekday() < 5 and not found[2]:
                self._stumble(f"{_told(day)}本来就上班")
        self._set(days, off=False)

    def _free(self, found: re.Match[str]) -> None:
        self.free |= set(self._dates(found[1]))

    def _moved(self, found: re.Match[str]) -> None:
        given, off = self._dates(found[1]), self._dates(found[2])
        if len(given) != len(off) or any(day.weekday() < 5 for day in given):
            self._stumble(f"{len(given)}个公休日调到{len(off)}天")
        self._set(off, off=True)

    def _extended(self, found: re.Match[str]) -> None:
        (until,) = self._dates(found[2])[-1:]
        self.extends.append((found[1], until))

    def _joined(self, found: re.Match[str]) -> None:
        if found[1] is not None:
            self._counted(_figure(found[1]))

    def _count(self, found: re.Match[str]) -> None:
        self._counted(_figure(found[1]))

    def _nothing(self, found: re.Match[str]) -> None:
        """Pass over what adds nothing."""

    def _counted(self, told: int) -> None:
        if told not in (len(self.off), len(_with_weekends(self.off))):
            self._stumble(f"写的是共{told}天，数下来是{len(self.off)}天")

    def _set(self, days: Iterable[date], *, off: bool) -> None:
        for day in days:
            entry = self.days.get(day)
            if entry is not None and entry.off is not off:
                self._stumble(f"{_told(day)}既放假又上班")
            if entry is None:
                self.days[day] = CalendarDay(self.name, off)
            if off and day not in self.off:
                self.off.append(day)

    def _dates(self, text: str) -> list[date]:
        """Return the dates of ``1月28日(周六)、29日`` or ``1月1日至3日``, weekdays checked."""
        found: list[date] = []
        month: int | None = None
        for part in RANGE.finditer(text):
            year, own, day, note, last_year, last_month, last_day, last_note = part.groups()
            month = int(own) if own else month
            if month is None:
                self._stumble("日期没有写月份")
            first = self._date(year, month, int(day), note)
            last = first
            if last_day is not None:
                month = int(last_month) if last_month else month
                last = self._last(first, last_year, month, int(last_day), last_note)
            found += _Ends(first, last).days
        return found

    def _last(self, first: date, year: str | None, month: int, day: int, note: str | None) -> date:
        later = first.year + ((month, day) < (first.month, first.day))
        last = self._date(year or str(later), month, day, note)
        if not first <= last <= first + timedelta(_LONGEST):
            self._stumble(f"{_told(first)}至{_told(last)}不像一个假期")
        return last

    def _date(self, year: str | None, month: int, day: int, note: str | None) -> date:
        before = self.name.startswith("元旦") and month == 12
        try:
            found = date(int(year) if year else self.year - before, month, day)
        except ValueError:
            self._stumble(f"没有{month}月{day}日这一天")
        weekdays = WEEKDAY.findall((note or "").replace("天", "日"))
        if weekdays and "一二三四五六日"[found.weekday()] not in weekdays:
            self._stumble(f"{_told(found)}，不是周{weekdays[0]}")
        if found.year != self.year and (found.year, found.month) != (self.year - 1, 12):
            self._stumble(f"这是{self.year}年的通知")
        return found

    def _stumble(self, why: str) -> NoReturn:
        raise CalendarError(f"{self.file} 这一句读不下去：“{self.sentence}”——{why}；一天也没有读入")


def _with_weekends(days: Iterable[date]) -> set[date]:
    """Return days with the weekends that touch them."""
    found = set(days)
    for day in list(found):
        for step in (timedelta(1), timedelta(-1)):
            near = day + step
            while near.weekday() > 4:
                found.add(near)
                near += step
    return found


def _figure(text: str) -> int:
    return FIGURES[text] if text in FIGURES else int(text)


def _told(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日是周{'一二三四五六日'[day.weekday()]}"
