"""民情: what is new, rises, repeats or crosses, as the store tells it."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.insight.behind import (
        AppealLine as AppealLine,
        ProblemNow as ProblemNow,
        Share as Share,
        appeal_lines as appeal_lines,
    )
    from models.insight.insight import (
        FindingView as FindingView,
        Insight as Insight,
        insight_of as insight_of,
    )
    from models.insight.risen import risen_between as risen_between

__getattr__, __dir__ = lazily(
    __name__,
    {
        "behind": ("AppealLine", "ProblemNow", "Share", "appeal_lines"),
        "insight": ("FindingView", "Insight", "insight_of"),
        "risen": ("risen_between",),
    },
)
