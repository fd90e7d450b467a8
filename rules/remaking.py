"""What a running clock becomes when the calendar or the policy changes under it (DESIGN §5).

Pauses move the original and the current due instant alike, extensions only the current one: the
order in which the receipt tells them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from rules.instants import Pauses
from rules.timekeeper import Clock, Tags, Timekeeper


@dataclass(frozen=True, slots=True)
class Course:
    """What a clock was made from: its limit and start, and what has moved it since.

    ``tags`` is None for a matter that is no appeal. ``pauses`` are the ended ones, ``extensions``
    the granted limits in the order of their grant.
    """

    step: str
    limit_text: str
    started_at: datetime
    tags: Tags | None = None
    pauses: Pauses = ()
    extensions: tuple[str, ...] = ()


class Remade(NamedTuple):
    """A clock made again, and the due instant it would have without extensions."""

    clock: Clock
    original_due_at: datetime


def as_made(keeper: Timekeeper, course: Course) -> Remade:
    """The clock under the limit it was given, counted by the keeper's calendar."""
    clock = keeper.timed(course.step, course.limit_text, course.started_at, course.tags)
    return followed(keeper, clock, course.tags, course.pauses, course.extensions)


def anew(keeper: Timekeeper, course: Course) -> Remade | None:
    """The clock as the keeper's policy would start it; None where it sets no such clock.

    A limit given in so many words keeps its words and follows the policy's office hours.
    """
    if course.tags is None:
        return as_made(keeper, course)
    clock = keeper.clock(course.step, course.tags, course.started_at)
    if clock is None:
        return None
    return followed(keeper, clock, course.tags, course.pauses, course.extensions)


def followed(
    keeper: Timekeeper,
    clock: Clock,
    tags: Tags | None,
    pauses: Pauses = (),
    extensions: tuple[str, ...] = (),
) -> Remade:
    """A clock as it ran at first, after its pauses and then its extensions."""
    if pauses:
        clock = keeper.resumed(clock, pauses, tags)
    original = clock.due_at
    for extension in extensions:
        clock = keeper.extended(clock, extension, tags)
    return Remade(clock, original)
