"""F4 督办单: drafts to sign, papers to follow, and the paper beside the list as it will print."""

from __future__ import annotations

from console.screens.orders.screen import OrdersScreen

__all__ = ["OrdersScreen"]
