"""并单: appeals under one lead, as they are kept, and how they come and go."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.merging.from_files import Told as Told, link_told as link_told
    from models.merging.joining import (
        Merging as Merging,
        inform as inform,
        merge as merge,
        object_to as object_to,
        split as split,
    )
    from models.merging.members import (
        Lead as Lead,
        Mark as Mark,
        Member as Member,
        Standing as Standing,
        lead_of as lead_of,
        leads as leads,
        marks as marks,
        members_of as members_of,
        merged_counts as merged_counts,
        standings as standings,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "from_files": ("Told", "link_told"),
        "members": (
            "Lead",
            "Mark",
            "Member",
            "Standing",
            "lead_of",
            "leads",
            "marks",
            "members_of",
            "merged_counts",
            "standings",
        ),
        "joining": ("Merging", "inform", "merge", "object_to", "split"),
    },
)
