"""The desk: all a screen can ask of the store or have done there.

Every method blocks and is called from a thread worker. Nothing below the console is imported until
a desk is opened, so that the first frame need not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from console.desk.facts import Bureau, bureau

if TYPE_CHECKING:
    from models.orders import Drafted
    from models.store import Reader, Store
    from models.views import TicketView


Opener = Callable[[], "Store"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """An appeal an act will fall on; ``version`` is its leading deadline's, as it was seen."""

    ticket_id: int
    version: int
    number: str
    unit: str


def chosen_of(view: TicketView) -> Chosen:
    """Return an appeal that was read as one that is chosen; a closed one has no version."""
    version = view.leading.version if view.leading is not None else 0
    return Chosen(view.id, version, view.number, view.round.unit)


class Desk:
    """A store, as the screens use it; safe to share between workers."""

    def __init__(self, store: Store) -> None:
        """Made by :func:`open_desk`."""
        self.store = store
        self._reading: dict[str, Reader] = {}

    def now(self) -> datetime:
        """Return the present in the bureau's zone; asks only the clock."""
        return self.store.now().astimezone(self.bureau.zone)

    @property
    def bureau(self) -> Bureau:
        """What the header and the status line say; known once the desk is open."""
        return self._bureau

    def settle(self) -> None:
        """Read what does not change while somebody looks at a queue."""
        with self.store.reading() as reader:
            self._bureau = bureau(self.store, reader)

    @contextmanager
    def reading(self, group: str) -> Iterator[Reader]:
        """Give a reader that ``interrupt(group)`` stops."""
        with self.store.reading() as reader:
            self._reading[group] = reader
            try:
                yield reader
            finally:
                self._reading.pop(group, None)

    def interrupt(self, group: str) -> None:
        """Stop the query of a group whose answer is no longer wanted."""
        reader = self._reading.pop(group, None)
        if reader is not None:
            reader.interrupt()

    def ticket(self, ticket_id: int) -> TicketView:
        """Return one appeal, the citizen masked; ``DubanError`` if it is gone."""
        from models.views import ticket_view

        with self.reading("ticket") as reader:
            return ticket_view(
                reader.rows,
                self.store.timekeeper(),
                ticket_id,
                self.store.now(),
                roles=self.bureau.roles,
            )

    def receipts(self, ticket_id: int) -> str:
        """Return the 时限核算单 of an appeal's clocks as text, those that run first."""
        from models.clocks import ticket_derivations

        with self.reading("ticket") as reader:
            found = ticket_derivations(reader.rows, self.store.timekeeper, ticket_id)
        return "\n\n".join("\n".join(receipt.lines) for receipt in found)

    def chosen(self, deadline_ids: Sequence[int], shown: Mapping[int, int]) -> list[Chosen]:
        """Return the appeals behind rows of the queue, each once; rows of orders have none.

        ``shown`` are the versions that were seen, by deadline, of the rows that were at hand.
        """
        from models.views import queue_window

        found: dict[int, Chosen] = {}
        with self.store.reading() as reader:
            for start in range(0, len(deadline_ids), 2000):
                for row in queue_window(reader, deadline_ids[start : start + 2000]):
                    if row.ticket_id is not None and row.kind == "ticket":
                        unit = row.unit if row.unit_id is not None else ""
                        version = shown.get(row.id, row.version)
                        found[row.ticket_id] = Chosen(row.ticket_id, version, row.number, unit)
        return list(found.values())

    def total(self) -> int:
        """Return how many decisions wait for the centre, for every header."""
        from models.views import desk_total

        with self.store.reading() as reader:
            return desk_total(reader.rows)

    def draft(self, ticket_ids: Sequence[int]) -> Drafted:
        """Draft orders, one per lead unit."""
        from models.orders import draft

        return draft(self.store, list(ticket_ids))

    def close(self) -> None:
        """Close the store."""
        self.store.close()


def open_desk(opener: Opener) -> Desk:
    """Open the store and read what every screen shows of it; raises ``DubanError``."""
    desk = Desk(opener())
    desk.settle()
    return desk
