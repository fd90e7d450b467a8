"""F3: the last complete period, its neighbours, its export and its publication."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.ranking.frozen import published_edition
from models.ranking.remarks import remark_now
from models.store.store import Store
from rules.ranking.periods import parse_period
from tests.console.stage import Stage, play

WIDE = (160, 48)


def test_it_opens_on_the_last_complete_week(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f3")
        frame = stage.frame()
        assert "11月9日—11月15日 第46周 · 未发布" in frame
        assert "群众满意率" in frame and "中心城区" in frame

    play(town, journey)


def test_periods_are_walked_but_never_past_the_last_complete_one(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f3", "minus")
        assert "第45周" in stage.frame() and "往期" in stage.frame()
        await stage.press("equals_sign")
        await stage.press("equals_sign")
        assert "第46周" in stage.frame()
        assert "还没有结束" in stage.frame()
        await stage.press("2")
        assert "2026年10月" in stage.frame()

    play(town, journey, size=WIDE)


def test_publishing_needs_the_count_of_units_typed(
    town: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    week = parse_period("2026-W46", town.timekeeper().zone)

    async def journey(stage: Stage) -> None:
        await stage.press("f3")
        await stage.press("P", "1", "enter")
        assert published_edition(town, week) is None
        await stage.press("1", "1", "7", "enter")
        assert "已发布 第1期" in stage.frame()

    play(town, journey, size=WIDE)
    assert published_edition(town, week) is not None


def test_export_writes_the_whole_edition_into_one_folder(
    town: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))

    async def journey(stage: Stage) -> None:
        await stage.press("f3")
        await stage.press("o")
        assert "全套已写入" in stage.frame()

    play(town, journey, size=WIDE)
    (folder,) = (tmp_path / "duban" / "通报").iterdir()
    assert folder.name == "2026-W46 核对稿"
    assert {path.suffix for path in folder.iterdir()} == {".docx", ".xlsx", ".csv", ".md"}


def test_without_a_flag_the_list_says_so(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("f3")
        await stage.press("f")
        assert "预警 2026年10月 · 0项" in stage.frame()
        assert "d 拟制督办单" not in stage.frame()
        await stage.press("escape")
        assert "0项" not in stage.frame()

    play(town, journey)


def test_what_is_typed_for_the_bulletin_is_kept_and_offered_again(town: Store) -> None:
    week = parse_period("2026-W46", town.timekeeper().zone)

    async def journey(stage: Stage) -> None:
        await stage.press("f3", "T", *"ab", "enter")
        assert "下步要求已存（第1稿）：发布或修订时印入通报" in stage.frame()
        await stage.press("T")
        assert "ab" in stage.frame()

    play(town, journey, size=WIDE)
    assert remark_now(town, week, "next") == "ab"
