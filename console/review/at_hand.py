"""Matters to be verified as the screen takes them in hand and gives them back; each call blocks."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

from console.frame import Session, act_in_words
from models import casework, review, views

if TYPE_CHECKING:
    from models.views import ReviewCase, ReviewCounts


class Hands:
    """What one session has in hand: taken in order, kept by use, given back on leaving."""

    def __init__(self, session: Session) -> None:
        """Take nothing yet."""
        self._session = session
        self._lock = Lock()
        self._open = True

    def take(self, skipped: Sequence[int]) -> ReviewCase | None:
        """Take the review that has waited longest and read it; None where none is left."""
        session, passed = self._session, list(skipped)
        with self._lock:
            while self._open:
                session.reviewing = True
                handed = review.take_next(session.store, session.holder, passed)
                if handed is None:
                    return None
                found = self._read(handed.ticket_id)
                if found is not None:
                    return found
                passed.append(handed.review_id)
        return None

    def take_again(self, ticket_id: int) -> ReviewCase | None:
        """Take the review of one ticket, if it is free, and read it as it is now."""
        session = self._session
        with self._lock:
            self._open = session.reviewing = True
            handed = review.take_one(session.store, session.holder, ticket_id)
            return None if handed is None else self._read(ticket_id)

    def keep(self, review_ids: Sequence[int]) -> list[int]:
        """Keep reviews for another while; return those that somebody else has by now."""
        session = self._session
        with self._lock:
            kept = self._open and review_ids
            return [id for id in kept or () if not review.renew(session.store, session.holder, id)]

    def give_back(self, review_id: int | None = None) -> None:
        """Give one review back, or all and take none until asked again."""
        with self._lock:
            self._open = self._open and review_id is not None
            review.release(self._session.store, self._session.holder, review_id)

    def open(self) -> None:
        """Take reviews again after all were given back."""
        self._open = True

    def undo(self, of: str) -> tuple[str, ReviewCase | None]:
        """Take back the last act; return it in words, and its matter if that was a verdict."""
        act = casework.undo(self._session.store, session=True, of=of)
        ticket_id = next(iter(act.ticket_ids), None)
        verdict = act.verb.startswith("review.") and ticket_id is not None
        return act_in_words(act), self.take_again(ticket_id) if verdict and ticket_id else None

    def counts(self) -> ReviewCounts:
        """Count what the header says."""
        session, store = self._session, self._session.store
        with session.reading("counts") as reader:
            return views.review_counts(
                reader,
                store.timekeeper(),
                store.now(),
                operator_id=store.operator.id,
                holder=session.holder,
            )

    def _read(self, ticket_id: int) -> ReviewCase | None:
        session, store = self._session, self._session.store
        with session.reading("case") as reader:
            found = views.review_case(
                reader,
                store.timekeeper(),
                ticket_id,
                store.now(),
                roles=session.bureau.roles,
                masking=store.policy.privacy.on_screen,
            )
        return found if found is not None and found.review.state == "open" else None
