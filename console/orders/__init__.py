"""Supervision orders: their screen, their papers, their commands."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.orders.approval import sheet_paper as sheet_paper
    from console.orders.exports import paper_name as paper_name
    from console.orders.kind_list import KindList as KindList
    from console.orders.order_acts import OrderActs as OrderActs
    from console.orders.paper_list import PaperList as PaperList
    from console.orders.paper_pane import PaperPane as PaperPane
    from console.orders.preview import made as made
    from console.orders.screen import OrdersScreen as OrdersScreen

__getattr__, __dir__ = lazily(
    __name__,
    {
        "approval": ("sheet_paper",),
        "exports": ("paper_name",),
        "kind_list": ("KindList",),
        "order_acts": ("OrderActs",),
        "paper_list": ("PaperList",),
        "paper_pane": ("PaperPane",),
        "preview": ("made",),
        "screen": ("OrdersScreen",),
    },
)
