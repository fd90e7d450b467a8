"""How strongly appeals are tied by what they have in common, and which keys of each are kept.

A key weighs by its kind and by how rare it is in the city. A name alone ties nothing: thousands may
share it. Tied is what has a name and a topic in common, or several rare words that stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from rules.text import KEYS, KeyKind

WEIGHTS: Mapping[KeyKind, int] = {
    "phone": 1200,
    "firm": 1000,
    "estate": 1000,
    "address": 1000,
    "place": 800,
    "street": 700,
    "category": 400,
    "word": 500,
}
"""What a key of each kind weighs where nobody else has it, in thousandths."""

NAMES = frozenset({"phone", "firm", "estate", "address", "place", "street"})
"""Kinds of keys that say what is complained of; the others say what is wrong with it."""

MOST_NAMES = 9
"""Names of an appeal that are kept, so that its words find room."""

SMALLEST = 1000
"""Appeals that a city has at least, for reckoning how rare a key is."""

LEAST_NAME = 250
"""What the names in common weigh at least."""

LEAST_TOPIC = 200
"""What is common beside the names weighs at least."""

LEAST_WHOLE = 500
"""What both weigh together at least."""

LEAST_OWN = 5
"""Appeals of a problem from which on a name can be its own: most that have the name belong to it.

With one such name in common less of a topic ties, with two none is asked for.
"""

RARE = 280
"""From where on a word is rare."""

RARE_WORDS = 3
"""Rare words that tie without a name; those that overlap, as 搅拌 and 拌站, are one."""

LEAST_WORDS = 900
"""What words weigh together at least that tie without a name."""

OF_ALL = 3
"""One of so many that have a word belongs to what it ties: an everyday matter is no problem."""

SHARED = 3
"""One of so many appeals of a problem has a key that speaks for it."""


@dataclass(frozen=True, slots=True)
class Known:
    """A key as the city knows it: how many appeals have it, and what it weighs in thousandths.

    ``names``: it says what is complained of. ``telling``: it can tie appeals at all, being a name
    or a rare word.
    """

    id: int
    kind: str
    text: str
    appeals: int
    weight: int
    names: bool
    telling: bool

    @classmethod
    def of(cls, id: int, kind: str, text: str, appeals: int, total: int) -> Known:
        """Return a key that some of all appeals have."""
        names, weight = kind in NAMES, weight_of(kind, appeals, total)
        rare = kind == "word" and weight >= RARE
        return cls(id, kind, text, appeals, weight, names, names or rare)

    @property
    def shown(self) -> bool:
        """Whether it may be shown: a rare word that begins as people's names do is not."""
        return self.kind != "word" or told_openly(self.text, self.appeals)


@dataclass(frozen=True, slots=True)
class Tie:
    """How strongly an appeal is tied to a problem; one not ``named`` rests on words alone."""

    weight: int
    named: bool = True


_FAMILY_NAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘杜"
    "戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)

COMMON = 30
"""Appeals from which on a word is of the language, whatever it begins with."""


def told_openly(word: str, appeals: int) -> bool:
    """Return whether a word may be shown that so many appeals have: it may be somebody's name."""
    return appeals >= COMMON or word[0] not in _FAMILY_NAMES


def weight_of(kind: str, appeals: int, total: int) -> int:
    """Return what a key weighs that some of all appeals have, in thousandths."""
    rarity = 1 - log(max(1, appeals)) / log(max(total, SMALLEST))
    return max(0, round(WEIGHTS[kind] * rarity))  # type: ignore[index]  # kinds of the store


def kept(keys: Iterable[tuple[Known, int]]) -> list[Known]:
    """Return which keys of an appeal are kept; beside each how often the appeal has it.

    Names come in their order, then the words that tell most: those nobody else has come last.
    """
    known = list(keys)
    chosen = [key for key, _ in known if key.names or key.kind == "category"][:MOST_NAMES]
    words = [(key, times) for key, times in known if key.kind == "word"]
    words.sort(key=lambda each: (each[0].appeals < 2, -each[0].weight * min(each[1], 4) ** 0.5))
    return [*chosen, *(key for key, _ in words[: KEYS - len(chosen)])]


def tied(own: Iterable[Known], counts: Mapping[int, int], size: int) -> Tie | None:
    """Return how an appeal is tied to what several appeals have; None if it is not.

    ``counts`` tells how many of them, ``size`` all told, have each key.
    """
    topic = best = others = theirs = 0
    rare: list[Known] = []
    twice = 2 * size + 1
    for key in own:
        count = counts.get(key.id)
        if count is None:
            continue
        weight = 2 * key.weight * count // twice
        spoken_for = count * SHARED >= size
        if not key.names:
            topic += weight
            if key.telling and spoken_for and (size == 1 or count * OF_ALL >= key.appeals):
                rare.append(key)
        elif spoken_for:
            best, others = (weight, others + best) if weight > best else (best, others + weight)
            theirs += count >= LEAST_OWN and count * 5 >= key.appeals * 3
    name = best + 3 * others // 10
    by_name = (
        name >= LEAST_NAME
        and topic >= (LEAST_TOPIC, LEAST_TOPIC // 3, 0)[min(theirs, 2)]
        and name + topic >= LEAST_WHOLE
    )
    if not by_name and not (topic >= LEAST_WORDS and apart(rare) >= RARE_WORDS):
        return None
    return Tie(name + topic, by_name)


def reasons(own: Iterable[Known], counts: Mapping[int, int], size: int) -> list[tuple[Known, int]]:
    """Return the keys that tie an appeal, each with what it weighs there, the weightiest first."""
    twice = 2 * size + 1
    found = [(key, 2 * key.weight * counts[key.id] // twice) for key in own if key.id in counts]
    return sorted(found, key=lambda each: (-each[1], each[0].id))


def apart(words: Iterable[Known]) -> int:
    """Return how many words there are, those that overlap in a longer one counted once."""
    taken: list[str] = []
    for word in sorted(words, key=lambda one: (-one.weight, one.text)):
        first, last = word.text[0], word.text[-1]
        if all(first != other[-1] and last != other[0] for other in taken):
            taken.append(word.text)
    return len(taken)
