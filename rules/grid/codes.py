"""Codes of places: five levels, told apart by how many digits a code has."""

from __future__ import annotations

import re

LEVELS = {4: "市", 6: "区", 9: "街道", 12: "社区", 15: "网格"}
"""Level by number of digits: one cell, one code (一格一码)."""

DIGITS = tuple(LEVELS)

CITY, DISTRICT, STREET, COMMUNITY, CELL = DIGITS

_ROUNDED = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")

_ABOVE = dict(zip(DIGITS[1:], DIGITS, strict=False))

_SPOKEN = "、".join(f"{digits}位（{level}）" for digits, level in LEVELS.items())


def level_of(code: str) -> str | None:
    """Return the level of a code, None for what can be none."""
    return LEVELS.get(len(code)) if code.isascii() and code.isdecimal() else None


def above(code: str) -> str | None:
    """Return the code of what a place lies in; None of the city, or of what is no code."""
    return code[: _ABOVE.get(len(code), 0)] or None


def way_to(code: str) -> tuple[str, ...]:
    """Return the codes from the city down to a place, itself the last."""
    return tuple(code[:digits] for digits in DIGITS if digits <= len(code))


def form_fault(code: str) -> str | None:
    """Return why a text can be no code and what to do, one line; None where it can be one."""
    if level_of(code) is not None:
        return None
    if _ROUNDED.fullmatch(code):
        return f"编码“{code}”被表格软件改写，后面的数字已丢失：请把这一列设为文本，重新导出"
    if code.isascii() and code.isdecimal():
        return f"编码“{code[:20]}”有{len(code)}位：应为{_SPOKEN}，请核对"
    return f"编码“{code[:20]}”不是数字：应为{_SPOKEN}，请核对"
