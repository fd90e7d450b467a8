"""Which appeal a row of a file is."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.intake.identity import identity_of as identity_of

__getattr__, __dir__ = lazily(
    __name__,
    {
        "identity": ("identity_of",),
    },
)
