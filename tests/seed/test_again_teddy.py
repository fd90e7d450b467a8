"""The board's sample with replies imported, then again with edits between: DESIGN §6, Again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models import casework
from models.intake.conflicts import keep_ours
from models.intake.results import IntakeResult
from models.intake.taking import take_in
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.casework.appeal import Appeal
from tests.conftest import Clock
from tests.models.appeals import UNIT, column, one, unit_id
from tests.seed.reading import NOW, appeals, opened, real

SAMPLE = "teddy2020c/示例_附件4_e4.xlsx"

COUNT = 120

Edit = Callable[[Appeal], Appeal]


@pytest.fixture(scope="module")
def board() -> list[Appeal]:
    return appeals(opened(real(SAMPLE)))


def imported(store: Store, rows: list[Appeal], day: str) -> IntakeResult:
    """Import rows as the board's file of a day."""
    return take_in(
        store, rows, source="teddy", profile="teddy", file_name=f"{day}.xlsx", file_digest=day
    )


def unanswered(row: Appeal) -> Appeal:
    return replace(row, reply=None, replied_at=None, closed_at=None)


def edited(rows: list[Appeal], place: int, **changes: Any) -> list[Appeal]:
    """Return the file with one of its rows edited."""
    return [replace(row, **changes) if n == place else row for n, row in enumerate(rows)]


def result(found: IntakeResult) -> tuple[int, int, int, int, int]:
    return found.new, found.updated, found.unchanged, found.conflicts, found.rejected


def ticket_of(store: Store, row: Appeal) -> int:
    return int(one(store, "SELECT id FROM ticket WHERE external_id = :e", e=row.external_id)[0])


def test_the_same_file_again_changes_nothing(store: Store, board: list[Appeal]) -> None:
    assert result(imported(store, board, "一")) == (COUNT, 0, 0, 0, 0)
    assert result(imported(store, board, "二")) == (0, 0, COUNT, 0, 0)
    assert column(store, "SELECT count(*) FROM event WHERE subject_kind = 'ticket'") == [COUNT]


def test_replies_that_came_meanwhile_go_through_the_verbs(
    store: Store, board: list[Appeal]
) -> None:
    imported(store, [unanswered(row) for row in board], "一")
    assert column(store, "SELECT DISTINCT state FROM round") == ["waiting"]
    assert result(imported(store, board, "二")) == (0, COUNT, 0, 0, 0)
    for verb in ("intake", "reply", "close"):
        told = column(
            store, "SELECT DISTINCT subject_id FROM event WHERE verb = :v", v=f"ticket.{verb}"
        )
        assert len(told) == COUNT, verb
    assert column(store, "SELECT DISTINCT state FROM round") == ["closed"]
    with store.reading() as reader:
        assert verify_trail(reader).ok


EDITS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a changed value": ({"category": "城乡建设"}, "updated", "城乡建设"),
    "an empty cell": ({"category": None}, "unchanged", "交通运输"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_only_what_an_edit_says_is_applied(store: Store, board: list[Appeal], edit: str) -> None:
    changes, became, stands = EDITS[edit]
    imported(store, edited(board, 7, category="交通运输"), "一")
    found = imported(store, edited(board, 7, **changes), "二")
    assert getattr(found, became) == (1 if became == "updated" else COUNT)
    assert found.new == found.conflicts == found.rejected == 0
    id = ticket_of(store, board[7])
    assert one(store, "SELECT category FROM ticket WHERE id = :t", t=id) == (stands,)
    verbs = column(
        store,
        "SELECT verb FROM event WHERE subject_id = :t AND subject_kind = 'ticket' ORDER BY seq",
        t=id,
    )
    assert verbs == ["ticket.intake"] + ["ticket.amend"] * (became == "updated")


def test_what_an_operator_did_meanwhile_stands_and_waits_on_the_desk(
    store: Store, board: list[Appeal], clock: Clock
) -> None:
    rows = [unanswered(row) for row in board]
    imported(store, rows, "一")
    mine = ticket_of(store, rows[3])
    casework.take(store, "dispatch", [mine], unit_id=unit_id(store, UNIT))
    casework.take(store, "reply", [mine], text="我单位已到现场核实并更换了照明线路。")
    clock.travel(hours=1)
    assert result(imported(store, board, "二")) == (0, COUNT - 1, 0, 1, 0)
    state, reply = one(store, "SELECT state, reply FROM round WHERE ticket_id = :t", t=mine)
    assert reply == "我单位已到现场核实并更换了照明线路。"
    assert state == "replied"
    waiting = column(store, """SELECT "column" FROM conflict WHERE decided_at IS NULL""")
    assert set(waiting) == {"reply", "replied_at", "closed_at"}
    keep_ours(store, column(store, "SELECT id FROM conflict"))
    assert result(imported(store, board, "三")) == (0, 0, COUNT, 0, 0)


def test_an_older_file_never_overrides_a_newer_one(store: Store, board: list[Appeal]) -> None:
    imported(store, [unanswered(row) for row in board], "一")
    imported(store, edited(board, 5, category="城乡建设"), "二")
    older = imported(store, [unanswered(row) for row in edited(board, 5, category="旧")], "一")
    assert result(older) == (0, 0, COUNT, 0, 0)
    stamped = [replace(row, updated_at=NOW - timedelta(days=1)) for row in board]
    imported(store, stamped, "三")
    before = [replace(row, updated_at=NOW - timedelta(days=2), category="旧") for row in board]
    assert result(imported(store, before, "四")) == (0, 0, COUNT, 0, 0)
    assert column(store, "SELECT count(*) FROM ticket WHERE category = '旧'") == [0]


def test_a_masked_name_never_overrides_a_whole_one(store: Store, board: list[Appeal]) -> None:
    whole = edited(board, 9, reporter="王小明")
    imported(store, whole, "一")
    assert result(imported(store, edited(board, 9, reporter="王**"), "二")) == (0, 0, COUNT, 0, 0)
    id = ticket_of(store, board[9])
    assert one(store, "SELECT reporter FROM person WHERE ticket_id = :t", t=id) == ("王小明",)


def test_a_date_never_overrides_a_time_of_that_day(store: Store, board: list[Appeal]) -> None:
    imported(store, board, "一")
    row = next(row for row in board if row.closed_at and not row.date_only)
    assert row.closed_at is not None
    local = row.closed_at + timedelta(hours=8)
    day = local.replace(hour=0, minute=0, second=0) - timedelta(hours=8)
    dated = edited(
        board,
        board.index(row),
        replied_at=day,
        closed_at=day,
        date_only=frozenset({"replied_at", "closed_at"}),
    )
    assert result(imported(store, dated, "二")) == (0, 0, COUNT, 0, 0)
    id = ticket_of(store, row)
    assert one(store, "SELECT closed_at FROM round WHERE ticket_id = :t", t=id) == (row.closed_at,)


def test_another_appeal_under_a_known_number_is_refused(store: Store, board: list[Appeal]) -> None:
    imported(store, board, "一")
    received = board[0].received_at
    assert received is not None
    clash = edited(
        board, 0, received_at=received - timedelta(days=40), title="另一件", content="另一件事"
    )
    found = imported(store, clash, "二")
    assert result(found) == (0, 0, COUNT - 1, 0, 1)
    assert "另一件诉求" in found.rejects[0].reason
