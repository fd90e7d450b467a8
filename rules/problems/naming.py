"""What a problem is called until a person names it: its name, and what is wrong there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules.problems.tying import SHARED, Known

WORDS = 3
"""Words of a name at most."""

UNNAMED = "共性问题"


def name_of(keys: Sequence[Known], counts: Mapping[int, int], size: int) -> str:
    """Return the name of a problem, of the keys most of its appeals have: 丽发新城：搅拌站、噪音.

    Words that overlap are told as the longer one they are part of.
    """
    spoken = [key for key in keys if counts.get(key.id, 0) * SHARED >= size]
    spoken.sort(key=lambda key: (-counts[key.id] * key.weight, key.id))
    names = [key.text for key in spoken if key.names and not key.text.isdigit()][:2]
    words = _joined([key.text for key in spoken if key.kind == "word"][: 2 * WORDS])[:WORDS]
    if not names and not words:
        category = next((key.text for key in spoken if key.kind == "category"), "")
        return category.rpartition("/")[2] or UNNAMED
    return "：".join(filter(None, ("、".join(names), "、".join(words))))


def _joined(words: Sequence[str]) -> list[str]:
    """Return words with those put together that overlap: 搅拌 and 拌站 are 搅拌站."""
    found: list[str] = []
    for word in words:
        for place, other in enumerate(found):
            if other.endswith(word[0]):
                found[place] = other + word[1:]
                break
            if other.startswith(word[-1]):
                found[place] = word[:-1] + other
                break
        else:
            found.append(word)
    return found
