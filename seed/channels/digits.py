"""Numbers that name a matter or a telephone: text, whatever a table program made of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from seed.channels.table import Cell, Doubt, Doubted

NUMBERS = frozenset(("number", "external_id", "phone", "grid"))
"""The fields that hold such numbers."""

_PLAIN = str.maketrans(
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ－＋",
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-+",
)

_QUOTED = re.compile(r"^['‘’`](?=\w)")

_FRACTION = re.compile(r"(\d{5,})\.0+")

_SHORTENED = re.compile(r"[-+]?\d(?:\.\d+e[-+]?|e[-+])\d{1,3}", re.IGNORECASE)

_KEPT = 15  # digits that a table program keeps

_LONG = re.compile(rf"\d{{{_KEPT + 1},}}")

_BY_CHANCE = 3
"""Zeros in so many places where digits are lost are no chance: one in a thousand."""

_CAUSE = "是表格软件缩写后的编号，位数已丢失：请在来源处把这一列设为文本，重新导出"

_ROUNDED = "只留了15位，后面的数字都成了0：请在来源处把这一列设为文本，重新导出"


def number_text(text: str, rounded: bool) -> str:
    """Return a number as it was before programs guarded or shortened it.

    ``rounded`` says that its column has lost the last digits of long numbers. Doubted where
    digits are missing.
    """
    if text.isascii() and text.isalnum() and not rounded:
        return text
    plain = _QUOTED.sub("", text.translate(_PLAIN))
    if _SHORTENED.fullmatch(plain):
        raise Doubted(Doubt(text, _CAUSE))
    if found := _FRACTION.fullmatch(plain):
        plain = found[1]
    if rounded and _LONG.fullmatch(plain):
        raise Doubted(Doubt(text, _ROUNDED))
    return plain


class Rounding:
    """Watches the columns of numbers: a table program turns the digits after the 15th into 0."""

    def __init__(self, places: Iterable[int]) -> None:
        self.places = tuple(places)
        self._zeros: Counter[int] = Counter()
        self._whole: set[int] = set()

    def see(self, place: int, cell: Cell) -> None:
        """Take note of one cell."""
        if isinstance(cell, str) and len(cell) > _KEPT:
            digits = cell.strip("'=\" \t")
            if _LONG.fullmatch(digits):
                lost = digits[_KEPT:]
                self._zeros[place] += len(lost)
                if lost.strip("0"):
                    self._whole.add(place)

    @property
    def rounded(self) -> frozenset[int]:
        """The columns whose long numbers all end in zeros."""
        told = (place for place, zeros in self._zeros.items() if zeros >= _BY_CHANCE)
        return frozenset(told) - self._whole
