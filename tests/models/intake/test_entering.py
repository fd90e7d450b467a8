"""登记: an appeal typed in by a person, with what is said of it in the same act."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from models.bureau.operators import add_operator
from models.bureau.units import UnitDirectory
from models.casework.accused import accused_units
from models.casework.undoing import undo
from models.intake.entering import Entered, enter
from models.store.errors import NotAllowed
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import Refused
from rules.intake.entry import Register, read_entry
from seed.reference.catalogue import first_content
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal as row, column, one, taken, unit_id

TYPED = {
    "channel": "12345电话",
    "reporter": "王小明",
    "phone": "１３８7123 4567",
    "title": "小区停水",
    "content": "停水三天。\n无人处理",
    "nature": "投诉",
}


def entered(store: Store, **typed: str) -> Entered:
    """Register what is typed into the boxes."""
    with store.reading() as reader:
        units = UnitDirectory(reader)
    now = store.now()
    register = Register(
        channels=("12345电话", "上级交办", "媒体", "大接访"),
        categories=(),
        places={"洪山区": "420111"},
        unit=lambda word: units.find(word, now.date()),
        opened_at=now,
        now=now,
        zone=store.timekeeper().zone,
    )
    reading = read_entry({**TYPED, **typed}, register)
    assert not reading.faults and not reading.missing
    return enter(store, reading.entry)


def verbs(store: Store, ticket_id: int) -> list[str]:
    return column(
        store,
        "SELECT verb FROM event WHERE subject_kind = 'ticket' AND subject_id = :id ORDER BY seq",
        id=ticket_id,
    )


def test_without_a_unit_it_waits_for_dispatch_with_the_next_number(store: Store) -> None:
    taken(store, row(received_at=store.now()))
    found = entered(store)
    assert (found.number, found.unit, found.step) == ("WH20261120-00002", "", "dispatch")
    assert found.due_at is not None
    assert verbs(store, found.ticket_id) == ["ticket.intake"]
    assert one(store, "SELECT state, source FROM ticket WHERE id = 2") == ("open", "hand")
    assert one(store, "SELECT phone FROM person WHERE ticket_id = 2") == ("13871234567",)
    with store.reading() as reader:
        assert verify_trail(reader).ok


def test_a_chosen_unit_has_it_from_now_on_its_clocks(store: Store) -> None:
    found = entered(store, unit="市水务局", received="昨天15:00")
    assert (found.number, found.unit, found.step) == ("WH20261119-00001", "市水务局", "close")
    assert verbs(store, found.ticket_id) == ["ticket.intake", "ticket.dispatch"]
    steps = column(store, "SELECT step FROM deadline WHERE stopped_at IS NULL ORDER BY step")
    assert steps == ["acknowledge", "close", "contact"]
    assert one(store, "SELECT state, dispatched_at > opened_at FROM round")[0] == "dispatched"
    with store.reading() as reader:
        assert verify_trail(reader).ok


def test_an_instruction_comes_with_its_own_clock(store: Store) -> None:
    found = entered(
        store, kind="批示件", leader="张明", instruction="请三日内办结", limit="3wd", unit=UNIT
    )
    told = ["ticket.intake", "ticket.instruct", "ticket.dispatch"]
    assert verbs(store, found.ticket_id) == told
    said = one(store, "SELECT leader, content, limit_text FROM instruction")
    assert said == ("张明", "请三日内办结", "3wd")
    with store.reading() as reader:
        assert verify_trail(reader).ok


@pytest.mark.parametrize(
    ("typed", "channel", "remark"),
    [
        (
            {"kind": "media", "channel": "", "outlet": "长江日报", "published": "昨天"},
            "媒体",
            "媒体报道：长江日报 2026-11-19",
        ),
        (
            {"kind": "接访", "channel": "", "held": "11-18", "receiver": "李明副市长"},
            "大接访",
            "接访：2026-11-18 李明副市长接待",
        ),
    ],
    ids=["media", "reception"],
)
def test_a_report_and_a_reception_are_noted(
    store: Store, typed: Mapping[str, str], channel: str, remark: str
) -> None:
    found = entered(store, **typed)
    assert verbs(store, found.ticket_id) == ["ticket.intake", "ticket.note"]
    assert one(store, "SELECT channel FROM ticket") == (channel,)
    assert one(store, "SELECT text FROM note") == (remark,)


AGAINST = {"nature": "举报", "title": "举报市住更局工作人员收受红包", "content": "请严查"}


def accused(store: Store, found: Entered) -> list[tuple[str, bool | None]]:
    with store.reading() as reader:
        return [(a.unit, a.confirmed) for a in accused_units(reader, [found.ticket_id])]


def test_whom_it_is_against_never_has_it(store: Store) -> None:
    with pytest.raises(Refused, match="反映的是市住更局，不能交其办理"):
        entered(store, **AGAINST, unit="市住更局")
    assert column(store, "SELECT count(*) FROM ticket") == [0]
    found = entered(store, **AGAINST, accused="市水务局", unit="江岸区")
    assert accused(store, found) == [("市住更局", None), ("市水务局", True)]


def test_a_guess_that_is_wrong_is_said_so_at_once(store: Store) -> None:
    found = entered(store, **AGAINST, accused="无", unit="市住更局")
    assert found.unit == "市住更局"
    assert accused(store, found) == [("市住更局", False)]


def test_the_same_form_is_not_registered_twice(store: Store, clock: Clock) -> None:
    entered(store)
    with pytest.raises(Refused, match="这件已登记为 WH20261120-00001"):
        entered(store)
    clock.travel(minutes=1)
    assert entered(store).number == "WH20261120-00002"


def test_it_cannot_be_taken_back(store: Store) -> None:
    entered(store, unit=UNIT)
    with pytest.raises(Refused, match="不能撤销"):
        undo(store, session=True)


def test_who_only_signs_may_not_register(sqlite_store: Store, clock: Clock) -> None:
    add_operator(sqlite_store, "signer", roles=["signer"])
    theirs = open_store(sqlite_store.target, now=clock, first=first_content, login="signer")
    with pytest.raises(NotAllowed, match="要有督办或管理权限"):
        entered(theirs)
    theirs.close()


def test_a_file_that_tells_of_it_again_changes_nothing(store: Store) -> None:
    found = entered(store, unit=UNIT)
    told = row(
        "",
        number=found.number,
        channel="12345电话",
        title="小区停水",
        content="停水三天。\n无人处理",
        nature="投诉",
        unit=UNIT,
        received_at=store.now(),
        reporter="王小明",
    )
    assert taken(store, told).unchanged == 1
    assert unit_id(store, UNIT) == one(store, "SELECT lead_unit_id FROM round")[0]
