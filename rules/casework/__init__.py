"""An appeal and the lawful steps of its handling; who takes it, how a unit is reminded."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.casework.allowance import capped as capped
    from rules.casework.appeal import (
        CALLBACKS as CALLBACKS,
        COUNTED_STATES as COUNTED_STATES,
        LIMITS_AFTER as LIMITS_AFTER,
        OUTCOMES as OUTCOMES,
        QUEUE_STATES as QUEUE_STATES,
        RATINGS as RATINGS,
        RETURN_CODES as RETURN_CODES,
        VERIFIED as VERIFIED,
        Appeal as Appeal,
        QueueFilter as QueueFilter,
        Reject as Reject,
        needs_review as needs_review,
    )
    from rules.casework.asks import Ask as Ask, words_of as words_of
    from rules.casework.attachment import (
        LONGEST as LONGEST,
        STATE_NAMES as STATE_NAMES,
        is_page as is_page,
        kind_of as kind_of,
        name_of as name_of,
        openable as openable,
        read_place as read_place,
        size_told as size_told,
    )
    from rules.casework.course import (
        ANALYSIS as ANALYSIS,
        UNIT_STEPS as UNIT_STEPS,
        Acts as Acts,
        Leg as Leg,
        legs_of as legs_of,
        state_of as state_of,
    )
    from rules.casework.halves import (
        HALF_NAMES as HALF_NAMES,
        MOVED as MOVED,
        HalfRow as HalfRow,
        Telling as Telling,
        extension_of as extension_of,
        moments_told as moments_told,
        rates as rates,
        told_steps as told_steps,
    )
    from rules.casework.initials import verbs_named as verbs_named
    from rules.casework.lawful import (
        FACTS as FACTS,
        ORDER_LABELS as ORDER_LABELS,
        REVIEW_LABELS as REVIEW_LABELS,
        Position as Position,
        allowed_steps as allowed_steps,
        check_by_file as check_by_file,
        check_step as check_step,
        fitting_verb as fitting_verb,
        may_follow as may_follow,
        paper_label as paper_label,
        status_label as status_label,
        too_early as too_early,
    )
    from rules.casework.routing import (
        Decision as Decision,
        Facts as Facts,
        RoutingRule as RoutingRule,
        as_compared as as_compared,
        forestalled as forestalled,
        route as route,
        rule_name as rule_name,
        unit_words as unit_words,
    )
    from rules.casework.step import Step as Step
    from rules.casework.steps import LEAVING as LEAVING, STEPS as STEPS
    from rules.casework.untold import (
        KEPT_TITLES as KEPT_TITLES,
        REPORTED as REPORTED,
        kept_back as kept_back,
        listed_title as listed_title,
        paper_title as paper_title,
    )
    from rules.casework.verdicts import (
        CALL_PURPOSES as CALL_PURPOSES,
        CALL_QUESTIONS as CALL_QUESTIONS,
        CAUSES as CAUSES,
        DISPUTES as DISPUTES,
        EXCLUSION_KINDS as EXCLUSION_KINDS,
        EXCLUSIONS as EXCLUSIONS,
        OBJECTION_WORDS as OBJECTION_WORDS,
        OBJECTIONS as OBJECTIONS,
        REVIEW_COUNTS as REVIEW_COUNTS,
        REVIEW_STATES as REVIEW_STATES,
        VERDICTS as VERDICTS,
    )
    from rules.casework.words import (
        COLUMN_NAMES as COLUMN_NAMES,
        DISCLOSURES as DISCLOSURES,
        IDLE as IDLE,
        LETTER_NAMES as LETTER_NAMES,
        PAPER_NAMES as PAPER_NAMES,
        VERB_NAMES as VERB_NAMES,
        Urged as Urged,
        act_name as act_name,
        tags_words as tags_words,
        urge_text as urge_text,
        verb_name as verb_name,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "allowance": ("capped",),
        "appeal": (
            "Appeal",
            "CALLBACKS",
            "COUNTED_STATES",
            "OUTCOMES",
            "QUEUE_STATES",
            "QueueFilter",
            "RATINGS",
            "LIMITS_AFTER",
            "RETURN_CODES",
            "VERIFIED",
            "Reject",
            "needs_review",
        ),
        "attachment": (
            "LONGEST",
            "STATE_NAMES",
            "is_page",
            "kind_of",
            "name_of",
            "openable",
            "read_place",
            "size_told",
        ),
        "asks": ("Ask", "words_of"),
        "course": ("ANALYSIS", "Acts", "Leg", "UNIT_STEPS", "legs_of", "state_of"),
        "halves": (
            "HALF_NAMES",
            "HalfRow",
            "MOVED",
            "Telling",
            "extension_of",
            "moments_told",
            "rates",
            "told_steps",
        ),
        "untold": (
            "KEPT_TITLES",
            "REPORTED",
            "kept_back",
            "listed_title",
            "paper_title",
        ),
        "lawful": (
            "FACTS",
            "ORDER_LABELS",
            "Position",
            "REVIEW_LABELS",
            "allowed_steps",
            "check_by_file",
            "check_step",
            "fitting_verb",
            "may_follow",
            "paper_label",
            "status_label",
            "too_early",
        ),
        "routing": (
            "Decision",
            "Facts",
            "RoutingRule",
            "as_compared",
            "forestalled",
            "route",
            "rule_name",
            "unit_words",
        ),
        "initials": ("verbs_named",),
        "step": ("Step",),
        "steps": ("LEAVING", "STEPS"),
        "verdicts": (
            "CALL_PURPOSES",
            "CALL_QUESTIONS",
            "CAUSES",
            "EXCLUSIONS",
            "EXCLUSION_KINDS",
            "REVIEW_STATES",
            "OBJECTION_WORDS",
            "DISPUTES",
            "OBJECTIONS",
            "REVIEW_COUNTS",
            "VERDICTS",
        ),
        "words": (
            "COLUMN_NAMES",
            "DISCLOSURES",
            "IDLE",
            "LETTER_NAMES",
            "PAPER_NAMES",
            "Urged",
            "VERB_NAMES",
            "act_name",
            "tags_words",
            "urge_text",
            "verb_name",
        ),
    },
)
