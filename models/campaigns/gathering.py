"""Appeals under a campaign (专题): by a rule of routing as they come in, or by a person.

An appeal is under one campaign at most. It keeps its unit, its clocks and its due date, though the
limits of the policy may ask for the campaign: those are for the rounds to come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.campaigns.campaign import CampaignView, campaign_of
from models.clocks import clocks_of_matter, load_clocks, remember
from models.matter import load_matters
from models.store import Journal, Query, Work, retried
from models.tables import Campaign, Ticket
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store

_CAMPAIGN = "SELECT id FROM campaign WHERE name = :name"


@dataclass(slots=True)
class Campaigns:
    """The campaigns that rules put appeals under, begun when first needed."""

    work: Work
    _ids: dict[str, int] = field(default_factory=dict)

    def id_of(self, name: str | None) -> int | None:
        """Return the id of a campaign, new if there is none of that name."""
        if name is None:
            return None
        if name not in self._ids:
            found = self.work.value(_CAMPAIGN, name=name)
            self._ids[name] = self._begin(name) if found is None else int(found)
        return self._ids[name]

    def _begin(self, name: str) -> int:
        id = self.work.insert(Campaign, name=name, started_at=self.work.at)
        self.work.event("campaign.start", "campaign", id, payload={"name": name})
        return id


@dataclass(frozen=True, slots=True)
class _Ticket:
    """A ticket and the campaign it is under."""

    id: int
    version: int
    number: str
    campaign_id: int | None
    campaign: str | None


_TICKETS = Query(
    _Ticket,
    """
SELECT t.id, t.version, t.number, t.campaign_id, c.name AS campaign
FROM ticket t LEFT JOIN campaign c ON c.id = t.campaign_id WHERE t.id IN (:ids) ORDER BY t.id
""",
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What became of the tickets of one act: ids done, and those left with number and reason."""

    done: tuple[int, ...]
    skipped: tuple[tuple[str, str], ...]


@retried
def gather(store: Store, campaign: CampaignView, ticket_ids: Sequence[int]) -> Gathered:
    """归入专题: put tickets under a campaign; those under another are left and named."""
    with store.writing(journal=Journal("ticket.gather")) as work:
        work.require(verb="ticket.gather")
        now = campaign_of(work, campaign.id, work.at)
        if now.closed_at is not None:
            raise Refused(f"专题“{now.name}”已结项，不能再归入")
        found = work.read(_TICKETS, ids=sorted(set(ticket_ids)))
        _keep_limits(work, [one.id for one in found if one.campaign_id is None])
        done, skipped = [], []
        for one in found:
            if one.campaign_id is not None:
                own = one.campaign_id == now.id
                skipped.append((one.number, "已在此专题" if own else f"已在专题“{one.campaign}”"))
                continue
            work.update(Ticket, one.id, one.version, {"campaign_id": None}, campaign_id=now.id)
            told = {"campaign": now.id, "name": now.name}
            work.event("ticket.gather", "ticket", one.id, payload=told)
            done.append(one.id)
        if not done:
            raise Refused(
                "；".join(f"{n}：{why}" for n, why in skipped[:3]) or "没有可归入的诉求：请核对编号"
            )
        return Gathered(tuple(done), tuple(skipped))


@retried
def release(
    store: Store, campaign: CampaignView, ticket_ids: Sequence[int], *, reason: str
) -> Gathered:
    """移出专题: take tickets out of a campaign again."""
    with store.writing(journal=Journal("ticket.release")) as work:
        work.require(verb="ticket.release")
        found = work.read(_TICKETS, ids=sorted(set(ticket_ids)))
        _keep_limits(work, [one.id for one in found if one.campaign_id == campaign.id])
        done, skipped = [], []
        for one in found:
            if one.campaign_id != campaign.id:
                skipped.append((one.number, "不在此专题"))
                continue
            known = {"campaign_id": one.campaign_id}
            work.update(Ticket, one.id, one.version, known, campaign_id=None)
            told = {"campaign": campaign.id, "name": campaign.name}
            work.event("ticket.release", "ticket", one.id, reason=reason, payload=told)
            done.append(one.id)
        if not done:
            raise Refused("；".join(f"{n}：{why}" for n, why in skipped[:3]) or "没有可移出的诉求")
        return Gathered(tuple(done), tuple(skipped))


def _keep_limits(work: Work, ticket_ids: Sequence[int]) -> None:
    """Let the clocks of tickets that come under a campaign, or leave it, stay what they are."""
    matters = load_matters(work, ticket_ids)
    load_clocks(work, matters)
    for matter in matters:
        remember(work, matter, matter.tags)
        clocks_of_matter(work, matter).write()
