"""A place as somebody types it on the command line: its code, or a name that only it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rules.errors import Refused
from rules.text import half_width

if TYPE_CHECKING:
    from models.grid import FoundPlace


def code_of(found: Sequence[FoundPlace], typed: str) -> str:
    """Return what was typed, or the code of the one place that it names."""
    if half_width(typed).strip().isdecimal() or not found:
        return typed
    named = [one for one in found if one.name.endswith(typed.strip())] or found
    if len(named) == 1:
        return named[0].code
    near = "、".join(f"{one.code}{one.name}" for one in named[:3])
    raise Refused(f"“{typed}”不止一处，请写编码：{near}")
