"""A citizen's own columns as they may be shown: name, telephone number, address."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MASK = re.compile(r"[*＊]|某某?$")

_HOUSE = re.compile(
    r"\d+(?=\s*(?:号|栋|幢|座|单元|室|楼|层|户|弄))|(?<=[-—])\d+|^\d+(?=\s+[A-Za-z])"
)


@dataclass(frozen=True, slots=True)
class Citizen:
    """A citizen as a screen may show them; empty where nothing is known."""

    reporter: str
    phone: str
    address: str


def mask_citizen(
    reporter: str | None, phone: str | None, address: str | None, *, confidential: bool
) -> Citizen:
    """Return a citizen masked; of a confidential appeal nothing but that something is known."""
    if confidential:
        return Citizen(*("（保密）" if value else "" for value in (reporter, phone, address)))
    return Citizen(mask_name(reporter or ""), mask_phone(phone or ""), mask_address(address or ""))


def mask_name(name: str) -> str:
    """Return a name with its family name only: 王小明 gives 王**; compound ones keep one sign."""
    name = name.strip()
    return name[:1] + "*" * max(1, len(name) - 1) if name else ""


def mask_phone(phone: str) -> str:
    """Return a number without its middle: 13871234567 gives 138****4567."""
    phone = phone.strip()
    if len(phone) < 7:
        return "*" * len(phone)
    return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]


def mask_address(address: str) -> str:
    """Return an address without the numbers that lead to a door."""
    return _HOUSE.sub("**", address.strip())


def is_masked(value: str) -> bool:
    """Return whether a source has masked this value itself (王**, 138****4567, 张某)."""
    return _MASK.search(value) is not None


_STANDS_FOR = re.compile(r"\*+|某某|（[^（）]{0,6}保密）")


def masked_form(theirs: str, ours: str) -> bool:
    """Return whether a text is ours with nothing but parts of it masked."""
    if _STANDS_FOR.search(theirs) is None:
        return False
    parts = map(re.escape, _STANDS_FOR.split(theirs))
    return re.fullmatch(".{0,60}?".join(parts), ours, re.DOTALL) is not None
