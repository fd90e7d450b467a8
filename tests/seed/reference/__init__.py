"""Reference data: units, grids, categories, channels, calendars."""

from __future__ import annotations
