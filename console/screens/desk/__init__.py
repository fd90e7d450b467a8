"""F9 待办: what waits for a decision of the centre."""

from console.screens.desk.screen import DecisionScreen

__all__ = ["DecisionScreen"]
