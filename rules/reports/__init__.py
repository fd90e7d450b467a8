"""民情专报 and 每日快报: what is counted, which appeals may stand as examples, in which words."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.reports.cases import (
        Candidate as Candidate,
        Example as Example,
        examples as examples,
        unnamed as unnamed,
    )
    from rules.reports.figures import (
        Counted as Counted,
        Figures as Figures,
        Share as Share,
        figures_of as figures_of,
        monday as monday,
        spread as spread,
    )
    from rules.reports.following import (
        A_WEEK as A_WEEK,
        FOLLOWING as FOLLOWING,
        MEANS as MEANS,
        weekly as weekly,
    )
    from rules.reports.report_words import (
        CURVE as CURVE,
        SPREADS as SPREADS,
        case_words as case_words,
        curve_rows as curve_rows,
        situation as situation,
        spread_rows as spread_rows,
        spread_words as spread_words,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "cases": ("Candidate", "Example", "examples", "unnamed"),
        "figures": ("Counted", "Figures", "Share", "figures_of", "monday", "spread"),
        "following": ("A_WEEK", "FOLLOWING", "MEANS", "weekly"),
        "report_words": (
            "CURVE",
            "SPREADS",
            "case_words",
            "curve_rows",
            "situation",
            "spread_rows",
            "spread_words",
        ),
    },
)
