"""Somebody else at work on the same store: what units report and ask, a file that comes in."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from typing import Any

from models.casework import take
from models.clocks import load_calendar
from models.orders import draft, follow
from models.store.opening import open_store
from models.store.store import Store
from models.tables.bookkeeping import Operator, Role
from rules.errors import DubanError
from seed.reference.catalogue import first_content
from tests.conftest import Clock
from tests.console.town import appeals, settle_town
from tests.models.appeals import appeal, column, taken, unit_id, wuhan
from tests.models.clocks.holidays import with_2027

ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("note", {"text": "旁人"}),
    ("contact", {}),
    ("acknowledge", {}),
    ("reply", {"text": "已到现场处理完毕", "outcome": "已解决"}),
    ("ask_extension", {"limit_text": "3wd", "reason": "需联合执法"}),
    ("ask_pause", {"reason": "鉴定"}),
    ("ask_return", {"code": "duty", "reason": "不属我单位"}),
    ("rate", {"result": "不满意", "work_rating": "满意"}),
)
"""What a unit, a citizen or a colleague does: the verb and what it says."""

BURST = 150
"""Appeals that come in at once, now and then."""


def other_of(store: Store, clock: Clock) -> Store:
    """Return the store as a second supervisor has it open."""
    with store.writing() as work:
        id = work.insert(Operator, login="other", name="李四", created_at=work.now)
        work.insert(Role, operator_id=id, role="supervisor")
    return open_store(store.target, now=clock, first=first_content, login="other")


class Somebody:
    """A second supervisor who now and then moves a matter that the hand has before it."""

    def __init__(self, store: Store, dice: random.Random) -> None:
        """``store`` is theirs."""
        self._store = store
        self._dice = dice
        self._last = int(column(store, "SELECT max(id) FROM ticket")[0])

    def work(self) -> None:
        """Do one thing or another."""
        if self._dice.random() < 0.02:
            taken(self._store, *self._come())
        elif self._dice.random() < 0.2:
            ids = column(self._store, "SELECT id FROM supervision_order WHERE status = 'received'")
            with suppress(DubanError):
                follow(self._store, "feedback", ids[:1], text="已整改")
        else:
            verb, said = self._dice.choice(ASKED)
            self.take(verb, **said)

    def take(self, verb: str, **said: Any) -> None:
        """Take a step on some matter, if it may be."""
        with suppress(DubanError):
            take(self._store, verb, [self._dice.randrange(1, self._last)], **said)

    def _come(self) -> list[Any]:
        mark = self._dice.randrange(10**9)
        return [replace(one, external_id=f"{mark}-{one.external_id}") for one in appeals(BURST)]


def settle_busy_town(store: Store) -> None:
    """Make a town where something of every kind waits for the centre."""
    settle_town(store, 200)
    old = appeal(
        nature="投诉",
        object="兴业小区",
        unit="武汉市洪山区人民政府",
        received_at=wuhan("2026-09-14 09:00"),
        dispatched_at=wuhan("2026-09-14 10:00"),
    )
    crowd = [
        replace(old, external_id=f"F{n}", reporter=f"某甲{n}", phone=f"1380000000{n}")
        for n in range(5)
    ]
    told = [
        appeal(f"C{n}", unit="武汉市水务局", dispatched_at=wuhan("2026-11-19 09:30"))
        for n in range(12)
    ]
    taken(store, *crowd, *told)
    ids = column(store, "SELECT id FROM ticket WHERE external_id LIKE 'C%'")
    take(store, "dispatch", ids, unit_id=unit_id(store, "武汉市江岸区人民政府"))
    taken(store, *(replace(one, unit="武汉市洪山区人民政府") for one in told))
    for at, id in enumerate(column(store, _IN_HAND)):
        verb, said = ASKED[3 + at % 4]
        with suppress(DubanError):
            take(store, verb, [id], **said)
            if at % 12 == 0:
                take(store, "close", [id], outcome="已解决")
                take(store, "rate", [id], result="不满意", work_rating="满意")
    draft(store, column(store, _LATE))
    load_calendar(store, with_2027(store, "2027-01-01"), "2027年放假安排")


_IN_HAND = """
SELECT t.id FROM ticket t JOIN round r ON r.ticket_id = t.id JOIN deadline d ON d.round_id = r.id
WHERE r.state = 'acknowledged' AND d.step = 'close' AND d.stopped_at IS NULL
  AND d.due_at > '2026-11-21' ORDER BY t.id
"""

_LATE = """
SELECT max(ticket_id) FROM round WHERE state IN ('dispatched', 'acknowledged')
GROUP BY lead_unit_id
"""
