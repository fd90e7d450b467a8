"""Tallies, editions of the ranking, and flags."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.ranking.editions import EditionView as EditionView
    from models.ranking.evidence import month_tables as month_tables, successors as successors
    from models.ranking.flags import (
        RULES as RULES,
        FlagView as FlagView,
        flags_of as flags_of,
        raise_flags as raise_flags,
    )
    from models.ranking.publishing import (
        edition_of as edition_of,
        files_of as files_of,
        publish_edition as publish_edition,
    )
    from models.ranking.tallies import tallies_of as tallies_of

__getattr__, __dir__ = lazily(
    __name__,
    {
        "editions": ("EditionView",),
        "evidence": ("month_tables", "successors"),
        "flags": ("FlagView", "RULES", "flags_of", "raise_flags"),
        "publishing": ("edition_of", "files_of", "publish_edition"),
        "tallies": ("tallies_of",),
    },
)
