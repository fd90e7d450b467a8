"""Rows that store tests begin with: appeals, rounds, clocks and ratings put in by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.store.store import Store
from models.store.trail import iso
from models.tables.deadlines import Deadline
from models.tables.rounds import Rating, Round
from models.tables.tickets import Ticket


def put_round(
    store: Store,
    number: str,
    unit_id: int | None,
    *,
    received_at: datetime,
    due_at: datetime | None = None,
    original_due_at: datetime | None = None,
    closed_at: datetime | None = None,
    outcome: str | None = None,
    rating: str | None = None,
    rated_at: datetime | None = None,
    title: str = "小区停水",
    acknowledged_at: datetime | None = None,
    channel: str = "城市留言板",
) -> tuple[int, int]:
    """Put in one appeal with one round, dispatched at once; return the ids of both."""
    due = due_at or received_at + timedelta(days=7)
    with store.writing() as work:
        ticket_id = work.insert(
            Ticket,
            number=number,
            source="test",
            channel=channel,
            nature="投诉",
            urgency="一般",
            title=title,
            content=f"{title}，电话13871234567",
            area="洪山区",
            received_at=received_at,
            recorded_at=received_at,
            state="closed" if closed_at else "open",
        )
        round_id = work.insert(
            Round,
            ticket_id=ticket_id,
            n=1,
            state="closed" if closed_at else "dispatched",
            lead_unit_id=unit_id,
            opened_at=received_at,
            dispatched_at=received_at if unit_id else None,
            closed_at=closed_at,
            acknowledged_at=acknowledged_at,
            outcome=outcome,
            result_rating=rating,
            rated_at=rated_at,
        )
        acts = {
            "dispatched_at": received_at if unit_id else None,
            "acknowledged_at": acknowledged_at,
            "closed_at": closed_at,
        }
        told = {name: iso(at) for name, at in acts.items() if at is not None}
        work.event(
            "ticket.intake", "ticket", ticket_id, unit_id=unit_id, at=received_at, payload=told
        )
        if unit_id is not None:
            work.insert(
                Deadline,
                subject_kind="ticket",
                subject_id=ticket_id,
                ticket_id=ticket_id,
                round_id=round_id,
                step="close",
                unit_id=unit_id,
                limit_text="5wd",
                started_at=received_at,
                blue_at=received_at,
                yellow_at=due - timedelta(days=1),
                red_at=due,
                due_at=due,
                original_due_at=original_due_at or due,
                stopped_at=closed_at,
                leads=closed_at is None,
                policy=1,
                calendar=1,
            )
        if rating is not None and rated_at is not None:
            work.insert(
                Rating,
                round_id=round_id,
                at=rated_at,
                recorded_at=rated_at,
                result_rating=rating,
                work_rating=rating,
                means="import",
            )
    return ticket_id, round_id
