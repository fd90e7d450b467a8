"""脱敏: what of a citizen may be shown where the task does not need more (DESIGN §0, DOMAIN §8)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MASK = re.compile(r"[*＊]|某某?$")

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])(\d{6})\d{8}(\d{3}[0-9Xx])(?![0-9A-Za-z])")

_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[-\s]?\d{4}[-\s]?(\d{4})(?!\d)")

_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}[-\s]?)\d{3,4}(\d{4})(?!\d)")

_HOUSE = re.compile(r"\d+(?=\s*(?:号|栋|幢|座|单元|室|楼|层|户|弄))|(?<=[-—])\d+")


@dataclass(frozen=True, slots=True)
class Citizen:
    """A citizen as a screen may show them; empty where nothing is known."""

    reporter: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class Masking:
    """How a reader is shown a citizen: masked, or in plain words where ``on`` is false.

    Who reads decides; what leaves the house is always ``MASKED``. Of a confidential appeal nobody
    is shown whose it is, masked or not.
    """

    on: bool = True

    def text(self, text: str) -> str:
        """Return free text as the reader sees it."""
        return mask_text(text) if self.on else text

    def citizen(
        self, reporter: str | None, phone: str | None, address: str | None, *, confidential: bool
    ) -> Citizen:
        """Return a citizen as the reader sees them."""
        if self.on or confidential:
            return mask_citizen(reporter, phone, address, confidential=confidential)
        return Citizen(reporter or "", phone or "", address or "")


MASKED = Masking()
"""How papers, exports and copies show a citizen, whatever the policy says of screens."""


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


def mask_text(text: str) -> str:
    """Return free text with identity and telephone numbers masked."""
    if not any(sign.isdigit() for sign in text):
        return text
    text = _IDENTITY.sub(r"\1********\2", text)
    text = _MOBILE.sub(r"\1****\2", text)
    return _LANDLINE.sub(r"\1****\2", text)


def strike(text: str, known: Iterable[str]) -> str:
    """Return text without what is known of a person, and without identity and telephone numbers.

    Unlike a mask it leaves no part of a number. A known value of one sign is no name.
    """
    for value in sorted({one.strip() for one in known}, key=len, reverse=True):
        if len(value) > 1:
            text = text.replace(value, "某")
    for pattern in (_IDENTITY, _MOBILE, _LANDLINE):
        text = pattern.sub("****", text)
    return text


def is_masked(value: str) -> bool:
    """Return whether a source has masked this value itself (王**, 138****4567, 张某)."""
    return _MASK.search(value) is not None
