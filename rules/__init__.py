"""Ground floor: decisions as pure functions of values; no SQL, no screen, no file, no clock."""

from __future__ import annotations
