"""政法干部进社区: visits, what is told on them, and what they leave to do."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.visits.visit import (
        CHANNEL as CHANNEL,
        COLUMNS as COLUMNS,
        NEEDED as NEEDED,
        SERVICES as SERVICES,
        UnreadVisit as UnreadVisit,
        VisitLine as VisitLine,
        appeal_told as appeal_told,
        of_nobody as of_nobody,
        read_visit as read_visit,
        require_span as require_span,
        told_lines as told_lines,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "visit": (
            "CHANNEL",
            "COLUMNS",
            "NEEDED",
            "SERVICES",
            "UnreadVisit",
            "VisitLine",
            "appeal_told",
            "of_nobody",
            "read_visit",
            "require_span",
            "told_lines",
        ),
    },
)
