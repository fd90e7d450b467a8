"""并单: which appeals may go under one lead, with one dispatch, one clock and one reply."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.merging.fitting import (
        TOLD_HOW as TOLD_HOW,
        Candidate as Candidate,
        MergingPolicy as MergingPolicy,
        barred as barred,
        best_lead as best_lead,
        cannot_join as cannot_join,
        cannot_lead as cannot_lead,
        kind_of as kind_of,
    )
    from rules.merging.marking import (
        COMMON as COMMON,
        KINDS as KINDS,
        REPEAT as REPEAT,
        marked as marked,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "fitting": (
            "Candidate",
            "MergingPolicy",
            "TOLD_HOW",
            "barred",
            "best_lead",
            "cannot_join",
            "cannot_lead",
            "kind_of",
        ),
        "marking": ("COMMON", "KINDS", "REPEAT", "marked"),
    },
)
