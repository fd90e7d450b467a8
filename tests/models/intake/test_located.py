"""Places of a file's appeals: split last month, of the wrong length, of another district."""

from __future__ import annotations

from datetime import date

from models.grid.loading import load_places
from models.store.store import Store
from rules.grid import PlaceLine
from tests.models.appeals import appeal, taken, wuhan

COMMUNITY = "420111001001"

CELL, EAST, WEST = (f"{COMMUNITY}{n}" for n in ("001", "011", "012"))


def test_an_appeal_is_taken_wherever_its_code_leads_and_its_line_is_told(store: Store) -> None:
    lines = [
        PlaceLine(2, COMMUNITY, {"name": "东社区"}),
        PlaceLine(3, EAST, {"name": "东片"}),
        PlaceLine(4, WEST, {"name": "西片"}),
        PlaceLine(
            5,
            CELL,
            {"name": "第1网格", "valid_to": date(2026, 10, 31), "successors": (EAST, WEST)},
        ),
    ]
    load_places(store, lines, "名录")
    rows = [
        appeal("A1", grid=CELL, line=2),
        appeal("A2", grid=CELL, received_at=wuhan("2026-10-31 23:59"), line=3),
        appeal("A3", grid=f"{COMMUNITY}0", line=4),
        appeal("A4", grid="430102001", line=5),
        appeal("A5", grid=WEST, address="武昌区中南路1号", line=6),
        appeal("A6", grid="武汉大学东门", line=7),
    ]
    told = taken(store, *rows, digest="a" * 64)
    assert (told.new, told.rejected) == (6, 0)
    assert [line for line, _ in told.places] == [2, 4, 5, 6]
    assert "已拆分为" in told.places[0][1]
    with store.reading() as reader:
        found = {one: grid for one, grid in reader.rows("SELECT external_id, grid FROM ticket")}
    assert found == {
        "A1": COMMUNITY,
        "A2": CELL,
        "A3": COMMUNITY,
        "A4": "430102001",
        "A5": WEST,
        "A6": "武汉大学东门",
    }
    assert taken(store, *rows, digest="a" * 64).unchanged == 6
