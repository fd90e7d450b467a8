"""签收 首次联系 进度反馈 批注: what is told on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from models import acts
from models.casework.doing import Done, Seen, each
from models.casework.wording import written

if TYPE_CHECKING:
    from models.matter import Matter
    from models.store import Store, Work


def acknowledge(
    store: Store, ticket_ids: Sequence[int], *, at: datetime | None = None, seen: Seen | None = None
) -> Done:
    """签收: the unit takes them."""

    def take(work: Work, matter: Matter) -> None:
        acts.acknowledge(work, matter)

    return each(store, ticket_ids, "acknowledge", take, at=at, seen=seen)


def contact(
    store: Store,
    ticket_ids: Sequence[int],
    text: str | None = None,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """首次联系: the unit has spoken with the citizen."""

    def speak(work: Work, matter: Matter) -> None:
        acts.contact(work, matter, text)

    return each(store, ticket_ids, "contact", speak, at=at, seen=seen)


def progress(
    store: Store,
    ticket_ids: Sequence[int],
    text: str,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """进度反馈: an interim report; where the policy asks for reports, the next is counted anew."""
    said = written(text, "进度")

    def report(work: Work, matter: Matter) -> None:
        acts.progress(work, matter, said)

    return each(store, ticket_ids, "progress", report, at=at, seen=seen)


def note(
    store: Store, ticket_ids: Sequence[int], text: str, *, at: datetime | None = None
) -> Done:
    """批注: what somebody wants remembered; it stands in nobody's way."""
    said = written(text, "批注")

    def put(work: Work, matter: Matter) -> None:
        acts.note(work, matter, said)

    return each(store, ticket_ids, "note", put, at=at)
