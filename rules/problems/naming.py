"""What a problem is called until a person names it: its name, and what is wrong there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rules.problems.tying import SHARED, Known, told_openly

WORDS = 3
"""Words of a name at most."""

LONGEST = 6
"""Signs of words that were put together."""

TOGETHER = 0.7
"""How often, of the more frequent, the other of two overlapping words stands that are one."""

WHOLE = 12
"""Signs at most of a word that is told as titles have it."""

ALIKE = 0.7
"""How many of the titles that have a word must go on alike for it to go on."""

PERSONS = ("房东", "法人", "经理", "老板", "业主", "主任", "书记", "局长", "队长", "名叫", "姓")
"""Words that a person's name follows: nothing goes on behind them."""

UNNAMED = "共性问题"


def name_of(
    keys: Sequence[Known], counts: Mapping[int, int], size: int, titles: Sequence[str] = ()
) -> str:
    """Return the name of a problem, of the keys most of its appeals have: 丽发新城：搅拌站、噪音.

    Words that overlap are told as the longer one they are part of, and as some ``titles`` of its
    appeals have them.
    """
    spoken = [key for key in keys if counts.get(key.id, 0) * SHARED >= size]
    spoken.sort(key=lambda key: (-counts[key.id] * key.weight, key.kind, key.text))
    names = [key.text for key in spoken if key.names and not key.text[0].isdigit()][:2]
    words = {key.text: counts[key.id] for key in spoken if key.kind == "word" and key.shown}
    told = whole_words(list(joined_words(words)), titles, names)[:WORDS]
    if not names and not told:
        category = next((key.text for key in spoken if key.kind == "category"), "")
        return category.rpartition("/")[2] or UNNAMED
    return "：".join(filter(None, ("、".join(names), "、".join(told))))


def joined_words(words: Mapping[str, int]) -> dict[str, int]:
    """Return words with those put together that overlap: 搅拌 and 拌站 are 搅拌站.

    Pieces of one word stand equally often; of a rarer one that overlaps nothing is told.
    """
    found: dict[str, int] = {}
    for word, times in words.items():
        for other, often in found.items():
            behind, before = other[-1] == word[0], other[0] == word[-1]
            if not (behind or before):
                continue
            whole = other + word[1:] if behind else word[:-1] + other
            if times >= TOGETHER * often and len(whole) <= LONGEST:
                found = {whole if key == other else key: n for key, n in found.items()}
            break
        else:
            found[word] = times
    return found


def whole_words(
    words: Sequence[str], titles: Sequence[str], names: Sequence[str] = ()
) -> list[str]:
    """Return words as titles have them, 介发布虚假 as 中介发布虚假房源; none is told twice.

    A word goes on while most titles that have it go on alike, not into one of the ``names`` that
    are told already and not into a person's.
    """
    found: list[str] = []
    for word in words:
        whole = _gone_on(word, titles, names)
        if any(whole in other or word in other for other in found):
            continue
        found = [other for other in found if other not in whole]
        found.append(whole)
    return found


def _gone_on(word: str, titles: Sequence[str], names: Sequence[str]) -> str:
    """Return a word with what stands before and behind it in most titles that have it."""
    while len(word) < WHOLE:
        having = [title for title in titles if word in title]
        before = Counter(title[title.index(word) - 1 : title.index(word)] for title in having)
        behind = Counter(title[title.index(word) + len(word) :][:1] for title in having)
        tried = [f"{_most(before, len(having))}{word}", f"{word}{_most(behind, len(having))}"]
        longer = [each for each in tried if each != word and _may_be_told(each, word, names)]
        if not longer:
            break
        word = longer[0]
    return word


def _most(signs: Counter[str], titles: int) -> str:
    """Return the sign that most of some titles have, nothing where they differ or it is none."""
    sign, times = min(signs.items(), key=lambda each: (-each[1], each[0]), default=("", 0))
    return sign if titles > 1 and times >= ALIKE * titles and sign.isalpha() else ""


def _may_be_told(longer: str, word: str, names: Sequence[str]) -> bool:
    if any(name.endswith(longer[:1]) and longer.endswith(word) for name in names):
        return False
    return told_openly(longer, 0) and not word.endswith(PERSONS)
