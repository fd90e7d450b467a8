"""What is closed in the queue's own words: its row, the appeal behind it, its workbook."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from console.casework.taking import as_now, chosen_rows, offer, read_ticket, take
from console.frame import UNICODE, open_session
from console.views.queue.columns import cells
from console.views.queue.snapshot import Snapshot, View, write_list
from models.store.store import Store
from rules.casework import QueueFilter
from tests.console.sheets import opened, table_of
from tests.models.appeals import UNIT, appeal, taken, wuhan

LATE = View(QueueFilter(state="closed"))


@pytest.fixture
def closed(town: Store) -> Store:
    """Return the town's store with one appeal that was closed too late."""
    taken(
        town,
        appeal(
            "late",
            title="拖了一个月",
            unit=UNIT,
            received_at=wuhan("2026-10-08 09:00"),
            dispatched_at=wuhan("2026-10-08 10:00"),
            reply="已恢复供水，请市民放心使用",
            replied_at=wuhan("2026-11-09 10:00"),
            closed_at=wuhan("2026-11-09 11:00"),
            outcome="已解决",
        ),
    )
    return town


def test_a_closed_row_opens_its_appeal_and_takes_lawful_steps(closed: Store) -> None:
    session = open_session(lambda: closed)
    queue = Snapshot(session, LATE)
    with session.reading("list") as reader:
        ids, lines = queue.first(reader)
        counts, _ = queue.counts(reader)
    assert (len(ids), counts.total, counts.red) == (1, 1, 0)
    line = lines[ids[0]]
    assert (line.colour, line.status, line.remaining) == (None, "办结", "逾期办结")
    assert line.closed == "11-09 11:00"
    assert cells(line, UNICODE)[:2] == [("逾期", "red"), ("11-09 办结", "red")]
    chosen = chosen_rows(session, ids, {ids[0]: line.version})
    assert read_ticket(session, chosen[0].ticket_id).title == "拖了一个月"
    verbs = {step.verb for step in offer(session, chosen).steps}
    assert {"rework", "rate", "note"} <= verbs
    take(session, "note", chosen, {"text": "群众来电询问"})
    take(session, "rework", as_now(session, chosen), {"reason": "没有办好"})
    with session.reading("list") as reader:
        assert list(queue.ids(reader)) == []
        assert queue.lines(reader, ids)[ids[0]].number == line.number


def test_the_workbook_tells_when_it_was_closed(
    closed: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.views.sheets.exports_dir", lambda: tmp_path)
    session = open_session(lambda: closed)
    queue = Snapshot(session, LATE)
    with session.reading("list") as reader:
        ids = queue.ids(reader)
    rows, path = write_list(session, queue, ids, "已办结")
    heads, [told] = table_of(opened(path)["督办队列"])
    assert rows == 1
    cells_by = dict(zip(heads, told, strict=True))
    assert (cells_by["颜色"], cells_by["余时"]) == ("逾期", "逾期办结")
    assert (cells_by["状态"], cells_by["办结时间"]) == ("办结", datetime(2026, 11, 9, 11))
