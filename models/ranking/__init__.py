"""Tallies, editions of the ranking, and flags."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.ranking.editions import EditionView as EditionView
    from models.ranking.editions import edition_of as edition_of
    from models.ranking.editions import files_of as files_of
    from models.ranking.editions import publish_edition as publish_edition
    from models.ranking.flags import RULES as RULES
    from models.ranking.flags import FlagView as FlagView
    from models.ranking.flags import flags_of as flags_of
    from models.ranking.flags import month_tables as month_tables
    from models.ranking.flags import raise_flags as raise_flags
    from models.ranking.flags import successors as successors
    from models.ranking.tallies import tallies_of as tallies_of

__getattr__, __dir__ = lazily(
    __name__,
    {
        "editions": ("EditionView", "edition_of", "files_of", "publish_edition",),
        "flags": ("FlagView", "RULES", "flags_of", "month_tables", "raise_flags", "successors",),
        "tallies": ("tallies_of",),
    },
)
