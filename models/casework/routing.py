"""自动交办: who takes an appeal by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.bureau import UnitDirectory
from models.casework.directory import Directory
from rules.casework import Appeal, Decision, Facts, RoutingRule, route
from rules.dispatch import Line

_ACTS = ("dispatched_at", "acknowledged_at", "contacted_at", "replied_at", "closed_at")


@dataclass(frozen=True, slots=True)
class Routed:
    """What a rule decided for one appeal; ``unit_id`` is the lead unit."""

    rule: str
    unit_id: int
    co_unit_ids: tuple[int, ...] = ()
    handler: str | None = None
    campaign: str | None = None
    line: Line | None = None  # of the directory, where it was that

    def payload(self) -> dict[str, Any]:
        """Return the decision as its event tells it, besides the lead unit."""
        told: dict[str, Any] = {"rule": self.rule}
        if self.co_unit_ids:
            told["co_units"] = list(self.co_unit_ids)
        if self.campaign:
            told["campaign"] = self.campaign
        return told


@dataclass(frozen=True, slots=True)
class Router:
    """The routing rules in force, the directory behind them, and the units their words mean."""

    rules: Sequence[RoutingRule]
    units: UnitDirectory
    directory: Directory | None = None

    def of(self, facts: Facts, on: date) -> Routed | None:
        """Return what is decided for an appeal on a day: by a rule, else by the directory.

        None: nothing fits, or what fits names a lead unit that has left the register, or a place
        that has no unit of its own; the appeal waits for a person.
        """
        decision = route(self.rules, facts)
        if decision is not None:
            return self._found(decision, on)
        line = self.directory.line_for(facts) if self.directory else None
        return None if line is None else self._by_line(line, facts.grid, on)

    def of_appeal(self, appeal: Appeal, on: date) -> Routed | None:
        """Return what is decided for an appeal coming in.

        None too where its source tells of an act: somebody has it already, though we do not know
        whom, and a person must say who answers for it; and of what is never handed out by itself:
        举报 and 特急.
        """
        if appeal.nature == "举报" or appeal.urgency == "特急":
            return None
        nothing = not (self.rules or self.directory)
        if nothing or any(getattr(appeal, act) is not None for act in _ACTS):
            return None
        return self.of(facts_of(appeal), on)

    def _found(self, decision: Decision, on: date) -> Routed | None:
        lead = self.units.find(decision.lead, on)
        if lead is None:
            return None
        helping = self._helping(decision.co_units, lead, on)
        return Routed(decision.rule, lead, helping, decision.handler, decision.campaign)

    def _by_line(self, line: Line, grid: str | None, on: date) -> Routed | None:
        assert self.directory is not None
        meant = self.directory.taker_of(line, grid)
        if meant is None:
            return None
        lead = self.units.in_force(meant, on)
        return Routed(line.name, lead, self._helping(line.co_units, lead, on), line=line)

    def _helping(self, words: Sequence[str], lead: int, on: date) -> tuple[int, ...]:
        found = (self.units.find(word, on) for word in words)
        return tuple(dict.fromkeys(id for id in found if id is not None and id != lead))


def facts_of(appeal: Appeal) -> Facts:
    """Return what a rule looks at in an appeal."""
    return Facts(
        channel=appeal.channel,
        nature=appeal.nature or "其他",
        urgency=appeal.urgency or "一般",
        category=appeal.category,
        grid=appeal.grid,
        object=appeal.object,
        text=f"{appeal.title}\n{appeal.content}",
    )
