"""What was granted of a clock, its pauses and extensions, and what they make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.clocks.stored import Clocks, StoredClock
from models.matter import Matter
from models.store import Query, Source, Work
from models.tables import Pause
from rules.clocks import Clock, Origin, Remade, Tags, Timekeeper, followed


@dataclass(frozen=True, slots=True)
class _Grant:
    """One pause that ended, or one extension that was granted, of a clock."""

    kind: str
    id: int
    from_at: datetime | None
    to_at: datetime | None
    limit_text: str | None
    emergency_id: int | None


_GRANTS = Query(
    _Grant,
    """
SELECT 'pause' AS kind, id, from_at, to_at, NULL AS limit_text, emergency_id FROM pause
WHERE deadline_id = :deadline AND granted AND to_at > :start
UNION ALL
SELECT 'extension', id, decided_at, NULL, limit_text, NULL FROM extension
WHERE deadline_id = :deadline AND granted AND decided_at >= :start
ORDER BY from_at, id
""",
)


def origin_of(
    source: Source,
    deadline_id: int,
    clock: Clock,
    tags: Tags | None,
    *,
    since: datetime | None = None,
    own: bool = False,
) -> Origin:
    """Return what a clock was made from: its limit and start, its pauses and extensions.

    What was granted before it started (again) is no part of it, nor, ``since`` it counts anew after
    a change, what was granted before that. ``own``: without the pauses of 特殊时期.
    """
    grants = source.read(_GRANTS, deadline=deadline_id, start=clock.started_at)
    if since is not None:
        grants = [g for g in grants if not g.limit_text or (g.from_at and g.from_at > since)]
    if own:
        grants = [g for g in grants if g.emergency_id is None]
    return Origin(
        clock.step,
        clock.limit_text,
        clock.started_at,
        tags,
        tuple((g.from_at, g.to_at) for g in grants if g.from_at and g.to_at),
        tuple(g.limit_text for g in grants if g.limit_text),
        tuple(g.from_at for g in grants if g.limit_text and g.from_at),
    )


def relieved(
    source: Source,
    keeper: Timekeeper,
    deadline_id: int,
    clock: Clock,
    tags: Tags | None,
    since: datetime | None = None,
) -> Remade:
    """Return ``clock``, as it ran at first, after the pauses that ended and what was extended."""
    origin = origin_of(source, deadline_id, clock, tags, since=since)
    return followed(keeper, clock, tags, origin.pauses, origin.extensions)


def at_first(clocks: Clocks, matter: Matter, one: StoredClock) -> Clock:
    """Return a clock of a round as it was made, before anything was granted of it."""
    keeper = clocks.keeper_of(one)
    if one.source_fixed:
        due = matter.due_fixed_at if one.step == "close" else None
        return keeper.fixed(one.step, one.started_at, due or one.original_due_at)
    return keeper.timed(one.step, one.limit_text, one.started_at, one.tags_or(matter.tags))


def reckoned(clocks: Clocks, matter: Matter, one: StoredClock) -> Remade:
    """Return a clock of a round as it was at first, after all that was granted of it."""
    made, keeper = at_first(clocks, matter, one), clocks.keeper_of(one)
    tags = one.tags_or(matter.tags)
    return relieved(clocks.work, keeper, one.id, made, tags, one.changed_at)


def go_on(clocks: Clocks, matter: Matter, one: StoredClock, at: datetime) -> StoredClock:
    """End the pauses of a clock at ``at``; it is due later by the time it stood still until then.

    While 特殊时期 holds it too it stands still for that.
    """
    if one.paused_at is None or end_pauses(clocks.work, one, at) or at < one.paused_at:
        return one
    return clocks.remake(one, reckoned(clocks, matter, one), one.paused_at, RESUMED, paused_at=None)


def from_zero(clocks: Clocks, one: StoredClock, made: Clock) -> StoredClock:
    """Let a clock start again as ``made``: what it crossed stands, what was granted is over."""
    held = end_pauses(clocks.work, one, made.started_at)
    return clocks.remake(
        one,
        Remade(made, made.due_at),
        made.started_at,
        AGAIN,
        noted=True,
        paused_at=one.paused_at if held else None,
        policy=clocks.work.policy_version,
        made_for=None,
        changed_at=None,
    )


AGAIN = "时限从零起算"
RESUMED = "挂起期间不计时"


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A pause that is undecided, or that has not ended."""

    id: int
    version: int
    requested_at: datetime
    from_at: datetime
    emergency_id: int | None = None
    until_at: datetime | None = None
    by_itself: bool | None = None

    def end_by(self, at: datetime) -> datetime:
        """Return when it ends where it is ended at ``at``: by itself it may have before."""
        return min(at, self.until_at) if self.until_at and self.by_itself else at


_UNDECIDED = Query(
    PauseRow,
    """
SELECT p.id, p.version, p.requested_at, p.from_at
FROM pause p JOIN deadline d ON d.id = p.deadline_id
WHERE d.round_id = :round AND p.decided_at IS NULL
""",
)
_OPEN = Query(
    PauseRow,
    """
SELECT id, version, requested_at, from_at, emergency_id, until_at, by_itself FROM pause
WHERE deadline_id = :deadline AND granted AND to_at IS NULL
""",
)


_FOR_ACCOUNT = Query(
    PauseRow,
    """
SELECT id, version, requested_at, from_at FROM pause
WHERE account_id = :account AND to_at IS NULL ORDER BY id
""",
)


def request_pause(work: Work, one: StoredClock, reason: str) -> None:
    """Keep what a unit asks: that its clock stand still from now."""
    work.insert(Pause, deadline_id=one.id, from_at=work.at, requested_at=work.at, reason=reason)


def requested_pause(work: Work, round_id: int) -> PauseRow:
    """Return the request of a round that nobody has decided."""
    return work.read(_UNDECIDED, round=round_id)[0]


def reword_pauses(work: Work, column: str, rows: Sequence[tuple[int, int, str]]) -> None:
    """Write other words for a pause's reason or approval; each row is (id, version seen, words)."""
    work.update_many(Pause, (column,), rows)


def mark_over(work: Work, id: int, version: int, at: datetime) -> None:
    """Let a pause whose time was up at ``at`` wait for the centre; its clock stands still."""
    work.update(Pause, id, version, over_at=at)


def refuse_pause_row(work: Work, asked: PauseRow) -> None:
    """Write down that a request was not granted."""
    work.update(
        Pause,
        asked.id,
        asked.version,
        decided_at=work.at,
        granted=False,
        decided_by=work.operator.id,
    )


@dataclass(frozen=True, slots=True)
class PauseEnd:
    """When the time of a pause is up, None: never; and whether the clock then runs by itself."""

    until_at: datetime | None = None
    by_itself: bool = True


def begin_pause(
    work: Work, asked: PauseRow, one: StoredClock, begin: datetime, approval: str, end: PauseEnd
) -> None:
    """Write the pause of one clock: the request itself for the close clock, else one like it."""
    timed = {} if end.until_at is None else {"until_at": end.until_at, "by_itself": end.by_itself}
    values = {
        "from_at": begin,
        "approval": approval,
        "decided_at": work.at,
        "granted": True,
        "decided_by": work.operator.id,
        **timed,
    }
    if one.step == "close":
        work.update(Pause, asked.id, asked.version, **values)
    else:
        work.insert(
            Pause,
            deadline_id=one.id,
            requested_at=asked.requested_at,
            reason="随办结时限挂起",
            **values,
        )


AWAITED = "等待诉求人补正"


def stand_still(work: Work, one: StoredClock, begin: datetime) -> None:
    """Write that a clock waits for what is asked of the citizen (补正)."""
    work.insert(
        Pause,
        deadline_id=one.id,
        from_at=begin,
        reason=AWAITED,
        requested_at=begin,
        decided_at=work.at,
        granted=True,
        decided_by=work.operator.id,
        supplement=True,
    )


def hold_for_account(
    work: Work, one: StoredClock, account_id: int, until: datetime, reason: str, approval: str
) -> None:
    """Write that a clock stands still from now for 挂账, until its term is up at the latest."""
    work.insert(
        Pause,
        deadline_id=one.id,
        from_at=work.at,
        reason=reason,
        approval=approval,
        requested_at=work.at,
        decided_at=work.at,
        granted=True,
        decided_by=work.operator.id,
        until_at=until,
        by_itself=True,
        account_id=account_id,
    )


def prolong_account(work: Work, account_id: int, until: datetime) -> None:
    """Let what stands still for 挂账 do so until its new term is up."""
    for pause in work.read(_FOR_ACCOUNT, account=account_id):
        work.update(Pause, pause.id, pause.version, until_at=until)


def pauses_end(work: Work, one: StoredClock, at: datetime) -> datetime:
    """Return when a clock runs again that is let run at ``at``: by itself it may have before."""
    rows = [row for row in work.read(_OPEN, deadline=one.id) if row.emergency_id is None]
    return max((max(row.end_by(at), row.from_at) for row in rows), default=at)


def end_pauses(work: Work, one: StoredClock, at: datetime) -> bool:
    """End the pauses of a clock that stands still, because it runs again or stops.

    One that ends by itself lasted no longer than its time. Those of 特殊时期 end with it alone;
    return whether one of them holds the clock.
    """
    if one.paused_at is None:
        return False
    rows = work.read(_OPEN, deadline=one.id)
    for pause in rows:
        if pause.emergency_id is None:
            end = max(pause.end_by(at), pause.from_at)
            work.update(Pause, pause.id, pause.version, {"to_at": None}, to_at=end)
    return any(pause.emergency_id is not None for pause in rows)
