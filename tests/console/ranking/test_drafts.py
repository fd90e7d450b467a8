"""核对稿 and 核查情况: what units may check, and what was verified of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from models.review.draft import make_draft
from models.store.store import Store
from models.tables.reviews import Accused, Review
from models.tables.tickets import Ticket
from rules.errors import Refused
from rules.ranking.periods import parse_period
from tests.conftest import NOW
from tests.console.conftest import Duban
from tests.console.sheets import opened, table_of
from tests.console.stage import Stage, play
from tests.models.appeals import wuhan
from tests.models.rounds import put_round

DUE = wuhan("2026-11-11 17:30")


@pytest.fixture
def checked(store: Store) -> Store:
    """Return a store with a late, an open, a secret and an accusing appeal of one unit."""
    received = DUE - timedelta(days=7)
    for number, hours in (("K1", -1), ("K2", 30), ("K3", 1), ("K4", -2)):
        at = DUE + timedelta(hours=hours)
        ticket, round_id = put_round(
            store,
            number,
            3,
            received_at=received,
            due_at=DUE,
            closed_at=at,
            rating="不满意",
            rated_at=at,
            title="电话13871234567无人接",
        )
        with store.writing() as work:
            if number == "K1":
                work.insert(
                    Review,
                    ticket_id=ticket,
                    round_id=round_id,
                    opened_at=at,
                    decided_at=at,
                    verdict="unit",
                )
            if number == "K3":
                work.update(Ticket, ticket, 1, confidential=True)
            if number == "K4":
                work.insert(Accused, ticket_id=ticket, unit_id=3, found_at=at)
    put_round(store, "K5", 3, received_at=received, due_at=DUE)
    return store


def test_a_unit_is_shown_what_counts_and_nothing_it_may_not_see(checked: Store) -> None:
    week = parse_period("2026-W46", checked.timekeeper().zone)
    draft = make_draft(checked, week)
    assert [unit.unit_id for unit in draft.units] == [3] and draft.withheld == 1
    first, late, secret, waiting = draft.lines[3]
    assert (first.number, first.kept, first.rating, first.verdict) == (
        "K1",
        "按时",
        "不满意",
        "维持·单位责任",
    )
    assert first.title == "电话138****4567无人接"
    assert late.kept.startswith("逾期") and "内容保密" in secret.title
    assert (waiting.number, waiting.kept, waiting.closed_at) == ("K5", "到期未结", None)
    assert draft.windows.data_until == wuhan("2026-11-17 17:30")
    with pytest.raises(Refused, match="尚未结束"):
        make_draft(checked, parse_period("2026-W47", checked.timekeeper().zone))


def test_the_draft_is_a_workbook_with_a_sheet_for_each_unit(shell: Duban, tmp_path: Path) -> None:
    out = tmp_path / "核对稿.xlsx"
    before = shell("audit", "verify", "--json").value["events"]
    value = shell("rank", "--week", "last", "--draft", out, "--json").value
    assert (value["units"], value["data_until"]) == (1, "2026-11-17T17:30:00+08:00")
    with ZipFile(out) as book:
        names = book.read("xl/workbook.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
    assert "封面" in names and "江岸区" in names and "洪山区" not in names
    assert "2026-11-17" in words and "13871234567" not in words
    cover, first, *_ = opened(out)
    assert table_of(cover)[1][0][0] == 1
    heads, [line, *_] = table_of(first)
    assert isinstance(line[heads.index("办结时限")], datetime)
    assert shell("audit", "verify", "--json").value["events"] == before + 1
    assert shell("rank", "--draft", tmp_path / "x.csv").code == 1


def test_the_reviews_of_a_period_stand_by_unit_and_open(town: Store) -> None:
    with town.writing() as work:
        work.insert(Review, ticket_id=1, round_id=1, opened_at=NOW - timedelta(days=9))

    async def journey(stage: Stage) -> None:
        await stage.press("f3", "c")
        frame = stage.frame()
        assert ("第46周 应核＝已核＋待核" in frame and "市" in frame) or "区" in frame
        await stage.press("right", "enter")
        assert "0件：没有可打开的诉求" in stage.frame()
        await stage.press("left", "enter")
        assert "核查应核 1件" in stage.frame()
        await stage.press("escape", "escape")
        assert "群众满意率" in stage.frame()

    play(town, journey)
