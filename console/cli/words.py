"""The words of options and columns: what a person types or reads against the code's own word."""

from __future__ import annotations

from console.settings import WrongUsage
from rules.clocks import STEP_NAMES

COLOUR_WORDS = {
    "red": "红",
    "yellow": "黄",
    "blue": "蓝",
    "paused": "挂起",
    "next": "将红",
    "today": "今红",
    "pressing": "特急",
}


SYMBOLS = {"red": "▲", "yellow": "◆", "blue": "●"}


LEVELS = ("", "Ⅰ", "Ⅱ", "Ⅲ")


def colour_code(typed: str | None) -> str | None:
    """Return the code of a colour typed in either language."""
    return _code(typed, COLOUR_WORDS, "颜色")


def step_code(typed: str | None) -> str | None:
    """Return the code of a step typed in either language."""
    return _code(typed, STEP_NAMES, "步骤")


def level_mark(colour: str | None, level: int) -> str:
    """Return a colour as symbol and word, never by colour alone."""
    if colour is None:
        return ""
    return f"{SYMBOLS[colour]} {COLOUR_WORDS[colour]}{LEVELS[level]}"


def _code(typed: str | None, words: dict[str, str], what: str) -> str | None:
    if typed is None or typed in words:
        return typed
    for code, word in words.items():
        if word == typed:
            return code
    raise WrongUsage(f"没有{what} {typed}：可写 {'、'.join(words.values())}")
