"""What is said of a list that stands still: what came since the last visit, what others do now."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from console.frame import Session
from console.views.queue.snapshot import Snapshot, View
from models import views
from rules.clocks import short_instant

if TYPE_CHECKING:
    from models.store import Reader
    from models.views import QueueCounts, Since


BURST = 100
"""Matters that come between two looks and are told with their rate."""


@dataclass(frozen=True, slots=True)
class Look:
    """The queue as it is while its list stands still.

    ``trail`` is the trail's length then, ``others`` how many acts of others it has since the list
    was read; ``seconds`` are a clock's that only runs forward.
    """

    trail: int
    others: int
    counts: QueueCounts
    seconds: float


def look(session: Session, view: View, read_at: int, last: int | None) -> Look | None:
    """Count the queue anew; None where the trail is as long as at the ``last`` look.

    ``read_at`` is the trail's length when the list was read. Without a ``last`` look the queue is
    counted in any case: time alone turns colours.
    """
    with session.reading("watch") as reader:
        stir = views.stir(reader, read_at, session.store.login)
        if stir.count == last:
            return None
        counts = Snapshot(session, view).counts(reader)[0]
    return Look(stir.count, stir.others, counts, monotonic())


def told(shown: Look, now: Look, before: Look) -> str:
    """Return what has changed since a list was ``shown``, or nothing.

    Where many came since the look ``before``, at what rate: ``新增15,000件 · 约每秒300件``.
    """
    new = now.counts.total - shown.counts.total
    came, passed = now.counts.total - before.counts.total, now.seconds - before.seconds
    changes = [f"{'新增' if new > 0 else '减少'}{abs(new):,}件"] if new else []
    if came >= BURST and passed > 0:
        changes.append(f"约每秒{max(1, round(came / passed)):,}件")
    else:
        for word, change in (
            ("红", now.counts.red - shown.counts.red),
            ("黄", now.counts.yellow - shown.counts.yellow),
        ):
            changes += [f"{word}{change:+,}"] if change else []
    if not changes and now.others:
        changes = [f"他人办了{now.others:,}步"]
    return " · ".join((*changes, "按 r 刷新")) if changes else ""


def came_since(session: Session) -> Since | None:
    """Return what came since this person last left; None before the first time."""
    left = session.bureau.left_at
    if left is None:
        return None
    with session.reading("since") as reader:
        return views.since(reader, left, session.store.now())


def since_told(since: Since, left: datetime) -> str:
    """Return the line for the first frame of the day; nothing where nothing came."""
    if since.nothing:
        return ""
    return (
        f"自上次离开（{short_instant(left)}）以来：新红 {since.red:,} · 新黄 {since.yellow:,} · "
        f"反馈 {since.feedback:,} · 异议 {since.objection:,} · 按 e 看"
    )


def newly(session: Session, colour: str, reader: Reader) -> array[int]:
    """Return the matters that have turned a colour since this person last left."""
    left = session.bureau.left_at
    assert left is not None
    return views.newly(reader, colour, left, session.store.now())
