"""Names of files made from names of units, numbers of papers and other words of people."""

from __future__ import annotations

import re
import unicodedata

from rules.text.hygiene import printable

MOST_BYTES = 255
"""What a file system takes for one name, in UTF-8."""

UNNAMED = "未命名"

_WIDE = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")  # what Windows or Unix cannot have

_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?")


def file_name(stem: str, ending: str = "") -> str:
    """Return a name that stays in its folder and that every system takes.

    ``stem`` is shortened where both would be too long, ``ending`` never: it tells files apart.
    """
    kept = "".join(sign for sign in printable(stem).translate(_WIDE) if _is_seen(sign))
    kept = kept.strip(" .") or UNNAMED
    if _RESERVED.fullmatch(kept):
        kept = f"_{kept}"
    room = MOST_BYTES - len(ending.encode())
    return kept.encode()[:room].decode(errors="ignore").rstrip(" .") + ending


def _is_seen(sign: str) -> bool:
    return sign == " " or unicodedata.category(sign)[0] not in "CZ"
