"""What part of the queue is wanted, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Every condition is optional; all that are given must hold.

    ``colour`` is red, yellow, blue, paused, next (turns red by the end of the next working day),
    today (turned red today) or pressing (特急 or under an instruction). ``text`` looks in title,
    number and object. ``unit`` is a code, or part of a name, short name, alias or the beginning
    of pinyin initials. ``area`` is where the matter lies; ``place`` where it lies *or* is handled.
    """

    colour: str | None = None
    text: str = ""
    unit: str | None = None
    area: str | None = None
    place: str | None = None
    step: str | None = None
    channel: str | None = None
    urgency: str | None = None
    kind: str | None = None
    number: str | None = None

    @property
    def empty(self) -> bool:
        """Whether everything is wanted."""
        return self == QueueFilter()
