"""A file of ratings alone: number, ratings and time, each applied to a closed matter or refused."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.casework.verbs import take
from models.intake.results import IntakeResult
from models.intake.taking import take_in
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.casework.halves import HalfRow
from seed.channels.reading import Reading, read_file
from seed.exchange import write_rejects
from tests.conftest import NOW
from tests.models.appeals import appeal, column, one, taken, wuhan
from tests.models.cells import rows_of
from tests.models.ranking.past import UNIT
from tests.models.rounds import put_round

HEADER = ("工单编号", "群众满意", "工作满意", "评价时间")

CALLED = (*HEADER, "回访员", "录音编号", "诉求人的话")

CLOSED = NOW - timedelta(days=3)  # Tuesday 15:20 in Wuhan

RATED = "2026-11-18 10:00"


@pytest.fixture
def closed(store: Store) -> Store:
    for n in range(4):
        put_round(store, f"T{n}", UNIT, received_at=CLOSED - timedelta(days=2), closed_at=CLOSED)
    put_round(store, "OPEN", UNIT, received_at=CLOSED)
    return store


def _read(
    store: Store, folder: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER
) -> Reading:
    path = folder / "评价.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((header, *rows))
    return read_file(path, zone=store.timekeeper().zone, now=store.now())


def _taken(store: Store, reading: Reading, batch_rows: int = 2000, **more: Any) -> IntakeResult:
    return take_in(
        store,
        reading,
        source=reading.source,
        profile=reading.profile,
        file_name="评价.csv",
        file_digest="d" * 64,
        batch_rows=batch_rows,
        **more,
    )


def _counts(result: IntakeResult) -> tuple[int, int, int, int]:
    return result.read, result.updated, result.unchanged, result.rejected


def _ratings(store: Store) -> list[tuple[object, ...]]:
    with store.reading() as reader:
        return rows_of(
            reader,
            "SELECT t.number, g.result_rating, g.work_rating, g.means FROM rating g "
            "JOIN round r ON r.id = g.round_id JOIN ticket t ON t.id = r.ticket_id ORDER BY g.id",
        )


def test_ratings_alone_go_through_the_verb_each_with_its_event(
    closed: Store, tmp_path: Path
) -> None:
    reading = _read(
        closed,
        tmp_path,
        ("T0", "不满意", "满意", RATED),
        ("T1", "非常满意", "", RATED),
        ("T2", "", "基本满意", "2026-11-17"),
    )
    assert (reading.profile, reading.unknown_columns) == ("ratings", ())
    assert _counts(_taken(closed, reading)) == (3, 3, 0, 0)
    assert _ratings(closed) == [
        ("T0", "不满意", "满意", "import"),
        ("T1", "满意", None, "import"),
        ("T2", None, "基本满意", "import"),
    ]
    told = column(closed, "SELECT subject_id FROM event WHERE verb = 'ticket.rate' ORDER BY seq")
    assert told == [1, 2, 3]
    assert column(closed, "SELECT ticket_id FROM review") == [1]
    assert one(closed, "SELECT rated_at FROM round WHERE ticket_id = 3") == (CLOSED,)
    with closed.reading() as reader:
        assert verify_trail(reader).ok


LEFT = (
    "SELECT g.at, g.result_rating, g.work_rating FROM rating g WHERE round_id = :id",
    "SELECT state, version, result_rating, work_rating, rated_at FROM round WHERE id = :id",
    "SELECT version, rounds, state, worst_colour FROM ticket WHERE id = :id",
    "SELECT version, opened_at, verdict FROM review WHERE round_id = :id",
    "SELECT d.step, d.limit_text, d.leads, d.pressing, d.stopped_at, d.grid, d.channel, d.urgency "
    "FROM deadline d JOIN review v ON v.id = d.subject_id AND d.subject_kind = 'review' "
    "WHERE v.round_id = :id",
    "SELECT verb, at, unit_id FROM event WHERE subject_kind = 'ticket' AND subject_id = :id "
    "AND verb IN ('ticket.rate', 'review.open') ORDER BY seq",
)


def test_a_row_leaves_what_the_step_by_hand_leaves(closed: Store, tmp_path: Path) -> None:
    first, second = "2026-11-18 10:00", "2026-11-18 11:00"
    rows = ((first, "不满意", ""), (second, "满意", "基本满意"))
    _taken(closed, _read(closed, tmp_path, *(("T0", result, how, at) for at, result, how in rows)))
    for at, result, how in rows:
        take(closed, "rate", [2], result=result, work_rating=how or None, at=wuhan(at))
    with closed.reading() as reader:
        for sql in LEFT:
            assert rows_of(reader, sql, id=1) == rows_of(reader, sql, id=2) != [], sql
        assert verify_trail(reader).ok


def test_the_same_file_again_changes_nothing_and_only_news_is_applied(
    closed: Store, tmp_path: Path
) -> None:
    first = (("T0", "不满意", "", RATED), ("T2", "满意", "满意", "2026-11-17"))
    _taken(closed, _read(closed, tmp_path, *first))
    before = column(closed, "SELECT count(*) FROM event WHERE subject_kind <> 'import'")
    assert _counts(_taken(closed, _read(closed, tmp_path, *first))) == (2, 0, 2, 0)
    assert column(closed, "SELECT count(*) FROM event WHERE subject_kind <> 'import'") == before
    later = _read(
        closed,
        tmp_path,
        ("T0", "不满意", "满意", RATED),
        ("T0", "满意", "", "2026-11-19 10:00"),
        ("T2", "不满意", "满意", "2026-11-17"),
    )
    result = _taken(closed, later, batch_rows=1)
    assert _counts(result) == (3, 2, 0, 1)
    assert [reject.reason for reject in result.rejects] == [
        "同一时间已有评价“满意”，先前的评价不改：请核对评价时间"
    ]
    assert _ratings(closed)[2:] == [
        ("T0", None, "满意", "import"),
        ("T0", "满意", None, "import"),
    ]
    assert one(closed, "SELECT result_rating FROM round WHERE ticket_id = 1") == ("满意",)


def test_a_call_that_the_file_tells_of_is_kept_with_its_rating(
    closed: Store, tmp_path: Path
) -> None:
    reading = _read(
        closed,
        tmp_path,
        ("T0", "满意", "", RATED, "小周", "LY-0081", "<b>修好了</b>\x1b[31m"),
        ("T1", "满意", "", RATED, "", "", ""),
        ("T2", "满意", "", RATED, "小周", "", ""),
        header=CALLED,
    )
    assert _counts(_taken(closed, reading)) == (3, 3, 0, 0)
    assert [row[3] for row in _ratings(closed)] == ["callback", "import", "callback"]
    with closed.reading() as reader:
        calls = rows_of(reader, "SELECT result, caller, recording, said FROM callback ORDER BY id")
        linked = rows_of(reader, "SELECT callback_id FROM rating ORDER BY id")
    assert calls == [("接通", "小周", "LY-0081", "<b>修好了</b>"), ("接通", "小周", None, None)]
    assert linked == [(1,), (None,), (2,)]


HOSTILE = (
    (("T9", "满意", "", RATED), "库里没有工单 T9：请核对工单编号"),
    (("OPEN", "满意", "", RATED), "工单 OPEN 还没有办结，不能登记评价：请核对工单编号"),
    (("T0", "满意", "", "2026-11-17 15:19:59"), "评价时间早于办结时间：请核对时间"),
    (("T0", "满意", "", "2026-11-16"), "评价时间早于办结时间：请核对时间"),
    (("T0", "满意", "", "2026-11-20 15:21"), "评价时间还没有到：请核对评价时间"),
    (("T0", "满意", "", ""), "没有评价时间：请补上"),
    (("T0", "满意", "", "昨天"), "评价时间“昨天”"),
    (("", "满意", "", RATED), "没有工单编号：请补上"),
    (("T0", "", "", RATED), "没有评价：请填写群众满意或工作满意"),
    (("T0", "未评价", "", RATED), "没有评价：请填写群众满意或工作满意"),
    (("T0", "=1+1", "", RATED), "满意评价“=1+1”无法识别，请填 满意、基本满意、不满意"),
    (("T0' OR 1=1 --", "满意", "", RATED), "库里没有工单 T0' OR 1=1 --：请核对工单编号"),
    (("\x1b[2JT8\u202e", "满意", "", RATED), "库里没有工单 T8：请核对工单编号"),
)


def test_hostile_rows_are_refused_each_with_one_line_and_no_other_row_is_lost(
    closed: Store, tmp_path: Path
) -> None:
    good = ("T1", "满意", "满意", RATED)
    reading = _read(closed, tmp_path, *(row for row, _ in HOSTILE), good, good)
    result = _taken(closed, reading)
    assert _counts(result) == (len(HOSTILE) + 2, 1, 0, len(HOSTILE) + 1)
    for reject, (_, reason) in zip(result.rejects, HOSTILE, strict=False):
        assert reject.reason.startswith(reason), (reject, reason)
        assert "\n" not in reject.reason
    assert [reject.line for reject in result.rejects] == [*range(2, len(HOSTILE) + 2), 16]
    assert result.rejects[-1].reason == "与第15行是同一件同一时间的事项：请只保留一行"
    assert _ratings(closed) == [("T1", "满意", "满意", "import")]


def test_refused_rows_come_back_as_a_file_that_is_read_once_mended(
    closed: Store, tmp_path: Path
) -> None:
    reading = _read(closed, tmp_path, ("T9", "满意", "", RATED), ("T1", "满意", "", RATED))
    refused = tmp_path / "拒收.csv"
    assert write_rejects(refused, reading, _taken(closed, reading).rejects) == 1
    mended = refused.read_text(encoding="utf-8-sig").replace("T9", "T0", 1)
    refused.write_text(mended, encoding="utf-8-sig")
    again = read_file(refused, zone=closed.timekeeper().zone, now=closed.now())
    assert _counts(_taken(closed, again)) == (1, 1, 0, 0)


def test_a_trial_writes_nothing_and_says_the_same(closed: Store, tmp_path: Path) -> None:
    reading = _read(closed, tmp_path, ("T0", "满意", "", RATED), ("T9", "满意", "", RATED))
    assert _counts(_taken(closed, reading, dry_run=True)) == (2, 1, 0, 1)
    assert _ratings(closed) == []


def test_the_header_tells_ratings_from_the_exchange_file(
    sqlite_store: Store, tmp_path: Path
) -> None:
    row = ("T0", "满意", "", RATED, "小周", "", "")
    reading = _read(sqlite_store, tmp_path, row, header=CALLED)
    [told] = list(reading)
    assert isinstance(told, HalfRow) and reading.profile == "ratings"
    assert (told.number, told.result_rating, told.work_rating) == ("T0", "满意", None)
    assert (told.caller, told.recording, told.said) == ("小周", None, None)
    for more in ("标题", "内容", "content"):
        assert _read(sqlite_store, tmp_path, row, header=(*HEADER, more)).profile == "duban"


def test_what_two_full_files_say_of_one_moment_waits_on_the_desk(store: Store) -> None:
    row: dict[str, Any] = {
        "unit": "武汉市水务局",
        "received_at": CLOSED - timedelta(days=2),
        "dispatched_at": CLOSED - timedelta(days=2),
        "closed_at": CLOSED,
        "outcome": "已解决",
        "rated_at": CLOSED + timedelta(hours=2),
    }
    taken(store, appeal(**row, result_rating="不满意"))
    assert taken(store, appeal(**row, result_rating="满意")).conflicts == 1
    assert one(store, 'SELECT "column", ours, theirs FROM conflict') == (
        "result_rating",
        "不满意",
        "满意",
    )
    assert column(store, "SELECT result_rating FROM rating") == ["不满意"]
