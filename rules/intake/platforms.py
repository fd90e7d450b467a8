"""What several platforms tell of one matter, found so that it is counted once (DESIGN §11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SAME_BY = {"number": "编号相同", "text": "文字相同，受理相差不过三天"}
"""By what two platforms are found to speak of one matter."""

NUMBER_WITHIN = timedelta(days=30)

_TEXT_WITHIN = timedelta(days=3)

_LEAST_SIGNS = 8


@dataclass(frozen=True, slots=True)
class Account:
    """What one platform tells of a matter, as far as another could tell the same.

    ``numbers`` are all by which it is known there, ``text`` its content, or the title where it has
    none, ``person`` the digest that stands for the citizen.
    """

    platform: tuple[str, str]
    numbers: frozenset[str]
    text: str
    person: str | None
    received_at: datetime


def account_of(
    source: str,
    channel: str,
    numbers: tuple[str | None, str | None],
    text: str,
    person: str | None,
    received_at: datetime,
) -> Account:
    """Return what a platform tells; a number or text too short to tell much is left out."""
    long = frozenset(number for number in numbers if number and len(number) >= _LEAST_SIGNS)
    told = text if len(text) >= _LEAST_SIGNS else ""
    return Account((source, channel), long, told, person, received_at)


def same_by(one: Account, other: Account) -> str | None:
    """Return by what two accounts are of one matter: ``number`` or ``text``; None where of two.

    One platform never tells a matter twice. A number counts within thirty days of receipt; the
    very same text within three, unless two persons are known to have said it.
    """
    apart = abs(one.received_at - other.received_at)
    if one.platform == other.platform or apart > NUMBER_WITHIN:
        return None
    if one.numbers & other.numbers:
        return "number"
    if not one.text or one.text != other.text or apart > _TEXT_WITHIN:
        return None
    return None if one.person and other.person and one.person != other.person else "text"
