"""Clocks that an undo brought back: their crossings, next threshold and worst colour follow."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text

from models.clocks.reading import clock_of_id
from models.clocks.sweeping import ANNULLED, annul, record, until
from models.store import Work, each_of
from models.tables import Crossing, Deadline
from rules.clocks import LEVEL_COLOURS, worst


def forget_crossings(work: Work, deadline_id: int) -> None:
    """Take out what a clock crossed that is itself taken out."""
    work.delete_where(Crossing, "deadline_id = :id", id=deadline_id)


def forget_clocks(work: Work, round_ids: Sequence[int]) -> None:
    """Take out the clocks of rounds that are to be as if they had come in otherwise."""
    work.delete_where(
        Crossing,
        f"deadline_id IN (SELECT id FROM deadline WHERE {_OF_ROUNDS})",
        rounds=list(round_ids),
    )
    work.delete_where(Deadline, _OF_ROUNDS, rounds=list(round_ids))


_OF_ROUNDS = "round_id IN (:rounds) AND subject_kind = 'ticket'"


def restore_clock(work: Work, deadline_id: int) -> None:
    """Let crossings, next threshold and worst colour follow a clock that was restored."""
    one = clock_of_id(work, deadline_id)
    keeper = work.timekeeper()
    still = one.stopped_at or one.paused_at
    moment = still if still is not None else work.now
    standing = {crossed.level for crossed in one.crossed if crossed.revision == one.revision}
    reached = keeper.crossed(one, moment) if still is None else until(keeper, one, moment)
    if still is not None or one.next_at is not None:
        record(work, [(one.id, one.revision, level, at) for level, at in reached])
        standing |= {level for level, _ in reached}
    later = {"d": one.id, "r": one.revision}
    work.change_where(Crossing, ANNULLED, _LATER, now=work.now, why="已撤销", **later)
    if still is not None:
        wrong = [c for c in one.crossed if c.revision == one.revision and c.at >= still]
        standing -= {crossed.level for crossed in wrong}
        annul(work, [crossed.id for crossed in wrong], "已撤销或恢复")
    earlier = [c.level for c in one.crossed if c.revision < one.revision]
    ahead = None
    if still is None and one.next_at is not None:
        behind = keeper.crossed(one, work.now)
        ahead = min((t[1] for t in keeper.thresholds(one) if t not in behind), default=None)
    colour = worst(LEVEL_COLOURS[level] for level in (*standing, *earlier))
    work.conn.execute(
        text("UPDATE deadline SET next_at = :next_at, worst_colour = :colour WHERE id = :id"),
        {"next_at": work.stored(ahead), "colour": colour, "id": one.id},
    )


_LATER = "deadline_id = :d AND revision > :r AND annulled_at IS NULL"


_WORST = """
UPDATE ticket SET version = version + :by, worst_colour = CASE
    WHEN EXISTS (SELECT 1 FROM deadline d WHERE d.ticket_id = ticket.id
                 AND d.subject_kind = 'ticket' AND d.worst_colour = 'red') THEN 'red'
    WHEN EXISTS (SELECT 1 FROM deadline d WHERE d.ticket_id = ticket.id
                 AND d.subject_kind = 'ticket' AND d.worst_colour = 'yellow') THEN 'yellow'
    ELSE 'blue' END
WHERE id IN ({ids})
"""


def recall_worst(work: Work, ticket_ids: Sequence[int], *, overtaken: bool = False) -> None:
    """Let tickets remember the worst colour that their clocks, as they are now, have reached.

    ``overtaken``: nobody has seen them as they are now, so their versions go up.
    """
    each_of(work.conn, _WORST, ticket_ids, by=int(overtaken))
