"""One ticket as it is read: masked, in words, with its clocks and its record."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from models.casework import redo, take, undo
from models.clocks.sweeping import sweep
from models.matter import ticket_id_of
from models.store.store import Store
from models.views.ticket import TicketView, ticket_view
from rules.errors import DubanError
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, taken, unit_id, wuhan


def view(store: Store, number: str = "WH20261119-00001") -> TicketView:
    """Return a ticket as at the store's now."""
    with store.reading() as reader:
        id = ticket_id_of(reader, number)
        return ticket_view(reader, store.timekeeper(), id, store.now())


def test_a_citizen_is_masked_wherever_they_are_named(store: Store) -> None:
    taken(
        store,
        appeal(
            reporter="王小明",
            phone="13871234567",
            address="关山大道1号3栋",
            content="请打13871234567，身份证420106198001011234",
            unit=UNIT,
            reply="已致电13871234567",
            replied_at=wuhan("2026-11-20 09:00"),
        ),
    )
    shown = view(store)
    assert shown.citizen.reporter == "王**"
    assert shown.citizen.phone == "138****4567"
    assert shown.citizen.address == "关山大道**号**栋"
    assert "13871234567" not in repr(shown)
    assert "198001011" not in repr(shown)


def test_of_a_confidential_report_not_even_the_family_name_is_shown(store: Store) -> None:
    taken(store, appeal(nature="举报", reporter="王小明"))
    assert view(store).citizen.reporter == "（保密）"


def test_clocks_say_colour_level_and_time_left_in_the_unit_of_their_limit(store: Store) -> None:
    taken(
        store,
        appeal(
            unit=UNIT,
            dispatched_at=wuhan("2026-11-19 09:30"),
            acknowledged_at=wuhan("2026-11-19 10:00"),
        ),
    )
    shown = view(store)
    close = next(each for each in shown.deadlines if each.step == "close")
    assert (close.colour, close.level, close.remaining) == ("blue", 0, "余4个工作日")
    assert shown.leading is not None
    assert (shown.leading.step_name, shown.status) == ("首次联系", "办理中")


def test_next_steps_are_the_lawful_ones(store: Store) -> None:
    taken(store, appeal())
    assert [verb for verb, _ in view(store).next_steps] == [
        "dispatch",
        "act_first",
        "instruct",
        "note",
        "amend",
        "accuse",
    ]


def test_the_record_tells_acts_that_came_with_the_file_and_crossings_in_their_order(
    store: Store, clock: Clock
) -> None:
    taken(store, appeal(unit="某某办"))
    clock.travel_to("2026-11-20 17:00")
    sweep(store)
    ids = column(store, "SELECT id FROM ticket")
    take(store, "dispatch", ids, unit_id=unit_id(store, UNIT), reason="按职责")
    take(store, "acknowledge", ids)
    who = store.operator.name
    lines = [(line.text, line.who, line.reason) for line in view(store).trail]
    assert lines == [
        ("受理：城市留言板，编号WH20261119-00001", who, ""),
        ("派单时限转黄", "", ""),
        ("派单时限转红1", "", ""),
        ("派单时限转红2", "", ""),
        ("交办：市水务局", who, "按职责"),
        ("签收", who, ""),
    ]


def test_the_record_ends_with_what_holds_now_whatever_was_taken_back(
    store: Store, clock: Clock
) -> None:
    taken(store, appeal(unit=UNIT))
    ids = column(store, "SELECT id FROM ticket")
    clock.travel(minutes=5)
    take(store, "close", ids, outcome="已解决", at=clock.now - timedelta(hours=2))
    clock.travel(minutes=5)
    undo(store)
    assert view(store).status == "待签收"
    assert [line.text for line in view(store).trail][-2:] == [
        "办结：已解决（已撤销）",
        "撤销“办结：已解决”",
    ]
    clock.travel(minutes=5)
    redo(store)
    trail = view(store).trail
    assert view(store).status == "办结"
    assert [line.text for line in trail][-3:] == [
        "办结：已解决",
        "撤销“办结：已解决”（已重做）",
        "重做“办结：已解决”",
    ]
    recorded = [line.recorded_at for line in trail]
    assert recorded == sorted(recorded)
    assert trail[-3].happened_at == trail[-3].recorded_at - timedelta(hours=2)
    assert trail[-1].happened_at is None


@pytest.mark.parametrize(
    ("closed", "extended", "told"),
    [
        ("2026-11-26 17:30", False, "按时办结"),
        ("2026-11-26 17:31", False, "逾期1分办结"),
        ("2026-11-30 09:00", False, "逾期2个工作日办结"),
        ("2026-11-30 09:00", True, "延期后按时办结"),
    ],
)
def test_a_closed_matter_says_how_its_limit_was_kept(
    store: Store, clock: Clock, closed: str, extended: bool, told: str
) -> None:
    taken(store, appeal(unit=UNIT, dispatched_at=wuhan("2026-11-19 09:30")))
    ids = column(store, "SELECT id FROM ticket")
    if extended:
        take(store, "ask_extension", ids, limit_text="5wd", reason="会商")
        take(store, "grant_extension", ids)
    assert view(store).closing is None
    clock.travel_to(closed)
    take(store, "close", ids, outcome="已解决")
    ended = view(store).closing
    assert ended is not None and ended.kept == told


def test_an_assumed_dispatch_says_so(store: Store) -> None:
    taken(store, appeal(unit=UNIT))
    assert view(store).round.dispatch_assumed
    assert any("交办时间缺" in line.text for line in view(store).trail)


def test_a_number_there_is_not_says_what_to_do(store: Store) -> None:
    with pytest.raises(DubanError, match="请核对工单编号"):
        view(store, "WH20000101-00001")


def test_reading_a_ticket_loads_no_orm() -> None:
    code = "import models.views.ticket, sys; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
