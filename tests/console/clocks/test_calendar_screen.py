"""日历: a year's file is tried out, loaded on a second yes with its reason, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.clocks.calendars import calendar_versions
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.clocks.holidays import notice

WIDE = (120, 36)


@pytest.fixture
def revised(tmp_path: Path) -> Path:
    """Return the file of a 2026 that was revised: two days off are added in November."""
    path = tmp_path / "2026.json"
    path.write_text(notice(2026, ("2026-11-23", "2026-11-24")), encoding="utf-8")
    return path


def newest(store: Store) -> tuple[int, str | None]:
    with store.reading() as reader:
        view = calendar_versions(reader)[0]
    return view.version, view.reason


async def opened(stage: Stage) -> None:
    """Reach the screen by its initials in the palette."""
    await stage.press(":", "r", "l", "enter")


async def tried(stage: Stage, path: Path) -> None:
    await opened(stage)
    await stage.press("i")
    await stage.paste(str(path))
    await stage.press("enter")


def test_the_palette_leads_there_and_the_versions_are_shown(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await opened(stage)
        frame = stage.frame()
        assert "现行 第1版  法定至 2026-12-31" in frame
        assert "尚余41天" in frame and "按 i 试算" in frame

    play(town, journey)


def test_a_rehearsal_shows_what_would_move_and_esc_gives_it_up(town: Store, revised: Path) -> None:
    async def journey(stage: Stage) -> None:
        await tried(stage, revised)
        frame = stage.frame()
        assert "试算 2026.json" in frame and "到期推后" in frame and "变动最多" in frame
        assert "11-2" in frame
        await stage.press("escape")
        assert "按 i 试算" in stage.frame()

    play(town, journey, size=WIDE)
    assert newest(town) == (1, None)


def test_loading_asks_for_the_reason_and_once_more(town: Store, revised: Path) -> None:
    async def journey(stage: Stage) -> None:
        await tried(stage, revised)
        await stage.press("y", "enter")
        assert "可再按 z 恢复上一版" in stage.frame()
        await stage.press("n")
        assert newest(town) == (1, None)
        await stage.press("y", "enter", "y")
        assert "现行 第2版" in stage.frame()
        assert newest(town) == (2, "装入日历 2026.json")
        await stage.press("z", "enter", "y")
        assert newest(town) == (3, "恢复上一版日历")

    play(town, journey, size=WIDE)


def test_a_file_that_cannot_be_used_is_refused_in_one_line(town: Store, tmp_path: Path) -> None:
    async def journey(stage: Stage) -> None:
        await tried(stage, tmp_path / "absent.json")
        assert "打不开" in stage.frame()
        assert "正在试算" not in stage.frame()

    play(town, journey, size=WIDE)


def test_a_policy_file_is_tried_out_and_a_past_period_looked_back_at(
    town: Store, tmp_path: Path
) -> None:
    shorter = tmp_path / "shorter.toml"
    with town.reading() as reader:
        text = str(reader.value("SELECT text FROM policy ORDER BY version DESC LIMIT 1"))
    shorter.write_text(text.replace('close = "5wd"', 'close = "1wd"'), encoding="utf-8")

    async def journey(stage: Stage) -> None:
        await opened(stage)
        await stage.press("p")
        assert "先按 i、b 或 t 试算" in stage.frame()
        await stage.press("t")
        await stage.paste(str(shorter))
        await stage.press("enter")
        assert "试算 shorter.toml" in stage.frame() and "duban policy load" in stage.frame()
        await stage.press("p")
        frame = stage.frame()
        assert "回看 2026年第3季度 · shorter.toml" in frame and "名次会变" in frame
        await stage.press("p")
        await stage.paste("2026-11")
        await stage.press("enter")
        assert "2026年11月还没有结束" in stage.frame()

    play(town, journey, size=WIDE)
    assert newest(town) == (1, None)
