"""What screens and commands read: queue, desk, one ticket, its record, facts."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.views.asked import Waiting as Waiting
    from models.views.casebook import (
        LikeCase as LikeCase,
        ReviewCase as ReviewCase,
        ReviewCounts as ReviewCounts,
        ReviewRow as ReviewRow,
        review_case as review_case,
        review_counts as review_counts,
        review_rows as review_rows,
    )
    from models.views.counting import (
        QueueCounts as QueueCounts,
        QueueStates as QueueStates,
        queue_counts as queue_counts,
        queue_states as queue_states,
        queue_total as queue_total,
    )
    from models.views.decisions import QUEUES as QUEUES
    from models.views.desk import (
        DESK_ORDERS as DESK_ORDERS,
        DeskRow as DeskRow,
        desk_ids as desk_ids,
        desk_queues as desk_queues,
        desk_rows as desk_rows,
        desk_total as desk_total,
        desk_window as desk_window,
        reviews_waiting as reviews_waiting,
        with_reported as with_reported,
        with_undelivered as with_undelivered,
    )
    from models.views.emergency import standing_counts as standing_counts
    from models.views.entry_words import (
        EntryWords as EntryWords,
        Where as Where,
        category_paths as category_paths,
        known_words as known_words,
        last_channel as last_channel,
    )
    from models.views.events import (
        EventLine as EventLine,
        WholeEvent as WholeEvent,
        trail_event as trail_event,
        trail_window as trail_window,
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
        ticket_numbers as ticket_numbers,
        unit_choices as unit_choices,
    )
    from models.views.finding import Hit as Hit, find_hits as find_hits
    from models.views.foresight import (
        foresee_extension as foresee_extension,
        foresee_limits as foresee_limits,
    )
    from models.views.likeness import (
        LikeMatter as LikeMatter,
        OpenMatters as OpenMatters,
        known_objects as known_objects,
    )
    from models.views.mine import (
        KeptView as KeptView,
        Since as Since,
        Stir as Stir,
        kept_views as kept_views,
        last_left as last_left,
        newly as newly,
        since as since,
        stir as stir,
        trail_count as trail_count,
        units_looked_after as units_looked_after,
    )
    from models.views.narrowing import queue_narrowed as queue_narrowed
    from models.views.place_figures import (
        MONTHS as MONTHS,
        GridPlace as GridPlace,
        PlaceDone as PlaceDone,
        PlaceFigures as PlaceFigures,
        PlaceLine as PlaceLine,
        StepInHand as StepInHand,
        figures_of_place as figures_of_place,
        top_place as top_place,
    )
    from models.views.place_matters import (
        PlaceProblem as PlaceProblem,
        matters_of_place as matters_of_place,
        place_in_hand as place_in_hand,
        place_problems as place_problems,
        problem_matters as problem_matters,
    )
    from models.views.queue import (
        QueueMoment as QueueMoment,
        QueueRow as QueueRow,
        against_their_units as against_their_units,
        queue_moment as queue_moment,
        queue_snapshot as queue_snapshot,
        queue_window as queue_window,
    )
    from models.views.record import (
        TrailLine as TrailLine,
        masking_of as masking_of,
        storyline as storyline,
    )
    from models.views.ticket import (
        TicketView as TicketView,
        ticket_positions as ticket_positions,
        ticket_versions as ticket_versions,
        ticket_view as ticket_view,
    )
    from models.views.ticket_clocks import DeadlineView as DeadlineView
    from models.views.ticket_reviews import (
        ExclusionView as ExclusionView,
        ReviewView as ReviewView,
        review_positions as review_positions,
    )
    from models.views.ticket_rounds import RoundView as RoundView
    from models.views.trail_search import (
        TrailFilter as TrailFilter,
        trail_length as trail_length,
        trail_snapshot as trail_snapshot,
    )
    from models.views.unitpage import (
        CategoryTime as CategoryTime,
        ReminderView as ReminderView,
        UnitContact as UnitContact,
        UnitDone as UnitDone,
        UnitNow as UnitNow,
        UnsatisfiedRow as UnsatisfiedRow,
        answered_ids as answered_ids,
        reminded_ids as reminded_ids,
        unit_contacts as unit_contacts,
        unit_done as unit_done,
        unit_now as unit_now,
    )
    from models.views.workload import (
        ComingRed as ComingRed,
        UnitLoad as UnitLoad,
        coming_reds as coming_reds,
        load_ids as load_ids,
        matter_ids as matter_ids,
        unit_loads as unit_loads,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "emergency": ("standing_counts",),
        "counting": (
            "QueueCounts",
            "QueueStates",
            "queue_counts",
            "queue_states",
            "queue_total",
        ),
        "asked": ("Waiting",),
        "decisions": ("QUEUES",),
        "desk": (
            "DESK_ORDERS",
            "DeskRow",
            "desk_ids",
            "desk_queues",
            "desk_rows",
            "desk_total",
            "desk_window",
            "reviews_waiting",
            "with_reported",
            "with_undelivered",
        ),
        "entry_words": (
            "EntryWords",
            "Where",
            "category_paths",
            "known_words",
            "last_channel",
        ),
        "events": (
            "EventLine",
            "WholeEvent",
            "trail_event",
            "trail_window",
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
            "ticket_numbers",
            "unit_choices",
        ),
        "finding": ("Hit", "find_hits"),
        "foresight": ("foresee_extension", "foresee_limits"),
        "likeness": ("LikeMatter", "OpenMatters", "known_objects"),
        "mine": (
            "KeptView",
            "Since",
            "Stir",
            "kept_views",
            "last_left",
            "newly",
            "since",
            "stir",
            "trail_count",
            "units_looked_after",
        ),
        "narrowing": ("queue_narrowed",),
        "place_figures": (
            "MONTHS",
            "GridPlace",
            "PlaceDone",
            "PlaceFigures",
            "PlaceLine",
            "StepInHand",
            "figures_of_place",
            "top_place",
        ),
        "place_matters": (
            "PlaceProblem",
            "place_in_hand",
            "matters_of_place",
            "place_problems",
            "problem_matters",
        ),
        "queue": (
            "QueueMoment",
            "QueueRow",
            "against_their_units",
            "queue_moment",
            "queue_snapshot",
            "queue_window",
        ),
        "record": ("TrailLine", "masking_of", "storyline"),
        "casebook": (
            "LikeCase",
            "ReviewCase",
            "ReviewCounts",
            "ReviewRow",
            "review_case",
            "review_counts",
            "review_rows",
        ),
        "ticket_rounds": ("RoundView",),
        "ticket": (
            "TicketView",
            "ticket_positions",
            "ticket_versions",
            "ticket_view",
        ),
        "ticket_clocks": ("DeadlineView",),
        "ticket_reviews": ("ExclusionView", "ReviewView", "review_positions"),
        "trail_search": ("TrailFilter", "trail_length", "trail_snapshot"),
        "unitpage": (
            "CategoryTime",
            "ReminderView",
            "UnitContact",
            "UnitDone",
            "UnitNow",
            "UnsatisfiedRow",
            "answered_ids",
            "reminded_ids",
            "unit_contacts",
            "unit_done",
            "unit_now",
        ),
        "workload": (
            "ComingRed",
            "UnitLoad",
            "coming_reds",
            "load_ids",
            "matter_ids",
            "unit_loads",
        ),
    },
)
