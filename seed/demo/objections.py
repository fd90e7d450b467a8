"""异议 in the demo city: what units disputed, and how it was ruled before publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from models.casework import Disputable, blamed_units, closed_late, handed_matters
from models.review import judge, raise_objection, rule_objection
from models.store import Store
from rules.ranking import Period, last_complete, period_before, period_containing
from rules.review import data_windows
from seed.demo.staff import DRAFTER, OPERATORS, at_work

RATINGS = 4  # disputed verdicts that are ruled

LATELY = timedelta(days=25)

TO_BLAME = "单位已三次上门处理并留有影像，诉求人对政策不满，不应认定为单位责任"

NOT_OURS = "所反映路段由区级养护，不属我单位职责，附管养移交协议"

IN_TIME = "已在时限内答复，平台回传晚了一天，附平台办结时间截图"

RULED = {
    True: "经核对，异议成立，按所附材料更正",
    False: "经核对，所附材料不足以改变原认定，异议不成立",
}

EXCUSED = "裁定后复核：单位已尽责，不满意原因是政策所限"


@dataclass(frozen=True, slots=True)
class Dispute:
    """What a unit disputes when; ``ruled_at`` None: nobody has ruled on it yet."""

    kind: str
    about: Disputable
    reason: str
    raised_at: datetime
    ruled_at: datetime | None
    accepted: bool = False
    period: str | None = None


def dispute(store: Store, dice: Random) -> None:
    """Let units object to verdicts, dispatches and lateness, and rule on all but the newest."""
    found = sorted(Disputes(store, dice).all(), key=lambda one: one.raised_at)
    for one in found:
        _lead(store, one)


def _lead(store: Store, one: Dispute) -> None:
    with at_work(store, DRAFTER):
        raised = raise_objection(
            store,
            one.about.unit_id,
            one.kind,
            one.reason,
            number=one.about.number,
            period=one.period,
            raised_by="办公室主任",
            at=one.raised_at,
        )
    if one.ruled_at is None:
        return
    first, signer = OPERATORS[0], OPERATORS[2]
    with at_work(store, first if one.about.judge == signer.login else signer):
        decision = RULED[one.accepted]
        rule_objection(store, raised.id, accepted=one.accepted, decision=decision, at=one.ruled_at)
        if one.kind == "rating" and one.accepted:
            ticket = [one.about.ticket_id]
            judge(store, "excuse", ticket, at=one.ruled_at, cause="rules", reason=EXCUSED)


class Disputes:
    """What is disputed in the demo city."""

    def __init__(self, store: Store, dice: Random) -> None:
        self._store, self._dice = store, dice
        self._keeper, self._now = store.timekeeper(), store.now()
        self._present = period_containing("week", self._now, self._keeper.zone)

    def all(self) -> list[Dispute]:
        """Return every dispute, ruled or not."""
        return [*self._verdicts(), *self._dispatches(), *self._lateness()]

    def _later(self, at: datetime, least: float, most: float) -> datetime:
        """Return an instant so many working hours later."""
        return self._keeper.calendar.add(at, int(3600 * self._dice.uniform(least, most)))

    def _verdicts(self) -> list[Dispute]:
        """Return some verdicts disputed and ruled, and one of this week that is not ruled yet."""
        with self._store.reading() as reader:
            blamed = blamed_units(reader, self._now - LATELY, self._now)
        before = [one for one in blamed if self._later(one.at, 12, 12) < self._now]
        found = []
        for n, one in enumerate(self._dice.sample(before, min(RATINGS, len(before)))):
            raised = self._later(one.at, 1, 7)
            ruled = self._later(raised, 1, 4)
            found.append(Dispute("rating", one, TO_BLAME, raised, ruled, accepted=n % 2 == 1))
        since = self._present.from_at
        for one in blamed[::-1]:
            raised = self._later(one.at, 0.5, 1)
            this_week = one.rated_at is not None and one.rated_at >= since
            if this_week and raised < self._now and one not in before:
                return [*found, Dispute("rating", one, TO_BLAME, raised, None)]
        return found

    def _dispatches(self) -> list[Dispute]:
        """Return a dispatch disputed in vain, and one of today that is not ruled yet."""
        with self._store.reading() as reader:
            start = self._present.from_at
            old = handed_matters(reader, start - timedelta(days=7), start, 1)
            new = handed_matters(reader, max(start, self._now - timedelta(hours=20)), self._now, 9)
        found = []
        for one in old:
            raised = self._later(one.at, 2, 4)
            found.append(Dispute("dispatch", one, NOT_OURS, raised, self._later(raised, 1, 4)))
        for one in new:
            if (raised := self._later(one.at, 0.3, 0.5)) < self._now:
                return [*found, Dispute("dispatch", one, NOT_OURS, raised, None)]
        return found

    def _lateness(self) -> list[Dispute]:
        """Return one lateness of each period to be published, disputed within its window."""
        keeper = self._keeper
        month = last_complete("month", self._now, keeper.zone)
        week = period_before(last_complete("week", self._now, keeper.zone), keeper.zone)
        found = [self._late(period, period is month) for period in (month, week)]
        return [one for one in found if one is not None]

    def _late(self, period: Period, accepted: bool) -> Dispute | None:
        windows = data_windows(period, self._keeper.calendar, self._store.policy.objections)
        raised = self._later(windows.draft_at, 1, 4)
        ruled = self._later(raised, 1, 3)
        with self._store.reading() as reader:
            late = closed_late(reader, period.from_at, period.to_at, 1)
        if not late or ruled > self._now or raised > windows.data_until:
            return None
        return Dispute("data", late[0], IN_TIME, raised, ruled, accepted, period.key)
