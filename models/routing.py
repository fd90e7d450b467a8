"""自动交办 on the store: the policy's routing rules with their units, handlers and campaigns."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from models.lookups import Rows, UnitBook, plain
from rules.appeal import Appeal
from rules.errors import PolicyError
from rules.routing import Decision, Facts, RoutingRule, route, unit_words

if TYPE_CHECKING:
    from models.work import Work


_ACTS = ("dispatched_at", "acknowledged_at", "contacted_at", "replied_at", "closed_at")


@dataclass(frozen=True, slots=True)
class Routed:
    """What a rule decided for one appeal; ``unit_id`` is the lead unit."""

    rule: str
    unit_id: int
    co_unit_ids: tuple[int, ...] = ()
    handler: str | None = None
    campaign: str | None = None

    def told(self) -> dict[str, Any]:
        """Return the decision as its event tells it, besides the lead unit."""
        told: dict[str, Any] = {"rule": self.rule}
        if self.co_unit_ids:
            told["co_units"] = list(self.co_unit_ids)
        if self.campaign:
            told["campaign"] = self.campaign
        return told


@dataclass(frozen=True, slots=True)
class Router:
    """The routing rules in force and the units their words mean."""

    rules: Sequence[RoutingRule]
    units: UnitBook

    def of(self, facts: Facts, on: date) -> Routed | None:
        """Return what is decided for an appeal on a day.

        None: no rule fits, or the one that fits names a lead unit that has left the register
        since the policy was loaded; the appeal waits for a person.
        """
        decision = route(self.rules, facts)
        return None if decision is None else self._found(decision, on)

    def of_appeal(self, appeal: Appeal, on: date) -> Routed | None:
        """Return what is decided for an appeal coming in.

        None too where its source tells of an act: somebody has it already, though we do not know
        whom, and a person must say who answers for it.
        """
        if not self.rules or any(getattr(appeal, act) is not None for act in _ACTS):
            return None
        return self.of(_facts(appeal), on)

    def _found(self, decision: Decision, on: date) -> Routed | None:
        lead = self.units.find(decision.lead, on)
        if lead is None:
            return None
        helping = (self.units.find(word, on) for word in decision.co_units)
        co_units = dict.fromkeys(id for id in helping if id not in (None, lead))
        return Routed(
            decision.rule, lead, tuple(id for id in co_units if id is not None),
            decision.handler, decision.campaign,
        )  # fmt: skip


@dataclass(slots=True)
class Campaigns:
    """The campaigns (专题) that rules put appeals under, begun when first needed."""

    work: Work
    _ids: dict[str, int] = field(default_factory=dict)

    def id_of(self, name: str | None) -> int | None:
        """Return the id of a campaign, new if there is none of that name."""
        if name is None:
            return None
        if name not in self._ids:
            found = self.work.one("SELECT id FROM campaign WHERE name = :name", name=name)
            self._ids[name] = int(found[0]) if found else self._begin(name)
        return self._ids[name]

    def _begin(self, name: str) -> int:
        from models.tables import Campaign

        id = self.work.insert(Campaign, name=name, started_at=self.work.at)
        self.work.event("campaign.start", "campaign", id, payload={"name": name})
        return id


def check_units(rules: Sequence[RoutingRule], rows: Rows) -> None:
    """Refuse rules that name a unit the register does not know; to be asked at every load.

    ``rows`` is a reader's or a work's ``rows``. Raises ``PolicyError``, which names the rule and
    the nearest unit.
    """
    if rules:
        check_words(rules, _words(rows))


def check_words(rules: Sequence[RoutingRule], known: Sequence[str]) -> None:
    """Refuse rules that name a unit by none of the ``known`` codes, names and aliases."""
    plainly = {plain(word) for word in known}
    for rule, word in unit_words(rules):
        if plain(word) not in plainly:
            near = difflib.get_close_matches(word, known, n=1, cutoff=0.4)
            hint = f"，最接近的是 {near[0]}" if near else ""
            raise PolicyError(
                f"{rule}的单位“{word}”不在单位名录中{hint}：请改正规则，或先补入名录"
            )


def _words(rows: Rows) -> list[str]:
    names = rows("SELECT short_name, name, code FROM unit ORDER BY id")
    aliases = rows("SELECT alias FROM unit_alias ORDER BY id")
    return [word for row in (*names, *aliases) for word in row]


def _facts(appeal: Appeal) -> Facts:
    return Facts(
        channel=appeal.channel,
        nature=appeal.nature or "其他",
        urgency=appeal.urgency or "一般",
        category=appeal.category,
        grid=appeal.grid,
        object=appeal.object,
        text=f"{appeal.title}\n{appeal.content}",
    )
