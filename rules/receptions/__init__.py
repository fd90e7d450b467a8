"""大接访: what a promise must say and how it stands."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.receptions.pledge import (
        FATES as FATES,
        GUARANTEE as GUARANTEE,
        KINDS as KINDS,
        PLEDGE as PLEDGE,
        Promise as Promise,
        fate as fate,
        require_extension as require_extension,
        require_promise as require_promise,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "pledge": (
            "FATES",
            "GUARANTEE",
            "KINDS",
            "PLEDGE",
            "Promise",
            "fate",
            "require_extension",
            "require_promise",
        ),
    },
)
