"""The bureau's policy as a file, what is wrong with one, and the roles of its people."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.bureau.in_words import (
        Clause as Clause,
        in_sentences as in_sentences,
        missing_default as missing_default,
    )
    from rules.bureau.policy import (
        UNCHECKED as UNCHECKED,
        BureauPolicy as BureauPolicy,
        LeaderPolicy as LeaderPolicy,
        Policy as Policy,
        checked_policy as checked_policy,
        read_policy as read_policy,
    )
    from rules.bureau.roles import OUTSIDE as OUTSIDE, ROLE_NAMES as ROLE_NAMES

__getattr__, __dir__ = lazily(
    __name__,
    {
        "in_words": ("Clause", "in_sentences", "missing_default"),
        "policy": (
            "UNCHECKED",
            "BureauPolicy",
            "LeaderPolicy",
            "Policy",
            "checked_policy",
            "read_policy",
        ),
        "roles": ("OUTSIDE", "ROLE_NAMES"),
    },
)
