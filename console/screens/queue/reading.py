"""The jobs of the queue: each runs in a worker and says what it found."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk import Desk
from console.desk.queue import QueueDesk, View
from console.jobs import Say
from console.screens.queue.news import Began, Counted, Differs, Exported, Supplied, Whole


def read_list(
    desk: Desk, view: View, run: int, say: Say, *, fresh: bool, seen: Sequence[int]
) -> None:
    """Read a list: its first rows, the counters, then all of it.

    A list that is not ``fresh`` replaces one that is shown: nothing is shown before all of it is
    there, with the rows of the ids ``seen`` now.
    """
    queue = QueueDesk(desk, view)
    with desk.reading("list") as reader:
        if fresh:
            say(Began(run, queue, *queue.first(reader)))
        say(Counted(run, queue.counts(reader), queue.place(reader)))
        ids = queue.all(reader)
        say(Whole(run, queue, ids, {} if fresh else queue.lines(reader, seen)))


def read_rows(desk: Desk, queue: QueueDesk, run: int, ids: Sequence[int], say: Say) -> None:
    """Read the rows that are about to be seen."""
    with desk.reading("rows") as reader:
        say(Supplied(run, queue.lines(reader, ids)))


def read_counts(desk: Desk, view: View, run: int, say: Say) -> None:
    """Count again, to learn whether the list is still what the store holds."""
    with desk.reading("watch") as reader:
        say(Differs(run, QueueDesk(desk, view).counts(reader)[0]))


def write_list(desk: Desk, queue: QueueDesk, ids: Sequence[int], title: str, say: Say) -> None:
    """Write a list as it is shown into a workbook."""
    from console.screens.queue.sheet import write_sheet

    with desk.reading("write") as reader:
        rows, path = write_sheet(desk, queue.everything(reader, ids), title, len(ids))
    say(Exported(rows, path))
