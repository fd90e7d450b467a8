"""派单: suggestions, how sure they are, and what they rest on."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.dispatch.line_uses import Standing as Standing, standings as standings
    from models.dispatch.lines import (
        Loaded as Loaded,
        add_line as add_line,
        all_lines as all_lines,
        change_line as change_line,
        clashes_in as clashes_in,
        end_line as end_line,
        line_by_number as line_by_number,
        load_lines as load_lines,
        put_line as put_line,
    )
    from models.dispatch.measures import (
        Measure as Measure,
        calibrate as calibrate,
        latest_measure as latest_measure,
    )
    from models.dispatch.remembering import described_in as described_in
    from models.dispatch.suggesting import (
        Suggestion as Suggestion,
        Suggestions as Suggestions,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "lines": (
            "Loaded",
            "add_line",
            "all_lines",
            "change_line",
            "clashes_in",
            "end_line",
            "line_by_number",
            "load_lines",
            "put_line",
        ),
        "measures": ("Measure", "calibrate", "latest_measure"),
        "remembering": ("described_in",),
        "line_uses": ("Standing", "standings"),
        "suggesting": ("Suggestion", "Suggestions"),
    },
)
