"""Calling citizens (回访): when one may, which half-day a call lies in, who is drawn for one.

Citizens may be called on every day of the year, also on holidays, within the policy's hours; an
attempt that nobody answered is followed by one on another half-day. A half-day is a local date
before or from noon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from zoneinfo import ZoneInfo

from rules.clocks import on_the_wall, read_spans

NOON = 12 * 3600

HalfDay = tuple[date, bool]
"""A local date, and whether it is its afternoon."""


@dataclass(frozen=True, slots=True)
class CallingHours:
    """The hours in which citizens may be called, such as ``08:30-12:00``, in the bureau's zone.

    Instants are aware; a span is open at its beginning and closed at its end.
    """

    texts: Sequence[str]
    zone: ZoneInfo

    def open_at(self, instant: datetime) -> bool:
        """Whether one may call at an instant."""
        day = instant.astimezone(self.zone).date()
        return any(begin <= instant < end for begin, end in self._spans(day))

    def half_day(self, instant: datetime) -> HalfDay:
        """Return the half-day in which an instant lies."""
        local = instant.astimezone(self.zone)
        return local.date(), local.hour >= 12

    def opening(self, instant: datetime) -> datetime:
        """Return the instant itself where one may call then, else the next at which one may."""
        return self._first(instant, self.half_day(instant))

    def next_half_day(self, instant: datetime) -> datetime:
        """Return when one may first call in a later half-day than that of an instant."""
        day, afternoon = self.half_day(instant)
        later = (day + timedelta(days=1), False) if afternoon else (day, True)
        return self._first(instant, later)

    def unreached(self, attempts: Iterable[datetime], needed: int) -> bool:
        """Whether attempts that nobody answered lie in enough half-days to count as 未接通."""
        return len({self.half_day(attempt) for attempt in attempts}) >= needed

    def _first(self, instant: datetime, earliest: HalfDay) -> datetime:
        """Return when one may first call, not before an instant and a half-day."""
        day = earliest[0]
        while True:
            for begin, end in self._spans(day):
                start = max(begin, instant)
                if start < end and self.half_day(start) >= earliest:
                    return start
            day += timedelta(days=1)

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the spans of a date, one that goes over noon as two."""
        return [
            (on_the_wall(day, begin, self.zone), on_the_wall(day, end, self.zone, ends=True))
            for opens, closes in read_spans(self.texts)
            for begin, end in ((opens, min(closes, NOON)), (max(opens, NOON), closes))
            if begin < end
        ]


def drawn(seed: str, key: str, share: Decimal) -> bool:
    """Whether a key is in the sample that a seed draws, of about ``share`` of all keys.

    The first 64 bits of SHA-256 over seed, line feed and key, read as a fraction of one, lie below
    the share. So one seed draws the same keys whatever their order and whatever else there is, and
    everybody can draw them again; a larger share draws the same keys and more.
    """
    digest = sha256(f"{seed}\n{key}".encode()).digest()
    return int.from_bytes(digest[:8]) < share * (1 << 64)
