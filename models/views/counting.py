"""How many matters stand where, under any filter. No ORM is imported here."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace

from models.store import Query, Reader
from models.views.filtering import CLOSED, LIVE, REVIEWS, Conditions, conditions
from models.views.kept_counts import kept_closed, kept_running
from models.views.queue import QueueMoment, asked_of
from models.views.states import (
    COLOURS,
    ENDED,
    FOLDED,
    PAST,
    PAUSED,
    RUNNING,
    UNDECIDED,
    Part,
    parts,
)
from rules.casework import QueueFilter


@dataclass(frozen=True, slots=True)
class QueueStates:
    """How many matters each state of the queue holds."""

    open: int
    review: int
    unsatisfied: int
    closed: int
    all: int


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many matters stand where; ``next`` turns red by the end of the next working day."""

    red: int = 0
    yellow: int = 0
    blue: int = 0
    paused: int = 0
    provisional: int = 0
    total: int = 0
    next: int = 0
    folded: int = 0


def queue_counts(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> QueueCounts:
    """Return the counters of what the filter's state holds, under every filter but the colour."""
    plain = replace(filter, colour=None)
    if filter.state == "review":
        asked = conditions(reader, plain, REVIEWS)
        return _counted(reader, asked, plain, moment, _REVIEWS_COUNTED, UNDECIDED)
    if filter.state in PAST:
        return QueueCounts(total=queue_total(reader, plain, moment))
    live = _live(reader, plain, moment)
    if filter.state != "all":
        return live
    return replace(live, total=live.total + _closed(reader, plain, moment))


def queue_total(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> int:
    """Return how many matters a list of the filter has, unfolded, its colour included."""
    if filter.state in ("open", "all") and filter.colour in _KEPT_COLOURS:
        counts = queue_counts(reader, filter, moment)
        if filter.colour is None:
            return counts.total - (counts.paused if filter.state == "open" else 0)
        return int(getattr(counts, filter.colour))
    listed = (part for some in parts(filter, "due", False, True) for part in some)
    return sum(_how_many(reader, filter, moment, part) for part in listed)


_KEPT_COLOURS = (None, "red", "yellow", "blue", "next", "provisional", "paused")
"""The colours that the counters have a number of."""


def queue_states(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> QueueStates:
    """Return how many matters each state holds under every filter but the colour."""
    plain = replace(filter, colour=None)
    held = {
        state: queue_total(reader, replace(plain, state=state), moment)
        for state in ("review", "unsatisfied", "closed")
    }
    open = _live(reader, plain, moment).total
    return QueueStates(open=open, **held, all=open + _closed(reader, plain, moment))


def _live(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> QueueCounts:
    """Return the counters of what runs or stands still."""
    kept = kept_running(reader, filter, moment)
    if kept is None:
        return _all_live(reader, conditions(reader, filter, LIVE), filter, moment)
    counts = QueueCounts(**asdict(kept.counts))
    if kept.besides is None:
        return counts
    more = _all_live(reader, kept.besides, filter, moment)
    added = {f.name: getattr(counts, f.name) + getattr(more, f.name) for f in fields(counts)}
    return QueueCounts(**added)


def _all_live(
    reader: Reader, asked: Conditions, filter: QueueFilter, moment: QueueMoment
) -> QueueCounts:
    running = _counted(reader, asked, filter, moment, _COUNTED, RUNNING)
    paused = _number(reader, asked, filter, moment, PAUSED)
    return replace(running, paused=paused, total=running.total + paused)


def _closed(reader: Reader, filter: QueueFilter, moment: QueueMoment) -> int:
    """Return how many are closed, whenever that was."""
    kept = kept_closed(reader, filter)
    if kept is not None:
        return kept
    return _number(reader, conditions(reader, filter, CLOSED), filter, moment, ENDED)


def _how_many(reader: Reader, filter: QueueFilter, moment: QueueMoment, part: Part) -> int:
    return _number(reader, conditions(reader, filter, part.shelf), filter, moment, part.where)


def _number(
    reader: Reader, asked: Conditions, filter: QueueFilter, moment: QueueMoment, where: str
) -> int:
    """Return how many matters of a shelf are as asked."""
    sql = (
        f"SELECT count(*) FROM {asked.shelf.table} {asked.joins(where)} "
        f"WHERE {where} {asked.where()}"
    )
    return int(reader.value(sql, **asked_of(filter, moment), **asked.params))


def _counted(
    reader: Reader,
    asked: Conditions,
    filter: QueueFilter,
    moment: QueueMoment,
    query: Query[QueueCounts],
    where: str,
) -> QueueCounts:
    """Return the counters of a shelf in one row."""
    text = f"{asked.joins(query.sql, where)} WHERE {where} {asked.where()}"
    found = reader.first(query.also(text), **asked_of(filter, moment), **asked.params)
    assert found is not None  # a count gives one row
    return found


def _sum(condition: str) -> str:
    return f"coalesce(sum(CASE WHEN {condition} THEN 1 ELSE 0 END), 0)"


def _counters(running: str) -> str:
    """Return the counters of a SELECT; ``running`` is what a clock with a colour must be."""
    told = {
        **{name: COLOURS[name] for name in ("red", "yellow", "blue", "next")},
        "folded": FOLDED,
        "provisional": "d.provisional",
    }
    sums = (f"{_sum(running + condition)} AS {name}" for name, condition in told.items())
    return f"SELECT count(*) AS total, {', '.join(sums)}"


_COUNTED = Query(QueueCounts, f"{_counters('')} FROM {LIVE.table}")
_REVIEWS_COUNTED = Query(
    QueueCounts, f"{_counters(RUNNING + ' AND ')}, {_sum(PAUSED)} AS paused FROM {REVIEWS.table}"
)
