"""What the centre of the demo city did besides: editions, orders, time extended or paused.

There is one order at least in every state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from models import casework, orders
from models.casework import late_and_closed, late_matters, matters_in_hand
from models.orders import OrderView
from models.paper import Press
from models.ranking import EditionView, publish_edition, raise_flags
from models.store import Store
from rules.ranking import last_complete, period_before
from rules.review import data_windows
from seed.demo.staff import DRAFTER, SIGNER, at_work

RenderEdition = Callable[[EditionView], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class Fate:
    """How far an order comes: each act and how many working days before now it is done.

    ``rejected`` sends feedback back, ``void`` strikes the signed order out; None leaves an act
    undone.
    """

    drafted: float
    signed: float | None = None
    delivered: float | None = None
    received: float | None = None
    feedback: float | None = None
    accepted: float | None = None
    rejected: float | None = None
    void: float | None = None
    level: int = 1

    def within(self, days: float) -> Fate:
        """Return the same fate befalling an order drafted no more than ``days`` ago."""
        if self.drafted <= days:
            return self
        acts = {name: getattr(self, name) for name in ACTS}
        part = days / self.drafted
        return replace(self, **{n: at * part for n, at in acts.items() if at is not None})


ACTS = ("drafted", "signed", "delivered", "received", "feedback", "accepted", "rejected", "void")

CLOSED = (
    Fate(9, 8.8, 8.7, 8.2, 6.5, accepted=6.0),
    Fate(8, 7.8, 7.6, 7.4, 5.6, accepted=5.1, level=2),
)

OPEN = (  # the first befall even the smallest city
    Fate(5, 4.8, 4.7, 4.4, 0.6),
    Fate(2.6, 2.4, 2.3, 1.9),
    Fate(1.6, 1.5, 0.5, level=2),
    Fate(1.4, 1.2),
    Fate(1.3, 1.1, void=0.9),
    Fate(7, 6.8, 6.7, 6.1, 4.2, rejected=3.9, level=2),
    Fate(2.2, 2.0, 1.8),
    Fate(0.4),
    Fate(0.2),
)

ANSWERS = (
    "接督办单后，我单位主要负责人召开专题会，已现场整改到位，并向诉求人当面反馈，诉求人表示认可。",
    "已约谈责任单位，明确整改时限和责任人，现场问题已处理，后续每周巡查一次。",
)

SEEN = "到现场核查，所反映的问题已经解决"

TOO_THIN = "反馈只说明正在处理，没有整改结果和完成时间，请补充后重报"


def publish_editions(store: Store, render: RenderEdition | None) -> None:
    """Publish the last two complete months and the week before the last, in order of time.

    Each appears on the working day after units could object; the last week, and what they may
    still object to, waits for its supervisor.
    """
    keeper = store.timekeeper()
    month = last_complete("month", store.now(), keeper.zone)
    week = period_before(last_complete("week", store.now(), keeper.zone), keeper.zone)
    periods = (period_before(month, keeper.zone), month, week)
    for period in sorted(periods, key=lambda period: period.to_at):
        until = data_windows(period, keeper.calendar, store.policy.objections).data_until
        day = keeper.calendar.add_days(keeper.local(until).date(), 1)
        at = min(keeper.calendar.at(day, 10 * 3600), store.now())
        if at < until:
            continue
        with at_work(store, SIGNER):
            publish_edition(store, period, render=render, at=at)


def raise_month_flags(store: Store) -> None:
    """Keep the flags of the last month and draft the order of the first."""
    month = last_complete("month", store.now(), store.timekeeper().zone)
    with at_work(store, DRAFTER):
        raised = raise_flags(store, month)
        if raised and raised[0].id is not None:
            orders.draft_flag(store, raised[0].id)


def issue_orders(store: Store, press: Press) -> None:
    """Lead orders on late matters through their lives, each to its own fate."""
    clock = Clock(store)
    cases = sorted(_cases(store, clock), key=lambda case: -case[0].drafted)
    for n, (fate, ticket) in enumerate(cases):
        Life(store, clock, press, ANSWERS[n % len(ANSWERS)]).lead(fate, ticket)


def _cases(store: Store, clock: Clock) -> Iterator[tuple[Fate, int]]:
    """Give fates with the tickets they suit: none is drafted before its matter was late."""
    with store.reading() as reader:
        for fate in CLOSED:
            assert fate.accepted is not None
            times = {"before": clock.ago(fate.drafted), "done": clock.ago(fate.accepted)}
            for closed in late_and_closed(reader, **times):
                yield fate, closed.ticket_id
        late = late_matters(reader, clock.ago(0.5), len(OPEN))
        fates = sorted(OPEN[: len(late)], key=lambda fate: -fate.drafted)
        for fate, one in zip(fates, late, strict=True):
            yield fate.within(clock.days_since(one.red_at) * 0.95), one.ticket_id


class Clock:
    """Instants some working days before now."""

    def __init__(self, store: Store) -> None:
        self._calendar, self._now = store.timekeeper().calendar, store.now()
        self._day = self._calendar.seconds_on(self._calendar.add_days(self._now.date(), -1))

    def ago(self, days: float) -> datetime:
        """Return the instant so many working days ago."""
        return self._calendar.add(self._now, -int(days * self._day))

    def days_since(self, instant: datetime) -> float:
        """Return how many working days have gone by since an instant."""
        return self._calendar.between(instant, self._now) / self._day


@dataclass(frozen=True, slots=True)
class Life:
    """Leads one order through its states."""

    store: Store
    clock: Clock
    press: Press
    answer: str

    def lead(self, fate: Fate, ticket: int) -> None:
        """Draft an order on a ticket and let its fate befall it."""
        with at_work(self.store, DRAFTER):
            drafted = orders.draft(
                self.store, [ticket], level=fate.level, at=self.clock.ago(fate.drafted)
            )
        if not drafted.orders or fate.signed is None:
            return
        order = self.sign(drafted.orders[0], self.clock.ago(fate.signed))
        if fate.void is not None:
            with at_work(self.store, SIGNER):
                self.step(order, "void", fate.void, reason="与已签发的督办单重复")
            return
        with at_work(self.store, DRAFTER):
            self._follow(fate, order)

    def sign(self, order: OrderView, at: datetime) -> OrderView:
        """Sign a draft; what it says is what holds then."""
        with at_work(self.store, SIGNER):
            try:
                return self._sign_once(order, at)
            except orders.WordsMoved:  # the matter moved since: its new words are confirmed
                return self._sign_once(order, at)

    def _sign_once(self, order: OrderView, at: datetime) -> OrderView:
        leader = self.store.policy.leaders[0].name
        [signed] = orders.sign(
            self.store, [order.id], signer=leader, basis="paper", press=self.press, at=at
        )
        return signed

    def _follow(self, fate: Fate, order: OrderView) -> None:
        self.step(order, "deliver", fate.delivered)
        self.step(order, "receive", fate.received, received_by="办公室值班员")
        self.step(order, "feedback", fate.feedback, text=self.answer)
        self.step(order, "reject", fate.rejected, reason=TOO_THIN)
        self.step(order, "accept", fate.accepted, verified="visit", note=SEEN)

    def step(self, order: OrderView, verb: str, days: float | None, **said: Any) -> None:
        """Take a step so many working days ago, or not at all."""
        if days is not None:
            orders.follow(self.store, verb, [order.id], at=self.clock.ago(days), **said)


RELIEVED = 7  # matters

LONGER = "涉及多个产权单位，需现场会商后施工，申请延长办理时限"

WAITS = ("房屋质量需委托有资质机构鉴定，鉴定期间申请挂起", "水质样品已送检，等待检测报告，申请挂起")

APPROVAL = "鉴定委托书及部门负责人批件"


def grant_relief(store: Store) -> None:
    """Extend some matters that are soon due, pause two, and leave a request of each undecided."""
    clock = Clock(store)
    with store.reading() as reader:
        found = matters_in_hand(reader, clock.ago(0.3), store.now(), RELIEVED)
    waiting = iter([one.ticket_id for one in found])
    with at_work(store, DRAFTER):
        for decided, ticket in zip((True, True, True, False), waiting, strict=False):
            when = clock.ago(0.25)
            casework.take(
                store, "ask_extension", [ticket], limit_text="5wd", reason=LONGER, at=when
            )
            if decided:
                casework.take(store, "grant_extension", [ticket], at=clock.ago(0.1))
        for n, ticket in enumerate(waiting):
            reason = WAITS[n % 2]
            casework.take(store, "ask_pause", [ticket], reason=reason, at=clock.ago(0.2))
            if n < 2:
                when = clock.ago(0.05)
                casework.take(store, "grant_pause", [ticket], approval=APPROVAL, at=when)
