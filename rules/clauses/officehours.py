"""Office hours, and what counts as the next day, as a rule's text says it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

from rules.clocks import WRITTEN, number

_SPEAKS = re.compile("(?:工作|办公|上班|作息|服务)时间|上午.{0,24}下午")

_CLOCK = r"(上午|下午|中午|晚上|晚)?(\d{1,2})(?:[::：](\d{2})|[时点](?:(\d{1,2})分?|(半))?)"

_TO = r"(?:至|到|-|—|－|–|~|～|\u2015)+"

_SPAN = re.compile(f"{_CLOCK}{_TO}{_CLOCK}")

_SEASON = re.compile(rf"(\d{{1,2}})月(\d{{1,2}})日{_TO}(?:次年)?(\d{{1,2}})月(\d{{1,2}})日")

_NEXT_DAY = (
    "(?:视为|视同|按|算作?|计为|作为)[^,，。;；]{0,4}"
    "(?:次日|次一?(?:个)?工作日|下一?(?:个)?工作日|第二(?:个)?工作日|(?:节后)?第一个工作日)"
)

_AFTER = re.compile(f"{_CLOCK}(?:以后|之后|后)[^。;；]*?{_NEXT_DAY}")

_CLOSED = re.compile(f"(?:休息日|节假日|非工作(?:日|时间)|下班)[^。;；]*?{_NEXT_DAY}")

_ROLLS = re.compile(
    "(?:最后一[日天]|末日|届满)[^。;；]{0,14}(?:节假日|休假日|休息日)"
    "[^。;；]{0,24}(?:顺延|次日|第一(?:个)?(?:工作)?日|次一工作日)"
)

_WORKING = re.compile(
    '(?:期限|时限|日[”"]?|天数|规定)[^,，。;；]{0,6}(?:以|均?为|均?是指?|均?指|按)工作日'
)

_COUNTED = re.compile(rf"[“\"]({WRITTEN}|\d+)日[”\"]")

EVERY = range(100_000)
"""Whatever number of days."""


def working_counts(text: str) -> Container[int]:
    """Return how many 日 are working days by a rule's own word: all, those it lists, or none."""
    for line in text.splitlines():
        if _WORKING.search(line):
            return frozenset(number(found[1]) for found in _COUNTED.finditer(line)) or EVERY
    return ()


def office_in(sentence: str, usual: list[str]) -> dict[str, Any]:
    """Return what a sentence says of the office, by the keys of ``[office]``.

    ``usual`` are the hours said before it: a season that tells the afternoon keeps their morning.
    """
    said: dict[str, Any] = {}
    after, closed = _AFTER.search(sentence), _CLOSED.search(sentence)
    if after is not None or closed is not None:
        said["after_hours"] = "next-workday"
    if after is not None:
        said["cutoff"] = _clock(after.groups()[:5], "")
        return said
    if _SPEAKS.search(sentence) is None and _SEASON.search(sentence) is None:
        return said
    hours = _hours(_SEASON.split(sentence)[0])
    if hours:
        said["hours"] = hours
    seasons = list(_seasons(sentence, hours or usual))
    if seasons:
        said["seasons"] = seasons
    return said


def rolls(sentence: str) -> bool:
    """Whether a sentence moves a last day that is closed to the next working day."""
    return _ROLLS.search(sentence) is not None


def _seasons(sentence: str, usual: list[str]) -> Iterator[dict[str, Any]]:
    found = list(_SEASON.finditer(sentence))
    ends = [*(season.start() for season in found), len(sentence)]
    for season, end in zip(found, ends[1:], strict=True):
        month, day, last_month, last_day = map(int, season.groups())
        hours = _hours(sentence[season.end() : end])
        if hours and hours[0] >= "12:00":
            hours = [span for span in usual if span[-5:] <= hours[0][:5] and span < "12:00"] + hours
        if hours:
            first, last = f"{month:02}-{day:02}", f"{last_month:02}-{last_day:02}"
            yield {"from": first, "to": last, "hours": hours}


def _hours(words: str) -> list[str]:
    """Return the spans of a day, ``08:30-12:00``; none where one of them ends before it begins."""
    spans = []
    for span in _SPAN.finditer(words):
        begins = _clock(span.groups()[:5], "")
        ends = _clock(span.groups()[5:], span.groups()[0] or "")
        spans.append((begins, ends))
    orderly = all(begins < ends for begins, ends in spans)
    return [f"{begins}-{ends}" for begins, ends in spans] if orderly else []


def _clock(said: tuple[str | None, ...], part_before: str) -> str:
    """Return ``14:30`` of 下午2时半: part of the day, hour, and one of three forms of minutes."""
    part, hour, minutes, spoken, half = said
    late = (part or part_before) in ("下午", "晚上", "晚") and int(hour or 0) < 12
    return f"{int(hour or 0) + 12 * late:02}:{int(minutes or spoken or (30 if half else 0)):02}"
