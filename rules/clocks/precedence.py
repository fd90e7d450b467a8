"""Which limit a policy sets for a step of an appeal: the entry that applies, those it beat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from rules.clocks.caps import CapEntry
from rules.clocks.section import (
    ClockTime,
    DaysDueTime,
    DueTime,
    Lead,
    LimitOrNone,
    Several,
    Starts,
    Stops,
)
from rules.clocks.shares import Share
from rules.clocks.tags import KEY_NAMES, NATURES, URGENCIES, Tags
from rules.text import plain


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

GRID_DIGITS = (4, 6, 9, 12, 15)
"""Lengths of the codes of 市 区 街道 社区 网格."""


def _grid_codes(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if not (value.isdecimal() and value.isascii() and len(value) in GRID_DIGITS):
            raise ValueError(f"网格“{value}”应当是4、6、9、12或15位数字的编码")
    return values


GridCodes = Annotated[Several, AfterValidator(_grid_codes)]
"""Codes of places; one stands for every place that lies in it."""

Paths = Annotated[Several, AfterValidator(lambda values: tuple(v.strip("/") for v in values))]
"""Categories as paths; one stands for all beneath it."""


class LimitEntry(CapEntry):
    """One ``[[limits]]`` entry: keys it asks for, limits by step, and what it overrides.

    No keys at all makes it the default. ``yellow`` is one lead for all its clocks or a table by
    step; ``starts`` and ``stops`` name the acts that start and stop a clock, where not the usual.
    """

    urgency: Urgencies = ()
    campaign: Several = ()
    round: Rounds = ()
    category: Paths = ()
    channel: Several = ()
    nature: Natures = ()
    unit: Several = ()
    grid: GridCodes = ()

    dispatch: LimitOrNone | None = None
    accept: LimitOrNone | None = None
    acknowledge: LimitOrNone | None = None
    contact: LimitOrNone | None = None
    progress: LimitOrNone | None = None
    close: LimitOrNone | None = None
    judge: LimitOrNone | None = None
    receipt: LimitOrNone | None = None
    feedback: LimitOrNone | None = None
    review: LimitOrNone | None = None
    instruction: LimitOrNone | None = None
    pledge: LimitOrNone | None = None
    cell: LimitOrNone | None = None
    respond: LimitOrNone | None = None
    arrive: LimitOrNone | None = None
    inform: LimitOrNone | None = None
    visit_task: LimitOrNone | None = None
    account: LimitOrNone | None = None
    assist: Share | None = None
    starts: Starts = Field(default_factory=dict)
    stops: Stops = Field(default_factory=dict)

    after_hours: Literal["same-day", "next-workday"] | None = None
    cutoff: ClockTime | None = None
    cutoff_included: bool | None = None
    due_time: DueTime | None = None
    days_due_time: DaysDueTime | None = None
    roll: bool = False
    yellow: Lead | None = None

    @model_validator(mode="after")
    def _nobody_has_it_yet(self) -> LimitEntry:
        if self.unit and self.dispatch is not None:
            raise ValueError(
                "派单之前还没有承办单位，dispatch 不能写在有 unit 条件的一条里，请另写一条"
            )
        return self

    @model_validator(mode="after")
    def _somebody_accepts(self) -> LimitEntry:
        if self.accept in (None, "none") and any("accepted" in a for a in self.starts.values()):
            raise ValueError(
                '从受理决定（accepted）起算的，同一条须写受理决定时限，如 accept = "15d"'
            )
        return self

    def keys(self) -> frozenset[str]:
        """The keys the entry asks for."""
        return frozenset(key for key in KEY_NAMES if getattr(self, key))

    def limit(self, step: str) -> str | None:
        """The limit text of a step, None where the entry is silent."""
        text: str | None = getattr(self, step, None)
        return text

    def weight(self, tags: Tags, units: Mapping[str, str]) -> tuple[int, ...] | None:
        """How narrowly the entry fits, greater is narrower; None where it does not apply.

        ``units`` are the codes behind its words for units; a word it does not name is a code.
        """
        meant = {key: getattr(self, key) for key in KEY_NAMES}
        meant["unit"] = tuple(units.get(word, word) for word in self.unit)
        weights = tuple(_weight(key, meant[key], getattr(tags, key)) for key in KEY_NAMES)
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


NO_UNITS: Mapping[str, str] = {}
"""For entries that name units by their codes, or name none."""


def choose(
    entries: Iterable[LimitEntry], tags: Tags, step: str, units: Mapping[str, str] = NO_UNITS
) -> Choice | None:
    """The narrowest fitting entry that speaks of the step; None where none does.

    The keys are compared in the order of ``KEY_NAMES``; a longer path, a longer code, a later
    round are narrower. ``units`` are the codes behind the entries' words for units.
    """
    fitting = [
        (weight, -place, entry)
        for place, entry in enumerate(entries)
        if entry.limit(step) is not None and (weight := entry.weight(tags, units)) is not None
    ]
    ordered = [entry for *_, entry in sorted(fitting, key=lambda each: each[:2], reverse=True)]
    return Choice(ordered[0], tuple(ordered[1:])) if ordered else None


def clash(
    entries: Sequence[LimitEntry], units: Mapping[str, str] = NO_UNITS
) -> tuple[int, int] | None:
    """The first two entries with one key set and overlapping values, as 0-based places.

    ``units`` are the codes behind their words for units.
    """

    def values(entry: LimitEntry, key: str) -> set[Any]:
        found = getattr(entry, key)
        return {units.get(each, each) for each in found} if key == "unit" else set(found)

    for (place, entry), (other_place, other) in combinations(enumerate(entries), 2):
        if entry.keys() == other.keys() and all(
            values(entry, key) & values(other, key) for key in sorted(entry.keys())
        ):
            return place, other_place
    return None


def limit_words(entries: Iterable[LimitEntry]) -> Iterator[tuple[str, str]]:
    """Give every word for a unit as (name of the entry, word), in the order of the file."""
    for number, entry in enumerate(entries, 1):
        for word in entry.unit:
            yield f"第{number}条时限", word


def units_meant(
    entries: Iterable[LimitEntry], known: Iterable[tuple[str, str]]
) -> Mapping[str, str]:
    """The codes behind the entries' words for units; those that mean no unit are left out.

    ``known`` gives every word for a unit with its code, the one that counts first.
    """
    codes: dict[str, str] = {}
    for word, code in known:
        codes.setdefault(plain(word), code)
    words = [word for entry in entries for word in entry.unit]
    return {word: codes[plain(word)] for word in words if plain(word) in codes}


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
