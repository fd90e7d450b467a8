"""An appeal and the lawful steps of its handling; who takes it, how a unit is reminded."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.casework.appeal import (
        OUTCOMES as OUTCOMES,
        RETURN_CODES as RETURN_CODES,
        Appeal as Appeal,
        Reject as Reject,
    )
    from rules.casework.course import (
        UNIT_STEPS as UNIT_STEPS,
        Acts as Acts,
        Leg as Leg,
        legs_of as legs_of,
        state_of as state_of,
    )
    from rules.casework.filters import QueueFilter as QueueFilter
    from rules.casework.routing import (
        Decision as Decision,
        Facts as Facts,
        RoutingRule as RoutingRule,
        forestalled as forestalled,
        route as route,
        rule_name as rule_name,
        unit_words as unit_words,
    )
    from rules.casework.steps import (
        ORDER_LABELS as ORDER_LABELS,
        STEPS as STEPS,
        Position as Position,
        allowed_steps as allowed_steps,
        check_step as check_step,
        status_label as status_label,
        too_early as too_early,
    )
    from rules.casework.urging import Urged as Urged, urge_text as urge_text

__getattr__, __dir__ = lazily(
    __name__,
    {
        "appeal": ("Appeal", "OUTCOMES", "RETURN_CODES", "Reject"),
        "course": ("Acts", "Leg", "UNIT_STEPS", "legs_of", "state_of"),
        "filters": ("QueueFilter",),
        "routing": (
            "Decision",
            "Facts",
            "RoutingRule",
            "forestalled",
            "route",
            "rule_name",
            "unit_words",
        ),
        "steps": (
            "ORDER_LABELS",
            "Position",
            "STEPS",
            "allowed_steps",
            "check_step",
            "status_label",
            "too_early",
        ),
        "urging": ("Urged", "urge_text"),
    },
)
