"""Counting one running clock again: by the policy it was made under, or by a new one."""

from __future__ import annotations

from dataclasses import dataclass

from models.matter import Rows
from models.recompute.running import Running
from rules.calendardays import CalendarDays
from rules.policy import Policy, read_policy
from rules.remaking import Course, Remade, anew, as_made
from rules.timekeeper import Tags, Timekeeper


@dataclass(frozen=True, slots=True)
class NewRules:
    """The rules to count by: a calendar, and where ``policy`` is given, that policy for all.

    Without one every clock is counted by the policy it was made under.
    """

    days: CalendarDays
    policy: Policy | None = None


class Counting:
    """The timekeepers that new rules take; ``sweeping`` is the one the sweep will go by."""

    def __init__(self, rows: Rows, rules: NewRules) -> None:
        """``rows`` reads the policies that running clocks were made under, when they are met."""
        self._rows = rows
        self._days = rules.days
        self._known: dict[int, Timekeeper] = {}
        self._own: dict[tuple[int, str, Tags, str], bool] = {}
        self._new = Timekeeper(rules.policy, rules.days) if rules.policy else None
        self.sweeping = self._new or self._under(_newest(rows))

    def again(self, running: Running, course: Course) -> Remade | None:
        """Return a clock counted again; None where the new policy sets no such clock.

        A limit that the matter was given for itself, which its policy would not have given, is
        kept in so many words.
        """
        if self._new is None:
            return as_made(self._under(running.policy), course)
        if self._has_own_limit(running):
            return as_made(self._new, course)
        return anew(self._new, course)

    def _has_own_limit(self, running: Running) -> bool:
        if running.tags is None:
            return False
        key = (running.policy, running.step, running.tags, running.limit_text)
        if key not in self._own:
            usual = self._under(running.policy).limit_text(running.step, running.tags)
            self._own[key] = usual != running.limit_text
        return self._own[key]

    def _under(self, version: int) -> Timekeeper:
        if version not in self._known:
            found = self._rows("SELECT text FROM policy WHERE version = :v", v=version)
            self._known[version] = Timekeeper(read_policy(str(found[0][0])), self._days)
        return self._known[version]


def _newest(rows: Rows) -> int:
    return int(rows("SELECT max(version) FROM policy")[0][0])
