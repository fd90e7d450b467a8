"""The states of the queue: which matters each holds, in which parts and order.

Colour is a comparison of stored instants with now, so what runs is a handful of index ranges over
running deadlines, whatever the history.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.views.filtering import CLOSED, LATELY, LIVE, REVIEWS, Shelf
from rules.casework import QueueFilter

RUNNING = "d.stopped_at IS NULL AND d.paused_at IS NULL AND d.leads"

PAUSED = "d.stopped_at IS NULL AND d.paused_at IS NOT NULL AND d.leads"

ENDED = "t.state = 'closed'"

COLOURS = {
    "red": "d.red_at < :now",
    "yellow": "d.yellow_at <= :now AND d.red_at >= :now",
    "blue": "d.blue_at <= :now AND d.yellow_at > :now AND d.red_at >= :now",
    "next": "d.red_at >= :now AND d.red_at <= :next_workday_end",
    "today": "d.red_at >= :day_start AND d.red_at < :now",
    "pressing": "d.pressing",
    "provisional": "d.provisional",
}
"""The ranges of each colour, as rules.colours draws them: red begins after its instant."""

BANDS = (
    "d.pressing AND d.yellow_at <= :now",
    "NOT d.pressing AND d.red_at >= :workday_start AND d.red_at < :now",
    "NOT d.pressing AND d.yellow_at <= :now AND d.red_at >= :now",
    "NOT d.pressing AND d.red_at < :workday_start AND d.red_at > :fold_before",
    "d.yellow_at > :now AND d.red_at > :now",
)

FOLDED = "NOT d.pressing AND d.red_at <= :fold_before"

UNDECIDED = """v.decided_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM review w
    WHERE w.ticket_id = v.ticket_id AND w.decided_at IS NULL AND w.id > v.id)"""

ORDERS = {
    "due": ("d.red_at", "d.due_at", "d.id"),
    "received": ("t.received_at", "d.id"),
    "number": ("coalesce(t.number, o.number)", "d.id"),
    "unit": ("u.code", "d.red_at", "d.id"),
    "step": ("d.step", "d.red_at", "d.id"),
}

CLOSED_ORDERS = {
    "received": ("t.received_at", "-t.id"),
    "number": ("t.number", "-t.id"),
    "unit": ("u.code", "r.closed_at", "-t.id"),
}
"""The orders that what no clock runs for has too; in any other it keeps its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """Matters of one shelf, and their keys of order."""

    shelf: Shelf
    where: str
    keys: tuple[str, ...] = ()
    down: bool = False


_LAST = """NOT EXISTS (
    SELECT 1 FROM round x WHERE x.ticket_id = r.ticket_id AND x.n - 1 = r.n AND x.n > 1)"""

PAST = {
    "unsatisfied": Part(
        LATELY,
        "r.closed_at IS NOT NULL AND r.result_rating = '不满意' AND r.rated_at >= :since "
        f"AND {_LAST}",
        ("r.rated_at", "r.ticket_id"),
        True,
    ),
    "closed": Part(
        LATELY, f"r.closed_at >= :since AND {_LAST}", ("r.closed_at", "r.ticket_id"), down=True
    ),
    "analysis": Part(
        CLOSED,
        "t.state = 'analysis' AND t.parent_id IS NULL",
        ("t.received_at", "-t.id"),
        down=True,
    ),
}
"""The states that have no clocks, the last one first; but for what others answer only a period."""


def parts(filter: QueueFilter, order: str, descending: bool, unfold: bool) -> list[list[Part]]:
    """Return the parts of a list, one behind the other; those that stand together are merged."""
    colour = COLOURS.get(filter.colour or "")
    if filter.state in PAST:
        past = PAST[filter.state]
        return [] if filter.colour else [[_sorted(past, order, descending)]]
    if filter.state == "review":
        return [[_sorted(Part(REVIEWS, _undecided(filter)), order, descending)]]
    if filter.colour == "paused":
        return [[Part(LIVE, PAUSED, ORDERS["due"])]]
    everything = filter.state == "all" and filter.colour is None
    paused, closed = Part(LIVE, PAUSED), Part(CLOSED, ENDED, PAST["closed"].keys, down=True)
    if everything and order in CLOSED_ORDERS:
        together = (Part(LIVE, "d.stopped_at IS NULL AND d.leads"), Part(CLOSED, ENDED))
        return [[_sorted(part, order, descending) for part in together]]
    if order == "banded":
        bands = (*BANDS, FOLDED) if unfold or everything or filter.colour == "red" else BANDS
        found = [Part(LIVE, f"{RUNNING} AND {band}", ORDERS["due"]) for band in bands]
    else:
        found = [_sorted(Part(LIVE, RUNNING), order, descending)]
    if colour:
        found = [replace(part, where=f"{part.where} AND {colour}") for part in found]
    if everything:
        found += [_sorted(paused, "due", False), closed]
    return [[part] for part in found]


def _undecided(filter: QueueFilter) -> str:
    """Return the condition of an open review, and of the colour of the clock that runs beside."""
    if filter.colour is None:
        return UNDECIDED
    colour = PAUSED if filter.colour == "paused" else f"{RUNNING} AND {COLOURS[filter.colour]}"
    return f"{UNDECIDED} AND {colour}"


def _sorted(part: Part, order: str, descending: bool) -> Part:
    """Return a part in an order; what no clock runs for keeps its own where it has no such key."""
    if part.shelf is LIVE:
        return replace(part, keys=ORDERS["due" if order == "banded" else order], down=descending)
    if order in CLOSED_ORDERS:
        return replace(part, keys=CLOSED_ORDERS[order], down=descending)
    if part.shelf is REVIEWS:
        return replace(part, keys=("v.opened_at", "v.id"), down=descending)
    return replace(part, down=part.down != descending)
