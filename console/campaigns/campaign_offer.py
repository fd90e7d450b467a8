"""Putting appeals under a campaign, from whichever screen has them before it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from console.frame import FullScreen, Session
from console.widgets import Picking
from models import campaigns

if TYPE_CHECKING:
    from models.campaigns import CampaignView


def offer_campaign(screen: FullScreen, ticket_ids: Sequence[int]) -> None:
    """Ask which campaign that runs takes some appeals, then put them under it."""

    def running(session: Session) -> list[tuple[CampaignView, str]]:
        with session.reading("act") as reader:
            every = campaigns.campaign_list(reader, session.store.now())
        return [(one, one.name) for one in every if one.closed_at is None]

    def gather(campaign: CampaignView, session: Session) -> str:
        done = campaigns.gather(session.store, campaign, ticket_ids)
        left = f"，{len(done.skipped)}件已在专题" if done.skipped else ""
        return f"已归入专题“{campaign.name}”{len(done.done)}件{left} · u 撤销"

    def offer(found: list[tuple[CampaignView, str]]) -> None:
        if not found:
            screen.say("没有在办的专题：先在“专题”（: 输 zt）里按 n 设立")
            return
        picking = Picking(f"{len(ticket_ids)}件归入哪个专题", found)
        screen.ask(picking, lambda one: screen.work(partial(gather, one)))

    screen.question(running, offer)
