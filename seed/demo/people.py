"""Invented citizens and handlers; their telephone numbers are plainly nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from seed.demo.chance import Dice, pick


@dataclass(frozen=True, slots=True)
class Person:
    """One citizen as a ticket names them; who wants no name given has neither."""

    name: str | None
    phone: str | None


class People:
    """A city full of invented people."""

    def __init__(self, dice: Random, surnames: str, given: str) -> None:
        """Make them from surnames and the characters of given names."""
        self._dice = dice.random
        self._surnames = surnames
        self._given = given.replace(" ", "")

    def name(self) -> str:
        """Return a name; common surnames more often."""
        dice: Dice = self._dice
        surname = self._surnames[int(dice() * dice() * len(self._surnames))]
        second = pick(dice, self._given) if dice() < 0.7 else ""
        return f"{surname}{pick(dice, self._given)}{second}"

    def citizen(self, *, shy: bool) -> Person:
        """Return a citizen; the ``shy`` (whistle-blowers) often stay unnamed."""
        dice = self._dice
        if dice() < (0.3 if shy else 0.03):
            return Person(None, None)
        phone = f"130000{int(dice() * 100_000):05d}"
        chance = dice()
        if chance < 0.12:
            surname = self._surnames[int(dice() * 40)]
            return Person(f"{surname}{'女士' if dice() < 0.5 else '先生'}", phone)
        return Person(self.name(), phone)
