"""Half files: what a row tells of a matter is done by its step, or the row is refused whole."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.casework.verbs import take
from models.intake.results import IntakeResult
from models.intake.taking import take_in
from models.merging import merge
from models.store.store import Store
from models.store.verifying import verify_trail
from seed.channels.reading import Reading, read_file
from seed.exchange import write_rejects
from tests.conftest import NOW
from tests.models.appeals import appeal, column, one, taken
from tests.models.cells import rows_of
from tests.models.ranking.past import UNIT
from tests.models.rounds import put_round

RECEIVED = NOW - timedelta(days=1)  # Thursday 15:20 in Wuhan

REPLIES = ("工单编号", "答复意见", "答复时间")

ALL = (
    "工单编号",
    "签收时间",
    "联系时间",
    "申请延期（天）",
    "延期理由",
    "答复意见",
    "答复时间",
    "填报人",
    "审签领导",
    "办理结果",
    "办结时间",
    "群众满意",
    "评价时间",
)

NOTHING = dict.fromkeys(ALL, "")

SIGNED, SPOKEN, ANSWERED = "2026-11-19 16:00", "2026-11-19 17:00", "2026-11-20 10:00"


@pytest.fixture
def opened(store: Store) -> Store:
    for n in range(4):
        put_round(store, f"T{n}", UNIT, received_at=RECEIVED)
    put_round(store, "DONE", UNIT, received_at=RECEIVED, closed_at=NOW - timedelta(hours=1))
    taken(store, appeal(number="FREE"))
    return store


def _read(
    store: Store, folder: Path, *rows: tuple[str, ...], header: tuple[str, ...] = ALL
) -> Reading:
    path = folder / "进展.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((header, *rows))
    return read_file(path, zone=store.timekeeper().zone, now=store.now())


def _row(number: str, **cells: str) -> tuple[str, ...]:
    return tuple({**NOTHING, "工单编号": number, **cells}.values())


def _taken(store: Store, reading: Reading, **more: Any) -> IntakeResult:
    return take_in(
        store,
        reading,
        source=reading.source,
        profile=reading.profile,
        file_name="进展.csv",
        file_digest="d" * 64,
        **more,
    )


def _counts(result: IntakeResult) -> tuple[int, int, int, int]:
    return result.read, result.updated, result.unchanged, result.rejected


def test_replies_alone_are_recognised_and_wait_for_the_judgement(
    opened: Store, tmp_path: Path
) -> None:
    reading = _read(opened, tmp_path, ("T0", "已修好", ANSWERED), header=REPLIES)
    assert (reading.profile, reading.unknown_columns) == ("half", ())
    assert _counts(_taken(opened, reading)) == (1, 1, 0, 0)
    assert one(opened, "SELECT state, reply FROM round WHERE id = 1") == ("replied", "已修好")
    told = column(opened, "SELECT verb FROM event WHERE subject_id = 1 AND subject_kind = 'ticket'")
    assert told[-1:] == ["ticket.reply"]
    assert one(opened, "SELECT stopped_at FROM deadline WHERE step = 'close' AND id = 1") == (None,)


FULL = _row(
    "T0",
    **{
        "签收时间": SIGNED,
        "联系时间": SPOKEN,
        "答复意见": "已修好，诉求人认可",
        "答复时间": ANSWERED,
        "填报人": "小周",
        "审签领导": "王局长",
        "办理结果": "已解决",
        "办结时间": "2026-11-20 11:00",
        "群众满意": "不满意",
        "评价时间": "2026-11-20 12:00",
    },
)

LATE_REPLY = _row("T1", **{"答复意见": "已修好", "答复时间": ANSWERED, "办理结果": "已解决"})

MORE_TIME = _row("T2", **{"申请延期（天）": "3", "延期理由": "需联合执法"})


def test_a_row_leaves_what_the_steps_by_hand_leave_each_with_its_event(
    opened: Store, tmp_path: Path
) -> None:
    result = _taken(opened, _read(opened, tmp_path, FULL, LATE_REPLY, MORE_TIME, _row("T3")))
    assert _counts(result) == (4, 3, 1, 0)
    with opened.reading() as reader:
        verbs = rows_of(
            reader,
            "SELECT verb FROM event WHERE subject_kind = 'ticket' AND subject_id = 1 ORDER BY seq",
        )
        assert verb_names(verbs) == ["acknowledge", "contact", "reply", "close", "rate"]
        assert verify_trail(reader).ok
    signed = one(opened, "SELECT filled_by, approved_by, accepted FROM reply WHERE round_id = 1")
    assert signed == ("小周", "王局长", True)
    assert one(opened, "SELECT outcome, result_rating FROM round WHERE id = 1") == (
        "已解决",
        "不满意",
    )
    assert column(opened, "SELECT ticket_id FROM review") == [1]
    assert one(opened, "SELECT limit_text, reason FROM extension") == ("3wd", "需联合执法")
    assert column(opened, "SELECT state FROM round ORDER BY id")[1:4] == [
        "replied",
        "dispatched",
        "dispatched",
    ]


def verb_names(rows: list[tuple[Any, ...]]) -> list[str]:
    """Return the steps of a trail that a half row may tell of."""
    steps = ("acknowledge", "contact", "reply", "close", "rate")
    return [name for (verb,) in rows if (name := verb.removeprefix("ticket.")) in steps]


def test_the_same_file_again_changes_nothing(opened: Store, tmp_path: Path) -> None:
    rows = (FULL, LATE_REPLY, MORE_TIME)
    _taken(opened, _read(opened, tmp_path, *rows))
    events = "SELECT count(*) FROM event WHERE subject_kind <> 'import'"
    before = column(opened, events)
    assert _counts(_taken(opened, _read(opened, tmp_path, *rows))) == (3, 0, 3, 0)
    assert column(opened, events) == before


def test_what_an_earlier_round_had_is_no_news_of_the_next(opened: Store, tmp_path: Path) -> None:
    row = (*FULL[:-2], "", "")
    _taken(opened, _read(opened, tmp_path, row))
    take(opened, "rework", [1], reason="没有修好")
    assert _counts(_taken(opened, _read(opened, tmp_path, row))) == (1, 0, 1, 0)


def test_time_may_be_asked_for_up_to_a_date(opened: Store, tmp_path: Path) -> None:
    # T0 is due Thursday 26 November 15:20
    row = _row("T0", **{"申请延期（天）": "延至2026年12月1日", "延期理由": "待鉴定"})
    weekend = _row("T1", **{"申请延期（天）": "2026-11-28", "延期理由": "待鉴定"})
    result = _taken(opened, _read(opened, tmp_path, row, weekend))
    assert _counts(result) == (2, 1, 0, 1)
    assert "2026-11-28不是现到期之后的工作日" in result.rejects[0].reason
    assert column(opened, "SELECT limit_text FROM extension") == ["3wd"]
    take(opened, "grant_extension", [1])
    assert _counts(_taken(opened, _read(opened, tmp_path, row))) == (1, 0, 1, 0)


def test_a_date_alone_comes_with_what_came_before_it_that_day(
    opened: Store, tmp_path: Path
) -> None:
    row = _row("T0", **{"签收时间": "2026-11-19", "答复意见": "好", "答复时间": "2026-11-19"})
    assert _counts(_taken(opened, _read(opened, tmp_path, row))) == (1, 1, 0, 0)
    assert one(opened, "SELECT acknowledged_at, replied_at FROM round WHERE id = 1") == (
        RECEIVED,
        RECEIVED,
    )
    assert _counts(_taken(opened, _read(opened, tmp_path, row))) == (1, 0, 1, 0)


REFUSED = (
    (_row("T9", **{"签收时间": SIGNED}), "库里没有工单 T9：请核对工单编号"),
    (_row("", **{"签收时间": SIGNED}), "没有工单编号：请补上"),
    (_row("DONE", **{"签收时间": SIGNED}), "办结，不能签收"),
    (_row("FREE", **{"签收时间": SIGNED}), "待派，不能签收"),
    (_row("T1", **{"签收时间": "2026-11-19 15:00"}), "签收时间早于受理时间"),
    (_row("T1", **{"签收时间": "2026-11-20 15:21"}), "签收时间还没有到"),
    (_row("T1", **{"答复意见": "好"}), "没有答复时间：请补上"),
    (_row("T1", **{"答复时间": ANSWERED}), "没有答复意见：请补上"),
    (_row("T1", **{"申请延期（天）": "5"}), "没有延期理由：请补上"),
    (_row("T1", **{"申请延期（天）": "再说", "延期理由": "忙"}), "申请延期“再说”无法识别"),
    (_row("T1", **{"办理结果": "已解决"}), "有办理结果而没有答复或办结时间"),
    (_row("T1", **{"办结时间": ANSWERED}), "没有办理结果：请补上办理结果"),
    (_row("T1", **{"群众满意": "满意", "评价时间": ANSWERED}), "工单 T1 还没有办结"),
    (
        _row("T1", **{"签收时间": SIGNED, "答复意见": "好", "答复时间": "2026-11-19 15:40"}),
        "答复时间早于签收时间",
    ),
)


def test_a_row_is_refused_whole_each_with_its_cause_and_no_other_is_lost(
    opened: Store, tmp_path: Path
) -> None:
    good = _row("T0", **{"签收时间": SIGNED})
    other = _row("T0", **{"签收时间": "2026-11-19 16:30"})
    reading = _read(opened, tmp_path, *(row for row, _ in REFUSED), good, other)
    result = _taken(opened, reading)
    assert _counts(result) == (len(REFUSED) + 2, 1, 0, len(REFUSED) + 1)
    for reject, (_, reason) in zip(result.rejects, REFUSED, strict=False):
        assert reject.reason.startswith(reason), reject
    assert result.rejects[-1].reason == (
        "已登记签收时间 2026-11-19 16:00，先前的不改：请核对签收时间"
    )
    assert column(opened, "SELECT acknowledged_at IS NULL FROM round WHERE id = 2") in ([1], [True])
    refused = tmp_path / "拒收.csv"
    assert write_rejects(refused, reading, result.rejects) == len(REFUSED) + 1
    again = read_file(refused, zone=opened.timekeeper().zone, now=opened.now())
    assert again.profile == "half"


def test_a_trial_and_small_batches_say_the_same(opened: Store, tmp_path: Path) -> None:
    rows = (FULL, _row("T9", **{"签收时间": SIGNED}), LATE_REPLY)
    assert _counts(_taken(opened, _read(opened, tmp_path, *rows), dry_run=True)) == (3, 2, 0, 1)
    assert column(opened, "SELECT count(*) FROM reply") == [0]
    reading = _read(opened, tmp_path, *rows)
    assert _counts(_taken(opened, reading, batch_rows=1)) == (3, 2, 0, 1)


def test_what_a_row_does_on_a_lead_is_known_of_what_is_merged(
    opened: Store, tmp_path: Path
) -> None:
    merge(opened, [1, 2], lead_id=2)
    answered = {
        "答复意见": "已修好",
        "答复时间": ANSWERED,
        "办理结果": "已解决",
        "办结时间": ANSWERED,
    }
    rated = {"群众满意": "满意", "评价时间": ANSWERED}
    rows = (
        _row("T0", **answered),
        _row("T1", **answered),
        _row("T0", **answered, **rated),
        _row("T0", 联系时间=SPOKEN),
    )
    result = _taken(opened, _read(opened, tmp_path, *rows))
    assert [one.reason for one in result.rejects] == [
        "此件已并入T1，随主件一并办理：请填在T1一行，或先拆分"
    ] * 2
    assert (result.updated, result.rejected) == (2, 2)
    sql = "SELECT ticket_id, result_rating FROM round WHERE closed_at IS NOT NULL ORDER BY id"
    with opened.reading() as reader:
        assert rows_of(reader, sql)[:2] == [(1, "满意"), (2, None)]
        assert verify_trail(reader).ok
