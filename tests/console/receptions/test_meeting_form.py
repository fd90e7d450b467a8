"""大接访 at the table: from the days to a place, one party after the other, keys counted."""

from __future__ import annotations

from datetime import date

import pytest

from console.receptions import meeting_form
from console.receptions.meeting_form import MeetingForm
from models.receptions import plan
from models.store.store import Store
from rules.receptions import Planned
from tests.console.stage import Stage, play
from tests.models.appeals import column, one

DAY = date(2026, 11, 20)

MOST_KEYS = 12
"""Keys of one party beside the text."""


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look up who sits there without waiting for the hand to rest."""
    monkeypatch.setattr(meeting_form, "REST", 0.01)


class Typist:
    """Types texts, and counts every key beside them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.keys = 0

    async def text(self, text: str) -> None:
        """Type a text."""
        await self.stage.paste(text)

    async def press(self, *keys: str) -> None:
        """Press keys, each of which counts."""
        self.keys += len(keys)
        await self.stage.press(*keys)


async def party(stage: Stage, outcome: str, *texts: str) -> int:
    """Write a party down: name, telephone, matter, unit, outcome, texts of what follows it."""
    typist = Typist(stage)
    reporter, phone, content, unit, *rest = texts
    for text in (reporter, phone, content, unit):
        await typist.text(text)
        await typist.press("enter")
    await typist.press(outcome)
    for text in rest:
        await typist.press("enter")
        if text:
            await typist.text(text)
    await typist.press("ctrl+o")
    return typist.keys


def test_parties_are_written_down_one_after_the_other(town: Store) -> None:
    plan(town, [Planned(DAY, "关山街道信访接待室", "周正", post="副区长", units=("洪山区",))])

    async def journey(stage: Stage) -> None:
        stage.app.action_over("reception_days")
        await stage.settle()
        assert "2026-11-20" in stage.frame() and "已安排" in stage.frame()
        await stage.press("enter")
        assert "副区长周正" in stage.frame()
        await stage.press("enter")
        assert "还没有登记：按 n 登记来访" in stage.frame()
        await stage.press("n")
        counts = [
            await party(stage, "3", "王小明", "13800000001", "小区停水三天无人处理", "市水务局"),
            await party(
                stage, "2", "赵强", "13800000003", "下水道堵塞", "hsq", "", "月底前疏通", "12-18"
            ),
        ]
        assert max(counts) <= MOST_KEYS, counts
        assert stage.told().startswith("已登记第2批 WH20261120-00014 承诺 · 交洪山区")
        form = stage.app.screen
        assert isinstance(form, MeetingForm)
        assert not any(form.typed.values()) and form.here is form.row("reporter")

        await party(stage, "3", "王小明", "13800000001", "又来问停水", "市水务局")
        assert "今天已在关山街道信访接待室第1批登记" in stage.told()
        assert form.typed["content"] == "又来问停水"
        form.row("content").field.focus()
        await stage.settle()
        assert "在办 WH20261120-00013" in stage.frame()
        form.row("another").put("是")
        await stage.press("ctrl+o")
        assert stage.told().startswith("已登记第3批")
        await stage.press("ctrl+t", "y")
        assert stage.told().startswith("已撤回第3批")

        await stage.paste("\n".join(f"第{n}行" for n in range(5077)))
        assert "粘贴了5,077行，像是一张表" in stage.told()
        assert not any(form.typed.values())
        await stage.press("escape")
        assert "第2批" in stage.frame() and "下水道堵塞" in stage.frame()
        await stage.press("e")
        assert stage.told() == "第2批改为重访 · u 撤销"

    play(town, journey)
    assert column(town, "SELECT outcome FROM meeting ORDER BY id") == [
        "referred",
        "pledged",
    ]
    assert one(town, "SELECT text, leader FROM pledge") == ("月底前疏通", "周正")
