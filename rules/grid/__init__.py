"""微邻里: the five levels of places, their codes, and what a new list of them changes."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.grid.codes import (
        CELL as CELL,
        CITY as CITY,
        COMMUNITY as COMMUNITY,
        DIGITS as DIGITS,
        DISTRICT as DISTRICT,
        LEVELS as LEVELS,
        STREET as STREET,
        above as above,
        form_fault as form_fault,
        level_of as level_of,
        way_to as way_to,
    )
    from rules.grid.listing import (
        KINDS as KINDS,
        NEW as NEW,
        Fault as Fault,
        Place as Place,
        PlaceChange as PlaceChange,
        PlaceLine as PlaceLine,
        PlaceRevision as PlaceRevision,
        faults as faults,
        move_kind as move_kind,
        revise as revise,
        standing_fault as standing_fault,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "codes": (
            "CELL",
            "CITY",
            "COMMUNITY",
            "DIGITS",
            "DISTRICT",
            "LEVELS",
            "STREET",
            "above",
            "form_fault",
            "level_of",
            "way_to",
        ),
        "listing": (
            "KINDS",
            "NEW",
            "Fault",
            "Place",
            "PlaceChange",
            "PlaceLine",
            "PlaceRevision",
            "faults",
            "move_kind",
            "revise",
            "standing_fault",
        ),
    },
)
