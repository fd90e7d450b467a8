"""Which limit entry of the policy applies to an appeal, and which lost to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from pydantic import field_validator

from rules.clocks.section import ClockTime, DueTime, Lead, LimitOrNone, Section, Several

NATURES = ("咨询", "求助", "投诉", "举报", "建议", "表扬", "其他")

URGENCIES = ("一般", "紧急", "特急")

KEYS = ("urgency", "category", "channel", "nature")
"""The keys of an entry in the order of their weight."""

KEY_NAMES = {"urgency": "紧急程度", "category": "类别", "channel": "渠道", "nature": "性质"}


@dataclass(frozen=True, slots=True)
class Tags:
    """What of an appeal decides its limits."""

    nature: str = "其他"
    urgency: str = "一般"
    category: str | None = None
    channel: str = "其他"


class LimitEntry(Section):
    """One ``[[limits]]`` entry: keys it asks for, limits by step, and what it overrides.

    No keys at all makes it the default. ``yellow`` is one lead for all its clocks or a table by
    step.
    """

    urgency: Several = ()
    category: Several = ()
    channel: Several = ()
    nature: Several = ()

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
    due_time: DueTime | None = None
    roll: bool = False
    yellow: Lead | None = None

    @field_validator("nature")
    @classmethod
    def _known_nature(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return known(values, NATURES)

    @field_validator("urgency")
    @classmethod
    def _known_urgency(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return known(values, URGENCIES)

    def keys(self) -> frozenset[str]:
        """The keys the entry asks for."""
        return frozenset(key for key in KEYS if getattr(self, key))

    def limit(self, step: str) -> str | None:
        """The limit text of a step, None where the entry is silent."""
        text: str | None = getattr(self, step, None)
        return text

    def weight(self, tags: Tags) -> tuple[int, ...] | None:
        """How narrowly the entry fits, greater is narrower; None where it does not apply."""
        weights = tuple(_weight(key, getattr(self, key), getattr(tags, key)) for key in KEYS)
        return None if None in weights else weights  # type: ignore[return-value]  # no None left

    def title(self) -> str:
        """``紧急程度=特急`` or ``默认``."""
        asked = (
            f"{KEY_NAMES[key]}={'、'.join(getattr(self, key))}"
            for key in KEYS
            if getattr(self, key)
        )
        return " ".join(asked) or "默认"


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


def known(values: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    """The values as they are; ValueError for one that is none of ``words``."""
    for value in values:
        if value not in words:
            raise ValueError(f"“{value}”不在 {'、'.join(words)} 之中")
    return values


def _weight(key: str, asked: tuple[str, ...], value: str | None) -> int | None:
    if not asked:
        return 0
    if key != "category":
        return 1 if value in asked else None
    path = f"{value or ''}/"
    return max((each.count("/") + 1 for each in asked if path.startswith(f"{each}/")), default=None)


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
        urgency=("特急",),
        dispatch="15m",
        acknowledge="15m",
        contact="30m",
        close="24h",
        extension="none",
    ),
)
"""What holds where a policy names no limits: without them no appeal would ever be late."""
