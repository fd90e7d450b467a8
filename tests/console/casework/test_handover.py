"""交办单: a unit is given what it needs to call the citizen, on record, never what accuses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from console.casework.handover_paper import (
    Maker,
    handover_list,
    handover_paper,
    handover_workbook,
)
from models.casework.verbs import take
from models.merging import merge
from models.privacy.handover import Handover, hand_over, hand_over_day
from models.store.errors import NotAllowed
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables.bookkeeping import Role
from rules.errors import Refused
from tests.console.conftest import Duban
from tests.console.sheets import opened, table_of
from tests.console.stage import Stage, play
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.cells import rows_of

TODAY = date(2026, 11, 20)

TOLD = {
    "unit": UNIT,
    "reporter": "王小明",
    "phone": "13871234567",
    "address": "关山街道8号",
    "handler": "维修科",
    "received_at": wuhan("2026-11-20 09:00"),
    "dispatched_at": wuhan("2026-11-20 09:30"),
}


@pytest.fixture
def handed(store: Store) -> Store:
    taken(
        store,
        appeal("A1", **TOLD, title="=1+1 路灯不亮", content="王小明说：路灯不亮，电话13871234567"),
        appeal("A2", **TOLD, confidential=True, content="王小明说：厂里排污，电话13871234567"),
        appeal("A3", **{**TOLD, "unit": None}),
        appeal("A4", **{**TOLD, "dispatched_at": None, "received_at": wuhan("2026-11-19 09:00")}),
    )
    return store


def _maker(store: Store) -> Maker:
    local = store.timekeeper().local
    return Maker("武汉市网上群众工作部", "陈思远", local(store.now()), local)


def _text(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = (c.text for t in document.tables for row in t.rows for c in row.cells)
    return "\n".join((*(p.text for p in document.paragraphs), *cells))


def _events(store: Store) -> list[tuple[object, ...]]:
    with store.reading() as reader:
        assert verify_trail(reader).ok
        return rows_of(
            reader,
            "SELECT subject_id, unit_id, reason FROM event WHERE verb = 'ticket.handover' "
            "ORDER BY seq",
        )


def test_the_paper_names_who_must_be_called_what_is_asked_and_by_when(handed: Store) -> None:
    (matter,) = hand_over(handed, [1]).matters
    text = _text(handover_paper(matter, _maker(handed)))
    for told in (
        "请于2026年11月23日17:30前签收，于2026年11月23日17:30前联系诉求人，"
        "于2026年11月27日17:30前办结并答复诉求人。",
        "办结 5个工作日，2026-11-27 周五 17:30到期",
        "13871234567",
        "王小明说：路灯不亮",
        "维修科",
        "=1+1 路灯不亮",
    ):
        assert told in text
    assert _events(handed) == [(1, unit_id(handed, UNIT), "交办")]
    late = replace(_maker(handed), made=wuhan("2026-11-24 09:00"))
    text = _text(handover_paper(matter, late))
    assert "请立即签收（已于2026年11月23日17:30到期），" in text
    assert "于2026年11月27日17:30前办结并答复诉求人。" in text


def test_of_a_confidential_matter_nobody_is_named(handed: Store) -> None:
    (matter,) = hand_over(handed, [2]).matters
    papers = (
        _text(handover_paper(matter, _maker(handed))),
        _text(handover_list(matter.unit, TODAY, [matter], _maker(handed))),
        repr(_cells([matter], handed)),
    )
    for text in papers:
        assert "厂里排污" in text and "保密" in text
        assert not any(secret in text for secret in ("王小明", "1387123", "关山街道8号"))


def _cells(matters: list[Handover], store: Store) -> list[tuple[object, ...]]:
    book = handover_workbook(UNIT, TODAY, matters, _maker(store))
    return table_of(opened(book)["交办清单"])[1]


def test_the_list_of_a_day_holds_what_was_handed_over_then_and_runs(handed: Store) -> None:
    unit = unit_id(handed, UNIT)
    done = hand_over_day(handed, unit, TODAY)
    assert [matter.ticket_id for matter in done.matters] == [1, 2]
    rows = _cells(list(done.matters), handed)
    assert [row[0] for row in rows] == [1, 2]
    assert isinstance(rows[0][14], datetime)
    assert rows[0][12] == "13871234567" and rows[1][12] == "保密"
    take(handed, "reply", [1], text="已修好")
    assert [m.ticket_id for m in hand_over_day(handed, unit, TODAY).matters] == [2]
    assert hand_over_day(handed, unit, date(2026, 11, 18)).matters == ()


def test_nothing_goes_to_the_unit_that_it_is_against(handed: Store) -> None:
    unit = unit_id(handed, UNIT)
    take(handed, "accuse", [1], unit_id=unit)
    done = hand_over_day(handed, unit, TODAY)
    assert ([m.ticket_id for m in done.matters], done.withheld) == ([2], 1)
    with pytest.raises(Refused, match="不给其看"):
        hand_over(handed, [1])
    assert [row[0] for row in _events(handed)] == [2]


def test_what_is_not_in_hand_has_no_paper_and_is_named(handed: Store) -> None:
    take(handed, "close", [4], outcome="已解决")
    done = hand_over(handed, [1, 3, 4])
    assert [m.ticket_id for m in done.matters] == [1]
    assert [why for _, why in done.skipped] == [
        "还没有承办单位：请先派单",
        "现在是“办结”，不用交办单",
    ]


def test_only_the_role_of_its_own_makes_them(handed: Store) -> None:
    with handed.writing() as work:
        work.delete_where(Role, "role = 'dispatcher'")
        work.event("operator.role", "operator", 1, payload={})
    with pytest.raises(NotAllowed, match="要有交办权限"):
        hand_over(handed, [1])
    assert column(handed, "SELECT count(*) FROM event WHERE verb = 'ticket.handover'") == [0]
    assert one(handed, "SELECT count(*) FROM event WHERE verb = 'act.refused'") == (1,)


def test_the_command_writes_papers_and_lists(shell: Duban, tmp_path: Path) -> None:
    queue = shell("queue", "--json").value["rows"]
    row = next(row for row in queue if row["unit"] and row["status"] == "待签收")
    made = shell("handover", row["number"], "--out", tmp_path, "--json")
    assert made.code == 0, made.err
    assert Path(made.value["files"][0]).name == f"交办单-{row['number']}.docx"
    gone = shell("handover", "--unit", row["unit"], "--date", "2020-01-01", "--out", tmp_path)
    assert gone.code == 1 and "没有交办的在办件" in gone.err
    assert shell("handover").code == 2
    assert shell("handover", row["number"], "--date", "2020-01-01").code == 2


def test_the_keys_write_papers_and_lists_once_they_are_confirmed(
    handed: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in ("console.casework.handed_papers", "console.bureau.gathering"):
        monkeypatch.setattr(f"{user}.exports_dir", lambda: tmp_path)

    async def journey(stage: Stage) -> None:
        await stage.press("a", "T", "escape")
        assert not (tmp_path / "交办").exists()
        await stage.press("T", "y")
        assert stage.told().startswith("已制发交办单3份，在 ")
        assert "还没有承办单位：请先派单" in stage.told()
        await stage.press("f7", "a", "o", "1", "y")
        assert stage.told().startswith("已制发1个单位的当日交办清单，在 ")
        assert stage.told().endswith("个单位今天没有交办的在办件")
        await stage.press("a", "o", "2", "y")
        assert stage.told().startswith(f"已导出1份单位办理表，在 {tmp_path}")

    play(handed, journey)
    names = sorted(path.name for path in (tmp_path / "交办").iterdir())
    assert names == [
        "交办单-WH20261119-00001.docx",
        "交办单-WH20261120-00001.docx",
        "交办单-WH20261120-00002.docx",
        f"{UNIT}当日交办清单-2026-11-20.docx",
        f"{UNIT}当日交办清单-2026-11-20.xlsx",
    ]


def test_the_papers_say_what_is_answered_together(handed: Store) -> None:
    taken(handed, appeal("A5", **TOLD), appeal("A6", **TOLD))
    ids = column(handed, "SELECT id FROM ticket ORDER BY id")[-2:]
    numbers = column(handed, "SELECT number FROM ticket ORDER BY id")
    merge(handed, [*ids, 1], lead_id=1)
    matters = hand_over(handed, [1, ids[0], 4]).matters
    assert [one.merged for one in matters] == [
        f"主件，并入2件：{numbers[-2]}、{numbers[-1]}。办理结果须答复每一位诉求人",
        f"并入{numbers[0]}，随主件一并办理，答复同一意见",
        "",
    ]
    assert matters[0].merged in _text(handover_paper(matters[0], _maker(handed)))
    assert "并单" not in _text(handover_paper(matters[2], _maker(handed)))
    assert [row[-2] or "" for row in _cells(list(matters), handed)] == [
        one.merged for one in matters
    ]
