"""What a new store begins with."""

from __future__ import annotations

from functools import partial

from models.bureau import Reference, write_reference
from models.store import FirstContent
from seed.reference.catalogue import categories, channels, read_grids
from seed.reference.content import packaged
from seed.reference.holidays import builtin_calendar
from seed.reference.units import GROUPS, read_units


def reference() -> Reference:
    """Read the shipped units, channels, categories and grids."""
    return Reference(
        groups=GROUPS,
        units=read_units(packaged("units.csv")),
        channels=channels(),
        categories=categories(),
        grids=read_grids(packaged("grids.csv")),
    )


def first_content() -> FirstContent:
    """Read the shipped policy, calendar and reference data."""
    fill = partial(write_reference, first=reference())
    return FirstContent(packaged("policy.toml"), builtin_calendar(), fill)
