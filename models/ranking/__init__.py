"""Tallies, editions of the ranking, and flags."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.ranking.editions import (
        EditionView as EditionView,
        edition_of as edition_of,
        files_of as files_of,
        publish_edition as publish_edition,
    )
    from models.ranking.flags import (
        RULES as RULES,
        FlagView as FlagView,
        flags_of as flags_of,
        month_tables as month_tables,
        raise_flags as raise_flags,
        successors as successors,
    )
    from models.ranking.tallies import tallies_of as tallies_of

__getattr__, __dir__ = lazily(
    __name__,
    {
        "editions": ("EditionView", "edition_of", "files_of", "publish_edition"),
        "flags": ("FlagView", "RULES", "flags_of", "month_tables", "raise_flags", "successors"),
        "tallies": ("tallies_of",),
    },
)
