"""What a file cannot tell of an appeal, because a person entered it on the way.

A unit asked for more time before it answered; a citizen said on the telephone what was wrong. Of
such appeals the first file tells less, the acts follow one by one, and a second file tells the
rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from models import casework
from models.casework import known_as
from models.matter import load_matters
from models.store import Store
from rules.casework import Appeal
from rules.clocks import Tags, Timekeeper
from seed.demo.chance import pick
from seed.demo.seasons import LARGE
from seed.demo.staff import DRAFTER, SIGNER, at_work

EXTENDED_A_WEEK = {True: 3, False: 1}  # in a large city, in a small one

REFUSED = 0.2  # of requests for more time

BY_TELEPHONE = 60
"""About how many citizens said long ago on the telephone that they are unsatisfied."""

UNSATISFIED = 0.066  # about that part of all appeals is

LATELY = (timedelta(days=5), timedelta(days=12))

LATELY_BY_TELEPHONE = 0.3
"""Of those unsatisfied lately; their reviews run since then, so that some are late."""

WITHIN = timedelta(days=30)  # for so long a rating told by a file opens its review by itself

WHY_LONGER = (
    "涉及多个产权单位，需现场会商后施工，申请延长办理时限",
    "配件采购到货需要时间，已告知诉求人，申请延期",
    "需联合执法取证，现有时限内无法办结",
    "连续降雨无法施工，待天气转好后完成修复",
    "房屋安全鉴定报告尚未出具，申请延期办理",
)

WHY_NOT = ("理由不充分：派单当日即可安排，请按期办理", "同类事项已延期过，请主要负责人督促按期办结")


@dataclass(frozen=True, slots=True)
class Asked:
    """More time that a unit asks for, and when the centre decides."""

    appeal: Appeal
    asked_at: datetime
    decided_at: datetime
    limit: str
    reason: str
    granted: bool


class ToldLater:
    """Goes through the appeals of a city and holds back what is to be entered by hand."""

    def __init__(self, dice: Random, keeper: Timekeeper, now: datetime, size: int) -> None:
        self._dice, self._keeper, self._now = dice, keeper, now
        self._a_week = EXTENDED_A_WEEK[size >= LARGE]
        self._long_ago = min(0.15, BY_TELEPHONE / (UNSATISFIED * max(size, 1)))
        self._weeks: Counter[tuple[int, int]] = Counter()
        self.asked: list[Asked] = []
        self.rated: list[Appeal] = []

    def first(self, appeals: Iterable[Appeal]) -> Iterator[Appeal]:
        """Give the appeals as the first file tells them."""
        for appeal in appeals:
            if self._by_telephone(appeal):
                self.rated.append(appeal)
                yield replace(
                    appeal,
                    result_rating=None,
                    work_rating=None,
                    rated_at=None,
                    updated_at=appeal.closed_at,
                )
            elif (asked := self._asks(appeal)) is not None:
                self.asked.append(asked)
                yield _in_hand(appeal)
            else:
                yield appeal

    def _by_telephone(self, appeal: Appeal) -> bool:
        if appeal.result_rating != "不满意" or appeal.rated_at is None:
            return False
        age = self._now - appeal.rated_at
        if age > WITHIN:
            return self._dice.random() < self._long_ago
        lately = LATELY[0] <= age <= LATELY[1]
        return lately and self._dice.random() < LATELY_BY_TELEPHONE

    def _asks(self, appeal: Appeal) -> Asked | None:
        """Return what a unit asks for that answered late, one or a few in a week."""
        start, replied, spoken = appeal.dispatched_at, appeal.replied_at, appeal.contacted_at
        if start is None or replied is None or spoken is None or appeal.closed_at is None:
            return None
        if appeal.nature not in ("投诉", "求助") or appeal.urgency == "特急" or appeal.due_at:
            return None
        week = self._keeper.local(start).date().isocalendar()[:2]
        if self._weeks[week] >= self._a_week:
            return None
        tags = Tags(appeal.nature, appeal.urgency or "一般", appeal.category, appeal.channel)
        clock = self._keeper.clock("close", tags, start)
        if clock is None or replied <= clock.due_at:
            return None
        add = self._keeper.calendar.add
        asked_at = max(add(clock.due_at, -self._hours(2, 9)), spoken + timedelta(minutes=30))
        decided_at = add(asked_at, self._hours(0.5, 4))
        if not asked_at < clock.due_at or not decided_at < replied:
            return None
        self._weeks[week] += 1
        limit = pick(self._dice.random, ("2wd", "3wd", "5wd"))
        reason = pick(self._dice.random, WHY_LONGER)
        granted = self._dice.random() >= REFUSED
        return Asked(appeal, asked_at, decided_at, limit, reason, granted)

    def _hours(self, least: float, most: float) -> int:
        """Return so many working hours, in seconds."""
        return int(3600 * self._dice.uniform(least, most))

    def enter(self, store: Store, source: str) -> Iterator[Appeal]:
        """Enter what people did on the way; give what the second file tells after it."""
        names = [one.external_id for one in (*(a.appeal for a in self.asked), *self.rated)]
        with store.reading() as reader:
            ids = known_as(reader, source, [name for name in names if name])
            held = {m.ticket_id for m in load_matters(reader, list(ids.values())) if m.unit_id}
        asking = [one for one in self.asked if ids[one.appeal.external_id or ""] in held]
        rated = [one for one in self.rated if ids[one.external_id or ""] in held]
        with at_work(store, DRAFTER):
            for appeal in rated:  # what others answer has no unit here
                casework.take(
                    store,
                    "rate",
                    [ids[appeal.external_id or ""]],
                    at=appeal.rated_at,
                    result=appeal.result_rating,
                    work_rating=appeal.work_rating,
                )
            for asked in asking:  # a matter against its unit was not handed to it
                casework.take(
                    store,
                    "ask_extension",
                    [ids[asked.appeal.external_id or ""]],
                    at=asked.asked_at,
                    limit_text=asked.limit,
                    reason=asked.reason,
                )
        with at_work(store, SIGNER):
            for n, asked in enumerate(asking):
                id = ids[asked.appeal.external_id or ""]
                if asked.granted:
                    casework.take(store, "grant_extension", [id], at=asked.decided_at)
                else:
                    why = WHY_NOT[n % len(WHY_NOT)]
                    casework.take(store, "refuse_extension", [id], at=asked.decided_at, reason=why)
        yield from (asked.appeal for asked in self.asked)


def _in_hand(appeal: Appeal) -> Appeal:
    """Return an appeal as it stood while its unit had it in hand."""
    return replace(
        appeal,
        reply=None,
        replied_at=None,
        closed_at=None,
        outcome=None,
        result_rating=None,
        work_rating=None,
        rated_at=None,
        updated_at=appeal.contacted_at,
    )
