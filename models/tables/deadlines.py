"""Clocks: deadlines with their stored thresholds, what stops them, what they crossed."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text

UNDECIDED = "decided_at IS NULL"

TIMED_PAUSE = "until_at IS NOT NULL AND to_at IS NULL"

RUNNING = "stopped_at IS NULL AND paused_at IS NULL AND leads"

_SHOWN = (
    "red_at",
    "due_at",
    "id",
    "yellow_at",
    "blue_at",
    "pressing",
    "provisional",
    "unit_id",
    "step",
    "subject_kind",
    "channel",
    "urgency",
)
"""What the counters and the order of the queue ask of a clock."""


class Deadline(SQLModel, table=True):
    """One clock of one matter. Colour is a comparison of its instants with now, never stored.

    ``blue_at <= yellow_at <= red_at`` are the instants at which the colour begins under the
    policy it was made by. ``due_at`` alone decides lateness. ``leads`` marks the one deadline
    by which its matter is shown; every verb keeps it. ``grid`` is the place's code, if it has one.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        Index(
            "ix_deadline_queue",
            "red_at",
            "due_at",
            "id",
            "yellow_at",
            "blue_at",
            "pressing",
            "provisional",
            "unit_id",
            "step",
            "subject_kind",
            "grid",
            "channel",
            "urgency",
            sqlite_where=text(RUNNING),
            postgresql_where=text(RUNNING),
        ),
        Index(
            "ix_deadline_pressing",
            "yellow_at",
            "red_at",
            "due_at",
            "id",
            sqlite_where=text(RUNNING + " AND pressing"),
            postgresql_where=text(RUNNING + " AND pressing"),
        ),
        Index(
            "ix_deadline_unit",
            "unit_id",
            "red_at",
            "due_at",
            "id",
            "yellow_at",
            "blue_at",
            "pressing",
            "provisional",
            "step",
            "subject_kind",
            "grid",
            "channel",
            "urgency",
            sqlite_where=text(RUNNING),
            postgresql_where=text(RUNNING),
        ),
        Index(
            "ix_deadline_grid",
            "grid",
            *_SHOWN,
            sqlite_where=text(RUNNING),
            postgresql_where=text(RUNNING),
        ),
        Index(
            "ix_deadline_live",
            "ticket_id",
            *_SHOWN,
            sqlite_where=text(RUNNING),
            postgresql_where=text(RUNNING),
        ),
        *(
            Index(
                f"ix_deadline_{turning}",
                f"{turning}_at",
                sqlite_where=text(RUNNING),
                postgresql_where=text(RUNNING),
            )
            for turning in ("blue", "yellow")
        ),
        Index(
            "ix_deadline_paused",
            "unit_id",
            "id",
            sqlite_where=text("stopped_at IS NULL AND paused_at IS NOT NULL AND leads"),
            postgresql_where=text("stopped_at IS NULL AND paused_at IS NOT NULL AND leads"),
        ),
        Index(
            "ix_deadline_next",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index("ix_deadline_subject", "subject_kind", "subject_id"),
        Index("ix_deadline_round", "round_id", "step"),
        Index("ix_deadline_step_due", "step", "due_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    subject_kind: str  # ticket order review instruction pledge campaign campaign_task account
    # and those of no appeal: cell_matter group_message visit_task
    subject_id: int
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    round_id: int | None = Field(default=None, foreign_key="round.id")
    step: str  # dispatch | acknowledge | contact | progress | close | judge | receipt | feedback …
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    limit_text: str
    started_at: datetime
    blue_at: datetime
    yellow_at: datetime
    red_at: datetime
    due_at: datetime
    original_due_at: datetime
    stopped_at: datetime | None = None
    paused_at: datetime | None = None
    next_at: datetime | None = None  # the next threshold the sweep has to record
    leads: bool = False
    pressing: bool = False  # 特急, or under an instruction
    revision: int = 1
    policy: int
    calendar: int
    provisional: bool = False
    source_fixed: bool = False
    worst_colour: str = "blue"
    grid: str | None = None  # these three are the ticket's, so that a filter need not ask it
    channel: str | None = None
    urgency: str | None = None
    made_for: str | None = None  # the tags it was made under, where its ticket's have changed since
    changed_at: datetime | None = None  # since when its limit counts anew after such a change


class LimitChange(SQLModel, table=True):
    """时限变更: tags of what a unit has were changed, and its limits might follow.

    Where a file changed them it waits for a decision. ``due_before`` is when the handling was due
    before a new limit was chosen.
    """

    __tablename__ = "limit_change"
    __table_args__ = (
        Index(
            "ix_limit_change_undecided",
            "found_at",
            sqlite_where=text(UNDECIDED),
            postgresql_where=text(UNDECIDED),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    round_id: int = Field(foreign_key="round.id", index=True)
    was: str  # the changed tags as they were: canonical JSON
    now: str
    found_at: datetime
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="operator.id")
    limits: str | None = None  # keep | change | dispatch
    due_before: datetime | None = None


class Pause(SQLModel, table=True):
    """挂起: a clock stopped for an approved reason."""

    __tablename__ = "pause"
    __table_args__ = (
        Index(
            "ix_pause_undecided",
            "requested_at",
            sqlite_where=text(UNDECIDED),
            postgresql_where=text(UNDECIDED),
        ),
        Index(
            "ix_pause_until",
            "until_at",
            sqlite_where=text(TIMED_PAUSE),
            postgresql_where=text(TIMED_PAUSE),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    deadline_id: int = Field(foreign_key="deadline.id", index=True)
    from_at: datetime
    to_at: datetime | None = None
    reason: str
    approval: str | None = None
    requested_at: datetime
    decided_at: datetime | None = None
    granted: bool | None = None
    decided_by: int | None = Field(default=None, foreign_key="operator.id")
    emergency_id: int | None = None  # of 特殊时期, which begins and ends it
    until_at: datetime | None = None  # when its time is up
    by_itself: bool | None = None  # the clock runs again by itself then, else the centre is asked
    over_at: datetime | None = None  # its time was up and the centre is asked
    supplement: bool | None = None  # it waits for the citizen (补正), which alone ends it
    account_id: int | None = None  # of 挂账, which begins and ends it


class Extension(SQLModel, table=True):
    """延期: asked before expiry, with reason; decided by the centre."""

    __tablename__ = "extension"
    __table_args__ = (
        Index(
            "ix_extension_undecided",
            "asked_at",
            sqlite_where=text(UNDECIDED),
            postgresql_where=text(UNDECIDED),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    deadline_id: int = Field(foreign_key="deadline.id", index=True)
    asked_at: datetime
    limit_text: str
    reason: str
    decided_at: datetime | None = None
    granted: bool | None = None
    due_before: datetime | None = None
    due_after: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="operator.id")
    leader: str | None = None  # who let it, where the policy wants a leader to


class ReturnRequest(SQLModel, table=True):
    """退单: the unit says "not ours"; the centre rules."""

    __tablename__ = "return_request"
    __table_args__ = (
        Index(
            "ix_return_request_undecided",
            "asked_at",
            sqlite_where=text(UNDECIDED),
            postgresql_where=text(UNDECIDED),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    round_id: int = Field(foreign_key="round.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    asked_at: datetime
    reason_code: str
    reason: str | None = None
    arbitration: bool = False  # the second of a round: 分歧裁定 ends it
    decided_at: datetime | None = None
    accepted: bool | None = None
    new_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    decided_by: int | None = Field(default=None, foreign_key="operator.id")


class Crossing(SQLModel, table=True):
    """A threshold that was crossed; unique by deadline, revision and level."""

    __tablename__ = "crossing"
    __table_args__ = (UniqueConstraint("deadline_id", "revision", "level"),)

    id: int | None = Field(default=None, primary_key=True)
    deadline_id: int = Field(foreign_key="deadline.id")
    revision: int
    level: str  # blue | yellow | red1 | red2 | red3
    at: datetime = Field(index=True)
    recorded_at: datetime
    annulled_at: datetime | None = None
    annulled_reason: str | None = None
