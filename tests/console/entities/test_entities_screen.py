"""A suggestion is read, confirmed and followed by a decision, by keys alone."""

from __future__ import annotations

import json
from datetime import date

import pytest

from console.entities.entity_page import bar
from models import entities
from models.store.store import Store
from models.tables import AliasSuggestion
from tests.console.stage import Stage, play
from tests.models.appeals import column
from tests.models.entities.firms import complain


def suggested(store: Store, why: str) -> None:
    """Put in a suggestion for one reason."""
    with store.writing() as work:
        work.insert(
            AliasSuggestion,
            earlier="青禾公寓",
            later="云栖租赁",
            weight=700,
            why=json.dumps([["phone", why, 700]], ensure_ascii=False),
            known_on=date(2026, 8, 20),
            found_at=work.at,
        )


def test_a_suggestion_becomes_a_firm_with_a_decision(town: Store) -> None:
    complain(town, "青禾公寓", range(200, 160, -10))
    complain(town, "云栖长租", range(115, 20, -30))
    entities.hear(town)
    suggested(town, "027****1234 两个名称都提到")

    async def journey(stage: Stage) -> None:
        await stage.press("f6", "e")
        frame = stage.frame()
        assert "1 待确认 1" in frame and "青禾公寓" in frame and "云栖长租" in frame
        assert "最早可知 2026-08-20" in frame and "027****1234 两个名称都提到" in frame
        await stage.press("c")
        assert "700 027****1234" in stage.frame()
        await stage.press("enter")
        assert "已归到主体 1 青禾公寓" in stage.told() and "2 主体 1" in stage.frame()
        await stage.press("c")
        assert "这里不是别名建议" in stage.told()
        await stage.press("d", "1", "1", "2", "enter", "o", "enter")
        await stage.press(*"2026-06-01", "enter")
        assert "换名出现时列入应督办" in stage.told() and "有决定" in stage.frame()
        await stage.press("u")
        assert "已撤销：登记处理决定" in stage.told() and "有决定" not in stage.frame()
        await stage.press("ctrl+r")
        assert "有决定" in stage.frame()
        await stage.press("t")
        assert "被反映主体" in stage.frame() and "押金不退" in stage.frame()

    play(town, journey, size=(160, 48))
    assert column(town, "SELECT rule FROM flag WHERE withdrawn_at IS NULL") == ["entity"]


def test_what_was_decided_elsewhere_meanwhile_is_not_confirmed(town: Store) -> None:
    suggested(town, "[red]字号[/red]同为“青禾”")

    async def journey(stage: Stage) -> None:
        stage.app.action_over("entities")
        await stage.settle()
        await stage.press("enter")
        assert "[red]字号[/red]同为" in stage.frame() and "没有写这些名称的诉求" in stage.frame()
        await stage.press("escape", "x")
        entities.refuse_alias(town, 1, reason="先一步")
        await stage.press("enter")
        assert "按 r 刷新" in stage.told()
        await stage.press("r", "3")
        assert "已否认" in stage.frame() and "3 已否认 1" in stage.frame()

    play(town, journey, size=(80, 24))
    assert column(town, "SELECT decided_reason FROM alias_suggestion") == ["先一步"]


@pytest.mark.parametrize(
    ("counts", "most", "drawn"),
    [((0, 1, 8), 8, "\u00a0▁█"), ((1, 0, 16), 16, "▁\u00a0█"), ((0,), 0, "\u00a0")],
)
def test_a_bar_shows_every_appeal(counts: tuple[int, ...], most: int, drawn: str) -> None:
    assert bar(counts, most, " ▁▂▃▄▅▆▇█") == drawn
