"""接谈登记: parties written down one by one at the table, or from a place's workbook."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from models.receptions.day_book import DayBook
from models.receptions.meeting import MeetingView
from models.receptions.placed import Received
from models.receptions.reception import ReceptionView, reception_of
from models.store import Journal, retried
from models.tables import Meeting
from rules.casework import Reject
from rules.errors import Refused
from rules.receptions import Party

if TYPE_CHECKING:
    from models.store import Store

BATCH = 1000
"""Lines of a workbook taken in one transaction."""


@dataclass
class Taken:
    """What became of the lines of a workbook; ``known`` were written down before."""

    read: int = 0
    new: int = 0
    known: int = 0
    linked: int = 0
    refused: list[Reject] = field(default_factory=list)
    withheld: tuple[int, ...] = ()


@retried
def receive(store: Store, reception: ReceptionView, party: Party) -> Received:
    """Write down one party at a place; ``Refused`` says what to write or to do."""
    with store.writing(batch=f"act:{secrets.token_hex(6)}") as work:
        book = DayBook.read(work, reception.day)
        now = reception_of(work, reception.id)
        return book.write([book.place(party, now)])[0]


class _NothingKept(Exception):
    """Ends the transaction of a rehearsal."""


def take_parties(
    store: Store,
    day: date,
    lines: Iterable[Party | Reject],
    *,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Taken:
    """Write down the parties of a workbook; a line that cannot be is refused by itself.

    Its places are those planned for the day. Finished batches stay whatever happens later: taking
    the file again completes it. ``dry_run`` writes nothing and gives the same answer.
    """
    taken = Taken()
    rows, seen = iter(lines), dict[str, int]()
    while batch := list(islice(rows, BATCH)):
        _take_batch(store, day, batch, taken, seen, dry_run=dry_run)
        if progress is not None:
            progress(taken.read)
    return taken


def _take_batch(
    store: Store,
    day: date,
    lines: Sequence[Party | Reject],
    taken: Taken,
    seen: dict[str, int],
    *,
    dry_run: bool,
) -> None:
    told, persons = _batch(store, day, lines, seen, dry_run=dry_run)
    seen.update(persons)
    taken.read += len(lines)
    taken.new += told.new
    taken.known += told.known
    taken.linked += told.linked
    taken.refused += told.refused
    taken.withheld += told.withheld


@retried
def _batch(
    store: Store,
    day: date,
    lines: Sequence[Party | Reject],
    seen: dict[str, int],
    *,
    dry_run: bool,
) -> tuple[Taken, dict[str, int]]:
    """Take some lines in one transaction; return what became of them, and who was in them."""
    told = Taken()
    try:
        with store.writing(batch=f"act:{secrets.token_hex(6)}") as work:
            book = DayBook.read(work, day, dict(seen))
            ready = []
            for line in lines:
                if isinstance(line, Reject):
                    told.refused.append(line)
                elif book.knows(line):
                    told.known += 1
                else:
                    try:
                        ready.append(book.place(line, book.named(line.place)))
                    except Refused as refusal:
                        said = line.said or {}
                        told.refused.append(Reject(line.line, str(refusal), said))
            done = book.write(ready)
            told.new, told.linked = len(done), sum(one.linked for one in done)
            told.withheld = tuple(
                one.party.line for one, it in zip(ready, done, strict=True) if it.withheld
            )
            if dry_run:
                raise _NothingKept
    except _NothingKept:
        pass
    return told, book.lines


@retried
def mark_again(store: Store, meeting: MeetingView, *, again: bool) -> None:
    """Write down that a party came 初访 or 重访, as a person has confirmed it."""
    with store.writing(journal=Journal("reception.again")) as work:
        work.require(verb="reception.again")
        if meeting.again == again:
            raise Refused(f"已登记为{'重访' if again else '首访'}")
        work.update(Meeting, meeting.id, meeting.version, {"again": not again}, again=again)
        told = {"serial": meeting.serial, "again": again}
        work.event("reception.again", "reception", meeting.reception_id, payload=told)
