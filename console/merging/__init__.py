"""并单 as people meet it: which lead, who leaves, who was told; the list of what is merged."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.merging.merge_section import write_merge as write_merge
    from console.merging.offering import (
        merge_problem as merge_problem,
        offer_chosen as offer_chosen,
        offer_merge as offer_merge,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "merge_section": ("write_merge",),
        "offering": ("merge_problem", "offer_chosen", "offer_merge"),
    },
)
