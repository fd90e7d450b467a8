"""The papers of the ladder: their kinds, their words, their policy."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.orders.papers import (
        LAST_PLACE as LAST_PLACE,
        PAPER_NAMES as PAPER_NAMES,
        PROMINENT as PROMINENT,
        Case as Case,
        OrderPolicy as OrderPolicy,
        cause_of as cause_of,
        demands_of as demands_of,
        title_of as title_of,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "papers": (
            "Case",
            "LAST_PLACE",
            "OrderPolicy",
            "PAPER_NAMES",
            "PROMINENT",
            "cause_of",
            "demands_of",
            "title_of",
        ),
    },
)
