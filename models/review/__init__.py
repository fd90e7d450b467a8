"""核查: unsatisfied matters handed out one by one, and what each review ends with."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.review.backlog import (
        Backlog as Backlog,
        count_backlog as count_backlog,
        open_backlog as open_backlog,
    )
    from models.review.calling import Plan as Plan, plan_calls as plan_calls
    from models.review.calls import (
        IN_HAND as IN_HAND,
        CallMade as CallMade,
        NextCall as NextCall,
        PlannedCall as PlannedCall,
        next_call as next_call,
        planned_calls as planned_calls,
    )
    from models.review.draft import Draft as Draft, DraftLine as DraftLine, make_draft as make_draft
    from models.review.figures import (
        UnitReviews as UnitReviews,
        review_figures as review_figures,
        reviews_behind as reviews_behind,
    )
    from models.review.leasing import (
        Handed as Handed,
        release as release,
        renew as renew,
        take_next as take_next,
        take_one as take_one,
    )
    from models.review.objecting import (
        raise_objection as raise_objection,
        rule_objection as rule_objection,
    )
    from models.review.objections import (
        ObjectionView as ObjectionView,
        last_objections as last_objections,
        objections_of as objections_of,
        undecided_objections as undecided_objections,
    )
    from models.review.signs import (
        sign_line as sign_line,
        signs_of as signs_of,
        unit_signs as unit_signs,
    )
    from models.review.verdicts import judge as judge

__getattr__, __dir__ = lazily(
    __name__,
    {
        "calling": ("Plan", "plan_calls"),
        "calls": ("IN_HAND", "CallMade", "NextCall", "PlannedCall", "next_call", "planned_calls"),
        "backlog": ("Backlog", "count_backlog", "open_backlog"),
        "leasing": ("Handed", "release", "renew", "take_next", "take_one"),
        "draft": ("Draft", "DraftLine", "make_draft"),
        "figures": ("UnitReviews", "review_figures", "reviews_behind"),
        "objecting": ("raise_objection", "rule_objection"),
        "objections": (
            "ObjectionView",
            "last_objections",
            "objections_of",
            "undecided_objections",
        ),
        "signs": ("sign_line", "signs_of", "unit_signs"),
        "verdicts": ("judge",),
    },
)
