"""The question for a file: its path, typed, pasted or dropped, completed as far as it is known."""

from __future__ import annotations

import asyncio

from textual.suggester import Suggester

from console.intake.arriving import path_of
from console.widgets import Asking, Entry, Field


class Paths(Suggester):
    """Completes the path of a file; → takes what is offered."""

    def __init__(self) -> None:
        super().__init__(case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return a path that begins as typed."""
        return await asyncio.to_thread(_completed, value)


def _completed(value: str) -> str | None:
    if not value.strip():
        return None
    path = path_of(value)
    folder, begun = (path, "") if value.endswith("/") else (path.parent, path.name)
    try:
        names = sorted(each.name + ("/" if each.is_dir() else "") for each in folder.iterdir())
    except OSError:
        return None
    found = next((n for n in names if n.startswith(begun) and not n.startswith(".")), None)
    return None if found is None else value[: len(value) - len(begun)] + found


class AskingFile(Asking):
    """Asks for the path of a file."""

    def field(self) -> Entry:
        """Return the field, which completes file names."""
        return Field(self.value, placeholder=self.prompt, suggester=Paths(), select_on_focus=False)
