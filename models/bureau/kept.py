"""What an operator keeps: saved views, and when the console was last left. Nothing of a matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from models.store import retried
from models.tables import SavedView
from rules.errors import Refused
from rules.text import printable

if TYPE_CHECKING:
    from models.store import Store

LONGEST = 24
"""Letters of a view's name."""

_NAMED = "operator_id = :id AND name = :name"


@retried
def keep_view(store: Store, screen: str, name: str, view: str) -> None:
    """Save a view of a screen under a name, instead of the operator's older one of that name."""
    name = printable(name).strip()
    if not name or len(name) > LONGEST:
        raise Refused(f"常用视图的名称要有1到{LONGEST}个字：请重写")
    with store.writing() as work:
        work.delete_where(SavedView, _NAMED, id=work.operator.id, name=name)
        work.insert(SavedView, operator_id=work.operator.id, screen=screen, name=name, text=view)


@retried
def drop_view(store: Store, name: str) -> None:
    """Forget a view of the operator's; nothing where there is none."""
    with store.writing() as work:
        work.delete_where(SavedView, _NAMED, id=work.operator.id, name=name)


@retried
def leave(store: Store) -> None:
    """Remember that the operator leaves the console now."""
    with store.writing() as work:
        now = work.stored(work.now)
        work.conn.execute(text(_LEFT), {"id": work.operator.id, "now": now})


_LEFT = """
INSERT INTO operator_visit (operator_id, left_at) VALUES (:id, :now)
ON CONFLICT (operator_id) DO UPDATE SET left_at = :now
"""
