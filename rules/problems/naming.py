"""What a problem is called until a person names it: its name, and what is wrong there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules.problems.tying import SHARED, Known

WORDS = 3
"""Words of a name at most."""

LONGEST = 6
"""Signs of words that were put together."""

TOGETHER = 0.7
"""How often, of the more frequent, the other of two overlapping words stands that are one."""

UNNAMED = "共性问题"


def name_of(keys: Sequence[Known], counts: Mapping[int, int], size: int) -> str:
    """Return the name of a problem, of the keys most of its appeals have: 丽发新城：搅拌站、噪音.

    Words that overlap are told as the longer one they are part of.
    """
    spoken = [key for key in keys if counts.get(key.id, 0) * SHARED >= size]
    spoken.sort(key=lambda key: (-counts[key.id] * key.weight, key.kind, key.text))
    names = [key.text for key in spoken if key.names and not key.text[0].isdigit()][:2]
    words = {key.text: counts[key.id] for key in spoken if key.kind == "word" and key.shown}
    told = list(joined_words(words))[:WORDS]
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
