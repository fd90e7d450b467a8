"""What screens and commands read: queue, desk, one ticket, its record, facts."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.views.desk import (
        QUEUES as QUEUES,
        DeskRow as DeskRow,
        Waiting as Waiting,
        desk_queues as desk_queues,
        desk_rows as desk_rows,
        desk_total as desk_total,
        with_undelivered as with_undelivered,
    )
    from models.views.facts import (
        StoreFacts as StoreFacts,
        UnitChoice as UnitChoice,
        channel_names as channel_names,
        claimed_outcome as claimed_outcome,
        has_tickets as has_tickets,
        newest_policy as newest_policy,
        store_facts as store_facts,
        ticket_ids as ticket_ids,
        unit_choices as unit_choices,
    )
    from models.views.foresight import foresee_extension as foresee_extension
    from models.views.narrowing import queue_narrowed as queue_narrowed
    from models.views.queue import (
        QueueCounts as QueueCounts,
        QueueMoment as QueueMoment,
        QueueRow as QueueRow,
        QueueStates as QueueStates,
        queue_counts as queue_counts,
        queue_moment as queue_moment,
        queue_snapshot as queue_snapshot,
        queue_states as queue_states,
        queue_total as queue_total,
        queue_window as queue_window,
    )
    from models.views.record import TrailLine as TrailLine, storyline as storyline
    from models.views.ticket import (
        RoundView as RoundView,
        TicketView as TicketView,
        ticket_positions as ticket_positions,
        ticket_versions as ticket_versions,
        ticket_view as ticket_view,
    )
    from models.views.ticket_clocks import DeadlineView as DeadlineView

__getattr__, __dir__ = lazily(
    __name__,
    {
        "desk": (
            "DeskRow",
            "QUEUES",
            "Waiting",
            "desk_queues",
            "desk_rows",
            "desk_total",
            "with_undelivered",
        ),
        "facts": (
            "StoreFacts",
            "UnitChoice",
            "channel_names",
            "claimed_outcome",
            "has_tickets",
            "newest_policy",
            "store_facts",
            "ticket_ids",
            "unit_choices",
        ),
        "foresight": ("foresee_extension",),
        "narrowing": ("queue_narrowed",),
        "queue": (
            "QueueCounts",
            "QueueMoment",
            "QueueRow",
            "QueueStates",
            "queue_counts",
            "queue_moment",
            "queue_snapshot",
            "queue_states",
            "queue_total",
            "queue_window",
        ),
        "record": ("TrailLine", "storyline"),
        "ticket": (
            "RoundView",
            "TicketView",
            "ticket_positions",
            "ticket_versions",
            "ticket_view",
        ),
        "ticket_clocks": ("DeadlineView",),
    },
)
