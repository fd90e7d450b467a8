"""F4: a draft is shown as it will print, signed on typing its count, followed to its close."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.paper.defaults import default_template
from console.widgets.table import VirtualTable
from models.orders.drafting import draft
from models.orders.order import OrderView, listing
from models.paper.templates import load_template
from models.store.store import Store
from tests.console.paper.forms import edited
from tests.console.stage import Stage, play

WIDE = (120, 36)


@pytest.fixture
def drafts(town: Store) -> list[OrderView]:
    """Return two drafts, to two units."""
    with town.reading() as reader:
        ids = [row[0] for row in reader.rows(_ONE_A_UNIT)]
    return list(draft(town, ids).orders)


_ONE_A_UNIT = """SELECT min(ticket_id) FROM round WHERE lead_unit_id IS NOT NULL
                 GROUP BY lead_unit_id ORDER BY 1 LIMIT 2"""


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that stands for the user's documents."""
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    return tmp_path / "duban" / "督办单"


def orders(store: Store) -> list[OrderView]:
    with store.reading() as reader:
        return sorted(listing(reader), key=lambda order: order.id)


def test_a_draft_is_shown_as_it_will_print(town: Store, drafts: list[OrderView]) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f4")
        frame = stage.frame()
        assert "草稿#1" in frame
        assert "武汉市网上群众工作部督办单" in frame
        assert "武网督〔2026〕×号" in frame
        await stage.press("c")
        assert "【成立】" in stage.frame() and "受理" in stage.frame()
        await stage.press("c")
        assert "武网督〔2026〕×号" in stage.frame()

    play(town, journey, size=WIDE)


def test_the_appeals_on_an_order_open_from_the_list_and_from_its_paper(
    town: Store, drafts: list[OrderView]
) -> None:
    order = orders(town)[0]

    async def journey(stage: Stage) -> None:
        await stage.press("f4", "t")
        assert f"来自 督办单 草稿#1 · {order.unit} 1件" in stage.frame()
        assert order.tickets[0][-10:] in stage.frame()
        await stage.press("escape", "enter", "t")
        assert f"来自 督办单 草稿#1 · {order.unit} 1件" in stage.frame()
        await stage.press("escape")
        assert "武汉市网上群众工作部督办单" in stage.frame()

    play(town, journey, size=WIDE)


def test_signing_needs_the_count_typed_and_writes_the_papers(
    town: Store, drafts: list[OrderView], documents: Path
) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f4", "a", "s", *"lh", "２")
        await stage.press("1", "enter")
        assert {order.status for order in orders(town)} == {"draft"}
        await stage.press("2", "enter")
        assert "已签发 武网督〔2026〕1号、武网督〔2026〕2号" in stage.frame()

    play(town, journey, size=WIDE)
    assert [order.number for order in orders(town)] == [
        "武网督〔2026〕1号",
        "武网督〔2026〕2号",
    ]
    assert {(order.signer, order.basis) for order in orders(town)} == {("李华", "OA")}
    assert len(list(documents.glob("*.docx"))) == 2


def test_the_menu_offers_only_what_is_lawful_two_keys_a_step(
    town: Store, drafts: list[OrderView], documents: Path
) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f4", "s", "enter", "1", "enter")
        await stage.press("2", "full_stop")
        assert "1 送达" in stage.frame() and "销号" not in stage.frame()
        await stage.press("1", "enter", "3", "full_stop", "1", *"liaison", "tab")
        await stage.paste("11-20 15:00")
        await stage.press("enter")
        assert "签收时间早于送达时间" in stage.told()
        assert "liaison" in stage.frame()
        await stage.press("tab", "ctrl+u", "enter")

    play(town, journey, size=WIDE)
    received = orders(town)[0]
    assert (received.status, received.received_by) == ("received", "liaison")


def test_escape_gives_up_without_a_trace(town: Store, drafts: list[OrderView]) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f4", "s")
        await stage.press("escape")
        await stage.press("s", "enter")
        await stage.press("escape")
        await stage.press("full_stop")
        await stage.press("escape")

    play(town, journey, size=WIDE)
    assert {order.status for order in orders(town)} == {"draft"}


def test_a_narrow_terminal_shows_the_list_and_enter_the_paper(
    town: Store, drafts: list[OrderView]
) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f4")
        assert "待签发" in stage.frame() and "一、督办要求" not in stage.frame()
        await stage.press("enter")
        assert "武汉市网上群众工作部督办单" in stage.frame()
        await stage.press("G")
        assert "主要负责人审签" in stage.frame()

    play(town, journey)


def test_an_unsigned_order_has_no_paper_to_export(
    town: Store, drafts: list[OrderView], documents: Path
) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f4", "o")
        assert "请先签发" in stage.frame()

    play(town, journey)
    assert not list(documents.glob("*.docx"))


def test_a_draft_is_amended_field_by_field(town: Store, drafts: list[OrderView]) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f4", "e", "5")
        await stage.press("backspace", "7", "enter")
        assert "级别" in stage.told() and stage.app.screen.is_modal
        await stage.press("backspace", "3", "enter", "e", "3")
        await stage.press("ctrl+n", *"三日内上门", "enter")
        assert "已修改" in stage.told()

    play(town, journey, size=WIDE)
    assert [order.level for order in orders(town)] == [3, 1]
    assert orders(town)[0].demands[-1] == "三日内上门"


def test_the_list_is_filtered_and_sorted(town: Store, drafts: list[OrderView]) -> None:
    first, second = sorted(drafts, key=lambda order: order.unit_code)

    async def journey(stage: Stage) -> None:
        def listed() -> list[int]:
            return list(stage.app.screen.query_one(VirtualTable).ids)

        await stage.press("f4", "]", "]", "]")
        assert "排序：单位" in stage.frame()
        assert listed() == [first.id, second.id]
        await stage.press("a", "/", "u", ":", *second.unit_code, "enter")
        assert listed() == [second.id]
        assert "已标记1件" in stage.frame()
        await stage.press("escape", "escape", "/", *first.tickets[0][-5:], "enter")
        assert first.id in listed()
        await stage.press("/", *"没有这样的", "enter")
        assert listed() == [] and "Esc 去掉筛选" in stage.frame()
        await stage.press("escape", "[")
        assert len(listed()) == 2 and "排序：反馈期限" in stage.frame()

    play(town, journey, size=WIDE)


def test_another_kind_of_paper_is_drafted_from_the_queue_and_waits_on_f4(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("d", "w", "2", "y")
        assert "已拟1份提示函" in stage.frame()
        await stage.press("f4")
        assert "草稿#1 提示函" in stage.frame() and "本月签发督办单 0 份" in stage.frame()
        await stage.press("n")
        assert "没有可据此拟制的文书" in stage.frame()

    play(town, journey, size=WIDE)
    assert [order.kind for order in orders(town)] == ["notice"]


def test_a_template_loaded_since_the_paper_was_shown_is_said_shown_and_chosen(
    town: Store, drafts: list[OrderView], documents: Path
) -> None:
    own = edited(default_template("order"), "word/document.xml", "督办要求<", "本办要求<")

    async def journey(stage: Stage) -> None:
        await stage.press("f4")
        assert "一、督办要求" in stage.frame()
        load_template(town, "order", own, "改为本办")
        await stage.press("s")
        assert "督办单的模板已换为第1版模板" in stage.frame()
        await stage.press("enter")
        assert "一、本办要求" in stage.frame()
        assert {order.status for order in orders(town)} == {"draft"}
        await stage.press("s", "enter", "1", "enter")

    play(town, journey, size=WIDE)
    assert [order.status for order in orders(town)] == ["signed", "draft"]
