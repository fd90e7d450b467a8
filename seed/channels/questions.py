"""What a file says that nobody knows: words of listed columns, and units."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.intake import LISTS
from rules.text import harmless_line, unguarded
from seed.channels.learned import LISTED
from seed.channels.profile import Layout
from seed.channels.table import Doubt, RowRefused, cell_text
from seed.channels.words import listed_in_lines, units

ASKED = ("urgency", "outcome", "result_rating", "work_rating", "confidential")
"""Fields of whose words none may be guessed: an unknown one refuses its row."""

_UNITS = ("unit", "co_units")

UNSAID = ""
"""The answer that a word says nothing."""


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word of a listed column, how many rows say it, and what it may mean (None: no idea)."""

    field: str
    word: str
    rows: int
    likely: str | None


@dataclass(frozen=True, slots=True)
class UnknownUnit:
    """A unit by a word the bureau does not know, how many rows name it, and who may be meant."""

    word: str
    rows: int
    near: tuple[str, ...]


def unknown_words(layout: Layout) -> list[UnknownWord]:
    """Read a file through and return the words that its rows would be refused for, most first."""
    found = []
    for name, counts in _counted(layout, ASKED).items():
        ours_for = layout.profile.words.get(name, str)
        for word, rows in counts.items():
            ours = ours_for(word)
            if ours and not _known(name, ours):
                found.append(UnknownWord(name, word, rows, likely(name, word)))
    return sorted(found, key=lambda each: (ASKED.index(each.field), -each.rows, each.word))


def unknown_units(
    layout: Layout, is_unit: Callable[[str], bool], near: Callable[[str], Sequence[str]]
) -> list[UnknownUnit]:
    """Read a file through and return the units nobody knows, most often named first.

    Several units in a cell are asked for one by one.
    """
    counts: Counter[str] = Counter()
    for words in _counted(layout, _UNITS).values():
        for word, rows in words.items():
            for each in (word,) if is_unit(word) else units(word):
                counts[each] += rows
    unknown = [(word, rows) for word, rows in counts.most_common() if not is_unit(word)]
    return [UnknownUnit(word, rows, tuple(near(word))) for word, rows in unknown]


def _counted(layout: Layout, names: Iterable[str]) -> Mapping[str, Counter[str]]:
    """Count what stands in the columns of some fields."""
    places = {
        name: layout.places[header]
        for name in names
        if (header := layout.fields.get(name)) is not None
    }
    counts: dict[str, Counter[str]] = {name: Counter() for name in places}
    for record in layout.rows() if places else ():
        for name, place in places.items():
            cell = record.cells[place] if place < len(record.cells) and not record.fault else None
            text = "" if isinstance(cell, Doubt) else cell_text(cell)
            text = unguarded(text) if layout.table.escaped else text
            if name in _UNITS and "\n" in text:
                text = listed_in_lines(text)
            if word := harmless_line(text):
                counts[name][word] += 1
    return counts


def _known(name: str, word: str) -> bool:
    try:
        LISTED[name](word)
    except RowRefused:
        return False
    return True


def likely(name: str, word: str) -> str | None:
    """Return what a word of a listed column most likely means, "" for nothing, None for no idea."""
    if any(sign in word for sign in _UNDONE.get(name, ())):
        return UNSAID
    for sign, ours in _SIGNS.get(name, ()):
        if sign in word:
            return ours
    inside = [ours for ours in LISTS[name] if ours in word]
    if inside:
        return max(inside, key=len)
    near: list[str] = difflib.get_close_matches(word, LISTS[name], n=1, cutoff=0.6)
    return near[0] if near else None


_UNDONE: Mapping[str, Sequence[str]] = {
    "outcome": (
        "办理中",
        "处理中",
        "在办",
        "未办",
        "待办",
        "进行中",
        "转办",
        "转派",
        "交办",
        "已受理",
    ),
    "result_rating": ("未评", "未回访", "未接通", "无法接通", "拒访", "无人接听", "默认"),
    "work_rating": ("未评", "未回访", "未接通", "无法接通", "拒访", "无人接听", "默认"),
}
"""Signs that a column says nothing yet."""

_RATED = (
    ("不满", "不满意"),
    ("差", "不满意"),
    ("基本", "基本满意"),
    ("一般", "基本满意"),
    ("还行", "基本满意"),
    ("还可以", "基本满意"),
    ("较满", "基本满意"),
    ("满意", "满意"),
    ("好评", "满意"),
)

_SIGNS: Mapping[str, Sequence[tuple[str, str]]] = {
    "outcome": (
        ("未解决", "未解决"),
        ("没解决", "未解决"),
        ("部分", "部分解决"),
        ("解释", "解释说明"),
        ("重复", "解释说明"),
        ("不属", "解释说明"),
        ("办结", "已解决"),
        ("解决", "已解决"),
        ("完成", "已解决"),
        ("办毕", "已解决"),
    ),
    "result_rating": _RATED,
    "work_rating": _RATED,
    "urgency": (("特", "特急"), ("急", "紧急"), ("普", "一般"), ("平", "一般")),
}
"""Signs in a word and what it then means; the first counts."""
