"""Which limit a policy sets for a step of an appeal: the entry that applies, those it beat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from operator import attrgetter
from typing import Annotated, Any, Literal, Protocol
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from rules.clocks.calendar import clock_seconds
from rules.clocks.limits import FIXED_TERMS, FIXED_TEXT, Limit, Terms
from rules.clocks.section import (
    ClockTime,
    ColourPolicy,
    DueTime,
    Lead,
    LimitOrNone,
    OfficePolicy,
    Section,
    Several,
)

NATURES = ("咨询", "求助", "投诉", "举报", "建议", "表扬", "其他")

URGENCIES = ("一般", "紧急", "特急")

KEY_NAMES = {
    "urgency": "紧急程度",
    "campaign": "专题",
    "round": "第几轮",
    "category": "类别",
    "channel": "渠道",
    "nature": "性质",
    "unit": "承办单位",
    "grid": "网格",
}
"""The keys of an entry in the order of their weight, and what people call them."""


def _one_of(words: tuple[str, ...], values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if value not in words:
            raise ValueError(f"“{value}”不在 {'、'.join(words)} 之中")
    return values


Natures = Annotated[Several, AfterValidator(partial(_one_of, NATURES))]

Urgencies = Annotated[Several, AfterValidator(partial(_one_of, URGENCIES))]


def _rounds(value: Any) -> Any:
    return (value,) if isinstance(value, int) else value


Rounds = Annotated[tuple[Annotated[int, Field(ge=2)], ...], BeforeValidator(_rounds)]
"""From which handling on, 2 for the first 重办: one number or a list of them."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What of an appeal decides its limits, one field for each of ``KEY_NAMES``.

    ``unit`` is the code of the unit that has it, ``grid`` the code of its place, ``round`` the
    number of its handling, ``campaign`` the name of the 专题 it belongs to.
    """

    nature: str = "其他"
    urgency: str = "一般"
    category: str | None = None
    channel: str = "其他"
    unit: str | None = None
    grid: str | None = None
    round: int = 1
    campaign: str | None = None


class LimitEntry(Section):
    """One ``[[limits]]`` entry: keys it asks for, limits by step, and what it overrides.

    No keys at all makes it the default. ``yellow`` is one lead for all its clocks or a table by
    step.
    """

    urgency: Urgencies = ()
    campaign: Several = ()
    round: Rounds = ()
    category: Several = ()
    channel: Several = ()
    nature: Natures = ()
    unit: Several = ()
    grid: Several = ()

    dispatch: LimitOrNone | None = None
    acknowledge: LimitOrNone | None = None
    contact: LimitOrNone | None = None
    progress: LimitOrNone | None = None
    close: LimitOrNone | None = None
    judge: LimitOrNone | None = None
    extension: LimitOrNone | None = None
    receipt: LimitOrNone | None = None
    feedback: LimitOrNone | None = None
    review: LimitOrNone | None = None
    instruction: LimitOrNone | None = None
    pledge: LimitOrNone | None = None
    extensions: int | None = None

    after_hours: Literal["same-day", "next-workday"] | None = None
    cutoff: ClockTime | None = None
    cutoff_included: bool | None = None
    due_time: DueTime | None = None
    roll: bool = False
    yellow: Lead | None = None

    def keys(self) -> frozenset[str]:
        """The keys the entry asks for."""
        return frozenset(key for key in KEY_NAMES if getattr(self, key))

    def limit(self, step: str) -> str | None:
        """The limit text of a step, None where the entry is silent."""
        text: str | None = getattr(self, step, None)
        return text

    def weight(self, tags: Tags) -> tuple[int, ...] | None:
        """How narrowly the entry fits, greater is narrower; None where it does not apply."""
        weights = tuple(_weight(key, getattr(self, key), getattr(tags, key)) for key in KEY_NAMES)
        return None if None in weights else weights  # type: ignore[return-value]  # no None left

    def title(self) -> str:
        """``紧急程度=特急`` or ``默认``."""
        asked = ((name, getattr(self, key)) for key, name in KEY_NAMES.items())
        said = ((name, "、".join(map(str, values))) for name, values in asked if values)
        return " ".join(f"{name}={values}" for name, values in said) or "默认"


@dataclass(frozen=True, slots=True)
class Choice:
    """The entry that gives a step its limit, and the fitting entries it beat, narrowest first."""

    winner: LimitEntry
    losers: tuple[LimitEntry, ...] = ()


def choose(entries: Iterable[LimitEntry], tags: Tags, step: str) -> Choice | None:
    """The narrowest fitting entry that speaks of the step; None where none does.

    Urgency, category (longer path first), channel, nature are compared in this order.
    """
    fitting = [
        (weight, -place, entry)
        for place, entry in enumerate(entries)
        if entry.limit(step) is not None and (weight := entry.weight(tags)) is not None
    ]
    ordered = [entry for *_, entry in sorted(fitting, key=lambda each: each[:2], reverse=True)]
    return Choice(ordered[0], tuple(ordered[1:])) if ordered else None


def clash(entries: Sequence[LimitEntry]) -> tuple[int, int] | None:
    """The first two entries with one key set and overlapping values, as 0-based places."""
    for (place, entry), (other_place, other) in combinations(enumerate(entries), 2):
        if entry.keys() == other.keys() and all(
            set(getattr(entry, key)) & set(getattr(other, key)) for key in sorted(entry.keys())
        ):
            return place, other_place
    return None


def _weight(key: str, asked: tuple[Any, ...], value: Any) -> int | None:
    """How narrowly one key fits: a longer path, a longer code, a later round are narrower."""
    match key, asked, value:
        case _, (), _:
            return 0
        case "category", _, _:
            path = f"{value or ''}/"
            fitting = (each.count("/") + 1 for each in asked if path.startswith(f"{each}/"))
        case "grid", _, _:
            fitting = (len(each) for each in asked if (value or "").startswith(each))
        case "round", _, _:
            fitting = (each for each in asked if value >= each)
        case _:
            fitting = (1 for each in asked if value == each)
    return max(fitting, default=None)


USUAL_LIMITS = (
    LimitEntry(
        dispatch="4wh",
        acknowledge="1wd",
        contact="1wd",
        close="5wd",
        judge="1wd",
        extension="5wd",
        review="3wd",
    ),
    LimitEntry(nature=("咨询",), close="2wd", extension="2wd"),
    LimitEntry(
        nature=("表扬",),
        acknowledge="none",
        contact="none",
        close="none",
        judge="none",
        extension="none",
    ),
    LimitEntry(
        urgency=("特急",),
        dispatch="15m",
        acknowledge="15m",
        contact="30m",
        close="24h",
        extension="none",
    ),
)
"""What holds where a policy names no limits: without them no appeal would ever be late."""


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
    return Terms(limit, cutoff, office.due_time)


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
    )


def _last_second(after_hours: str, cutoff: str, included: bool) -> int | None:
    """The last second of a day, after midnight, in which a start is not moved; None for any."""
    if after_hours == "same-day":
        return None
    return clock_seconds(cutoff) if included else clock_seconds(cutoff) - 1


class LimitTable:
    """The limits of one policy, looked up once for each kind of appeal."""

    def __init__(self, policy: TimePolicy) -> None:
        self._policy = policy
        asked = frozenset[str]().union(*(entry.keys() for entry in policy.limits))
        self._asked = attrgetter(*sorted({*asked, "nature", "urgency"}))
        self._found: dict[tuple[str, Any], Terms | None] = {}
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
        key = (step, self._asked(tags))  # of a place or a unit no entry asks for, nothing is kept
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
