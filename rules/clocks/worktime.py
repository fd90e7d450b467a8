"""Working time of one office in one zone: instants and dates in, instants and dates out.

Conventions (DESIGN §5): spans are half-open; a result exactly at closing time stays there; zero
time from a closed moment gives the next opening; negative amounts go back; a reversed range is
negative; elapsed time is real over a change of summer time.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rules.clocks.calendar import DAY, Day, OfficeDays
from rules.clocks.timeline import (
    EPOCH,
    FIRST_YEAR,
    LAST_YEAR,
    TICK,
    TICKS,
    Pauses,
    Stretch,
    Timeline,
    beyond_reckoning,
    instant_of,
    on_the_wall,
    ticks_of,
    united,
)
from rules.errors import CalendarError


class WorkCalendar:
    """The working time of an office. Naive datetimes raise ValueError, far years CalendarError."""

    def __init__(self, office: OfficeDays, zone: ZoneInfo) -> None:
        self.office = office
        self.zone = zone
        self._line = Timeline(self._stretches)
        self._settled = self._settled_instants()

    # instants

    def add(self, start: datetime, seconds: float, pauses: Pauses = ()) -> datetime:
        """The instant ``seconds`` of working time after ``start``, pauses left out (aware UTC)."""
        moment = ticks_of(start)
        if not pauses:
            return EPOCH + self._line.add(moment, round(seconds * TICKS)) * TICK
        cuts = united(pauses)
        if seconds == 0:
            return instant_of(self._open_after(moment, cuts))
        end = self._line.add(moment, round(seconds * TICKS))
        if seconds > 0:
            for begin, until in cuts:
                if begin < end and until > moment:
                    end = self._moved(end, self._line.elapsed(max(begin, moment), until))
        else:
            for begin, until in reversed(cuts):
                if until > end and begin < moment:
                    end = self._moved(end, -self._line.elapsed(begin, min(until, moment)))
        return instant_of(end)

    def between(self, start: datetime, end: datetime, pauses: Pauses = ()) -> int:
        """Working seconds from ``start`` to ``end``, pauses left out; negative when reversed."""
        begin, until = ticks_of(start), ticks_of(end)
        if begin > until:
            return -self.between(end, start, pauses)
        worked = self._line.elapsed(begin, until)
        for cut, resumed in united(pauses):
            if cut < until and resumed > begin:
                worked -= self._line.elapsed(max(cut, begin), min(resumed, until))
        return worked // TICKS

    def next_opening(self, instant: datetime) -> datetime:
        """The instant itself where the office is open, else the next opening (aware UTC)."""
        return instant_of(self._line.opening(ticks_of(instant)))

    # dates

    def add_days(self, day: date, count: int) -> date:
        """The ``count``-th working date strictly after (negative: before) a date."""
        return date.fromordinal(self._line.worked_after(day.toordinal(), count))

    def days_between(self, day: date, other: date) -> int:
        """Working dates strictly after the first date up to the second."""
        return self._line.worked_between(day.toordinal(), other.toordinal())

    def days_after(self, day: date, count: int) -> date:
        """The ``count``-th date after (negative: before) a date; skipped dates do not count."""
        if abs(count) > (LAST_YEAR - FIRST_YEAR) * 366:
            raise beyond_reckoning()
        edge = DAY if count > 0 else 0  # a skipped date ends with the one before it
        last, begun = day + timedelta(days=count), self.at(day, edge)
        while missing := count - round((self.at(last, edge) - begun) / timedelta(days=1)):
            last += timedelta(days=missing)
        return last

    def day(self, day: date) -> Day:
        """What the date is: worked or closed, its spans, its name."""
        return self.office.day(day)

    def is_working(self, day: date) -> bool:
        """Whether the office works at all on the date."""
        return bool(self.office.day(day).spans)

    def spans_on(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The date's working spans as aware UTC instants."""
        return tuple((instant_of(start), instant_of(end)) for start, end in self._stretches(day))

    def seconds_on(self, day: date) -> int:
        """Working seconds of the date."""
        return sum(end - start for start, end in self._stretches(day)) // TICKS

    def opening(self, day: date) -> datetime:
        """When the office opens on a working date."""
        return instant_of(self._worked(day)[0][0])

    def closing(self, day: date) -> datetime:
        """When the office closes on a working date."""
        return instant_of(self._worked(day)[-1][1])

    def half_day(self, start: datetime) -> int:
        """Half the working seconds of the date on which the office is or next opens."""
        return self.seconds_on(self.local(self.next_opening(start)).date()) // 2

    def beyond(self, instant: datetime) -> bool:
        """Whether a due instant lies where notices to come may move it, so that it is 暂定."""
        settled = self._settled
        return settled is not None and not settled[0] < instant <= settled[1]

    def unsettled(self, due: datetime) -> str:
        """Why a due instant is 暂定, in words."""
        published = self.office.published
        if published is not None and published.official(self.date_ending(due)):
            return "下一年放假安排尚未公布，年末七天公布后可能变动"
        return "该年放假安排尚未公布，公布后可能变动"

    # local time

    def local(self, instant: datetime) -> datetime:
        """The instant in the bureau's zone."""
        if instant.tzinfo is None:
            raise ValueError("naive datetime: every instant carries its zone")
        return instant.astimezone(self.zone)

    def at(self, day: date, seconds: int) -> datetime:
        """The instant ``seconds`` after local midnight by the wall clock; 86400 is 24:00."""
        return on_the_wall(day, seconds, self.zone)

    def date_ending(self, instant: datetime) -> date:
        """The local date an instant ends: midnight belongs to the day before it, as 24:00."""
        return self.local(instant - timedelta(seconds=1)).date()

    def _settled_instants(self) -> tuple[datetime, datetime] | None:
        published = self.office.published
        if published is None:
            return None
        first, last = published.official_from, published.settled_through
        if first is None or last is None:
            return EPOCH, EPOCH
        return self._edge(first, 0), self._edge(last, DAY)

    def _edge(self, day: date, seconds: int) -> datetime:
        inside = min(max(day, date(FIRST_YEAR, 1, 1)), date(LAST_YEAR, 12, 31))
        return self.at(inside, seconds)

    def _open_after(self, moment: int, cuts: list[Stretch]) -> int:
        opening = self._line.opening(moment)
        for begin, until in cuts:
            if begin <= opening < until:
                opening = self._line.opening(until)
        return opening

    def _moved(self, moment: int, amount: int) -> int:
        return self._line.add(moment, amount) if amount else moment

    def _worked(self, day: date) -> list[Stretch]:
        stretches = self._stretches(day)
        if not stretches:
            raise CalendarError(f"{day.isoformat()} 不是工作日，没有办公时间")
        return stretches

    def _stretches(self, day: date) -> list[Stretch]:
        spans = self.office.day(day).spans
        walled = (
            (self.at(day, start), on_the_wall(day, end, self.zone, ends=True))
            for start, end in spans
        )
        return [(ticks_of(start), ticks_of(end)) for start, end in walled if start < end]
