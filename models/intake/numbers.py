"""Ticket numbers: prefix, day received, and five digits counted per day (DESIGN §4, Numbers)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from models.store import Query, Work

Numbering = Sequence[tuple[date, str | None]]
"""The day each new ticket was received, with the number it brings, if it brings one."""


def ticket_numbers(work: Work, wanted: Numbering, prefix: str) -> list[str]:
    """Return a number for each: its own, or the next of the bureau's for the day received.

    Given only if the transaction commits; the import's own lock keeps others out meanwhile.
    """
    own: dict[date, int] = defaultdict(int)
    needed: dict[date, int] = defaultdict(int)
    for day, number in wanted:
        if number is None:
            needed[day] += 1
        elif (told := _serial(number, prefix)) is not None:
            own[told[0]] = max(own[told[0]], told[1])
    coming = _first_serials(work, prefix, needed, own)
    numbers = []
    for day, number in wanted:
        if number is None:
            number = f"{prefix}{day:%Y%m%d}-{coming[day]:05d}"
            coming[day] += 1
        numbers.append(number)
    return numbers


def _serial(number: str, prefix: str) -> tuple[date, int] | None:
    """Return day and serial of a number in the bureau's own form, else ``None``."""
    head, _, serial = number.removeprefix(prefix).partition("-")
    if not (number.startswith(prefix) and len(head) == 8 and serial.isdecimal()):
        return None
    try:
        return date.fromisoformat(f"{head[:4]}-{head[4:6]}-{head[6:]}"), int(serial)
    except ValueError:
        return None


def _first_serials(
    work: Work, prefix: str, needed: Mapping[date, int], own: Mapping[date, int]
) -> dict[date, int]:
    """Return the first free serial of each day, and count those needed as given.

    Numbers that a file brings along are stepped over.
    """
    keys = {day: f"{prefix}{day:%Y%m%d}" for day in sorted({*needed, *own})}
    last = {one.key: one.last for one in work.read(_COUNTERS, keys=list(keys.values()))}
    before = {day: max(last.get(key, 0), own.get(day, 0)) for day, key in keys.items()}
    given = [{"key": key, "last": before[day] + needed.get(day, 0)} for day, key in keys.items()]
    if given:
        work.conn.execute(text(_COUNT), given)
    return {day: n + 1 for day, n in before.items()}


@dataclass(frozen=True, slots=True)
class _Counter:
    """The last number given under a key."""

    key: str
    last: int


_COUNTERS = Query(_Counter, "SELECT key, last FROM counter WHERE key IN (:keys)")
_COUNT = """
INSERT INTO counter (key, last) VALUES (:key, :last)
ON CONFLICT (key) DO UPDATE SET last = excluded.last
"""
