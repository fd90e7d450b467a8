"""The receipts of deadlines as an annex of the order that rests on them."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from console.orders.annexes import MOST
from console.orders.paper import order_paper
from models.clocks.derivations import StoredDerivation
from models.orders.drafting import draft
from models.orders.paper import OrderPaper
from models.orders.signing import sign
from models.store.store import Store
from rules.clocks.derivation import Basis, Grant, Halt
from rules.clocks.precedence import Tags
from tests.console.papers import paper, ticket
from tests.models.appeals import UNIT, appeal, taken, wuhan
from tests.rules.clocks.calendars import at, keeper


def stored(number: str = "WH20260930-00001") -> StoredDerivation:
    receipt = keeper().derivation(
        "close",
        Tags(),
        at("2026-09-30 10:00"),
        pauses=[Halt(at("2026-10-09 09:00"), at("2026-10-09 12:00"), "检测", "041号")],
        extensions=[Grant("2wd", "须会商", at("2026-10-10 10:00"), at("2026-10-10 11:00"))],
        basis=Basis(3, 2),
    )
    return StoredDerivation(1, number, 1, receipt, receipt.clock.due_at, None)


def text_of(told: OrderPaper) -> str:
    return "\n".join(p.text for p in Document(BytesIO(order_paper(told))).paragraphs)


def test_the_annex_has_one_table_an_appeal_with_every_line_of_its_receipt() -> None:
    document = Document(BytesIO(order_paper(paper(derivations=(stored(), stored("T2"))))))
    first, second, _slip = document.tables
    receipt = stored().derived
    assert [tuple(cell.text for cell in row.cells) for row in first.rows] == [
        (row.label, row.name, row.detail) for row in receipt.rows
    ]
    cells = {row.cells[0].text: row.cells[2].text for row in second.rows}
    assert cells["挂起"] == "检测 · 批准：041号 · 3小时办公时间"
    assert cells["10-10 周六"].endswith("调休上班（国庆节）")


def test_annexes_are_numbered_in_the_order_they_are_listed() -> None:
    alone = text_of(paper(derivations=(stored(),)))
    assert "附件：1.办结时限核算单\n2.督办单回执" in alone
    several = text_of(paper(ticket("T1"), ticket("T2"), derivations=(stored("T1"), stored("T2"))))
    assert "附件：1.涉及工单清单（2件）\n2.办结时限核算单\n3.督办单回执" in several
    assert several.count("\n附件2\n") == 1
    assert "附件：督办单回执" in text_of(paper())


def test_a_long_order_prints_the_first_receipts_and_says_where_the_rest_are() -> None:
    told = paper(derivations=tuple(stored(f"T{n}") for n in range(MOST + 3)))
    assert "其余3件的核算单存本部备查。" in text_of(told)
    assert len(Document(BytesIO(order_paper(told))).tables) == MOST + 1


def test_a_signed_order_carries_the_receipt_of_each_deadline(store: Store) -> None:
    received = wuhan("2026-11-09 09:00")
    taken(store, appeal(unit=UNIT, received_at=received, dispatched_at=received))
    papers: list[OrderPaper] = []

    def render(told: OrderPaper) -> bytes:
        papers.append(told)
        return order_paper(told)

    order = draft(store, [1]).orders[0]
    sign(store, [order.id], signer="张明", basis="paper", render=render)
    (receipt,) = papers[0].derivations
    assert receipt.number == "WH20261109-00001"
    assert receipt.due_at == wuhan("2026-11-16 17:30")
    assert "办结时限核算单" in text_of(papers[0])
