"""What limits ask for and the store does not know: an entry that will never apply."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence

from models.store import Source
from rules.bureau import Policy
from rules.clocks import KEY_NAMES


def _equal(word: str, known: str) -> bool:
    return word == known


def _above(word: str, known: str) -> bool:
    """Whether a category is that one, or lies above it."""
    return f"{known}/".startswith(f"{word}/")


def _around(word: str, known: str) -> bool:
    """Whether a place is that one, or holds it."""
    return known.startswith(word)


_KNOWN: dict[str, tuple[str, Callable[[str, str], bool]]] = {
    "campaign": ("SELECT name FROM campaign", _equal),
    "category": ("SELECT path FROM category", _above),
    "channel": ("SELECT name FROM channel", _equal),
    "grid": ("SELECT code FROM grid", _around),
}
"""Where the words of a condition stand, and when one of them is meant."""


def idle_conditions(policy: Policy, source: Source) -> Iterator[str]:
    """Give a line for each word that limits or ranking ask for and no appeal can have yet.

    It is no error: a campaign may begin later, a source may bring a category of its own.
    """
    for key, (sql, means) in _KNOWN.items():
        asked = [
            (place, word)
            for place, entry in enumerate(policy.limits, 1)
            for word in getattr(entry, key)
        ]
        known = [row[0] for row in source.rows(sql)] if asked else []
        for place, word in asked:
            if not any(means(word, one) for one in known):
                yield f"请留意：第{place}条时限的{KEY_NAMES[key]}“{word}”{_unknown(word, known)}"
    yield from _idle_channels(policy, source)


def _idle_channels(policy: Policy, source: Source) -> Iterator[str]:
    """Give a line for each channel left out of the ranking that no appeal can have yet."""
    left_out = policy.ranking.leave_out_channels
    known = [row[0] for row in source.rows(_KNOWN["channel"][0])] if left_out else []
    for word in left_out:
        if word not in known:
            yield f"请留意：排名不计的渠道“{word}”{_unknown(word, known)}"


def _unknown(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    hint = f"（最接近的是 {near[0]}）" if near else ""
    return f"库中没有{hint}，有了以后这个条件才起作用"
