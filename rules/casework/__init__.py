"""An appeal and the lawful steps of its handling; who takes it, how a unit is reminded."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.casework.appeal import OUTCOMES as OUTCOMES
    from rules.casework.appeal import RETURN_CODES as RETURN_CODES
    from rules.casework.appeal import Appeal as Appeal
    from rules.casework.appeal import Reject as Reject
    from rules.casework.course import UNIT_STEPS as UNIT_STEPS
    from rules.casework.course import Acts as Acts
    from rules.casework.course import Leg as Leg
    from rules.casework.course import legs_of as legs_of
    from rules.casework.course import state_of as state_of
    from rules.casework.filters import QueueFilter as QueueFilter
    from rules.casework.routing import Decision as Decision
    from rules.casework.routing import Facts as Facts
    from rules.casework.routing import RoutingRule as RoutingRule
    from rules.casework.routing import forestalled as forestalled
    from rules.casework.routing import route as route
    from rules.casework.routing import rule_name as rule_name
    from rules.casework.routing import unit_words as unit_words
    from rules.casework.steps import ORDER_LABELS as ORDER_LABELS
    from rules.casework.steps import STEPS as STEPS
    from rules.casework.steps import Position as Position
    from rules.casework.steps import allowed_steps as allowed_steps
    from rules.casework.steps import check_step as check_step
    from rules.casework.steps import status_label as status_label
    from rules.casework.steps import too_early as too_early
    from rules.casework.urging import Urged as Urged
    from rules.casework.urging import urge_text as urge_text

__getattr__, __dir__ = lazily(
    __name__,
    {
        "appeal": ("Appeal", "OUTCOMES", "RETURN_CODES", "Reject",),
        "course": ("Acts", "Leg", "UNIT_STEPS", "legs_of", "state_of",),
        "filters": ("QueueFilter",),
        "routing": ("Decision", "Facts", "RoutingRule", "forestalled", "route", "rule_name", "unit_words",),
        "steps": ("ORDER_LABELS", "Position", "STEPS", "allowed_steps", "check_step", "status_label", "too_early",),
        "urging": ("Urged", "urge_text",),
    },
)
