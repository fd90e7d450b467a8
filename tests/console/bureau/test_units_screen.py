"""F7: the leader's call, tomorrow's reds by unit, a unit's page from anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len

from console.bureau.door_lines import write_doors
from console.bureau.gathering import (
    read_coming,
    read_done,
    read_places,
    read_standing,
    read_units,
    read_weeks,
    to_urge,
)
from console.bureau.unitpage import UnitPage
from console.frame.session import open_session
from console.frame.theme import ASCII, UNICODE, Symbols
from console.widgets.table import VirtualTable
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.console.town import TOPICS
from tests.models.appeals import column, one, unit_id, wuhan
from tests.models.rounds import put_round

WIDE = (160, 48)

REMINDED = "SELECT count(*) FROM reminder"


def _line(stage: Stage, word: str) -> str:
    """Return the first line of the frame with a word in it."""
    return next(line for line in stage.frame().splitlines() if word in line)


def test_the_leaders_call_is_answered_in_six_keys(
    town: Store,
) -> None:
    late = column(
        town,
        "SELECT id FROM deadline WHERE leads AND stopped_at IS NULL AND due_at < :now "
        "AND unit_id = :unit ORDER BY due_at",
        now=town.now(),
        unit=unit_id(town, "武汉市洪山区人民政府"),
    )
    keys = ("f7", "/", "h", "s", "q", "enter")

    async def journey(stage: Stage) -> None:
        await stage.press(*keys)
        frame = stage.frame()
        assert "武汉市洪山区人民政府 · 中心城区" in frame
        assert "联络员" in frame and "电话 027-" in frame
        assert f"超期未结 {len(late)}件" in frame
        assert "超" in _line(stage, "电梯困人无人到场")
        await stage.press("down")
        assert f"超期 {len(late)} " in _line(stage, "下一工作日转红")
        await stage.press("enter")
        assert f"来自 洪山区 · 超期未结 {len(late)}件" in stage.frame()
        assert set(stage.app.screen.query_one(VirtualTable).ids) == set(late)
        await stage.press("escape", "end")
        assert "近90天没有办结的事项" in stage.frame()

    play(town, journey)
    assert len(keys) == 6


def test_wide_screens_show_weeks_and_places_beside_what_is_now(town: Store) -> None:
    unit = unit_id(town, "武汉市洪山区人民政府")

    async def journey(stage: Stage) -> None:
        stage.app.open_unit(unit)
        await stage.settle()
        frame = stage.frame()
        for heading in (
            "每周按时办结率",
            "每周群众满意率",
            "位次",
            "近90天办结的评价",
            "来源渠道",
            "催办",
        ):
            assert heading in frame
        assert "─ 在办 ─" in frame and "100% │" in _line(stage, "联络员")
        assert "0% └" in frame and "35周  36周" in _line(stage, "46周")

    play(town, journey, size=WIDE)


def _page(store: Store, symbols: Symbols, width: int) -> str:
    """Return the whole page of a unit as text."""
    session, unit = open_session(lambda: store), unit_id(store, "武汉市洪山区人民政府")
    page = UnitPage(session, read_standing(session, unit), symbols, width)
    done = read_done(session, unit)
    page.contact()
    page.load()
    page.late()
    page.coming()
    page.weeks(read_weeks(session, unit))
    page.places(read_places(session, unit))
    page.ratings(done)
    write_doors(page, done)
    page.times(done)
    page.orders()
    page.reminders()
    return "\n".join(line.plain for line in page.sheet.lines)


@pytest.mark.parametrize("width", [24, 78, 120])
def test_no_line_of_a_page_is_wider_than_it_may_be(town: Store, width: int) -> None:
    assert max(cell_len(line) for line in _page(town, UNICODE, width).splitlines()) <= width


def test_without_wide_signs_the_page_is_drawn_in_ascii(town: Store) -> None:
    drawn = _page(town, ASCII, 78)
    assert "! 红" in drawn and "100% |" in drawn
    assert not set("▲◆●│─└█▁") & set(drawn)


def test_a_report_is_never_shown_by_its_own_words(town: Store) -> None:
    assert "电梯" in _page(town, UNICODE, 78)
    with town.writing() as work:
        work.conn.exec_driver_sql("UPDATE ticket SET nature = '举报'")
    drawn = _page(town, UNICODE, 78)
    assert "举报件" in drawn
    assert not [title for title, _, _ in TOPICS if title[:4] in drawn]


def test_the_list_sorts_narrows_and_finds_units(town: Store) -> None:
    _, rows = read_units(open_session(lambda: town))
    red = {id: row.load.red for id, row in rows.items() if row.load.red}

    async def journey(stage: Stage) -> None:
        await stage.press("f7")
        assert "117个单位" in stage.frame()
        await stage.press("1", "]")
        table = stage.app.screen.query_one(VirtualTable)
        assert set(table.ids) == set(red)
        assert [red[id] for id in table.ids] == sorted(red.values(), reverse=True)
        assert "按红" in stage.frame()
        await stage.press("s", "2")
        assert [red[id] for id in table.ids] == sorted(red.values())
        await stage.press("/", *"zz", "enter")
        assert "没有找到“zz” · Esc 去掉筛选" in stage.frame()
        await stage.press("escape", "0")
        assert len(table.ids) == 117

    play(town, journey)


def test_tomorrows_reds_are_urged_by_unit_only_as_they_were_seen(town: Store) -> None:
    session = open_session(lambda: town)
    coming = read_coming(session, read_units(session)[0])
    most = max(coming, key=lambda id: len(coming[id]))
    tickets = {each.ticket_id for each in coming[most]}
    name, phone = one(town, "SELECT short_name, phone FROM unit WHERE id = :id", id=most)

    async def journey(stage: Stage) -> None:
        await stage.press("f7", "b")
        assert "先按 4" in stage.frame()
        await stage.press("4")
        count = sum(map(len, coming.values()))
        assert f"下一工作日转红 {count}件，{len(coming)}个单位" in stage.frame()
        assert phone in _line(stage, name)
        with town.writing() as work:
            work.conn.exec_driver_sql("UPDATE ticket SET version = version + 1")
        await stage.press("b", "1")
        assert "1个单位" not in stage.frame() and one(town, REMINDED)[0] == 0
        await stage.press("r", "b", "1")
        assert f"催办 · 1个单位 {len(tickets)}件" in stage.frame() and phone in stage.frame()
        assert one(town, REMINDED)[0] == 0  # nothing is on record before the text is taken
        await stage.press("y")

    play(town, journey)
    assert one(town, REMINDED)[0] == 1
    assert set(column(town, "SELECT ticket_id FROM reminder_ticket")) == tickets


def test_a_unit_that_only_helps_is_not_urged_for_it(town: Store) -> None:
    session = open_session(lambda: town)
    moment, rows = read_units(session)
    with town.writing() as work:
        work.conn.exec_driver_sql("UPDATE round SET lead_unit_id = 1")
    coming = read_coming(session, moment)
    units = [replace(rows[id], coming=tuple(found)) for id, found in coming.items()]
    assert len(units) > 1 and to_urge([row for row in units if row.id != 1]) == []


def test_a_unit_opens_from_an_appeal_from_the_ranking_and_by_name(
    town: Store,
) -> None:
    ticket, name = one(
        town,
        "SELECT r.ticket_id, u.name FROM round r JOIN unit u ON u.id = r.lead_unit_id "
        "ORDER BY r.id LIMIT 1",
    )

    async def journey(stage: Stage) -> None:
        stage.app.open_ticket(ticket)
        await stage.settle()
        await stage.press("f7")
        assert name in stage.frame()
        await stage.press("f3", "f7")
        assert "武汉市江岸区人民政府" in stage.frame()
        await stage.press(":", "w", "c", "q", "enter")
        assert "武汉市武昌区人民政府" in stage.frame()

    play(town, journey)


def test_signs_of_gaming_stand_on_the_page_with_the_citys_share(town: Store) -> None:
    unit = unit_id(town, "武汉市洪山区人民政府")
    due = wuhan("2026-10-14 17:30")
    for n in range(5):
        put_round(
            town,
            f"G{n}",
            unit,
            received_at=due - timedelta(days=7),
            due_at=due,
            closed_at=due - timedelta(minutes=n),
        )

    async def journey(stage: Stage) -> None:
        stage.app.open_unit(unit)
        await stage.settle()
        assert "2026年10月 值得留意（只供人判断）" in stage.frame()
        line = _line(stage, "到期前一小时内成批办结")
        assert "5/5件，100.0%（全市100.0%）" in line
        await stage.press("end", "enter")
        assert "来自 洪山区 · 2026年10月 到期前一小时内成批办结 5件" in stage.frame()

    play(town, journey, size=(160, 60))
