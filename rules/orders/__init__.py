"""The papers of the ladder: their kinds, their words, their policy."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.orders.kinds import PAPER_NAMES as PAPER_NAMES
    from rules.orders.kinds import OrderPolicy as OrderPolicy
    from rules.orders.proposal import LAST_PLACE as LAST_PLACE
    from rules.orders.proposal import PROMINENT as PROMINENT
    from rules.orders.proposal import Case as Case
    from rules.orders.proposal import cause_of as cause_of
    from rules.orders.proposal import demands_of as demands_of
    from rules.orders.proposal import title_of as title_of

__getattr__, __dir__ = lazily(
    __name__,
    {
        "kinds": ("OrderPolicy", "PAPER_NAMES",),
        "proposal": ("Case", "LAST_PLACE", "PROMINENT", "cause_of", "demands_of", "title_of",),
    },
)
