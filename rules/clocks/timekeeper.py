"""The one who answers every question of time: a policy and a calendar, ready to be asked.

All instants are aware UTC in whole seconds; a naive datetime raises ValueError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from rules.clocks.calendar import DAY, CalendarDays
from rules.clocks.caps import Caps
from rules.clocks.colours import colour_of, deeper
from rules.clocks.courses import Courses
from rules.clocks.deadlines import Clock, Clockwork
from rules.clocks.derivation import About, Basis, Derivation, Grant, Halt, explain
from rules.clocks.limit_table import LimitTable, TimePolicy
from rules.clocks.limits import FIXED_TERMS, STEP_NAMES, Terms, longer
from rules.clocks.precedence import NO_UNITS, Choice
from rules.clocks.section import work_calendar
from rules.clocks.starts import Course
from rules.clocks.tags import Tags
from rules.clocks.timeline import Pauses
from rules.clocks.wording import kept_text, remaining_text
from rules.errors import LimitError

FOLD_AFTER = 30
"""Working days of red after which a matter is folded away in the queue."""


class Timekeeper:
    """Clocks, colours and words of time under one policy and one calendar."""

    def __init__(
        self, policy: TimePolicy, days: CalendarDays, units: Mapping[str, str] = NO_UNITS
    ) -> None:
        """``units`` are the codes behind the policy's words for units."""
        self.office = policy.office
        self.days = days
        self.zone = policy.zone
        self.calendar = work_calendar(policy.office, days, self.zone)
        self._limits = LimitTable(policy, units)
        self._courses = Courses(self._limits)
        self._clockwork = Clockwork(
            self.calendar, policy.colours.preset, policy.office.pause_rounding
        )
        self._deep: dict[tuple[str, datetime], tuple[datetime, datetime]] = {}

    # clocks

    def clock(self, step: str, tags: Tags, start: datetime) -> Clock | None:
        """The clock of a step under the policy; None where it sets none."""
        terms = self._limits.terms(step, tags)
        return None if terms is None else self._clockwork.started(step, terms, start)

    def timed(
        self, step: str, limit_text: str, start: datetime, of: Tags | Terms | None = None
    ) -> Clock:
        """A clock with a limit someone gave in so many words; LimitError if it cannot be read.

        ``of`` names the matter's tags where the limit came from its entry: what the entry
        overrides then holds.
        """
        terms = self._limits.terms_as_made(step, limit_text, of)
        return self._clockwork.started(step, terms, start)

    def fixed(self, step: str, start: datetime, due: datetime) -> Clock:
        """A clock whose due instant the source itself fixed."""
        return self._clockwork.fixed(step, start, due)

    def extended(self, clock: Clock, limit_text: str, of: Tags | Terms | None = None) -> Clock:
        """The clock after a granted extension, counted from its current due instant.

        ``of`` names the matter's tags, so that what its limit entry overrides still holds.
        """
        terms = self._limits.terms_as_made(clock.step, clock.limit_text, of)
        return self._clockwork.extended(clock, terms, longer(limit_text))

    def resumed(self, clock: Clock, pauses: Pauses, of: Tags | Terms | None = None) -> Clock:
        """The clock after pauses, all of them at once: ``clock`` is as it ran without them."""
        terms = self._limits.terms_as_made(clock.step, clock.limit_text, of)
        return self._clockwork.resumed(clock, terms, pauses)

    def capped(self, clock: Clock, lead: Clock, of: Tags | Terms | None = None) -> Clock:
        """The clock under its own limit, due with its lead and as provisional as that."""
        terms = self._limits.terms_as_made(clock.step, clock.limit_text, of)
        return self._clockwork.due_with(clock, terms, lead.due_at, provisional=lead.provisional)

    # limits

    def choice(self, step: str, tags: Tags) -> Choice | None:
        """The limit entry that wins for a step, with those it beat."""
        return self._limits.choice(step, tags)

    def limit_text(self, step: str, tags: Tags) -> str | None:
        """The limit of a step, or of ``extension``; None where there is none."""
        return self._limits.text(step, tags)

    def share(self, tags: Tags | None) -> str:
        """How much of its lead's limit a co-unit has: ``-1wd`` less, ``50%``, or ``2wd``."""
        return self._limits.share(tags)

    def caps(self, tags: Tags) -> Caps:
        """How long and how often more time, a return or a limit of its own may be had."""
        return self._limits.caps(tags)

    def course(self, tags: Tags) -> Course:
        """The acts that start and stop the clocks of a matter under the policy."""
        return self._courses.of(tags)

    # colours

    def colour(
        self, blue_at: datetime, yellow_at: datetime, red_at: datetime, now: datetime
    ) -> str | None:
        """``blue`` and ``yellow`` from their instant, ``red`` after it; None before the first."""
        return colour_of(blue_at, yellow_at, red_at, now)

    def level(self, limit_text: str, started_at: datetime, due_at: datetime, now: datetime) -> int:
        """How deep a red is: 1 to 3, 0 while not late. Speaks only while the colour is red."""
        if now <= due_at:
            return 0
        limit = self._limits.bare(limit_text).limit
        two, three = self._deeper(limit_text, due_at)
        passed = (now >= each if limit.by_days else now > each for each in (two, three))
        return 1 + sum(passed)

    def remaining(self, limit_text: str, due_at: datetime, now: datetime) -> str:
        """How long is left, in words: 余2个工作日 余6小时20分 超期4个工作日 超10分."""
        limit = self._limits.bare(limit_text).limit
        return remaining_text(self.calendar, limit, due_at, now)

    def kept(
        self, limit_text: str, original_due_at: datetime, due_at: datetime, ended_at: datetime
    ) -> str:
        """How what has ended kept its limit: 按时 延期后按时 逾期9个工作日 逾期2小时5分."""
        limit = self._limits.bare(limit_text).limit
        return kept_text(self.calendar, limit, original_due_at, due_at, ended_at)

    def thresholds(self, clock: Clock) -> tuple[tuple[str, datetime], ...]:
        """What the sweep records, in order: blue where it comes after the start, yellow, red1-3.

        Where several levels of red begin together only the deepest is named.
        """
        two, three = self._deeper(clock.limit_text, clock.due_at)
        reds = {clock.red_at: "red1"}
        for name, instant in (("red2", two), ("red3", three)):
            reds[max(clock.red_at, instant)] = name
        blue = [("blue", clock.blue_at)] if clock.blue_at > clock.started_at else []
        return (*blue, ("yellow", clock.yellow_at), *((name, at) for at, name in reds.items()))

    def crossed(self, clock: Clock, now: datetime) -> list[tuple[str, datetime]]:
        """The thresholds a running clock has behind it: yellow from its instant, red after it."""
        return [
            (level, at)
            for level, at in self.thresholds(clock)
            if at < now or (at == now and at < clock.red_at)
        ]

    def _deeper(self, limit_text: str, due_at: datetime) -> tuple[datetime, datetime]:
        """Where red 2 and red 3 begin; kept for limits in days, whose due instants are few."""
        found = self._deep.get((limit_text, due_at))
        if found is None:
            limit = self._limits.bare(limit_text).limit
            found = deeper(self.calendar, limit, due_at)
            if limit.by_days:
                self._deep[limit_text, due_at] = found
        return found

    # days

    def local(self, instant: datetime) -> datetime:
        """The instant in the bureau's zone."""
        return self.calendar.local(instant)

    def workday_start(self, now: datetime) -> datetime:
        """00:00 of the last working day at or before today."""
        today = self.local(now).date()
        day = today if self.calendar.is_working(today) else self.calendar.add_days(today, -1)
        return self.calendar.at(day, 0)

    def next_workday_end(self, now: datetime) -> datetime:
        """24:00 of the next working day after today: what turns red by then is 下一工作日转红."""
        today = self.local(now).date()
        return self.calendar.at(self.calendar.add_days(today, 1), DAY)

    def long_red_before(self, now: datetime) -> datetime:
        """Matters due up to here have been red for more than 30 working days."""
        today = self.local(now).date()
        last = self.calendar.add_days(today + timedelta(days=1), -(FOLD_AFTER + 1))
        return self.calendar.at(last, 0)

    # derivations

    def derivation(
        self,
        step: str,
        of: Tags | str,
        start: datetime,
        *,
        limit_text: str | None = None,
        due: datetime | None = None,
        pauses: Sequence[Halt] = (),
        extensions: Sequence[Grant] = (),
        basis: Basis | None = None,
        cap: datetime | None = None,
        about: About | None = None,
    ) -> Derivation:
        """Explain a due instant line by line.

        ``of`` is the matter's tags, or a limit in so many words. ``limit_text`` is the limit a
        clock was given, where the tags may have changed since: their entry is named only while
        it says the same. ``due`` is given where the source fixed it, ``cap`` is the lead's due
        instant, which a co-unit's clock never passes; ``about`` says whose clock it is.
        LimitError where the policy sets no such clock.
        """
        choice = None
        if due is not None:
            terms, clock = FIXED_TERMS, self.fixed(step, start, due)
        else:
            terms, choice = self._terms_and_choice(step, of, limit_text)
            clock = self._clockwork.started(step, terms, start)
        return explain(
            self._clockwork,
            self.days,
            clock,
            terms,
            choice,
            pauses,
            extensions,
            basis,
            cap,
            about,
        )

    def _terms_and_choice(
        self, step: str, of: Tags | str, limit_text: str | None
    ) -> tuple[Terms, Choice | None]:
        if isinstance(of, str):
            return self._limits.bare(of), None
        if step == "assist" and limit_text is not None:
            return self._limits.terms_as_made(step, limit_text, of), None
        found = self._limits.terms(step, of)
        if limit_text is not None and (found is None or found.text != limit_text):
            return self._limits.bare(limit_text), None
        if found is None:
            raise LimitError(f"规则没有为“{STEP_NAMES.get(step, step)}”设时限，无可核算")
        return found, self.choice(step, of)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a clock was made from: its limit and start, and what has moved it since.

    ``tags`` is None for a matter that is no appeal. ``pauses`` are the ended ones, ``extensions``
    the granted limits in the order of their grant, ``granted_at`` when.
    """

    step: str
    limit_text: str
    started_at: datetime
    tags: Tags | None = None
    pauses: Pauses = ()
    extensions: tuple[str, ...] = ()
    granted_at: tuple[datetime, ...] = ()


class Remade(NamedTuple):
    """A clock made again, and the due instant it would have without extensions."""

    clock: Clock
    original_due_at: datetime


def as_made(keeper: Timekeeper, course: Origin) -> Remade:
    """The clock under the limit it was given, counted by the keeper's calendar."""
    clock = keeper.timed(course.step, course.limit_text, course.started_at, course.tags)
    return followed(keeper, clock, course.tags, course.pauses, course.extensions)


def anew(keeper: Timekeeper, course: Origin) -> Remade | None:
    """The clock as the keeper's policy would start it; None where it sets no such clock.

    A limit given in so many words keeps its words and follows the policy's office hours.
    """
    if course.tags is None:
        return as_made(keeper, course)
    clock = keeper.clock(course.step, course.tags, course.started_at)
    if clock is None:
        return None
    return followed(keeper, clock, course.tags, course.pauses, course.extensions)


def followed(
    keeper: Timekeeper,
    clock: Clock,
    tags: Tags | None,
    pauses: Pauses = (),
    extensions: tuple[str, ...] = (),
) -> Remade:
    """A clock as it ran at first, after its pauses and then its extensions."""
    if pauses:
        clock = keeper.resumed(clock, pauses, tags)
    original = clock.due_at
    for extension in extensions:
        clock = keeper.extended(clock, extension, tags)
    return Remade(clock, original)
