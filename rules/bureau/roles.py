"""The roles an operator may hold, and what people call them."""

from __future__ import annotations

ROLE_NAMES = {
    "viewer": "查看",
    "supervisor": "督办",
    "dispatcher": "交办",
    "caller": "回访",
    "signer": "签发",
    "administrator": "管理",
    "auditor": "审计",
}
"""What people call a role, in the order in which roles are listed."""

OUTSIDE = frozenset({"caller"})
"""Roles whose holder may be outside staff: alone, they open nothing but what they are for."""
