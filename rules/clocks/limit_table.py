"""The terms of every step's clock under one policy, looked up once for each kind of appeal."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from rules.clocks.calendar import clock_seconds
from rules.clocks.caps import CAP_NAMES, Caps
from rules.clocks.limits import FIXED_TERMS, FIXED_TEXT, Limit, Terms
from rules.clocks.precedence import NO_UNITS, Choice, LimitEntry, choose
from rules.clocks.section import ColourPolicy, OfficePolicy
from rules.clocks.shares import LESS_A_DAY
from rules.clocks.tags import Tags


class TimePolicy(Protocol):
    """What of a policy governs time; :class:`rules.bureau.Policy` is one."""

    @property
    def zone(self) -> ZoneInfo:
        """The bureau's zone."""

    @property
    def office(self) -> OfficePolicy:
        """Office hours and how days are counted."""

    @property
    def limits(self) -> tuple[LimitEntry, ...]:
        """The limit entries."""

    @property
    def colours(self) -> ColourPolicy:
        """The preset of colours."""

    def usual_limit(self, step: str) -> str | None:
        """The limit of a step where no entry speaks of it."""


def office_terms(limit: Limit, office: OfficePolicy) -> Terms:
    """A bare limit counted the office's usual way."""
    cutoff = _last_second(office.after_hours, office.cutoff, office.cutoff_included)
    return Terms(limit, cutoff, office.due_time, days_keep_time=office.days_due_time == "same-time")


def entry_terms(entry: LimitEntry, step: str, text: str, office: OfficePolicy) -> Terms:
    """A limit entry's clock for a step, with what the entry overrides."""
    yellow = entry.yellow.get(step) if isinstance(entry.yellow, dict) else entry.yellow
    included = entry.cutoff_included
    return Terms(
        Limit.read(text),
        _last_second(
            entry.after_hours or office.after_hours,
            entry.cutoff or office.cutoff,
            office.cutoff_included if included is None else included,
        ),
        entry.due_time or office.due_time,
        entry.roll,
        None if yellow is None else Limit.read(yellow),
        (entry.days_due_time or office.days_due_time) == "same-time",
    )


def _last_second(after_hours: str, cutoff: str, included: bool) -> int | None:
    """The last second of a day, after midnight, in which a start is not moved; None for any."""
    if after_hours == "same-day":
        return None
    return clock_seconds(cutoff) if included else clock_seconds(cutoff) - 1


class LimitTable:
    """The limits of one policy, looked up once for each kind of appeal."""

    def __init__(self, policy: TimePolicy, units: Mapping[str, str] = NO_UNITS) -> None:
        """``units`` are the codes behind the policy's words for units."""
        self._policy = policy
        self._units = units
        asked = frozenset[str]().union(*(entry.keys() for entry in policy.limits))
        self._asked = attrgetter(*sorted({*asked, "nature", "urgency"}))
        self._found: dict[tuple[str, Any], Terms | None] = {}
        self._texts: dict[tuple[str, Any], str | None] = {}
        self._caps: dict[Any, Caps] = {}
        self._bare: dict[str, Terms] = {FIXED_TEXT: FIXED_TERMS}

    def choice(self, step: str, tags: Tags) -> Choice | None:
        """The limit entry that wins for a step, with those it beat."""
        return choose(self._policy.limits, tags, step, self._units)

    def share(self, tags: Tags | None) -> str:
        """How much of its lead's limit a co-unit has."""
        choice = None if tags is None else self.choice("assist", tags)
        return LESS_A_DAY if choice is None else choice.winner.assist or LESS_A_DAY

    def text(self, step: str, tags: Tags) -> str | None:
        """The limit of a step, or of ``extension``; None where there is none."""
        key = (step, self._asked(tags))
        if key not in self._texts:
            self._texts[key] = self._text(step, tags)
        return self._texts[key]

    def _text(self, step: str, tags: Tags) -> str | None:
        choice = self.choice(step, tags)
        if choice is None:
            return self._policy.usual_limit(step)
        text = choice.winner.limit(step)
        return None if text == "none" else text

    def caps(self, tags: Tags) -> Caps:
        """How long and how often more time, a return or a limit of its own may be had."""
        key = self._asked(tags)
        if key not in self._caps:
            said = {name: self._said(name, tags) for name in CAP_NAMES}
            self._caps[key] = Caps.of(said)
        return self._caps[key]

    def _said(self, name: str, tags: Tags) -> Any:
        choice = self.choice(name, tags)
        return None if choice is None else getattr(choice.winner, name)

    def terms(self, step: str, tags: Tags) -> Terms | None:
        """The terms of a step's clock; None where the policy sets none."""
        key = (step, self._asked(tags))  # of a place or a unit no entry asks for, nothing is kept
        if key not in self._found:
            self._found[key] = self._find(step, tags)
        return self._found[key]

    def kind(self, tags: Tags) -> Any:
        """What of the tags some entry asks for."""
        return self._asked(tags)

    def bare(self, limit_text: str) -> Terms:
        """A limit given in so many words, counted the office's usual way; LimitError."""
        if limit_text not in self._bare:
            self._bare[limit_text] = office_terms(Limit.parse(limit_text), self._policy.office)
        return self._bare[limit_text]

    def terms_as_made(self, step: str, limit_text: str, of: Tags | Terms | None) -> Terms:
        """The terms of a clock made earlier: its entry's, if that still gives the same limit."""
        if isinstance(of, Terms):
            return of
        if step == "assist":
            return self._assisting(limit_text, of)
        terms = None if of is None else self.terms(step, of)
        if terms is None or str(terms.limit) != limit_text:
            return self.bare(limit_text)
        return terms

    def _assisting(self, limit_text: str, tags: Tags | None) -> Terms:
        """The terms of a co-unit's clock: the entry's that gives its share, if one does."""
        if tags is None:
            return self.bare(limit_text)
        key = (f"assist {limit_text}", self._asked(tags))
        if key not in self._found:
            choice, office = self.choice("assist", tags), self._policy.office
            self._found[key] = (
                self.bare(limit_text)
                if choice is None
                else entry_terms(choice.winner, "assist", limit_text, office)
            )
        found = self._found[key]
        assert found is not None
        return found

    def _find(self, step: str, tags: Tags) -> Terms | None:
        text, choice = self.text(step, tags), self.choice(step, tags)
        if text is None:
            return None
        if choice is None:
            return self.bare(text)
        return entry_terms(choice.winner, step, text, self._policy.office)
