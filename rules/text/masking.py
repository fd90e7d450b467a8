"""脱敏: what of a citizen may be shown where the task does not need more (DESIGN §0, DOMAIN §8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rules.text.citizens import Citizen, mask_citizen
from rules.text.contacts import hide_contacts
from rules.text.whose import Own, Whose


@dataclass(frozen=True, slots=True)
class Masking:
    """How a reader is shown a citizen: masked, or in plain words where ``on`` is false.

    Who reads decides; what leaves the house is always ``MASKED``. Of a confidential appeal nobody
    is shown whose it is, masked or not. ``own`` is whom the texts tell of, where that is known.
    """

    on: bool = True
    own: Own | None = None

    def about(self, whose: Whose) -> Masking:
        """Return the same for the texts of one appeal, its own person hidden in them too."""
        return Masking(self.on, Own.of(whose)) if self.on or whose.confidential else self

    def text(self, text: str) -> str:
        """Return free text as the reader sees it."""
        if self.own is not None:
            text = self.own.out_of(text)
        return mask_text(text) if self.on else text

    def citizen(
        self, reporter: str | None, phone: str | None, address: str | None, *, confidential: bool
    ) -> Citizen:
        """Return a citizen as the reader sees them."""
        if self.on or confidential:
            return mask_citizen(reporter, phone, address, confidential=confidential)
        return Citizen(reporter or "", phone or "", address or "")


MASKED = Masking()
"""How papers, exports and copies show a citizen, whatever the policy says of screens.

Texts of an appeal go through ``MASKED.about(row)``, the row being one that knows its person.
"""


def mask_text(text: str) -> str:
    """Return free text whose person is not known, with what leads to anybody masked."""
    return hide_contacts(text)


def strike(text: str, known: Iterable[str]) -> str:
    """Return text without what is known of a person, and without what leads to anybody.

    Unlike a mask it leaves no part of a number. A known value of one sign is no name.
    """
    for value in sorted({one.strip() for one in known}, key=len, reverse=True):
        if len(value) > 1:
            text = text.replace(value, "某")
    return hide_contacts(text, whole=True)
