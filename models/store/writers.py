"""Which tables a login of a role writes and reads, and what the database's refusal means.

Held to the grants of PostgreSQL by ``models.store.rights``; SQLite has one person.
"""

from __future__ import annotations

import re

from models.store.errors import NotAllowed
from models.store.permitted import CALLERS, PERMITTED, RULING, WORKING, called

RULES = (
    "operator",
    "role",
    "operator_unit",
    "policy",
    "calendar",
    "unit",
    "unit_alias",
    "unit_group",
    *("grid", "grid_past", "grid_move"),
    "channel",
    "category",
    "paper_template",
)
"""Tables that an administrator writes."""

STRUCK = ("role", "operator_unit", "unit_alias", "grid_move")
"""Rows that an administrator deletes: what the trail has recorded as taken away."""

SIGNED = ("edition", "edition_row", "paper")
"""Tables that a signer writes."""

CALLED_READ = (
    "accused",
    "act_first",
    "alembic_version",
    "calendar",
    "call",
    "callback",
    "campaign",
    "crossing",
    "deadline",
    "emergency",
    "event",
    "exclusion",
    "extension",
    "instruction",
    "limit_change",
    "operator",
    "operator_unit",
    "pause",
    "policy",
    "queue_count",
    "rating",
    "reply",
    "return_request",
    "review",
    "review_lease",
    "suspended_account",
    *("role", "round", "round_unit"),
    "setting",
    "ticket",
    "trail_head",
    "undo_entry",
    "unit",
)
"""Tables that outside staff read who call citizens: what a call and its record need."""

CALLED_WRITTEN = (
    "call",
    "callback",
    "deadline",
    "queue_count",
    "rating",
    "review",
    "round",
    "ticket",
    "undo_entry",
)
"""Tables that a caller writes: the call, and what follows from what the citizen said."""

CALLED_STRUCK = ("callback", "deadline", "queue_count", "rating", "review", "undo_entry")
"""Rows that a caller takes back by undoing."""

UNWRITTEN = ("event", "trail_head", "setting", "alembic_version")
"""Tables that no login writes, whatever its roles."""


def writers(table: str) -> frozenset[str]:
    """Return the roles of which one is enough to write a table; none for nobody."""
    if table in UNWRITTEN:
        return frozenset()
    if table in RULES:
        return RULING
    if table in CALLED_WRITTEN:
        return WORKING | CALLERS
    return frozenset({"signer"}) if table in SIGNED else WORKING


_DENIED = re.compile(r"permission denied for (\w+) ([\w.]+)")


def refusal(said: str) -> NotAllowed | None:
    """Return what the database's refusal means to a person, and which role is asked for."""
    found = _DENIED.search(said)
    if found is None:
        return None
    kind, name = found.groups()
    if kind == "act":
        return NotAllowed("办理时间在将来：请核对本机与数据库服务器的时钟后重试")
    if kind == "verb" and name not in PERMITTED:
        return NotAllowed(f"库里的权限表还不认得 {name}：请管理员运行 duban store upgrade")
    asked = PERMITTED[name] if kind == "verb" else writers(name)
    which = f"（要有{called(asked)}权限）" if asked else ""
    return NotAllowed(
        f"数据库没有给您办理此事的权限{which}：请管理员用 duban operator role 授权",
        name if kind == "verb" else "",
        asked,
    )
