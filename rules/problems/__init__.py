"""What several citizens mean at once: how appeals are tied, and put together into problems."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.problems.grouping import (
        LATELY as LATELY,
        Group as Group,
        Grouping as Grouping,
        Told as Told,
    )
    from rules.problems.naming import (
        joined_words as joined_words,
        name_of as name_of,
        whole_words as whole_words,
    )
    from rules.problems.tying import (
        RARE_WORDS as RARE_WORDS,
        SHARED as SHARED,
        Known as Known,
        Tie as Tie,
        kept as kept,
        reasons as reasons,
        tied as tied,
        told_openly as told_openly,
        weight_of as weight_of,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "grouping": ("Group", "Grouping", "LATELY", "Told"),
        "naming": ("joined_words", "name_of", "whole_words"),
        "tying": (
            "Known",
            "RARE_WORDS",
            "SHARED",
            "Tie",
            "kept",
            "reasons",
            "tied",
            "told_openly",
            "weight_of",
        ),
    },
)
