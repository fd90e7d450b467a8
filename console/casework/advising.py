"""Suggested units and open matters alike, from memories read once and kept for a while."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from console.frame import Session
from models import dispatch, views

if TYPE_CHECKING:
    from models.dispatch import Suggestion, Suggestions
    from models.store import Reader
    from models.views import LikeMatter, OpenMatters
    from rules.casework import Appeal

M = TypeVar("M")
T = TypeVar("T")

KEPT = timedelta(minutes=15)
"""How long a memory serves before it is read anew."""


class Remembered(Generic[M]):
    """A memory that takes seconds to read in a large store, so from a worker; one reads it."""

    def __init__(self, session: Session, read: Callable[[Reader], M]) -> None:
        """Read nothing yet."""
        self._session = session
        self._read = read
        self._lock = Lock()
        self._memory: M | None = None
        self._read_at: datetime | None = None

    def ask(self, question: Callable[[M, Reader], tuple[T, ...]]) -> tuple[T, ...]:
        """Ask the memory, after it has been read."""
        store = self._session.store
        with self._lock, store.reading() as reader:
            now = store.now()
            if self._memory is None or self._read_at is None or now - self._read_at > KEPT:
                self._memory, self._read_at = self._read(reader), now
            return question(self._memory, reader)


class Adviser:
    """What earlier decisions and open matters say of one at hand."""

    def __init__(self, session: Session) -> None:
        """Read nothing yet."""
        self._session = session
        self._dispatched: Remembered[Suggestions] = Remembered(session, self._read_dispatched)
        self._open: Remembered[OpenMatters] = Remembered(session, views.OpenMatters)

    def of(self, ticket_id: int) -> tuple[Suggestion, ...]:
        """Return up to three units for a ticket, the likeliest first."""
        return self._dispatched.ask(lambda memory, reader: memory.of(reader, ticket_id))

    def of_appeal(self, appeal: Appeal, barred: Collection[int]) -> tuple[Suggestion, ...]:
        """Return up to three units for an appeal that is being written down."""
        return self._dispatched.ask(lambda memory, reader: memory.of_appeal(reader, appeal, barred))

    def like(self, appeal: Appeal) -> tuple[LikeMatter, ...]:
        """Return the open matters most like an appeal that is being written down."""
        described = dispatch.described_in(appeal)
        masking = self._session.store.policy.privacy.on_screen
        return self._open.ask(
            lambda memory, reader: memory.like(reader, described, masking=masking)
        )

    def _read_dispatched(self, reader: Reader) -> Suggestions:
        store = self._session.store
        today = store.timekeeper().local(store.now()).date()
        return dispatch.Suggestions(reader, store.policy.routing, today=today)


def adviser_of(session: Session) -> Adviser:
    """Return the one adviser of a session, whose memories every screen shares."""
    return session.kept("adviser", lambda: Adviser(session))
