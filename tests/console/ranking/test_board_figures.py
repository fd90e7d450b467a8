"""Every figure of F3, of a flag's evidence and of an edition opens the appeals behind it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.frame.session import Session
from console.ranking.behind import behind
from console.ranking.columns import FIGURES, Row, verified_counts
from models.orders.order import listing
from models.ranking.editions import compute_edition, period_of
from models.ranking.publishing import publish_edition
from models.store.store import Store
from models.tables.rounds import Rating, Round
from models.tables.supervision import Instruction
from rules.ranking.tally import Tally
from tests.conftest import NOW
from tests.console.stage import Stage, play
from tests.models.appeals import unit_id as named
from tests.models.rounds import put_round

MONDAY = datetime(2026, 11, 9, 4, tzinfo=UTC)
"""Of the week that F3 opens on."""


def unit_id(store: Store, district: str) -> int:
    """Return the unit of a district."""
    return named(store, f"武汉市{district}人民政府")


def _rate(store: Store, name: str, satisfied: int, unsatisfied: int, at: datetime = MONDAY) -> None:
    unit = unit_id(store, name)
    for n in range(satisfied + unsatisfied):
        put_round(
            store,
            f"{at:%m%d}{unit}-{n}",
            unit,
            received_at=at - timedelta(days=3),
            closed_at=at,
            rating="满意" if n < satisfied else "不满意",
            rated_at=at + timedelta(hours=n),
            title=f"{name}第{n}件",
        )


@pytest.fixture
def rated(town: Store) -> Store:
    """Return the town with a week of ratings in three units of one group."""
    for name, satisfied, unsatisfied in (("江岸区", 9, 0), ("洪山区", 6, 3), ("武昌区", 3, 4)):
        _rate(town, name, satisfied, unsatisfied)
    return town


def test_mondays_ranking_from_the_board_to_an_appeal_and_back_to_the_same_figure(
    rated: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    pressed: list[str] = []

    async def journey(stage: Stage) -> None:
        async def press(*keys: str) -> str:
            pressed.extend(keys)
            await stage.press(*keys)
            return stage.frame()

        assert "洪山区" in await press("f3")
        frame = await press("down", "enter")
        assert "来自 11月9日—11月15日 第46周 · 洪山区 · 不满意件 3件" in frame
        assert [f"洪山区第{n}件" in frame for n in range(9)] == [False] * 6 + [True] * 3
        assert "关于" not in await press("enter")
        assert "洪山区第6件" in stage.frame()
        await press("escape", "escape")
        assert stage.app.screen.query_one("FigureTable").has_focus
        frame = await press("o")
        assert "全套已写入" in frame and "不满意件" in frame
        await stage.press("enter")
        assert "洪山区 · 不满意件 3件" in stage.frame()

    play(rated, journey)
    print(f"周一的排名：{len(pressed)}键 {' '.join(pressed)}")
    assert len(pressed) <= 7


def test_totals_open_too_but_for_rates_and_nothing_opens_nothing(rated: Store) -> None:
    total = compute_edition(rated, period_of(rated, "2026-W46")).total

    async def journey(stage: Stage) -> None:
        await stage.press("f3", "enter")
        assert "江岸区 · 不满意件 0件：没有可打开的诉求" in stage.frame()
        await stage.press("up", "enter")
        assert "中心城区 · 不满意件 7件" in stage.frame()
        await stage.press("escape", "up", *["right"] * 3, "enter")
        assert "没有合计的率" in stage.frame()
        await stage.press(*["right"] * 5, "enter")
        assert f"全部单位 · 应办结 {total.due}件" in stage.frame()

    play(rated, journey)


def test_a_verified_figure_opens_its_rows_and_says_where_it_was_never_counted(
    rated: Store,
) -> None:
    _, round_id = put_round(
        rated,
        "AGAIN",
        unit_id(rated, "洪山区"),
        received_at=MONDAY,
        closed_at=MONDAY,
        rating="不满意",
        rated_at=MONDAY,
        title="改评的一件",
    )
    later = MONDAY + timedelta(days=8)
    with rated.writing() as work:
        work.insert(
            Rating,
            round_id=round_id,
            at=later,
            recorded_at=later,
            result_rating="满意",
            means="rerating",
        )
    old = Row(1, (), "洪山区", (1,), Tally(result_satisfied=3))

    async def journey(stage: Stage) -> None:
        await stage.press("f3", "down", "right", "enter")
        assert "洪山区 · 群众改评 1件" in stage.frame() and "改评的一件" in stage.frame()

    play(rated, journey)
    session = Session(rated)
    view = compute_edition(rated, period_of(rated, "2026-W46"))
    assert "发布时未计核实后的数" in behind(session, view, old, FIGURES["核实后"]).origin
    assert [text for text, _ in verified_counts(old.tally)] == ["—", "—"]


def test_a_list_says_where_records_were_changed_since_its_edition_was_published(
    rated: Store,
) -> None:
    week = period_of(rated, "2026-W46")
    publish_edition(rated, week)
    _rate(rated, "洪山区", 0, 2, MONDAY + timedelta(hours=30))

    async def journey(stage: Stage) -> None:
        await stage.press("f3", "e")
        assert "第46周 · 第1期 · 2026-11-20发布" in stage.frame()
        await stage.press("enter", "down", "enter")
        assert "第46周 · 洪山区 · 不满意件（已发布数 3，现有 5件：此后有改动） 5件" in stage.frame()
        await stage.press("escape")
        assert "11月9日—11月15日 第46周 · 已发布 第1期" in stage.frame()

    play(rated, journey)


def test_a_revision_that_was_replaced_is_reached_and_says_so(rated: Store) -> None:
    week = period_of(rated, "2026-W46")

    async def journey(stage: Stage) -> None:
        await stage.press("f3", "e")
        assert "还没有发布过：看好一期后按 P 发布" in stage.frame()
        publish_edition(rated, week)
        publish_edition(rated, week, reason="更正")
        await stage.press("e", "2")
        assert "已发布 第1期（已被后来的修订取代）" in stage.frame()
        await stage.press("r")
        assert "已发布 第2期（第2次修订）" in stage.frame()

    play(rated, journey)


def test_an_appeal_counted_in_two_rounds_stands_once_and_the_list_says_so(rated: Store) -> None:
    unit, at = unit_id(rated, "洪山区"), MONDAY + timedelta(days=1)
    with rated.writing() as work:
        ticket = work.value(
            "SELECT t.id FROM ticket t JOIN round r ON r.ticket_id = t.id "
            "WHERE r.lead_unit_id = :unit AND r.result_rating = '不满意' ORDER BY t.id",
            unit=unit,
        )
        round_id = work.insert(
            Round, ticket_id=ticket, n=2, state="closed", lead_unit_id=unit, opened_at=at
        )
        work.insert(
            Rating,
            round_id=round_id,
            at=at,
            recorded_at=at,
            result_rating="不满意",
            means="callback",
        )

    async def journey(stage: Stage) -> None:
        await stage.press("f3", "down", "enter")
        assert "洪山区 · 不满意件（4轮次，同一诉求只列一行） 3件" in stage.frame()

    play(rated, journey)


def test_evidence_opens_what_it_rests_on_and_only_d_and_y_draft(town: Store) -> None:
    for month in (9, 10):
        at = datetime(2026, month, 12, 4, tzinfo=UTC)
        for name, satisfied in (("江岸区", 10), ("武昌区", 9), ("洪山区", 5)):
            _rate(town, name, satisfied, 10 - satisfied, at)
    old = NOW - timedelta(days=40)
    ticket, _ = put_round(town, "T1", unit_id(town, "武昌区"), received_at=old, title="堤防破损")
    with town.writing() as work:
        work.insert(Instruction, ticket_id=ticket, leader="张市长", content="抓紧", given_at=old)

    async def journey(stage: Stage) -> None:
        await stage.press("f3", "f", "enter")
        assert "来自 2026年9月 · 洪山区 · 不满意件 5件" in stage.frame()
        await stage.press("escape")
        assert " · 2项" in stage.frame()
        await stage.press("down", "enter")
        assert "来自 2026年10月 · 洪山区 · 不满意件 5件" in stage.frame()
        await stage.press("escape", "j", "enter")
        assert "预警 · 武昌区 · T1 领导批示件 1件" in stage.frame()
        assert "堤防破损" in stage.frame()
        assert _orders(town) == []
        await stage.press("escape", "k", "d")
        assert "为洪山区新拟一份督办单草稿" in stage.frame()
        await stage.press("n")
        assert " · 2项" in stage.frame() and _orders(town) == []
        await stage.press("d", "y")
        assert "已为洪山区拟制督办单草稿" in stage.frame()

    play(town, journey)
    assert _orders(town) == ["武汉市洪山区人民政府"]


def _orders(store: Store) -> list[str]:
    with store.reading() as reader:
        return [order.unit for order in listing(reader)]
