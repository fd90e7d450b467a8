"""What a new store begins with."""

from __future__ import annotations

from models.bureau import FirstContent
from seed.reference.builtin import builtin_calendar
from seed.reference.catalogue import categories, channels
from seed.reference.content import packaged
from seed.reference.grids import read_grids
from seed.reference.units import GROUPS, read_units


def first_content() -> FirstContent:
    """Read the shipped policy, calendar, units, channels, categories and grids."""
    return FirstContent(
        policy_text=packaged("policy.toml"),
        calendar=builtin_calendar(),
        groups=GROUPS,
        units=read_units(packaged("units.csv")),
        channels=channels(),
        categories=categories(),
        grids=read_grids(packaged("grids.csv")),
    )


__all__ = ["builtin_calendar", "first_content"]
