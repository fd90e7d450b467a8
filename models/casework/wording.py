"""What a person must have written before an act is done."""

from __future__ import annotations

from collections.abc import Sequence

from rules.errors import Refused


def written(text: str, what: str) -> str:
    """Return a text that must not be empty."""
    if not text.strip():
        raise Refused(f"须写明{what}：请填写后再办")
    return text.strip()


def one_of(word: str, words: Sequence[str], what: str) -> str:
    """Return a word that must be one of a list."""
    if word not in words:
        raise Refused(f"{what}“{word}”不在名录中：请用 {'、'.join(words)}")
    return word
