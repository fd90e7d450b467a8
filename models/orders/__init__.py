"""督办单 and the other papers of the ladder: draft, sign, follow, close out, list."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.orders.automatic import draft_due as draft_due
    from models.orders.drafting import Drafted as Drafted
    from models.orders.drafting import draft as draft
    from models.orders.drafting import draft_flag as draft_flag
    from models.orders.drafting import draft_second as draft_second
    from models.orders.drafting import edit as edit
    from models.orders.following import accept as accept
    from models.orders.following import deliver as deliver
    from models.orders.following import feedback as feedback
    from models.orders.following import receive as receive
    from models.orders.following import reject as reject
    from models.orders.ledger import COLUMNS as COLUMNS
    from models.orders.ledger import LedgerLine as LedgerLine
    from models.orders.ledger import ledger_lines as ledger_lines
    from models.orders.order import STATUSES as STATUSES
    from models.orders.order import OrderView as OrderView
    from models.orders.order import listing as listing
    from models.orders.order import order_by_name as order_by_name
    from models.orders.order import orders_by_id as orders_by_id
    from models.orders.paper import OrderPaper as OrderPaper
    from models.orders.paper import PaperTicket as PaperTicket
    from models.orders.paper import preview_order as preview_order
    from models.orders.signing import BASES as BASES
    from models.orders.signing import CopyMark as CopyMark
    from models.orders.signing import export_copy as export_copy
    from models.orders.signing import export_paper as export_paper
    from models.orders.signing import paper_of as paper_of
    from models.orders.signing import sign as sign
    from models.orders.signing import void as void

__getattr__, __dir__ = lazily(
    __name__,
    {
        "automatic": ("draft_due",),
        "drafting": ("Drafted", "draft", "draft_flag", "draft_second", "edit",),
        "following": ("accept", "deliver", "feedback", "receive", "reject",),
        "ledger": ("COLUMNS", "LedgerLine", "ledger_lines",),
        "order": ("OrderView", "STATUSES", "listing", "order_by_name", "orders_by_id",),
        "paper": ("OrderPaper", "PaperTicket", "preview_order",),
        "signing": ("BASES", "CopyMark", "export_copy", "export_paper", "paper_of", "sign", "void",),
    },
)
