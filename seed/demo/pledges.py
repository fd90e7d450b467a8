"""承诺 of the demo city: what its receptions promised, kept in time or late, broken, to come."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from random import Random

from models.receptions import (
    PledgeView,
    Unwritten,
    break_pledge,
    extend_pledge,
    keep_pledge,
    sign_pledges,
    unwritten,
    write_promises,
)
from models.store import Store

TEXTS = (
    "更换老旧水泵，恢复二次供水",
    "修复损坏路灯，安装反光标识",
    "督促企业发放拖欠的工资",
    "公示加装电梯方案，征得同意后开工",
    "清理楼道杂物，疏通消防通道",
    "整治餐饮油烟，安装净化设备",
    "补种绿化，修整破损路面",
    "核查物业收费，退还多收的部分",
)

TERMS = (10, 20, 30, 45)
"""In how many days something is promised."""

WHY = ("资金没有落实", "涉及产权纠纷，业主意见不一", "施工单位停工")

PROOFS = ("验收单、现场照片", "群众签收的回执", "社区公示照片")


def settle_promises(store: Store, chance: Random, now: datetime) -> None:
    """Write down what every reception promised, and let it become of it what time has made of it.

    Of what is due by now seven in ten are kept in time, the others late, not, or not yet; of what
    is to come some are kept already, some moved; the papers of today's are not all signed.
    """
    held = attrgetter("held_at")
    for at, group in groupby(sorted(unwritten_of(store), key=held), key=held):
        made = write_promises(
            store,
            [(party, chance.choice(TEXTS), _due(store, chance, at)) for party in group],
            min(at + timedelta(hours=3), now),
        )
        fresh = [one for one in made if now - one.made_at < timedelta(days=1)]
        unsigned = {one.id for one in fresh if chance.random() < 0.3}
        ready = [one for one in made if one.id not in unsigned]
        for one in sign_pledges(store, ready, min(at + timedelta(hours=4), now)) if ready else ():
            _become(store, one, chance, now)


def unwritten_of(store: Store) -> list[Unwritten]:
    """Return the parties of the store that were promised something."""
    with store.reading() as reader:
        return unwritten(reader)


def _due(store: Store, chance: Random, at: datetime) -> datetime:
    """Return the end of a working day some weeks after ``at``."""
    keeper = store.timekeeper()
    day = keeper.local(at).date() + timedelta(days=chance.choice(TERMS))
    while not keeper.calendar.is_working(day):
        day += timedelta(days=1)
    return keeper.calendar.closing(day)


def _become(store: Store, one: PledgeView, chance: Random, now: datetime) -> None:
    roll, proof, leader = chance.random(), chance.choice(PROOFS), one.leader
    assert one.signed_at is not None
    within = one.signed_at + (min(one.due_at, now) - one.signed_at) * chance.random()
    if roll < (0.7 if one.due_at <= now else 0.25):
        keep_pledge(store, one, words="已办好，群众认可", evidence=proof, at=within)
    elif one.due_at > now:
        if roll < 0.4:
            later = _due(store, chance, one.due_at)
            extend_pledge(store, one, later, leader=leader, reason=chance.choice(WHY))
    elif roll < 0.8:
        late = one.due_at + (now - one.due_at) * chance.random()
        keep_pledge(store, one, words="已办好，晚于承诺", evidence=proof, at=late)
    elif roll < 0.9:
        break_pledge(store, one, reason=chance.choice(WHY))
