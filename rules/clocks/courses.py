"""The courses of one policy: what starts and stops the clocks of each kind of appeal."""

from __future__ import annotations

from typing import Any

from rules.clocks.limit_table import LimitTable
from rules.clocks.starts import STARTS, STOPS, Course
from rules.clocks.tags import Tags


class Courses:
    """The courses that the entries of a policy make, each made once."""

    def __init__(self, limits: LimitTable) -> None:
        self._limits = limits
        self._found: dict[Any, Course] = {}

    def of(self, tags: Tags) -> Course:
        """The acts that start and stop the clocks of an appeal, each by the entry of its limit.

        What should start at an acceptance that no entry asks for starts as usual.
        """
        kind = self._limits.kind(tags)
        if kind not in self._found:
            self._found[kind] = self._made(tags)
        return self._found[kind]

    def _made(self, tags: Tags) -> Course:
        entries = {
            step: choice.winner
            for step in {**STARTS, **STOPS}
            if self._limits.text(step, tags) is not None
            and (choice := self._limits.choice(step, tags)) is not None
        }
        starts = {step: entry.starts.get(step, ()) for step, entry in entries.items()}
        if "accept" in starts:
            starts["accept"] = starts["accept"] or ("dispatched",)
        else:
            starts = {step: acts for step, acts in starts.items() if "accepted" not in acts}
        return Course(
            tuple((step, acts) for step, acts in starts.items() if acts),
            tuple((step, one.stops[step]) for step, one in entries.items() if step in one.stops),
        )
