"""在线接访、在线访谈: what citizens asked a leader on line, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.campaigns.campaign import CampaignView, campaign_of
from models.matter import ticket_id_of
from models.store import Journal, retried
from models.tables import CampaignAnswer, CampaignSession
from rules.errors import Refused
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.store import Store

SESSION_KINDS = ("在线接访", "在线访谈")

MOST = 200  # questions of a session


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer; ``ticket`` is the number of the appeal it is about, if any."""

    question: str
    answer: str
    ticket: str | None = None


@retried
def hold_session(
    store: Store,
    campaign: CampaignView,
    *,
    kind: str,
    held_at: datetime,
    leader: str,
    topic: str = "",
    asked: Sequence[Asked] = (),
) -> int:
    """Record a session with a leader, with its questions and answers; return its id."""
    with store.writing(journal=Journal("campaign.session")) as work:
        work.require(verb="campaign.session")
        now = campaign_of(work, campaign.id, work.at)
        if now.closed_at is not None:
            raise Refused(f"专题“{now.name}”已结项，不能再登记")
        if kind not in SESSION_KINDS:
            raise Refused(f"没有“{kind}”：可写 {'、'.join(SESSION_KINDS)}")
        if not harmless_line(leader):
            raise Refused("请写明接访的领导：--leader")
        if held_at > work.at:
            raise Refused("接访时间在将来：办过再登记")
        if len(asked) > MOST:
            raise Refused(f"一次接访最多登记{MOST}问：请分几次登记")
        leader = harmless_line(leader)
        id = work.insert(
            CampaignSession,
            campaign_id=now.id,
            kind=kind,
            held_at=held_at,
            leader=leader,
            topic=harmless_line(topic),
        )
        for position, one in enumerate(asked, 1):
            question, answer = harmless_line(one.question), harmless_line(one.answer)
            if not question or not answer:
                raise Refused(f"第{position}问没有写全：问题和答复都要写")
            work.insert(
                CampaignAnswer,
                campaign_id=now.id,
                session_id=id,
                position=position,
                question=question,
                answer=answer,
                ticket_id=ticket_id_of(work, one.ticket) if one.ticket else None,
            )
        told = {"session": id, "kind": kind, "leader": leader, "questions": len(asked)}
        work.event("campaign.session", "campaign", now.id, at=held_at, payload=told)
        return id
