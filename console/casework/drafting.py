"""Before orders are drafted: how many, for which units, and whether one goes on to sign them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Button

from console.casework.taking import Chosen
from console.widgets import Confirming
from rules.casework import PAPER_NAMES

UNDO = "只拟草稿，不编文号；已有未销号督办单的诉求会跳过并列出。草稿可以作废。"


class Drafting(Confirming):
    """Says what will be drafted; ``s`` drafts it and goes on to where it is read and signed.

    ``w`` asks for another of the ``KINDS`` that may be drafted from appeals.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,ｓ", "sign", "拟稿并去签发", id="drafting.sign"),
        Binding("w,ｗ", "other", "换文种", id="drafting.other"),
    ]
    KINDS: ClassVar = tuple(
        (kind, name) for kind, name in PAPER_NAMES.items() if kind != "talk_record"
    )
    to_sign = False
    other = False

    def __init__(self, chosen: Sequence[Chosen], kind: str = "order") -> None:
        """Name the one appeal, or the units of the chosen with how many each has."""
        whom = chosen[0].number if len(chosen) == 1 else f"{len(chosen)}件"
        name = PAPER_NAMES[kind]
        told = _to_an_organ(chosen, name) if kind.startswith("referral") else _by_unit(chosen, name)
        super().__init__(f"拟制{name} · {whom}", told, act="拟稿", undo=UNDO)

    def buttons(self) -> Iterator[Button]:
        """Lay out the answers."""
        yield from super().buttons()
        yield Button("拟稿并去签发 s", id="sign", variant="warning", compact=True)
        yield Button("换文种 w", id="other", compact=True)

    def action_sign(self) -> None:
        """Draft, and go to the orders."""
        self.to_sign = True
        self.dismiss(True)

    def action_other(self) -> None:
        """Ask for another kind of paper first."""
        self.other = True
        self.dismiss(True)

    @on(Button.Pressed, "#other")
    def _to_other(self, event: Button.Pressed) -> None:
        event.stop()
        event.prevent_default()
        self.action_other()

    @on(Button.Pressed, "#sign")
    def _to_sign(self, event: Button.Pressed) -> None:
        event.stop()
        event.prevent_default()
        self.action_sign()


def _to_an_organ(chosen: Sequence[Chosen], name: str) -> str:
    return f"将为{len(chosen)}件诉求拟一份{name}，送有权机关；接收机关、线索和证据在 F4 按 e 补写。"


def _by_unit(chosen: Sequence[Chosen], name: str) -> str:
    units = Counter(one.unit for one in chosen if one.unit)
    listed = "、".join(f"{unit} {count}件" for unit, count in units.most_common(6))
    more = " 等" if len(units) > 6 else ""
    left = sum(not one.unit for one in chosen)
    waiting = f"；另有{left}件尚未派单，不拟" if left else ""
    orders = f"将对{len(chosen) - left}件诉求拟{len(units)}份{name}，每个主办单位一份"
    return f"{orders}：{listed}{more}{waiting}。"
