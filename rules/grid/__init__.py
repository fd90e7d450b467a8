"""微邻里: levels and codes of places, lists of them, matters of cells, codes on doors, opinions."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.grid.cell_matter import (
        MATTER_COLUMNS as MATTER_COLUMNS,
        MATTER_KINDS as MATTER_KINDS,
        Noted as Noted,
        Untaken as Untaken,
        code_typed as code_typed,
        kind_named as kind_named,
        read_matter as read_matter,
        titled as titled,
        unnamed as unnamed,
    )
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
    from rules.grid.opinions import (
        CODE_COLUMNS as CODE_COLUMNS,
        OPINION_KINDS as OPINION_KINDS,
        Coming as Coming,
        Said as Said,
        Voiced as Voiced,
        asked as asked,
        choice_of as choice_of,
        read_coming as read_coming,
        topic_number as topic_number,
    )
    from rules.grid.tokens import (
        GridPolicy as GridPolicy,
        code_in as code_in,
        printed_on as printed_on,
        require_valid as require_valid,
    )
    from rules.grid.whereabouts import (
        Named as Named,
        brief_fault as brief_fault,
        elsewhere as elsewhere,
        named as named,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "cell_matter": (
            "MATTER_COLUMNS",
            "MATTER_KINDS",
            "Noted",
            "Untaken",
            "code_typed",
            "kind_named",
            "read_matter",
            "titled",
            "unnamed",
        ),
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
            "Fault",
            "KINDS",
            "NEW",
            "Place",
            "PlaceChange",
            "PlaceLine",
            "PlaceRevision",
            "faults",
            "move_kind",
            "revise",
            "standing_fault",
        ),
        "opinions": (
            "CODE_COLUMNS",
            "Coming",
            "OPINION_KINDS",
            "Said",
            "Voiced",
            "asked",
            "choice_of",
            "read_coming",
            "topic_number",
        ),
        "tokens": (
            "GridPolicy",
            "code_in",
            "printed_on",
            "require_valid",
        ),
        "whereabouts": ("Named", "brief_fault", "elsewhere", "named"),
    },
)
