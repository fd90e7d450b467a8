"""What comes in: which appeal a row speaks of, and how a source writes its files."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.intake.exchange import (
        FIELDS as FIELDS,
        INSTANTS as INSTANTS,
        LABELS as LABELS,
        LONG_TEXTS as LONG_TEXTS,
    )
    from rules.intake.identity import identity_of as identity_of
    from rules.intake.profile import (
        AS_WRITTEN as AS_WRITTEN,
        ProfileError as ProfileError,
        SourceProfile as SourceProfile,
        read_profile as read_profile,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "exchange": ("FIELDS", "INSTANTS", "LABELS", "LONG_TEXTS"),
        "identity": ("identity_of",),
        "profile": ("AS_WRITTEN", "ProfileError", "SourceProfile", "read_profile"),
    },
)
