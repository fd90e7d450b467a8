"""A demo city of middling size, made once for the tests that look at it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from models.bureau.units import Reference
from rules.bureau.policy import read_policy
from rules.casework.appeal import Appeal
from rules.clocks.timekeeper import Timekeeper
from seed.demo.city import City
from seed.reference.catalogue import first_content, reference as shipped

NOW = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)  # Friday 15:20 in Wuhan

SEED, SIZE = 7, 8_000


@cache
def reference() -> Reference:
    """Return the reference data a store begins with."""
    return shipped()


@cache
def keeper() -> Timekeeper:
    """Return the shipped rules of time."""
    first = first_content()
    return Timekeeper(read_policy(first.policy_text), first.calendar)


def made(seed: int = SEED, size: str | int = SIZE, now: datetime = NOW) -> list[Appeal]:
    """Return every appeal of a demo city."""
    return list(City(seed, size, now, keeper(), reference()))


@cache
def city() -> tuple[Appeal, ...]:
    """Return the appeals of the one city most tests look at."""
    return tuple(made())
