"""派单: suggestions, how sure they are, and what they rest on."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
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
        "measures": ("Measure", "calibrate", "latest_measure"),
        "remembering": ("described_in",),
        "suggesting": ("Suggestion", "Suggestions"),
    },
)
