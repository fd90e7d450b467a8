"""Matters of the demo city that were given more time, or wait for it."""

from __future__ import annotations

from models import casework
from models.casework import matters_in_hand
from models.store import Store
from seed.demo.papers import Clock
from seed.demo.staff import DRAFTER, at_work

MATTERS = 7

LONGER = "涉及多个产权单位，需现场会商后施工，申请延长办理时限"

WAITS = ("房屋质量需委托有资质机构鉴定，鉴定期间申请挂起", "水质样品已送检，等待检测报告，申请挂起")

PAPER = "鉴定委托书及部门负责人批件"


def grant_relief(store: Store) -> None:
    """Extend some matters that are soon due, pause two, and leave a request of each undecided."""
    clock = Clock(store)
    with store.reading() as reader:
        found = matters_in_hand(reader, clock.ago(0.3), store.now(), MATTERS)
    waiting = iter([one.ticket_id for one in found])
    with at_work(store, DRAFTER):
        for decided, ticket in zip((True, True, True, False), waiting, strict=False):
            casework.take(
                store,
                "ask_extension",
                [ticket],
                limit_text="5wd",
                reason=LONGER,
                at=clock.ago(0.25),
            )
            if decided:
                casework.take(store, "grant_extension", [ticket], at=clock.ago(0.1))
        for n, ticket in enumerate(waiting):
            reason = WAITS[n % 2]
            casework.take(store, "ask_pause", [ticket], reason=reason, at=clock.ago(0.2))
            if n < 2:
                when = clock.ago(0.05)
                casework.take(store, "grant_pause", [ticket], approval=PAPER, at=when)
