"""核验码: the short code on a paper by which the record of its signing is found again."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import b32encode

UNSIGNED_CODE = "××××-××××-××××-××××"
"""What stands on a draft, which has no code yet."""

_TYPED = re.compile(r"[A-Z2-7]{16}")


def check_code(number: str, head_hash: str) -> str:
    """Return four groups of four signs (A-Z, 2-7) that follow from number and place in the trail.

    ``head_hash`` is the hash of the trail's last event when the paper was signed, empty on a draft.
    """
    if not head_hash:
        return UNSIGNED_CODE
    told = hashlib.sha256(f"{number}\n{head_hash}".encode()).digest()
    return _grouped(b32encode(told[:10]).decode())


def typed_code(text: str) -> str | None:
    """Return a code as somebody types it from a paper, or nothing if it cannot be one.

    Small letters, full-width signs, blanks and missing or other dashes do not matter.
    """
    signs = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).upper()
    return _grouped(signs) if _TYPED.fullmatch(signs) else None


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + 4] for at in range(0, 16, 4))
