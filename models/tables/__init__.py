"""Every table of the store; importing this fills the one metadata."""

from __future__ import annotations

from models.tables import naming  # noqa: F401  # first: a constraint is named with its table
from models.tables.bookkeeping import (
    CalendarVersion,
    Counter,
    Event,
    Lease,
    Operator,
    OperatorUnit,
    OperatorVisit,
    PolicyVersion,
    QueueCount,
    Role,
    SavedView,
    Setting,
    TrailHead,
    UndoEntry,
)
from models.tables.deadlines import RUNNING, Crossing, Deadline, Extension, Pause, ReturnRequest
from models.tables.imports import Conflict, ImportBatch, ImportProfile, ImportRow
from models.tables.privacy import Erasure, ErasureTicket, RetentionHold
from models.tables.rankings import Edition, EditionRow, Flag, Objection
from models.tables.register import Category, Channel, Grid, Unit, UnitAlias, UnitGroup
from models.tables.reviews import Accused, Call, Exclusion, Review, ReviewLease
from models.tables.rounds import (
    Callback,
    Note,
    Rating,
    Reminder,
    ReminderTicket,
    Reply,
    Round,
    RoundUnit,
)
from models.tables.supervision import (
    Campaign,
    Instruction,
    OrderTicket,
    Paper,
    Pledge,
    Reception,
    SupervisionOrder,
)
from models.tables.tickets import Person, Ticket

__all__ = [
    "RUNNING",
    "Accused",
    "CalendarVersion",
    "Call",
    "Callback",
    "Campaign",
    "Category",
    "Channel",
    "Conflict",
    "Counter",
    "Crossing",
    "Deadline",
    "Edition",
    "EditionRow",
    "Erasure",
    "ErasureTicket",
    "Event",
    "Exclusion",
    "Extension",
    "Flag",
    "Grid",
    "ImportBatch",
    "ImportProfile",
    "ImportRow",
    "Instruction",
    "Lease",
    "Note",
    "Objection",
    "Operator",
    "OperatorUnit",
    "OperatorVisit",
    "OrderTicket",
    "Paper",
    "Pause",
    "Person",
    "Pledge",
    "PolicyVersion",
    "QueueCount",
    "Rating",
    "Reception",
    "Reminder",
    "ReminderTicket",
    "Reply",
    "RetentionHold",
    "ReturnRequest",
    "Review",
    "ReviewLease",
    "Role",
    "Round",
    "RoundUnit",
    "SavedView",
    "Setting",
    "SupervisionOrder",
    "Ticket",
    "TrailHead",
    "UndoEntry",
    "Unit",
    "UnitAlias",
    "UnitGroup",
]
