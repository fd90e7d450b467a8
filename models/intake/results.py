"""What became of the rows of a file."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules.casework import Reject


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """What became of the rows of a file; every row read is counted in exactly one of the rest.

    ``conflicts`` counts rows of which at least one difference waits on the desk, ``withheld`` are
    the lines of new ones that were not handed to the unit they name: they are against it.
    ``waiting`` are the lines of conflicts in which a unit reports a time without evidence.
    ``analysis`` counts those of the new that came in for insight alone. ``places`` are lines whose
    place is to be looked at, each with why and what was made of it.
    """

    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicts: int = 0
    rejected: int = 0
    rejects: list[Reject] = field(default_factory=list)
    withheld: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    analysis: int = 0
    places: tuple[tuple[int, str], ...] = ()
