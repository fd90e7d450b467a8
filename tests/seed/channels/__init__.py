"""The channel readers."""

from __future__ import annotations
