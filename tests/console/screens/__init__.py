"""Journeys over the screens."""

from __future__ import annotations




