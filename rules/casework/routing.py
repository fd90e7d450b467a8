"""自动交办: which unit takes an appeal, by the tags it came with (DESIGN §0, 标签定单位).

The rules of a policy are read from top to bottom and the first that fits decides, so that whoever
reads the file can say beforehand which it will be. A rule that an earlier one always forestalls
is an error at load: the narrow one belongs above the wide one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated

from pydantic import Field, model_validator

from rules.clocks import KEY_NAMES, GridCodes, Natures, Paths, Section, Several, Tags, Urgencies

CONDITIONS = ("channel", "nature", "urgency", "grid", "category", "object", "keywords")
"""What a rule may ask for, the quickly answered first."""

CONDITION_NAMES = {**KEY_NAMES, "object": "对象", "keywords": "关键词"}

Word = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Facts(Tags):
    """What of an appeal decides who takes it; ``text`` is its title and content."""

    object: str | None = None
    text: str = ""


class RoutingRule(Section):
    """One ``[[routing]]``: an appeal that meets every condition goes to ``unit``.

    A condition is one value or a list of which one is enough. ``category`` is a path or the
    beginning of one, ``grid`` the beginning of a code; ``object`` and ``keywords`` are found
    inside the appeal's object and text, spaces and case aside, and a keyword of several words
    asks for all of them. Units are codes, names or aliases.
    """

    unit: Word
    co_units: Several = ()
    handler: Word | None = None
    campaign: Word | None = None
    name: Word | None = None

    channel: Several = ()
    nature: Natures = ()
    urgency: Urgencies = ()
    grid: GridCodes = ()
    category: Paths = ()
    object: Several = ()
    keywords: Several = ()

    @model_validator(mode="after")
    def _asks_for_something(self) -> RoutingRule:
        if not any(getattr(self, key) for key in CONDITIONS):
            raise ValueError(
                f"没有写任何条件，会把所有诉求都派给{self.unit}："
                f"请至少写 {'、'.join(CONDITIONS)} 中的一项"
            )
        for key in CONDITIONS:
            if not all(as_compared(value) for value in getattr(self, key)):
                raise ValueError(f"{key} 里有空的值，请填上或删去")
        return self

    def fits(self, facts: Facts, text: str) -> bool:
        """Whether an appeal meets every condition; ``text`` is its text made plain."""
        for key in CONDITIONS:
            asked = getattr(self, key)
            told = text if key == "keywords" else getattr(facts, key)
            if asked and not _MEETS[key](asked, told):
                return False
        return True

    def title(self) -> str:
        """``网格=420111 类别=住房与物业``: what the rule asks for, as people read it."""
        return " ".join(
            f"{CONDITION_NAMES[key]}={'、'.join(values)}"
            for key in CONDITIONS
            if (values := getattr(self, key))
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """Who takes an appeal, in the rule's own words for units, and which rule says so."""

    rule: str
    lead: str
    co_units: tuple[str, ...] = ()
    handler: str | None = None
    campaign: str | None = None


def route(rules: Sequence[RoutingRule], facts: Facts) -> Decision | None:
    """Return what the first fitting rule decides; None: no rule fits, the appeal waits."""
    text = as_compared(facts.text) if any(rule.keywords for rule in rules) else ""
    for number, rule in enumerate(rules, 1):
        if rule.fits(facts, text):
            return Decision(
                rule_name(number, rule), rule.unit, rule.co_units, rule.handler, rule.campaign
            )
    return None


def rule_name(number: int, rule: RoutingRule) -> str:
    """``派单规则12``, with the rule's own name where it has one; ``number`` counts from 1."""
    return f"派单规则{number}" + (f"（{rule.name}）" if rule.name else "")


def unit_words(rules: Iterable[RoutingRule]) -> Iterator[tuple[str, str]]:
    """Give every word for a unit as (name of the rule, word), in the order of the file."""
    for number, rule in enumerate(rules, 1):
        for word in (rule.unit, *rule.co_units):
            yield rule_name(number, rule), word


def forestalled(rules: Sequence[RoutingRule]) -> tuple[int, int] | None:
    """The first rule and the later one that it leaves nothing to, as 0-based places."""
    for (place, rule), (later_place, later) in combinations(enumerate(rules), 2):
        if _covers(rule, later):
            return place, later_place
    return None


def _covers(rule: RoutingRule, later: RoutingRule) -> bool:
    """Whether every appeal that fits ``later`` fits ``rule``."""
    for key in CONDITIONS:
        wide, narrow = getattr(rule, key), getattr(later, key)
        if wide and not (narrow and all(_within(key, wide, value) for value in narrow)):
            return False
    return True


def _within(key: str, wide: Sequence[str], value: str) -> bool:
    if key != "keywords":
        return _MEETS[key](wide, value)
    words = [as_compared(word) for word in value.split()]
    return any(
        all(any(as_compared(part) in word for word in words) for part in each.split())
        for each in wide
    )


def as_compared(text: str) -> str:
    """Return a text as it is compared: one width, one case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _is_one(asked: Sequence[str], value: str | None) -> bool:
    return value in asked


def _lies_in(asked: Sequence[str], code: str | None) -> bool:
    return code is not None and code.startswith(tuple(asked))


def _is_under(asked: Sequence[str], path: str | None) -> bool:
    return path is not None and any(f"{path}/".startswith(f"{each}/") for each in asked)


def _is_named(asked: Sequence[str], name: str | None) -> bool:
    return name is not None and any(as_compared(each) in as_compared(name) for each in asked)


def _is_spoken_of(asked: Sequence[str], text: str | None) -> bool:
    if not text:
        return False
    return any(all(as_compared(word) in text for word in each.split()) for each in asked)


_MEETS: Mapping[str, Callable[[Sequence[str], str | None], bool]] = {
    "channel": _is_one,
    "nature": _is_one,
    "urgency": _is_one,
    "grid": _lies_in,
    "category": _is_under,
    "object": _is_named,
    "keywords": _is_spoken_of,
}
