"""民情: what is new, rises, repeats or crosses, and the day it could first have been known."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.insight.expected import WEEK as WEEK, YEAR as YEAR, weekday_of as weekday_of
    from rules.insight.folding import folded as folded
    from rules.insight.judging import (
        SIGNS as SIGNS,
        Finding as Finding,
        Sign as Sign,
        findings_of as findings_of,
        look_back as look_back,
    )
    from rules.insight.series import (
        KINDS as KINDS,
        Horizon as Horizon,
        Kind as Kind,
        Report as Report,
        Series as Series,
        Subject as Subject,
        known_from as known_from,
        watched_by as watched_by,
    )
    from rules.insight.telling import sentence_of as sentence_of
    from rules.insight.watch import InsightPolicy as InsightPolicy

__getattr__, __dir__ = lazily(
    __name__,
    {
        "expected": ("WEEK", "YEAR", "weekday_of"),
        "folding": ("folded",),
        "judging": ("SIGNS", "Finding", "Sign", "findings_of", "look_back"),
        "series": (
            "KINDS",
            "Horizon",
            "Kind",
            "Report",
            "Series",
            "Subject",
            "known_from",
            "watched_by",
        ),
        "telling": ("sentence_of",),
        "watch": ("InsightPolicy",),
    },
)
