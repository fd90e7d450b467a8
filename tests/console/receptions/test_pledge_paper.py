"""承诺书 and 保证书 as pages: what, by whom, by when, room to sign; no citizen is named."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from console.receptions.pledge_paper import write_pledges
from models.store.store import Store
from rules.errors import Refused
from tests.models.appeals import UNIT, appeal, column, taken, wuhan
from tests.models.receptions.promises import LEADER, promised, reception


def words_of(content: bytes) -> str:
    """Return every word of a paper, its tables too."""
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_each_paper_has_a_page_of_its_own_and_names_no_citizen(
    sqlite_store: Store, tmp_path: Path
) -> None:
    store = sqlite_store
    when = wuhan("2026-11-19 10:00")
    taken(store, appeal("A", unit=UNIT, received_at=when, dispatched_at=when, reporter="王小二"))
    place = reception(store)
    first = promised(store, place, text="为王小二家修好水管", ticket_id=1)
    second = promised(store, place, text="十日内\n清完垃圾", kind="guarantee")
    path = write_pledges(store, [first, second], tmp_path)
    assert path.name == f"承诺书和保证书-{first.id}等2份-{first.unit}.docx"
    content = path.read_bytes()
    told = words_of(content)
    for said in (
        "洪山区人民政府承诺：",
        "2026年12月18日17:30前",
        f"2026年11月20日{LEADER}在洪山区接访中心接待来访",
        "我单位保证：",
        "清完垃圾",
        "接访领导签字",
        "单位盖章、签字",
    ):
        assert said in told
    with pytest.raises(Refused, match="一次最多打印100份，标记了101份"):
        write_pledges(store, [first] * 101, tmp_path)
    assert "王小二" not in told and len(Document(BytesIO(content)).sections) == 2
    assert column(store, "SELECT count(*) FROM event WHERE verb = 'pledge.print'") == [2]
