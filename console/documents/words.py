"""Dates, hours and plain text as Chinese papers write them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime


def chinese_date(day: date) -> str:
    """Return 2026年11月9日: Arabic digits, no padding (GB/T 9704, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_day(day: date, today: date) -> str:
    """Return 11月9日, with its year when it is not that of ``today``."""
    return chinese_date(day) if day.year != today.year else f"{day.month}月{day.day}日"


def chinese_moment(instant: datetime) -> str:
    """Return 2026年11月25日17:30 of a local instant; midnight belongs to the day that ends."""
    return f"{chinese_date(instant)}{instant:%H:%M}"


def dotted(day: date | None, today: date) -> str:
    """Return 11.9 for narrow table cells, 2025.11.9 where the year is another, or nothing."""
    if day is None:
        return ""
    year = f"{day.year}." if day.year != today.year else ""
    return f"{year}{day.month}.{day.day}"


def harmless(text: str) -> str:
    """Return text fit for an XML paper: no control, bidi or zero-width characters."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _UNPRINTED)


_UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def inert(text: str) -> str:
    """Return text that no spreadsheet runs when a text file is opened in it.

    A first character of ``= + - @`` (also after blanks, also full-width) gets an apostrophe
    before it, as spreadsheets themselves mark text.
    """
    clean = harmless(text).replace("\t", " ")
    told = unicodedata.normalize("NFKC", clean).lstrip()
    return "'" + clean if told[:1] in ("=", "+", "-", "@") else clean
