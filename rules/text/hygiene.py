"""Text made harmless, a citizen's or a colleague's: it never steers a terminal or a page.

Markup is not interpreted and not removed: brackets and angle signs stay what they are.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category

LOST = "〓"  # the printer's mark for a sign that could not be set

# Printable by name but drawn as nothing, or changing how their neighbour is drawn:
# variation selectors, joiners, Hangul and Khmer fillers, the blank Braille pattern.
_NOTHING = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef"
)

_UNSEEN = re.compile(f"[{_NOTHING}]")

# Diacritics heaped on one sign, beyond what any language writes, paint over the lines around;
# at the start of a line they change what stands before it on the screen.
_DIACRITIC = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"

_SUSPECT = re.compile(f"[{_NOTHING}{_DIACRITIC[1:-1]}]")  # one quick look at every text there is

_HEAPED = re.compile(
    f"(?<![^\n])[ ]*{_DIACRITIC}(?: *{_DIACRITIC})*|({_DIACRITIC}{{4}}){_DIACRITIC}+"
)

# ECMA-48 control strings (OSC, DCS, SOS, PM, APC) with their payload, then CSI, then the rest.
_SEQUENCE = re.compile(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]"
)

_BREAK = re.compile("\r*\n|[\r\v\f\x85\u2028\u2029]")

_BLANKS = re.compile(" {2,}")

# What makes a spreadsheet take text for a formula, also behind our own apostrophes.
_RUNS = re.compile("'*[=+\\-@＝＋－＠]")

_EMPTY_LINES = re.compile("\n{3,}")


def harmless(text: str) -> str:
    """Return ``text`` safe to show and store, its line breaks kept as single newlines.

    Escape sequences, control, format (zero-width, bidi) and invisible signs go; every kind of
    space becomes a plain one; lines are trimmed and empty lines folded to one. Unassigned,
    private and surrogate code points become 〓, since something was written there. Applying it
    twice changes nothing.
    """
    if _plain(text):
        return text.strip(" ")
    lines = [_clean(line) for line in _BREAK.split(_SEQUENCE.sub("", text))]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def harmless_line(text: str) -> str:
    """Return ``text`` harmless on a single line: titles, names, cells."""
    if _plain(text) and "  " not in text:
        return text.strip(" ")
    return _BLANKS.sub(" ", harmless(text).replace("\n", " "))


def printable(text: str) -> str:
    """Return ``text`` with its layout as it is, but nothing in it that steers a screen.

    Escape sequences, control, format and invisible signs go, line breaks are single newlines, a
    tab is a blank. For what is kept or printed as it was typed; twice changes nothing.
    """
    if _plain(text):
        return text
    told = _BREAK.sub("\n", _SEQUENCE.sub("", text))
    kept = _UNSEEN.sub("", "".join(map(_kept, told)))
    return _HEAPED.sub(lambda heap: heap[1] or "", kept)


def guarded(text: str) -> str:
    """Return ``text`` so that no spreadsheet runs it: an apostrophe before = + - @."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """Return what ``guarded`` was given."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text


def _plain(text: str) -> bool:
    """Whether nothing in a text needs a closer look."""
    if text.isascii():
        return text.isprintable()
    return text.isprintable() and not _SUSPECT.search(text)


def _clean(line: str) -> str:
    """One line without what must not stay, trimmed."""
    kept = _UNSEEN.sub("", "".join(map(_fate, line))).strip(" ")
    return _HEAPED.sub(lambda heap: heap[1] or "", kept).strip(" ")


@cache
def _kept(sign: str) -> str:
    """Return what becomes of one code point where spaces and breaks stay what they are."""
    if sign in "\n\t":
        return sign.replace("\t", " ")
    return sign if category(sign) == "Zs" else _fate(sign)


@cache
def _fate(sign: str) -> str:
    """Return what becomes of one code point, by its Unicode general category."""
    kind = category(sign)
    if kind == "Zs" or sign == "\t":
        return " "
    if kind in ("Cc", "Cf"):
        return ""
    return LOST if kind in ("Cn", "Co", "Cs") else sign
