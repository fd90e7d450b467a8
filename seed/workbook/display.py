"""Number formats: how a table program shows a number, where it shows more than its digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_PIECE = re.compile(
    r"\"(?P<quoted>[^\"]*)\"?|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]"
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)|(?P<place>[0#?])|(?P<sign>[.,%])"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)

_DATE_LETTERS = frozenset("dmyhsDMYHS")

_CHINESE_DATE = re.compile(r"aaa|e(?![+-])|bb", re.IGNORECASE)  # weekday, year of the era

_UNREADABLE = frozenset("/@Ee")  # fractions, text, powers of ten: the number itself is read

_MOST, _LONGEST, _EXACT = 1e15, 255, Context(prec=600)

_PLAIN, _PLACE, _SIGN, _WORDS = "plain", "place", "sign", "words"

Token = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format that shows more than digits: zeros in front, a currency, %, words, or a date."""

    sections: tuple[tuple[Token, ...], ...]
    is_date: bool = False
    zeros: int = 0  # places of a format that is nothing but zeros

    def text(self, value: float) -> str | None:
        """Return what is shown of ``value``; None where the number itself is read."""
        if self.is_date or not abs(value) < _MOST:
            return None
        if self.zeros and value >= 0 and value == int(value):
            return str(int(value)).zfill(self.zeros)
        chosen = 0
        if value < 0 and len(self.sections) > 1:
            chosen = 1
        elif value == 0 and len(self.sections) > 2:
            chosen = 2
        tokens = self.sections[chosen]
        shown = _shown(tokens, abs(Decimal(repr(value))))
        return f"-{shown}" if value < 0 and chosen == 0 else shown


@lru_cache(1024)
def number_format(code: str) -> NumberFormat | None:
    """Return how ``code`` shows numbers, None where that is their plain digits.

    Dates that the reader of workbooks knows are none of ours; those by weekday or by the year of
    the era alone are.
    """
    if len(code) > _LONGEST or code.count("%") > 2:
        return None
    sections: list[list[Token]] = [[]]
    letters = ""
    for found in _PIECE.finditer(code):
        kind, text = found.lastgroup, found[0]
        if kind == "bracket":
            if text[1:2] in "<>=" or text.lower().startswith("[dbnum"):
                return None
        elif kind == "other" and text == ";":
            sections.append([])
        elif kind == "other" and text in _DATE_LETTERS:
            return None
        elif kind == "general":
            sections[-1].append((_PLAIN, ""))
        elif kind == "place":
            sections[-1].append((_PLACE, text))
        elif kind == "sign":
            sections[-1].append((_SIGN, text))
        elif kind is not None:
            letters += text if kind == "other" and len(sections) < 4 else ""
            sections[-1].append((_WORDS, found[kind]))
    if _CHINESE_DATE.search(letters):
        return NumberFormat((), is_date=True)
    if _UNREADABLE & set(letters) or not sections[0]:
        return None
    numbers = sections[:3]
    if not (any(map(_says_more, numbers)) or (len(numbers) > 2 and not numbers[2])):
        return None
    zeros = len(code) if code.strip("0") == "" else 0
    return NumberFormat(tuple(tuple(section) for section in numbers), zeros=zeros)


def _says_more(tokens: list[Token]) -> bool:
    """Whether a section shows more than digits, their groups and decimals and brackets."""
    whole = 0
    for kind, text in tokens:
        if (kind, text) == (_SIGN, "."):
            break
        whole += (kind, text) == (_PLACE, "0")
    words = "".join(text for kind, text in tokens if kind == _WORDS).strip(" ()-+")
    return whole > 1 or bool(words) or (_SIGN, "%") in tokens


def _shown(tokens: tuple[Token, ...], value: Decimal) -> str:
    """Return a number as one section shows it."""
    if not any(kind in (_PLACE, _PLAIN) for kind, _ in tokens):
        return "".join(text for kind, text in tokens if kind != _PLACE)
    places = [n for n, (kind, _) in enumerate(tokens) if kind == _PLACE]
    point = next((n for n, token in enumerate(tokens) if token == (_SIGN, ".")), len(tokens))
    last = max((n for n in places if n < point), default=-1)
    commas = [n for n, token in enumerate(tokens) if token == (_SIGN, ",") and n < point]
    scaled = value * 100 ** tokens.count((_SIGN, "%")) / 1000 ** sum(n > last for n in commas)
    decimals = sum(n > point for n in places)
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
    whole, _, fraction = f"{rounded:f}".partition(".")
    grouped = any(n < last for n in commas)
    before = _whole(tokens[:point], whole.lstrip("0"), grouped, _plain(value))
    return before + _fraction(tokens[point:], fraction)


def _plain(value: Decimal) -> str:
    """Return a number's digits without a format."""
    return f"{value.normalize():f}"


def _whole(tokens: tuple[Token, ...], digits: str, grouped: bool, plain: str) -> str:
    """Fill the places before the point from the right; the first takes all that is left."""
    places = [n for n, (kind, _) in enumerate(tokens) if kind == _PLACE]
    parts: list[str] = []
    shown = 0
    for n in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[n]
        if kind == _WORDS or (kind, text) == (_SIGN, "%"):
            parts.append(text)
        elif kind == _PLAIN:
            parts.append(plain)
        elif kind == _PLACE:
            taken = digits if n == places[0] else digits[-1:]
            digits = digits[: len(digits) - len(taken)]
            for digit in reversed(taken or ("0" if text == "0" else "")):
                parts.append("," if grouped and shown and shown % 3 == 0 else "")
                parts.append(digit)
                shown += 1
    return "".join(reversed(parts))


def _fraction(tokens: tuple[Token, ...], digits: str) -> str:
    """Show the decimals: a # leaves out the zeros at the end."""
    needed = 0
    places = [text for kind, text in tokens if kind == _PLACE]
    for n, (place, digit) in enumerate(zip(places, digits, strict=True), start=1):
        needed = n if place == "0" or digit != "0" else needed
    shown, at = "", 0
    for kind, text in tokens:
        if kind == _PLACE:
            shown += digits[at] if at < needed else ""
            at += 1
        elif kind == _WORDS or text == "%" or (text == "." and needed):
            shown += text
    return shown
