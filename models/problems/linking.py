"""Linking: new appeals are put together with those they mean the same as, batch by batch.

Each batch is one transaction with the mark up to where tickets have been looked at, so that what
was cut short goes on where it stopped. Nothing is remembered between two runs but the store.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.problems.around import grouping_around
from models.problems.keyed import Coming, coming, every, take_keys
from models.problems.retelling import keep_keys, refresh_stale, retell
from models.store import Query, Source, Work, canonical, count_up, retried
from models.tables import LinkMark, Problem, ProblemTicket
from rules.errors import DubanError
from rules.problems import Group, Grouping, reasons

if TYPE_CHECKING:
    from models.store import Store

BATCH = 6000
"""Tickets of one transaction."""

REASONS = 6
"""Keys that are kept as the reason why a ticket belongs to a problem, the weightiest."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking did: tickets looked at, those that belong to a problem now, problems found."""

    tickets: int = 0
    linked: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class _Mark:
    """Up to which ticket has been looked at, and how many appeals have keys."""

    ticket_id: int
    appeals: int


_MARK = Query(_Mark, "SELECT ticket_id, appeals FROM link_mark WHERE id = 1")
_NEXT = "SELECT min(id) FROM ticket WHERE id > :after"
_WAITING = "SELECT count(*) FROM ticket WHERE id > :after"


def waiting_count(source: Source) -> int:
    """Return how many tickets are to be linked."""
    mark = source.first(_MARK)
    return int(source.value(_WAITING, after=mark.ticket_id if mark else 0))


def link_new(store: Store, *, progress: Progress | None = None, batch: int = BATCH) -> Linked:
    """Link every ticket that was not looked at yet.

    ``progress`` is told the tickets looked at so far after each batch. Finished batches stay
    whatever happens to later ones. Raises ``StoreError``, ``NotAllowed``.
    """
    done = Linked()
    while _waits(store):
        more = _link(store, batch)
        done = Linked(
            done.tickets + more.tickets, done.linked + more.linked, done.found + more.found
        )
        if progress is not None:
            progress(done.tickets)
    return done


def link_or_leave(store: Store, *, progress: Progress | None = None) -> Linked:
    """Link what just came in; where that cannot be done now, the next time does it."""
    try:
        return link_new(store, progress=progress)
    except DubanError:
        return Linked()


def _waits(store: Store) -> bool:
    """Return whether any ticket is to be looked at."""
    with store.reading() as reader:
        mark = reader.first(_MARK)
        return reader.value(_NEXT, after=mark.ticket_id if mark else 0) is not None


@retried
def _link(store: Store, batch: int) -> Linked:
    """Link one batch; who comes while another does finds it done."""
    with store.writing() as work:
        work.require(verb="problem.refresh")
        count_up(work.conn, LinkMark, ("id", "ticket_id", "appeals"), [(1, 0, 0)])
        mark = work.read(_MARK)[0]
        tickets = coming(work, mark.ticket_id, batch)
        if not tickets:
            return Linked()
        taken = [one for one in tickets if not one.secret]
        total = mark.appeals + len(taken)
        refresh_stale(work)
        linked, found = _put_together(work, taken, total)
        work.change_where(
            LinkMark,
            "ticket_id = :last, appeals = :total",
            "id = 1",
            last=tickets[-1].id,
            total=total,
        )
        told = {"tickets": len(tickets), "linked": linked, "found": found}
        work.event("problem.refresh", "problem", None, payload=told)
        return Linked(len(tickets), linked, found)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A ticket that belongs to a problem already: a person was first."""

    ticket_id: int


_TAKEN = Query(
    _Taken,
    "SELECT ticket_id FROM problem_ticket WHERE state = 'linked' AND ticket_id IN ({ids})",
)


def _put_together(work: Work, tickets: list[Coming], total: int) -> tuple[int, int]:
    """Put tickets where they belong; return how many were linked, and problems found."""
    if not tickets:
        return 0, 0
    told, fresh = take_keys(work, tickets, total)
    policy = work.policy.problems
    grouping = grouping_around(work, told, fresh, tickets[0].id, total, policy.least)
    taken = {one.ticket_id for one in every(work, _TAKEN, [one.ticket_id for one in told])}
    for one in told:
        if one.ticket_id not in taken:
            grouping.place(one)
    grouping.settle()
    grown = set(grouping.joined.values())
    changed = [one for one in grouping.groups.values() if one.came or one.id in grown]
    if not changed:
        return 0, 0
    ids = _kept(work, changed)
    _join(work, grouping, ids)
    _link_tickets(work, changed, ids)
    counts = {ids[group.id]: group.counts for group in changed}
    versions = retell(work, counts, total, policy.alarm)
    keep_keys(work, counts, versions)
    found = [group for group in changed if group.id < 0]
    for group in found:
        work.event("problem.find", "problem", ids[group.id], payload={"appeals": len(group.came)})
    return sum(len(group.came) for group in changed), len(found)


NEW = (
    "id",
    "version",
    "name",
    "state",
    "first_at",
    "last_at",
    "recorded_at",
    "appeals",
    "reporters",
)
"""Columns of a problem that was just found; what it says of itself is reckoned then."""


def _kept(work: Work, groups: list[Group]) -> dict[int, int]:
    """Keep new problems; return the ids of all."""
    new = [group.id for group in groups if group.id < 0]
    fresh = dict(zip(new, work.allocate(Problem, len(new)), strict=True))
    now = work.now
    rows = [(id, 1, "", "likely", now, now, now, 0, 0) for id in fresh.values()]
    work.bulk(Problem, NEW, rows)
    return {group.id: fresh.get(group.id, group.id) for group in groups}


def _join(work: Work, grouping: Grouping, ids: dict[int, int]) -> None:
    """Let problems that said the same as others go into them."""
    for goes, stays in grouping.joined.items():
        pour(work, goes, ids[stays])


def pour(work: Work, goes: int, stays: int) -> None:
    """Move the tickets of one problem into another, and close it."""
    work.change_where(
        ProblemTicket,
        "problem_id = :stays",
        "problem_id = :goes AND ticket_id NOT IN"
        " (SELECT o.ticket_id FROM problem_ticket o WHERE o.problem_id = :stays)",
        goes=goes,
        stays=stays,
    )
    work.change_where(
        Problem,
        "version = version + 1, state = 'closed', joined_id = :stays, appeals = 0, reporters = 0",
        "id = :goes",
        goes=goes,
        stays=stays,
    )


def _link_tickets(work: Work, groups: list[Group], ids: dict[int, int]) -> None:
    """Keep which tickets came to problems, and why."""
    rows = []
    for group in groups:
        for ticket_id, one in group.came.items():
            keys = reasons(one.keys, group.counts, group.size)
            told = [[key.kind, key.text, weight] for key, weight in keys if key.shown]
            total = sum(weight for _, weight in keys)
            why = canonical(told[:REASONS])
            rows.append((ticket_id, ids[group.id], "linked", total, why, work.now))
    columns = ("ticket_id", "problem_id", "state", "weight", "why", "at")
    work.bulk(ProblemTicket, columns, sorted(rows))
