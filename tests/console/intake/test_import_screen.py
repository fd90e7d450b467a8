"""导入: a file is looked at, an unknown header confirmed column by column, and taken in."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from openpyxl import Workbook

from console.frame.session import Session
from console.intake.arriving import (
    Agreed,
    Arrival,
    Run,
    Sheets,
    look_at,
    path_of,
    rehearsed,
    taken_in,
)
from console.intake.asking_file import Paths
from models.store.store import Store
from tests.console.conftest import APPEALS
from tests.console.stage import Stage, play
from tests.models.appeals import column

WIDE = (160, 48)

LEDGER = """件号,来电登记时刻,市民,手机,市民反映的具体问题,责任落实部门,完成情况
HS-2026-0001,2026-11-02 09:30,李建国,13871234567,水箱多年没有清洗，水发黄有异味,洪山区,办结
HS-2026-0002,2026-11-02 14:05,王女士,13871234568,烧烤店凌晨两点还在营业，油烟噪音很大,江岸区,办结
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    file = tmp_path / "区热线.csv"
    file.write_text(LEDGER)
    return file


@pytest.fixture(autouse=True)
def papers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Keep what is written in a folder of the test."""
    folder = tmp_path / "papers"
    monkeypatch.setattr("console.intake.arriving.exports_dir", lambda: folder)
    return folder


async def chosen(stage: Stage, path: Path) -> int:
    """Reach the screen by its initials and paste a path; return how many keys that took."""
    await stage.press(":", "d", "r", "enter")
    await stage.paste(str(path))
    await stage.press("enter")
    return 6


def test_an_unknown_header_is_taken_in_with_twelve_keys_at_most(town: Store, ledger: Path) -> None:
    async def journey(stage: Stage) -> None:
        keys = await chosen(stage, ledger)
        frame = stage.frame()
        assert "市民反映的具体问题" in frame and "受理时间" in frame
        assert "13871234567" not in frame and "李建国" not in frame
        last = ("y", "y", "enter")
        await stage.press(*last)
        assert keys + len(last) <= 12
        assert "已导入 区热线.csv：读入2 新增2" in stage.told()
        await stage.press("i")
        await stage.paste(str(ledger))
        await stage.press("enter")
        assert "按“区热线”读" in stage.frame() and "试读 读入2 新增0 未变2" in stage.frame()
        await stage.press("enter")
        assert "已导入 区热线.csv：读入2 新增0 未变2" in stage.told()

    play(town, journey, size=WIDE)
    assert column(town, "SELECT name FROM import_profile") == ["区热线"]


def test_the_first_step_of_an_empty_store_leads_to_a_queue(
    sqlite_store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "appeals.csv"
    file.write_text(APPEALS)

    async def journey(stage: Stage) -> None:
        await stage.press("1")
        await stage.paste(str(file))
        await stage.press("enter")
        assert "按“督办台交换表”读" in stage.frame() and "试读 读入5 新增5" in stage.frame()
        await stage.press("enter", "escape")
        assert "在办" in stage.frame() and "三步开始" not in stage.frame()

    play(sqlite_store, journey)


def test_a_column_is_changed_by_typing_and_what_is_missing_is_said(
    town: Store, ledger: Path
) -> None:
    async def journey(stage: Stage) -> None:
        await chosen(stage, ledger)
        await stage.press("down", "enter", "b", "d", "enter")
        frame = stage.frame()
        assert "还缺受理时间" in frame and "改过" in frame
        await stage.press("y")
        assert stage.told().startswith("还缺受理时间")
        await stage.press("enter", *"slsj", "enter")
        assert "还缺" not in stage.frame()
        await stage.press("escape")
        assert "按 i 写出或粘贴" in stage.frame()

    play(town, journey)
    assert column(town, "SELECT name FROM import_profile") == []


def test_words_and_units_nobody_knows_are_asked_once(
    town: Store, tmp_path: Path, papers: Path
) -> None:
    file = tmp_path / "区热线.csv"
    file.write_text(LEDGER.replace("江岸区,办结", "江岸环保分局,怪词"))

    async def journey(stage: Stage) -> None:
        await chosen(stage, file)
        assert "办理结果“怪词”（1行）不认识，会拒收" in stage.frame()
        await stage.press("y")
        assert "办理结果“怪词”（1行）是说" in stage.frame()
        await stage.press("6")
        assert "承办单位“江岸环保分局”（1行）不在名录中，是" in stage.frame()
        await stage.press("1")
        frame = stage.frame()
        assert "新增1 拒收1" in frame and "江岸环保分局＝" in frame and "办结＝已解决" in frame
        await stage.press("y", "enter")
        assert "拒收的行与原因在" in stage.told()

    play(town, journey, size=WIDE)
    assert column(town, "SELECT alias FROM unit_alias WHERE alias = '江岸环保分局'") != []
    (rejects,) = papers.iterdir()
    assert "怪词" in rejects.read_text(encoding="utf-8-sig")


@pytest.fixture
def session(town: Store) -> Session:
    found = Session(town)
    found.settle()
    return found


def test_a_sheet_is_asked_for_where_several_can_be_read(session: Session, tmp_path: Path) -> None:
    book = Workbook()
    for name in ("十月", "十一月"):
        sheet = book.create_sheet(name)
        sheet.append(["标题", "受理时间"])
        sheet.append([f"{name}的路灯", "2026-11-02 09:00"])
    del book["Sheet"]
    path = str(tmp_path / "台账.xlsx")
    book.save(path)
    assert look_at(session, path) == Sheets(path, ("十月", "十一月"))
    assert look_at(session, path, learn=True) == Sheets(path, ("十月", "十一月"))
    found = look_at(session, path, "十一月")
    assert isinstance(found, Arrival) and ("标题", "十一月的路灯") in found.rows[0]


def test_an_import_that_is_stopped_keeps_its_finished_batches(
    town: Store, session: Session, ledger: Path
) -> None:
    town_before = column(town, "SELECT count(*) FROM ticket")[0]
    arrival = look_at(session, str(ledger))
    assert isinstance(arrival, Arrival)
    heard: list[tuple[int, int]] = []

    def moved(run: Run, read: int, total: int) -> None:
        heard.append((read, total))
        run.stop.set()

    assert rehearsed(session, arrival, Run(moved)).stopped
    assert column(town, "SELECT count(*) FROM ticket")[0] == town_before
    assert taken_in(session, arrival, Agreed(name="甲"), Run(moved)).stopped
    assert column(town, "SELECT count(*) FROM ticket")[0] == town_before + 2
    assert heard == [(2, 2), (2, 2)]


def test_a_path_is_completed_and_read_with_or_without_quotes(tmp_path: Path) -> None:
    (tmp_path / "十一月 台账.xlsx").touch()
    begun = str(tmp_path / "十一")
    assert asyncio.run(Paths().get_suggestion(begun)) == str(tmp_path / "十一月 台账.xlsx")
    assert asyncio.run(Paths().get_suggestion(str(tmp_path / "none"))) is None
    whole = tmp_path / "十一月 台账.xlsx"
    assert path_of(f"'{whole}'") == path_of(f" {whole} ") == whole
