"""What is wished of the queue, as it is kept under a name: 常用视图."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from console.frame import Session
from console.views.queue.columns import CHIPS, ORDERS
from models import bureau, views
from rules.casework import QUEUE_STATES

if TYPE_CHECKING:
    from models.views import KeptView

SCREEN = "queue"

MONTH = 30
"""Days back to which the states of the past are listed at first."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything a person has chosen of the queue: what is typed, and what keys have added."""

    typed: str = ""
    colour: str | None = None
    state: str = "open"
    days: int = MONTH
    order: str = "banded"
    descending: bool = False
    unfold: bool = False
    mine: bool = False

    def as_text(self) -> str:
        """Return it as it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def told(self) -> str:
        """What is wished, in words: ``u:水务 · 红 · 按到期先后``."""
        parts = (
            "我的联系单位" if self.mine else "",
            self.typed,
            QUEUE_STATES[self.state] if self.state != "open" else "",
            CHIPS.get(self.colour or "", ""),
            f"按{ORDERS[self.order]}" if self.order != "banded" else "",
        )
        return " · ".join(part for part in parts if part) or "全部在办"


def read_wish(text: str) -> Wish:
    """Return a wish that was kept; what this program does not know in it is left out."""
    known = {field.name: field for field in fields(Wish)}
    told = {name: value for name, value in json.loads(text).items() if name in known}
    wish = Wish(**told)
    sound = (
        wish.state in QUEUE_STATES
        and wish.order in ORDERS
        and (wish.colour is None or wish.colour in CHIPS)
    )
    return wish if sound else Wish(typed=wish.typed)


def kept_wishes(session: Session) -> list[KeptView]:
    """Return the views this person has saved."""
    with session.reading("wishes") as reader:
        return views.kept_views(reader, session.store.login, SCREEN)


def keep_wish(session: Session, name: str, wish: Wish) -> str:
    """Save a view under a name; return what came of it."""
    bureau.keep_view(session.store, SCREEN, name, wish.as_text())
    return f"已存为常用视图“{name.strip()}” · 按 w 选用"


def drop_wish(session: Session, name: str) -> str:
    """Forget a view; return what came of it."""
    bureau.drop_view(session.store, name)
    return f"已删去常用视图“{name}”"
