"""一格一码: what a printed code holds, how long it holds, and the address it leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from rules.clocks import Section
from rules.errors import Refused
from rules.text import half_width

MARK_DIGITS = 12
"""Hexadecimal digits of the keyed mark that nobody can make without the store's key."""

_TOKEN = re.compile(
    rf"(?<!\d)(\d{{12}}|\d{{15}})-(\d{{4}})-([0-9a-f]{{{MARK_DIGITS}}})(?![0-9a-f])"
)

REPRINT = "请用 duban grid codes 重新打印这个社区的码"


class GridPolicy(Section):
    """``[grid]``: ``address`` is where a printed code leads, ``valid`` how many years it holds."""

    address: Annotated[str, Field(max_length=200)] = "{token}"
    valid: Annotated[str, Field(pattern=r"^[1-9]y$")] = "3y"

    @field_validator("address")
    @classmethod
    def _holds_the_token(cls, address: str) -> str:
        if address.count("{token}") != 1 or not address.isprintable() or " " in address:
            raise ValueError(
                "address 要有一处 {token}，不能有空格，例如 https://wll.example.cn/w/{token}"
            )
        return address

    @property
    def years(self) -> int:
        """For how many years a code holds from the month it was printed in."""
        return int(self.valid.removesuffix("y"))


@dataclass(frozen=True, slots=True)
class DoorCode:
    """What a code says: the place, and the month it was printed in as ``2611``."""

    code: str
    month: str

    @property
    def told(self) -> str:
        """What its keyed mark is made of."""
        return f"cell|{self.code}|{self.month}"

    def token(self, mark: str) -> str:
        """Return the token with its mark; of a longer one only the first digits count."""
        return f"{self.code}-{self.month}-{mark[:MARK_DIGITS]}"

    def expired(self, today: date, years: int) -> bool:
        """Whether it holds no more: its month is over for so many years."""
        return (today.year - 2000 - years) * 100 + today.month > int(self.month)


def printed_on(code: str, today: date) -> DoorCode:
    """Return the code of a place as it is printed on a day."""
    return DoorCode(code, f"{today:%y%m}")


def code_in(scanned: str) -> tuple[DoorCode, str]:
    """Return a code with its mark out of what was scanned, alone or within an address.

    ``Refused`` for what holds none.
    """
    found = _TOKEN.search(half_width(scanned).strip().lower())
    if found is None:
        raise Refused(f"“{scanned.strip()[:40]}”不是一格一码：请核对“码”这一列")
    return DoorCode(found[1], found[2]), found[3]


def require_valid(one: DoorCode, mark: str, own: str, today: date, years: int) -> None:
    """Refuse a code that was not printed from this store, or holds no more."""
    if mark != own[:MARK_DIGITS]:
        raise Refused(f"码 {one.code}-{one.month} 不是本库打印的：不收，请查是谁贴的码")
    if one.expired(today, years):
        raise Refused(f"码 {one.code}-{one.month} 已过期（{years}年）：{REPRINT}")
