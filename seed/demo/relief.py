"""Matters of the demo city that were given more time, or wait for it."""

from __future__ import annotations

from models import casework
from models.store import Store
from seed.demo.papers import Clock
from seed.demo.staff import DRAFTER, at_work

IN_HAND = """
SELECT d.ticket_id FROM deadline d
JOIN round r ON r.id = d.round_id
JOIN ticket t ON t.id = d.ticket_id
WHERE d.subject_kind = 'ticket' AND d.step = 'close' AND d.leads AND d.stopped_at IS NULL
  AND d.paused_at IS NULL AND NOT d.source_fixed AND NOT d.pressing AND r.state = 'acknowledged'
  AND r.contacted_at < :since AND r.acknowledged_at < :since AND d.due_at > :now
  AND t.nature IN ('投诉', '求助', '举报')
ORDER BY d.due_at, t.number LIMIT 7
"""


LONGER = "涉及多个产权单位，需现场会商后施工，申请延长办理时限"


WAITS = ("房屋质量需委托有资质机构鉴定，鉴定期间申请挂起", "水质样品已送检，等待检测报告，申请挂起")


PAPER = "鉴定委托书及部门负责人批件"


def grant_relief(store: Store) -> None:
    """Extend some matters that are soon due, pause two, and leave a request of each undecided."""
    clock = Clock(store)
    with store.reading() as reader:
        rows = reader.rows(IN_HAND, since=clock.ago(0.3), now=store.now())
    waiting = iter([row[0] for row in rows])
    with at_work(store, DRAFTER):
        for decided, ticket in zip((True, True, True, False), waiting, strict=False):
            casework.ask_extension(store, [ticket], "5wd", LONGER, at=clock.ago(0.25))
            if decided:
                casework.grant_extension(store, [ticket], at=clock.ago(0.1))
        for n, ticket in enumerate(waiting):
            casework.ask_pause(store, [ticket], WAITS[n % 2], at=clock.ago(0.2))
            if n < 2:
                casework.grant_pause(store, [ticket], PAPER, at=clock.ago(0.05))
