"""The receipts of deadlines as an annex of the order that rests on them."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from models.orders.drafting import draft
from models.orders.signing import sign
from models.store.store import Store
from rules.paper import Content, Row
from tests.conftest import NOW
from tests.console.papers import order_paper, paper, ticket
from tests.models.appeals import UNIT, appeal, taken, wuhan
from tests.models.presses import Plain


def rows(number: str = "WH20260930-00001") -> tuple[Row, ...]:
    cells = (
        (f"工单 {number}", "", "", ""),
        ("", "10-08 周四", "第1日", ""),
        ("", "挂起", "检测", "3小时办公时间"),
    )
    names = ("抬头", "日期", "名称", "说明")
    return tuple(dict(zip(names, one, strict=True)) for one in cells)


def text_of(told: Content) -> str:
    return "\n".join(p.text for p in Document(BytesIO(order_paper(told))).paragraphs)


def test_the_annex_has_a_head_an_appeal_and_every_line_of_its_receipt() -> None:
    document = Document(BytesIO(order_paper(paper(derivations=(*rows(), *rows("T2"))))))
    table, _slip = document.tables
    lines = [("10-08 周四", "第1日", ""), ("挂起", "检测", "3小时办公时间")]
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [
        ("工单 WH20260930-00001",) * 3,
        *lines,
        ("工单 T2",) * 3,
        *lines,
    ]


def test_annexes_are_numbered_in_the_order_they_are_listed() -> None:
    alone = text_of(paper(derivations=rows()))
    assert "附件：1.办结时限核算单\n2.督办单回执" in alone
    several = text_of(paper(ticket("T1"), ticket("T2"), derivations=(*rows("T1"), *rows("T2"))))
    assert "附件：1.涉及工单清单（2件）\n2.办结时限核算单\n3.督办单回执" in several
    assert several.count("\n附件2\n") == 1
    assert "附件：督办单回执" in text_of(paper())


def test_only_what_was_late_carries_its_receipt_and_no_version_of_rules(store: Store) -> None:
    received = wuhan("2026-11-09 09:00")
    late = appeal(unit=UNIT, received_at=received, dispatched_at=received)
    taken(store, late, appeal("A2", unit=UNIT, received_at=NOW, dispatched_at=NOW))
    papers: list[Content] = []

    def render(told: Content) -> bytes:
        papers.append(told)
        return order_paper(told)

    order = draft(store, [1, 2]).orders[0]
    sign(store, [order.id], signer="张明", basis="paper", press=Plain(render))
    told = papers[0].rows("核算单")
    assert [row["抬头"] for row in told if row["抬头"]] == [
        f"工单 WH20261109-00001　第1轮 · {UNIT}"
    ]
    assert "规则第" not in "".join(map(str, told))
    assert "办结时限核算单" in text_of(papers[0])
