"""What one kind of fault did, as a line of the table in docs/trust.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SMALL, LARGE = "small", "large"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A kind of fault: how often it was tried, and how often something was torn or lost.

    ``engine`` is sqlite, postgresql or both; ``note`` says in a few words what was looked at.
    """

    what: str
    engine: str
    tried: int
    lost: int
    note: str = ""


Run = Callable[[str, Path], list[Outcome]]
"""Does one family of faults in a folder of its own, ``small`` or ``large``."""
