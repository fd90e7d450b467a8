"""Every table of the store; importing this fills the one metadata."""

from models.tables.act import Act, Note, Reminder, ReminderTicket
from models.tables.deadline import (
    RUNNING,
    Crossing,
    Deadline,
    Extension,
    Pause,
    ReturnRequest,
)
from models.tables.edition import Edition, EditionRow, Flag, Objection
from models.tables.imports import Conflict, ImportBatch, ImportRow
from models.tables.order import (
    Campaign,
    Instruction,
    OrderTicket,
    Paper,
    Pledge,
    Reception,
    SupervisionOrder,
)
from models.tables.round import Callback, Rating, Reply, Review, Round, RoundUnit
from models.tables.ticket import Person, Ticket
from models.tables.trail import (
    CalendarVersion,
    Counter,
    Event,
    Lease,
    Operator,
    PolicyVersion,
    Role,
    SavedView,
    Setting,
    TrailHead,
)
from models.tables.unit import Category, Channel, Grid, Unit, UnitAlias, UnitGroup

__all__ = [
    "RUNNING",
    "Act",
    "CalendarVersion",
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
    "Event",
    "Extension",
    "Flag",
    "Grid",
    "ImportBatch",
    "ImportRow",
    "Instruction",
    "Lease",
    "Note",
    "Objection",
    "Operator",
    "OrderTicket",
    "Paper",
    "Pause",
    "Person",
    "Pledge",
    "PolicyVersion",
    "Rating",
    "Reception",
    "Reminder",
    "ReminderTicket",
    "Reply",
    "ReturnRequest",
    "Review",
    "Role",
    "Round",
    "RoundUnit",
    "SavedView",
    "Setting",
    "SupervisionOrder",
    "Ticket",
    "TrailHead",
    "Unit",
    "UnitAlias",
    "UnitGroup",
]
