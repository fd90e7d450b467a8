"""Second floor: what comes in: reference data, channel readers, the demo city."""

from __future__ import annotations
