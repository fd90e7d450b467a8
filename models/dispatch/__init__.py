"""派单: suggestions, how sure they are, and what they rest on."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.dispatch.automatic import (
        LookView as LookView,
        Sent as Sent,
        automatic_now as automatic_now,
        dispatch_automatically as dispatch_automatically,
        look_over as look_over,
        to_look_over as to_look_over,
    )
    from models.dispatch.disputes import (
        ORGANS as ORGANS,
        DisputeView as DisputeView,
        Opinion as Opinion,
        dispute_by_id as dispute_by_id,
        name_provisional as name_provisional,
        open_disputes as open_disputes,
        opinions_of as opinions_of,
        raise_dispute as raise_dispute,
        record_opinion as record_opinion,
        rule_dispute as rule_dispute,
    )
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
        "automatic": (
            "LookView",
            "Sent",
            "automatic_now",
            "dispatch_automatically",
            "look_over",
            "to_look_over",
        ),
        "disputes": (
            "DisputeView",
            "ORGANS",
            "Opinion",
            "dispute_by_id",
            "name_provisional",
            "open_disputes",
            "opinions_of",
            "raise_dispute",
            "record_opinion",
            "rule_dispute",
        ),
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
