"""What comes in: which appeal a row speaks of, how a source writes its files, what a form asks."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.intake.boxes import (
        BOXES as BOXES,
        ENTRY_KINDS as ENTRY_KINDS,
        USUAL_CHANNELS as USUAL_CHANNELS,
        Box as Box,
        boxes_of as boxes_of,
    )
    from rules.intake.entry import (
        NOT_ACCUSED as NOT_ACCUSED,
        Entry as Entry,
        Reading as Reading,
        Register as Register,
        first_sentence as first_sentence,
        kind_of as kind_of,
        read_boxes as read_boxes,
        read_entry as read_entry,
    )
    from rules.intake.exchange import (
        FIELDS as FIELDS,
        INSTANTS as INSTANTS,
        LABELS as LABELS,
        LONG_TEXTS as LONG_TEXTS,
    )
    from rules.intake.identity import identity_of as identity_of
    from rules.intake.platforms import (
        NUMBER_WITHIN as NUMBER_WITHIN,
        SAME_BY as SAME_BY,
        Account as Account,
        account_of as account_of,
        same_by as same_by,
    )
    from rules.intake.profile import (
        AS_WRITTEN as AS_WRITTEN,
        LISTS as LISTS,
        LONGEST_LINE as LONGEST_LINE,
        ProfileError as ProfileError,
        SourceProfile as SourceProfile,
        profile_from as profile_from,
        read_profile as read_profile,
    )
    from rules.intake.writing import profile_text as profile_text

__getattr__, __dir__ = lazily(
    __name__,
    {
        "boxes": ("BOXES", "Box", "ENTRY_KINDS", "USUAL_CHANNELS", "boxes_of"),
        "entry": (
            "Entry",
            "NOT_ACCUSED",
            "Reading",
            "Register",
            "first_sentence",
            "kind_of",
            "read_boxes",
            "read_entry",
        ),
        "exchange": ("FIELDS", "INSTANTS", "LABELS", "LONG_TEXTS"),
        "identity": ("identity_of",),
        "platforms": ("Account", "NUMBER_WITHIN", "SAME_BY", "account_of", "same_by"),
        "profile": (
            "AS_WRITTEN",
            "LISTS",
            "LONGEST_LINE",
            "ProfileError",
            "SourceProfile",
            "profile_from",
            "read_profile",
        ),
        "writing": ("profile_text",),
    },
)
