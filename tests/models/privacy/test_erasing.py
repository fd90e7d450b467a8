"""Personal data kept long enough is erased by two persons; nothing brings it back."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.bureau import add_operator
from models.casework import redo, take, undo
from models.intake import keep_ours
from models.orders.drafting import draft
from models.privacy import (
    approve_erasure,
    ask_erasure,
    due_now,
    forgetting,
    hold,
    lift,
    refuse_erasure,
    requests,
)
from models.privacy.forgetting import GONE
from models.store import LostRace, Store, back_up, restore, verify_trail
from models.store.errors import NotAllowed
from models.tables import (
    Attachment,
    Callback,
    Conflict,
    Extension,
    Instruction,
    Pause,
    Reminder,
    ReminderTicket,
    Reply,
    ReturnRequest,
    Review,
    UnitReport,
)
from rules.casework.appeal import Appeal
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, wuhan

NAME, PHONE, ADDRESS = "欧阳若兰", "13871234567", "丁字桥路18号3栋502室"

IDENTITY = "420106198001011234"

SECRETS = (NAME, PHONE, ADDRESS, IDENTITY, "138****4567", "彭先生家漏水")


def personal(external_id: str = "A1", **changes: Any) -> Appeal:
    """Return a finished appeal full of personal data."""
    values: dict[str, Any] = {
        "title": f"{NAME}反映彭先生家漏水",
        "content": f"我是{NAME}，电话{PHONE}，身份证{IDENTITY}，住{ADDRESS}",
        "reporter": NAME,
        "phone": PHONE,
        "address": ADDRESS,
        "grid": ADDRESS,
        "object": f"{NAME}的房东",
        "unit": UNIT,
        "dispatched_at": wuhan("2026-11-19 10:00"),
        "acknowledged_at": wuhan("2026-11-19 11:00"),
        "reply": f"已与{NAME}（{PHONE}）联系",
        "replied_at": wuhan("2026-11-20 09:00"),
        "closed_at": wuhan("2026-11-20 10:00"),
        "outcome": "已解决",
        "result_rating": "满意",
        "rated_at": wuhan("2026-11-20 12:00"),
    }
    return appeal(external_id, **{**values, **changes})


@pytest.fixture
def second(store: Store, request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Return what lets another person go on with the store."""

    def as_second() -> Store:
        other = Store(store.target, now=store._system_now)
        other.login = "second"
        request.addfinalizer(other.close)
        return other

    return as_second


@pytest.fixture
def store(opener: Callable[[], Store]) -> Store:
    """Return a new store with a second person, who is no login of the database."""
    made = opener()
    made.demo = True
    add_operator(made, "second", "李四", ("signer",))
    return made


def _years_later(clock: Clock, years: int = 3) -> None:
    clock.travel(days=366 * years)


def _erase(store: Store, second: Callable[[], Store]) -> tuple[str, ...]:
    asked, _ = ask_erasure(store, "到期")
    return approve_erasure(second(), asked.id).erased


def _everything(store: Store, folder: Path, name: str = "all.zip") -> str:
    """Return all that an archive of the store holds, as text."""
    path = folder / name
    back_up(store, path)
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(n).decode() for n in archive.namelist())


def _worked_on(store: Store) -> None:
    """Let an appeal go the whole way with personal data in every text it can have."""
    said = f"{NAME} {PHONE} {ADDRESS} {IDENTITY}"
    take(store, "note", [1], text=f"{said}，彭先生家漏水")
    when = store.now()
    with store.writing() as work:
        clock_id = work.value("SELECT min(id) FROM deadline WHERE ticket_id = 1")
        unit = work.value("SELECT min(id) FROM unit")
        common = {"operator_id": work.operator.id, "recorded_at": when}
        work.insert(
            Attachment,
            ticket_id=1,
            place=f"/mnt/{said}.pdf",
            at=when,
            operator_id=work.operator.id,
            removed_reason=said,
        )
        work.insert(
            Reply,
            round_id=1,
            unit_id=unit,
            at=when,
            recorded_at=when,
            text=said,
            text_key="k",
            judged_reason=said,
        )
        work.insert(Callback, round_id=1, at=when, result="接通", said=said, note=said, **common)
        work.insert(
            Extension,
            deadline_id=clock_id,
            asked_at=when,
            limit_text="1wd",
            reason=said,
            decided_at=when,
        )
        work.insert(
            Pause,
            deadline_id=clock_id,
            from_at=when,
            reason=said,
            approval=said,
            requested_at=when,
            decided_at=when,
        )
        work.insert(
            ReturnRequest,
            round_id=1,
            unit_id=unit,
            asked_at=when,
            reason_code="other",
            reason=said,
            decided_at=when,
        )
        work.insert(Review, ticket_id=1, round_id=1, opened_at=when, reason=said, decided_at=when)
        work.insert(
            Instruction, ticket_id=1, leader="张明", content=said, given_at=when, done_at=when
        )
        title = work.value("SELECT title FROM ticket WHERE id = 1")
        reminder = work.insert(
            Reminder, unit_id=unit, at=when, means="text", text=f"请办：{title}；{said}", **common
        )
        work.insert(
            ReminderTicket, reminder_id=reminder, ticket_id=1, unit_id=unit, day=when.date()
        )
        work.event("ticket.note", "ticket", 1)


def test_nothing_of_the_citizen_is_left_in_the_store_or_its_archives(
    store: Store, second: Callable[[], Store], clock: Clock, tmp_path: Path
) -> None:
    taken(store, personal())
    _worked_on(store)
    before = _everything(store, tmp_path, "before.zip")
    assert all(secret in before for secret in SECRETS if "*" not in secret)
    _years_later(clock)
    assert len(_erase(store, second)) == 1
    after = _everything(store, tmp_path)
    assert [secret for secret in SECRETS if secret in after] == []
    with store.reading() as reader:
        key = reader.value("SELECT count(*) FROM person")
        assert verify_trail(reader).ok
    assert key == 0
    assert column(store, "SELECT reply FROM round") == [GONE]
    assert one(store, "SELECT outcome, result_rating, state FROM round") == (
        "已解决",
        "满意",
        "closed",
    )
    restored = str(tmp_path / "restored.db")
    restore(tmp_path / "all.zip", restored, clock)
    content = Path(restored).read_bytes()
    assert [secret for secret in SECRETS if secret.encode() in content] == []


def test_the_file_itself_is_written_over(sqlite_store: Store, clock: Clock) -> None:
    sqlite_store.demo = True
    add_operator(sqlite_store, "second", None, ("administrator",))
    taken(sqlite_store, *(replace(personal(f"A{n}"), line=n) for n in range(2, 60)))
    clock.travel(days=1200)
    asked, _ = ask_erasure(sqlite_store)
    sqlite_store.login = "second"
    assert len(approve_erasure(sqlite_store, asked.id).erased) == 58
    sqlite_store.close()
    content = Path(sqlite_store.target).read_bytes()
    assert [secret for secret in SECRETS if secret.encode() in content] == []
    with sqlite3.connect(sqlite_store.target) as raw:
        blocks = [block for (block,) in raw.execute("SELECT block FROM ticket_pair_data")]
    assert not any("彭先".encode() in block for block in blocks)


def test_the_event_tells_counts_and_numbers_and_no_personal_data(
    store: Store, second: Callable[[], Store], clock: Clock
) -> None:
    taken(store, personal())
    _years_later(clock)
    (number,) = _erase(store, second)
    assert number == one(store, "SELECT number FROM ticket")[0]
    who, payload = one(store, "SELECT operator, payload FROM event WHERE verb = 'privacy.approve'")
    assert who == "second" and '"tickets":1' in payload
    assert column(store, "SELECT subject_id FROM event WHERE verb = 'ticket.erase'") == [1]
    events = " ".join(map(str, column(store, "SELECT payload FROM event")))
    assert not any(secret in events for secret in SECRETS)


@pytest.mark.parametrize("changed", [False, True])
def test_the_same_file_again_brings_nothing_back(
    store: Store, second: Callable[[], Store], clock: Clock, tmp_path: Path, changed: bool
) -> None:
    taken(store, personal())
    _years_later(clock)
    _erase(store, second)
    versions = one(store, "SELECT t.version, r.version FROM ticket t, round r")
    row = personal(phone="13912345678", handler=NAME) if changed else personal()
    result = taken(store, row, digest="again")
    assert (result.new, result.updated, result.conflicts) == (0, 0, 0)
    assert (result.unchanged, result.rejected) == ((0, 1) if changed else (1, 0))
    assert one(store, "SELECT t.version, r.version FROM ticket t, round r") == versions
    after = _everything(store, tmp_path)
    assert not any(secret in after for secret in (*SECRETS, "13912345678"))
    with store.reading() as reader:
        assert verify_trail(reader).ok


def test_another_source_that_knows_the_number_brings_nothing_back(
    store: Store, second: Callable[[], Store], clock: Clock, tmp_path: Path
) -> None:
    taken(store, personal(number="WH20261119-00001"))
    _years_later(clock)
    _erase(store, second)
    result = taken(store, personal("B7", number="WH20261119-00001", channel="微信"))
    assert (result.new, result.updated, result.conflicts) == (0, 0, 0)
    assert NAME not in _everything(store, tmp_path)


def test_what_is_younger_or_open_stays(
    store: Store, second: Callable[[], Store], clock: Clock
) -> None:
    still_open = personal(
        "A2",
        replied_at=None,
        closed_at=None,
        outcome=None,
        reply=None,
        result_rating=None,
        rated_at=None,
    )
    taken(store, personal(), replace(still_open, line=3))
    clock.travel(days=1096)  # closed on 20 November at ten, now at 15:20 three years on
    assert [c.id for c in due_now(store).erasable] == [1]
    clock.travel(days=-1)
    assert due_now(store).erasable == ()
    with pytest.raises(Refused, match="没有保存期满"):
        ask_erasure(store)


def test_the_asker_never_approves_nor_does_a_supervisor_and_nothing_moves_before(
    store: Store, second: Callable[[], Store], clock: Clock
) -> None:
    taken(store, personal())
    _years_later(clock)
    asked, _ = ask_erasure(store)
    with pytest.raises(Refused, match="您自己提出"):
        approve_erasure(store, asked.id)
    with pytest.raises(Refused, match="您自己提出"):
        refuse_erasure(store, asked.id, "不")
    with pytest.raises(Refused, match="还没有人批"):
        ask_erasure(store)
    with pytest.raises(NotAllowed):
        ask_erasure(second())  # a signer decides, and does not ask
    assert column(store, "SELECT phone FROM person") == [PHONE]
    refused = refuse_erasure(second(), asked.id, "等年审后再办")
    assert refused.approved is False and refused.decider == "李四"
    with pytest.raises(Refused, match="已有人办理"):
        approve_erasure(second(), asked.id)
    assert column(store, "SELECT phone FROM person") == [PHONE]
    with store.reading() as reader:
        assert [r.approved for r in requests(reader)] == [False]


def test_nobody_approves_more_than_was_listed(
    store: Store, second: Callable[[], Store], clock: Clock
) -> None:
    taken(store, personal())
    _years_later(clock)
    asked, _ = ask_erasure(store)
    taken(store, personal("A2"))  # old too, and taken in since
    assert len(approve_erasure(second(), asked.id).erased) == 1
    assert column(store, "SELECT ticket_id FROM person") == [2]


def test_papers_petitions_courts_and_holds_keep_an_appeal_whole(
    store: Store, second: Callable[[], Store], clock: Clock
) -> None:
    rows = [replace(personal(f"A{n}"), line=n) for n in range(2, 6)]
    rows[1] = replace(rows[1], channel="阳光信访")
    taken(store, *rows)
    draft(store, [1])
    number = one(store, "SELECT number FROM ticket WHERE id = 3")[0]
    hold(store, number, "卷宗2029-7")
    with pytest.raises(Refused, match="已有保留令"):
        hold(store, number, "再来")
    _years_later(clock)
    due = due_now(store)
    assert [c.id for c in due.erasable] == [4]
    assert {c.id: c.exempt for c in due.exempt} == {
        1: "列入督办单（未签发）",
        2: "信访件",
        3: "保留令：卷宗2029-7",
    }
    assert len(_erase(store, second)) == 1
    assert column(store, "SELECT count(*) FROM person") == [3]
    lift(store, number, "结案")
    assert [c.id for c in due_now(store).erasable] == [3]


def test_what_became_exempt_since_it_was_asked_is_kept_and_named(
    store: Store, second: Callable[[], Store], clock: Clock
) -> None:
    taken(store, personal(), replace(personal("A2"), line=3))
    _years_later(clock)
    asked, _ = ask_erasure(store)
    number = one(store, "SELECT number FROM ticket WHERE id = 1")[0]
    hold(store, number, "法院调卷")
    done = approve_erasure(second(), asked.id)
    assert done.kept == ((number, "保留令：法院调卷"),)
    assert column(store, "SELECT ticket_id FROM person") == [1]


def test_undo_brings_nothing_back(store: Store, second: Callable[[], Store], clock: Clock) -> None:
    taken(store, personal())
    _years_later(clock)
    asked, _ = ask_erasure(store)
    take(store, "note", [1], text=f"{NAME}来电{PHONE}")
    assert column(store, "SELECT count(*) FROM undo_entry") == [1]
    approve_erasure(second(), asked.id)
    assert column(store, "SELECT count(*) FROM undo_entry") == [0]
    for again in (undo, redo):
        with pytest.raises(Refused):
            again(store)
    assert column(store, "SELECT text FROM note") == [GONE]


def test_a_waiting_difference_goes_with_the_rest(
    store: Store, second: Callable[[], Store], clock: Clock, tmp_path: Path
) -> None:
    taken(store, personal())
    with store.writing() as work:
        work.insert(
            Conflict, ticket_id=1, column="title", theirs=f"{NAME}", found_at=work.now, batch_id=1
        )
        said = {"text": f"已答复{NAME}", "text_key": "k", "evidence": f"见{NAME}的回执"}
        work.insert(
            UnitReport,
            ticket_id=1,
            round_id=1,
            verb="reply",
            at=work.now,
            recorded_at=work.now,
            batch_id=1,
            **said,
        )
    _years_later(clock)
    _erase(store, second)
    assert NAME not in _everything(store, tmp_path)
    with pytest.raises(Refused):
        keep_ours(store, [1])


def test_a_failure_on_the_way_leaves_everything_as_it_was(
    store: Store, second: Callable[[], Store], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(store, personal())
    _years_later(clock)
    asked, _ = ask_erasure(store)

    def fails(*_: Any) -> int:
        raise LostRace("x")

    monkeypatch.setattr(forgetting, "_forget_acts", fails)
    with pytest.raises(LostRace):
        approve_erasure(second(), asked.id)
    monkeypatch.undo()
    assert column(store, "SELECT phone FROM person") == [PHONE]
    assert column(store, "SELECT decided_at FROM erasure") == [None]
    assert len(approve_erasure(second(), asked.id).erased) == 1
