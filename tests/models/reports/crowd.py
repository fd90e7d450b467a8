"""A crowd that means the same: appeals of several citizens, channels, units and weeks."""

from __future__ import annotations

from datetime import timedelta

from models.store.store import Store
from models.tables import Accused, Person, Problem, ProblemTicket, Ticket
from tests.conftest import NOW
from tests.models.rounds import put_round

CHANNELS = ("城市留言板", "12345电话", "微信")

NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯"

CATEGORY = "物业/供水/停水"


def crowd(store: Store, count: int = 12) -> list[int]:
    """Put in appeals of different citizens, four a week until yesterday; return their ids."""
    tickets = []
    for n in range(count):
        at = NOW - timedelta(days=1 + 2 * n)
        ticket, _ = put_round(store, f"T{n}", 5 + n % 3, received_at=at, title="锦绣家园停水")
        tickets.append(ticket)
        with store.writing() as work:
            work.insert(
                Person,
                ticket_id=ticket,
                reporter=f"王小{NAMES[n]}",
                phone=f"138712345{n:02}",
                reporter_key=f"key{n}",
            )
            words = f"我是王小{NAMES[n]}，第{n}次反映小区停水，电话138712345{n:02}"
            work.update(
                Ticket, ticket, 1, channel=CHANNELS[n % 3], category=CATEGORY, content=words
            )
    return tickets


def problem_with(store: Store, tickets: list[int]) -> int:
    """Make a problem of appeals; return its id."""
    with store.writing() as work:
        id = work.insert(
            Problem,
            name="锦绣家园停水",
            state="confirmed",
            category=CATEGORY,
            first_at=NOW - timedelta(days=40),
            last_at=NOW,
            known_at=NOW - timedelta(days=10),
            appeals=len(tickets),
            reporters=len(tickets),
            recorded_at=NOW,
        )
        for ticket in tickets:
            work.insert(ProblemTicket, ticket_id=ticket, problem_id=id, at=NOW)
        work.event("ticket.intake", "problem", id)
        return id


def kept_back(store: Store) -> dict[str, int]:
    """Put in a report of wrongdoing, a secret appeal, one against its unit; return their ids."""
    found = {}
    for name, changes in (
        ("举报", {"nature": "举报"}),
        ("保密", {"confidential": True}),
        ("反映单位", {}),
    ):
        ticket, _ = put_round(store, name, 5, received_at=NOW - timedelta(hours=3), title="停水")
        found[name] = ticket
        with store.writing() as work:
            words = f"{name}件的原话：局里某人收钱不办事"
            work.update(Ticket, ticket, 1, category=CATEGORY, content=words, **changes)
            if name == "反映单位":
                work.insert(Accused, ticket_id=ticket, unit_id=5, found_at=NOW, confirmed=True)
    return found
