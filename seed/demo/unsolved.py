"""What nobody owns or can solve now, as the demo city has it: 挂账 in each state, councils."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models import casework, councils
from models.bureau import UnitDirectory
from models.casework import matters_in_hand
from rules.errors import Refused
from seed.demo.papers import Clock
from seed.demo.staff import DRAFTER, at_work

if TYPE_CHECKING:
    from models.store import Store

LOOKED_AT = 24  # matters, of which those that may be suspended are taken

ACCOUNT: dict[str, Any] = {
    "limit_text": "3mo",
    "reason": "权属不清，待市级改造项目立项批复后才能施工",
    "plan": "挂账期间每月向诉求人说明进展，先做临时加固",
    "head": "陈局长",
    "basis": "盖章的挂账申请书",
}

TOLD = "电话告知，诉求人知道要等立项"

SAT = ("市城管委", "市水务局")


def leave_unsolved(store: Store) -> None:
    """Suspend four matters, in each state, and hold two councils, one undecided."""
    clock, leader = Clock(store), store.policy.leaders[0].name
    with store.reading() as reader:
        found = matters_in_hand(reader, clock.ago(0.3), store.now(), LOOKED_AT)
        today = store.timekeeper().local(store.now()).date()
        units = [unit for name in SAT if (unit := UnitDirectory(reader).find(name, today))]
    with at_work(store, DRAFTER):
        asked = _asked(store, clock, [one.ticket_id for one in reversed(found)])
        for state, ticket in zip(("asked", "granted", "on", "on"), asked, strict=False):
            if state != "asked":
                at = clock.ago(0.1)
                casework.take(store, "grant_account", [ticket], leader=leader, at=at)
            if state == "on":
                casework.take(store, "begin_account", [ticket], text=TOLD, at=clock.ago(0.05))
        if len(units) == len(SAT):
            _sit(store, leader, units)


def _asked(store: Store, clock: Clock, tickets: list[int]) -> Iterator[int]:
    """Ask for an account of one matter after the other, where it may be."""
    for ticket in tickets:
        try:
            casework.take(store, "ask_account", [ticket], at=clock.ago(0.25), **ACCOUNT)
        except Refused:
            continue
        yield ticket


def _sit(store: Store, leader: str, units: list[int]) -> None:
    """Hold two councils: one decided with a dissent, one to be decided."""
    one = councils.hold_council(
        store, topic="背街小巷排水边沟归谁清掏", chair=leader, place="市民之家会议室", units=units
    )
    one = councils.speak_at_council(store, one, units[0], opinion="路面保洁已在做，边沟可以接")
    one = councils.speak_at_council(
        store, one, units[1], opinion="与雨水管网相连的应先摸清底数", dissents=True
    )
    decision = "边沟清掏由城管负责，与雨水管网相连的由水务配合"
    councils.decide_council(store, one, decision=decision, unit_id=units[0])
    councils.hold_council(
        store, topic="无主窨井盖破损由谁先换", chair=leader, place="市民之家会议室", units=units
    )
