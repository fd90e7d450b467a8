"""Firms under several names: which two may be one, why, and the first day it could be known."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.entities.aliases import (
        STRONG as STRONG,
        SUGGESTED as SUGGESTED,
        Alias as Alias,
        possible_aliases as possible_aliases,
    )
    from rules.entities.heard import (
        Clue as Clue,
        Heard as Heard,
        HeardName as HeardName,
        Pool as Pool,
        Reason as Reason,
    )
    from rules.entities.reappearing import (
        Complaint as Complaint,
        Decided as Decided,
        Reappeared as Reappeared,
        Under as Under,
        reappeared as reappeared,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "aliases": ("Alias", "STRONG", "SUGGESTED", "possible_aliases"),
        "heard": ("Clue", "Heard", "HeardName", "Pool", "Reason"),
        "reappearing": ("Complaint", "Decided", "Reappeared", "Under", "reappeared"),
    },
)
