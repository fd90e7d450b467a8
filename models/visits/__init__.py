"""政法干部进社区 as it is kept: visits, what was told on them, what they left to do."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.visits.visit import (
        ToldAppeal as ToldAppeal,
        VisitTaskView as VisitTaskView,
        VisitView as VisitView,
        visit_appeals as visit_appeals,
        visit_of as visit_of,
        visit_task_of as visit_task_of,
        visit_tasks as visit_tasks,
        visits_in as visits_in,
    )
    from models.visits.visit_lines import (
        TakenVisits as TakenVisits,
        take_visits as take_visits,
    )
    from models.visits.visiting import (
        add_visit_task as add_visit_task,
        cancel_visit as cancel_visit,
        collect_appeal as collect_appeal,
        community_of as community_of,
        finish_visit_task as finish_visit_task,
        hold_visit as hold_visit,
        link_appeal as link_appeal,
        plan_visit as plan_visit,
        record_visit as record_visit,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "visit": (
            "ToldAppeal",
            "VisitTaskView",
            "VisitView",
            "visit_appeals",
            "visit_of",
            "visit_task_of",
            "visit_tasks",
            "visits_in",
        ),
        "visit_lines": ("TakenVisits", "take_visits"),
        "visiting": (
            "add_visit_task",
            "cancel_visit",
            "collect_appeal",
            "community_of",
            "finish_visit_task",
            "hold_visit",
            "link_appeal",
            "plan_visit",
            "record_visit",
        ),
    },
)
