"""The matter a verb is given: a ticket with its current round, and where it stands."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.matter.matter import (
        AGAINST as AGAINST,
        TICKET_FIELDS as TICKET_FIELDS,
        CoUnit as CoUnit,
        Matter as Matter,
        co_units_of as co_units_of,
        grid_code as grid_code,
        load_matter as load_matter,
        load_matters as load_matters,
        ticket_id_of as ticket_id_of,
        unit_code as unit_code,
    )
    from models.matter.whereabouts import position as position, positions as positions

__getattr__, __dir__ = lazily(
    __name__,
    {
        "matter": (
            "AGAINST",
            "CoUnit",
            "Matter",
            "TICKET_FIELDS",
            "co_units_of",
            "grid_code",
            "load_matter",
            "load_matters",
            "ticket_id_of",
            "unit_code",
        ),
        "whereabouts": ("position", "positions"),
    },
)
