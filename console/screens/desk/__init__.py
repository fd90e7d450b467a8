"""F9 待办: what waits for a decision of the centre."""

from __future__ import annotations

from console.screens.desk.screen import DecisionScreen

__all__ = ["DecisionScreen"]
