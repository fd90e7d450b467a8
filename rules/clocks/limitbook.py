"""Which limit a policy sets for a step of an appeal, and the terms by which it is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from rules.clocks.limits import FIXED, FIXED_TEXT, Limit
from rules.clocks.office import clock_seconds
from rules.clocks.precedence import Choice, LimitEntry, Tags, choose
from rules.clocks.section import ColourPolicy, OfficePolicy


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


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """How one limit is counted; compared by identity, so that answers can be kept by it.

    ``cutoff`` is in seconds after local midnight, None where a start is never moved (same-day).
    ``due_time`` is a word of the policy or ``HH:MM``. ``yellow`` is a lead that replaces the
    preset's.
    """

    limit: Limit
    cutoff: int | None = None
    due_time: str = "close"
    roll: bool = False
    yellow: Limit | None = None

    @property
    def text(self) -> str:
        """The limit as it is stored: ``5wd``."""
        return str(self.limit)

    @property
    def leans(self) -> bool:
        """Whether a change of the calendar could move the due instant."""
        unit = self.limit.unit
        return unit in ("wd", "wh") or (unit == "d" and (self.roll or self.cutoff is not None))

    @property
    def by_date(self) -> bool:
        """Whether the due instant depends on nothing but the date counted from."""
        unit = self.limit.unit
        return unit == "d" or (unit == "wd" and self.due_time != "same-time")


def office_terms(limit: Limit, office: OfficePolicy) -> Terms:
    """A bare limit counted the office's usual way."""
    return Terms(limit, _cutoff(office.after_hours, office.cutoff), office.due_time)


def entry_terms(entry: LimitEntry, step: str, text: str, office: OfficePolicy) -> Terms:
    """A limit entry's clock for a step, with what the entry overrides."""
    yellow = entry.yellow.get(step) if isinstance(entry.yellow, dict) else entry.yellow
    return Terms(
        Limit.read(text),
        _cutoff(entry.after_hours or office.after_hours, entry.cutoff or office.cutoff),
        entry.due_time or office.due_time,
        entry.roll,
        None if yellow is None else Limit.read(yellow),
    )


FIXED_TERMS = Terms(FIXED)


def _cutoff(after_hours: str, cutoff: str) -> int | None:
    return clock_seconds(cutoff) if after_hours == "next-workday" else None


class LimitTable:
    """The limits of one policy, looked up once for each kind of appeal."""

    def __init__(self, policy: TimePolicy) -> None:
        self._policy = policy
        self._found: dict[tuple[str, Tags], Terms | None] = {}
        self._bare: dict[str, Terms] = {FIXED_TEXT: FIXED_TERMS}

    def choice(self, step: str, tags: Tags) -> Choice | None:
        """The limit entry that wins for a step, with those it beat."""
        return choose(self._policy.limits, tags, step)

    def text(self, step: str, tags: Tags) -> str | None:
        """The limit of a step, or of ``extension``; None where there is none."""
        choice = self.choice(step, tags)
        if choice is None:
            return self._policy.usual_limit(step)
        text = choice.winner.limit(step)
        return None if text == "none" else text

    def extensions(self, tags: Tags) -> int:
        """How many extensions the policy allows: one unless it says otherwise."""
        choice = self.choice("extension", tags)
        if choice is None or choice.winner.extension == "none":
            return 0
        return 1 if choice.winner.extensions is None else choice.winner.extensions

    def terms(self, step: str, tags: Tags) -> Terms | None:
        """The terms of a step's clock; None where the policy sets none."""
        key = (step, tags)
        if key not in self._found:
            self._found[key] = self._find(step, tags)
        return self._found[key]

    def bare(self, limit_text: str) -> Terms:
        """A limit given in so many words, counted the office's usual way; LimitError."""
        if limit_text not in self._bare:
            self._bare[limit_text] = office_terms(Limit.parse(limit_text), self._policy.office)
        return self._bare[limit_text]

    def terms_as_made(self, step: str, limit_text: str, of: Tags | Terms | None) -> Terms:
        """The terms of a clock made earlier: its entry's, if that still gives the same limit."""
        if isinstance(of, Terms):
            return of
        terms = None if of is None else self.terms(step, of)
        if terms is None or str(terms.limit) != limit_text:
            return self.bare(limit_text)
        return terms

    def _find(self, step: str, tags: Tags) -> Terms | None:
        text, choice = self.text(step, tags), self.choice(step, tags)
        if text is None:
            return None
        if choice is None:
            return self.bare(text)
        return entry_terms(choice.winner, step, text, self._policy.office)
