"""督办单 and the other papers of the ladder: draft, sign, follow, close out, list."""

from models.orders.copies import CopyMark, export_copy, export_paper
from models.orders.drafting import Drafted, Skipped, draft, draft_flag, draft_second, edit
from models.orders.following import accept, deliver, feedback, receive, reject
from models.orders.ledger import LedgerLine, ledger
from models.orders.paper import OrderPaper, PaperTicket
from models.orders.preview import preview
from models.orders.signing import BASES, paper_of, sign, void
from models.orders.views import (
    OPEN,
    STATUSES,
    OrderView,
    listing,
    order_by_name,
    orders_by_id,
)

__all__ = [
    "BASES",
    "OPEN",
    "STATUSES",
    "CopyMark",
    "Drafted",
    "LedgerLine",
    "OrderPaper",
    "OrderView",
    "PaperTicket",
    "Skipped",
    "accept",
    "deliver",
    "draft",
    "draft_flag",
    "draft_second",
    "edit",
    "export_copy",
    "export_paper",
    "feedback",
    "ledger",
    "listing",
    "order_by_name",
    "orders_by_id",
    "paper_of",
    "preview",
    "receive",
    "reject",
    "sign",
    "void",
]
