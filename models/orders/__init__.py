"""督办单 and the other papers of the ladder: draft, sign, follow, close out, list."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.orders.asof import facts_of as facts_of, facts_within as facts_within
    from models.orders.checking import Checked as Checked, check_order as check_order
    from models.orders.circulating import (
        Draft as Draft,
        RenderSheet as RenderSheet,
        Sheet as Sheet,
        SheetForm as SheetForm,
        approved as approved,
        changed_since_printed as changed_since_printed,
        circulate as circulate,
        draft_words as draft_words,
        print_sheet as print_sheet,
    )
    from models.orders.drafting import (
        Drafted as Drafted,
        draft as draft,
        draft_flag as draft_flag,
        draft_within as draft_within,
    )
    from models.orders.editing import edit as edit
    from models.orders.exporting import (
        CopyMark as CopyMark,
        Keeping as Keeping,
        Stamping as Stamping,
        VoidMark as VoidMark,
        digest_of as digest_of,
        export_copy as export_copy,
        export_paper as export_paper,
        kept_paper as kept_paper,
        paper_of as paper_of,
        stamped as stamped,
        void_mark as void_mark,
    )
    from models.orders.following import follow as follow
    from models.orders.issued import Issued as Issued, orders_issued as orders_issued
    from models.orders.ladder import (
        draft_record as draft_record,
        draft_reminder as draft_reminder,
        draft_second as draft_second,
        draft_talk as draft_talk,
        draft_to_unit as draft_to_unit,
    )
    from models.orders.ledger import (
        COLUMNS as COLUMNS,
        LedgerLine as LedgerLine,
        ledger_lines as ledger_lines,
    )
    from models.orders.longred import draft_due as draft_due
    from models.orders.order import (
        STATUSES as STATUSES,
        OrderView as OrderView,
        held_tickets as held_tickets,
        listing as listing,
        order_by_name as order_by_name,
        orders_by_id as orders_by_id,
        seen_orders as seen_orders,
    )
    from models.orders.paper import preview_order as preview_order
    from models.orders.restating import WordsMoved as WordsMoved
    from models.orders.said import demand_lines as demand_lines
    from models.orders.signing import (
        BASES as BASES,
        sign as sign,
        signs_own_draft as signs_own_draft,
    )


__getattr__, __dir__ = lazily(
    __name__,
    {
        "circulating": (
            "Draft",
            "RenderSheet",
            "Sheet",
            "SheetForm",
            "approved",
            "changed_since_printed",
            "circulate",
            "draft_words",
            "print_sheet",
        ),
        "drafting": (
            "Drafted",
            "draft",
            "draft_flag",
            "draft_within",
        ),
        "asof": ("facts_of", "facts_within"),
        "checking": ("Checked", "check_order"),
        "editing": ("edit",),
        "exporting": (
            "CopyMark",
            "Keeping",
            "Stamping",
            "VoidMark",
            "digest_of",
            "export_copy",
            "export_paper",
            "kept_paper",
            "paper_of",
            "stamped",
            "void_mark",
        ),
        "following": ("follow",),
        "issued": ("Issued", "orders_issued"),
        "ladder": ("draft_record", "draft_reminder", "draft_second", "draft_talk", "draft_to_unit"),
        "ledger": ("COLUMNS", "LedgerLine", "ledger_lines"),
        "longred": ("draft_due",),
        "order": (
            "OrderView",
            "STATUSES",
            "held_tickets",
            "listing",
            "order_by_name",
            "orders_by_id",
            "seen_orders",
        ),
        "paper": ("preview_order",),
        "restating": ("WordsMoved",),
        "said": ("demand_lines",),
        "signing": ("BASES", "sign", "signs_own_draft"),
    },
)
