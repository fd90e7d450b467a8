"""大接访: what a table writes down of a party, what a promise must say and how it stands."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.receptions.meeting_boxes import (
        MEETING_BOXES as MEETING_BOXES,
        MeetingReading as MeetingReading,
        boxes_for as boxes_for,
        outcome_of as outcome_of,
        read_meeting as read_meeting,
    )
    from rules.receptions.party import (
        COLLECTIVE as COLLECTIVE,
        OUTCOMES as OUTCOMES,
        PARTY_COLUMNS as PARTY_COLUMNS,
        RANKS as RANKS,
        Party as Party,
        require_whole as require_whole,
    )
    from rules.receptions.planned import PLAN_COLUMNS as PLAN_COLUMNS, Planned as Planned
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
        "meeting_boxes": (
            "MEETING_BOXES",
            "MeetingReading",
            "boxes_for",
            "outcome_of",
            "read_meeting",
        ),
        "party": ("COLLECTIVE", "OUTCOMES", "PARTY_COLUMNS", "Party", "RANKS", "require_whole"),
        "planned": ("PLAN_COLUMNS", "Planned"),
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
