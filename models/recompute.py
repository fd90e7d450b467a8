"""Counting running clocks again after a change of the rules: rehearsed first, then kept."""

from __future__ import annotations




