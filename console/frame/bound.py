"""The table of keys as Textual binds it, and as people read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.binding import Binding, BindingType
from textual.keys import format_key
from textual.screen import Screen

from console.frame.keys import SCOPES
from console.frame.shared_keys import Key

_PUNCTUATION = {
    "/": "、",
    "[": "【",
    "]": "】",
    "<": "《",
    ">": "》",
    ".": "。",
}
"""What a Chinese input method sends where its full-width form is not simply shifted."""

_SHOWN = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "enter": "回车",
    "escape": "Esc",
    "space": "空格",
    "tab": "Tab",
    "shift+tab": "⇧Tab",
    "shift+up": "⇧↑",
    "shift+down": "⇧↓",
}


def bindings(keys: Iterable[Key]) -> list[BindingType]:
    """Return Textual's bindings for a part of the table, full-width twins included."""
    return [
        Binding(
            ",".join(_with_twins(key.keys)),
            key.action,
            key.label,
            show=bool(key.hint),
            id=key.id,
            priority=key.priority,
        )
        for key in keys
    ]


def words(id: str | None) -> Key | None:
    """Return the table's row of a live binding, or ``None`` if it is not one of ours."""
    scope = (id or "").partition(".")[0]
    return next((key for key in _scope(scope) if key.id == id), None)


def shown(key: str) -> str:
    """Return how people read a key: ``F2`` ``空格`` ``Ctrl+P`` ``/``."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return "Ctrl+" + key.removeprefix("ctrl+").upper()
    if key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return format_key(key)


def live(screen: Screen[Any]) -> list[tuple[str, Key]]:
    """Return the live commands, each once with the key it has now, nearest scope first."""
    found: dict[str, tuple[str, Key]] = {}
    for key, active in screen.active_bindings.items():
        command = words(active.binding.id)
        if command is not None and active.enabled:
            found.setdefault(command.id, (key, command))
    order = list(SCOPES)
    return sorted(found.values(), key=lambda pair: order.index(pair[1].id.partition(".")[0]))


def _scope(name: str) -> tuple[Key, ...]:
    return SCOPES[name][1] if name in SCOPES else ()


def _with_twins(keys: str) -> list[str]:
    """Return the keys, each single printable one followed by its full-width forms."""
    names = keys.split(",")
    twins = [chr(ord(name) + 0xFEE0) for name in names if len(name) == 1]
    return names + twins + [_PUNCTUATION[name] for name in names if name in _PUNCTUATION]
