"""A week in which something happens, after ten in which only the usual does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from models.store.store import Store
from models.tables.problems import Problem, ProblemTicket
from rules.casework.appeal import Appeal
from tests.models.appeals import appeal, wuhan

FROM, TO = wuhan("2026-11-09 00:00"), wuhan("2026-11-16 00:00")

WATER = "公用事业/供水/停水"

CHANNELS = ("12345电话", "微信", "城市留言板")


def usual(days: int = 70) -> list[Appeal]:
    """Return two appeals of each day before the week, about what always is."""
    return [
        appeal(
            f"U{day}-{n}",
            received_at=FROM - timedelta(days=day) + timedelta(hours=9 + n),
            category="城市管理/市容秩序/占道经营",
            content=f"门前摆摊第{day}天{n}",
        )
        for day in range(-6, days)
        for n in range(2)
    ]


def burst(count: int = 9, first: str = "W", **changes: Any) -> list[Appeal]:
    """Return appeals of as many citizens about one thing, three a day from Monday on."""
    return [
        appeal(
            f"{first}{n}",
            **{
                "received_at": FROM + timedelta(days=n // 3, hours=9),
                "category": WATER,
                "content": f"家里停水第{n}回，{first}",
                "channel": CHANNELS[n % 3],
                "phone": f"1387123{n:04}",
                "grid": "420106003001",
                **changes,
            },
        )
        for n in range(count)
    ]


def put_problem(store: Store, tickets: Sequence[int], **values: Any) -> int:
    """Put in a problem with its tickets."""
    with store.writing() as work:
        id = work.insert(
            Problem,
            name="停水 13871234567",
            first_at=FROM,
            last_at=FROM + timedelta(days=2),
            known_at=FROM + timedelta(days=1, hours=9),
            appeals=len(tickets),
            reporters=len(tickets),
            recorded_at=FROM,
            **values,
        )
        for ticket in tickets:
            work.insert(ProblemTicket, ticket_id=ticket, problem_id=id, at=FROM)
        work.event("ticket.note", "ticket", tickets[0], payload={})
    return id
