"""What screens and commands read: queue, desk, one ticket, its record, facts."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.views.desk import QUEUES as QUEUES
    from models.views.desk import DeskRow as DeskRow
    from models.views.desk import Waiting as Waiting
    from models.views.desk import desk_queues as desk_queues
    from models.views.desk import desk_rows as desk_rows
    from models.views.desk import desk_total as desk_total
    from models.views.facts import StoreFacts as StoreFacts
    from models.views.facts import UnitChoice as UnitChoice
    from models.views.facts import channel_names as channel_names
    from models.views.facts import newest_policy as newest_policy
    from models.views.facts import store_facts as store_facts
    from models.views.facts import ticket_ids as ticket_ids
    from models.views.facts import unit_choices as unit_choices
    from models.views.foresight import foresee_extension as foresee_extension
    from models.views.queue import QueueCounts as QueueCounts
    from models.views.queue import QueueMoment as QueueMoment
    from models.views.queue import QueueRow as QueueRow
    from models.views.queue import _literal as _literal
    from models.views.queue import queue_counts as queue_counts
    from models.views.queue import queue_moment as queue_moment
    from models.views.queue import queue_snapshot as queue_snapshot
    from models.views.queue import queue_total as queue_total
    from models.views.queue import queue_window as queue_window
    from models.views.record import COLUMN_NAMES as COLUMN_NAMES
    from models.views.record import VERB_NAMES as VERB_NAMES
    from models.views.record import TrailLine as TrailLine
    from models.views.record import storyline as storyline
    from models.views.ticket import DeadlineView as DeadlineView
    from models.views.ticket import RoundView as RoundView
    from models.views.ticket import TicketView as TicketView
    from models.views.ticket import ticket_view as ticket_view

__getattr__, __dir__ = lazily(
    __name__,
    {
        "desk": ("DeskRow", "QUEUES", "Waiting", "desk_queues", "desk_rows", "desk_total",),
        "facts": ("StoreFacts", "UnitChoice", "channel_names", "newest_policy", "store_facts", "ticket_ids", "unit_choices",),
        "foresight": ("foresee_extension",),
        "queue": ("QueueCounts", "QueueMoment", "QueueRow", "_literal", "queue_counts", "queue_moment", "queue_snapshot", "queue_total", "queue_window",),
        "record": ("COLUMN_NAMES", "TrailLine", "VERB_NAMES", "storyline",),
        "ticket": ("DeadlineView", "RoundView", "TicketView", "ticket_view",),
    },
)
