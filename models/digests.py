"""Keyed digests: values that may be compared but not read."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from rules.masking import is_masked


class Digester:
    """Digests under the store's own key, so that nobody can try out telephone numbers."""

    def __init__(self, rows: Callable[..., list[tuple[Any, ...]]]) -> None:
        """Read the store's key."""
        key = str(rows("SELECT value FROM setting WHERE key = 'digest_key'")[0][0])
        self._keyed = blake2b(key=bytes.fromhex(key), digest_size=16)

    def of(self, value: str) -> str:
        """Return the 32 hexadecimal digits that stand for a value."""
        hashed = self._keyed.copy()
        hashed.update(value.encode())
        return hashed.hexdigest()

    def person(self, reporter: str | None, phone: str | None) -> str | None:
        """Return what tells one reporter from another: the telephone number, or the name."""
        if phone and not is_masked(phone):
            return self.of(phone)
        known = f"{reporter or ''}|{phone or ''}"
        return self.of(known) if known != "|" else None
