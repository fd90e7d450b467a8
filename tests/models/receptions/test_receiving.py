"""接谈登记: parties of a reception day become appeals, or are linked to what is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from models.casework.undoing import undo
from models.receptions import (
    been_before,
    close_day,
    day_figures,
    mark_again,
    meetings_of,
    plan,
    receive,
    reception_days,
    receptions_on,
    strike_last,
    sum_of,
    take_parties,
)
from models.receptions.reception import ReceptionView
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.casework import Reject
from rules.casework.appeal import Appeal
from rules.errors import Refused
from rules.receptions import Party, Planned
from rules.text import MASKED
from tests.conftest import Clock
from tests.models.appeals import COLUMNS, UNIT, column, one, taken, wuhan

DAY = date(2026, 11, 20)


def place(name: str = "关山街道信访接待室", **said: Any) -> Planned:
    """Return a place of the day as it is planned."""
    return Planned(**{"day": DAY, "place": name, "leader": "周正", "line": 2, **said})


def party(n: int = 0, **said: Any) -> Party:
    """Return a party whose citizen has a telephone of their own, unless another is said."""
    told = {
        "channel": "大接访",
        "reporter": f"来访人{n}",
        "phone": f"1387123{n:04d}",
        "content": f"小区停水三天无人处理（{n}）",
        "nature": "投诉",
        "unit": UNIT,
        "fields": COLUMNS,
    }
    appeal = {name: said.pop(name) for name in [*said] if name in told}
    whole = {"outcome": "referred", "line": n, "place": "关山街道信访接待室", **said}
    return Party(Appeal(**{**told, **appeal}), **whole)


def planned(store: Store, *places: Planned) -> list[ReceptionView]:
    """Plan places of the day."""
    done = plan(store, places or [place()])
    assert not done.refused
    return receptions_on_day(store)


def receptions_on_day(store: Store) -> list[ReceptionView]:
    with store.reading() as reader:
        return receptions_on(reader, DAY)


def refusals(store: Store, *parties: Party | Reject) -> list[str]:
    """Return why lines of a workbook are refused."""
    return [one.reason for one in take_parties(store, DAY, parties).refused]


def test_a_day_from_its_plan_to_its_figures(store: Store) -> None:
    here, there = planned(store, place(units=(UNIT,)), place("区信访局", line=3))
    taken(store)
    done = [
        receive(store, here, party(1, line=0, people=6, lead="周正", again=False)),
        receive(store, here, party(2, outcome="solved", words="当场接通供水", again=True)),
        receive(store, here, party(3, outcome="transferred", lawsuit=True, sent_to="区人民法院")),
        receive(store, there, party(4, outcome="pledged")),
    ]
    assert [(one.serial, one.number, one.aside) for one in done] == [
        (1, "WH20261120-00001", False),
        (2, "WH20261120-00002", False),
        (3, "WH20261120-00003", True),
        (1, "WH20261120-00004", False),
    ]
    assert column(store, "SELECT state FROM ticket ORDER BY id") == [
        "open",
        "closed",
        "analysis",
        "open",
    ]
    assert set(column(store, "SELECT channel FROM ticket")) == {"大接访"}
    assert column(store, "SELECT reception_id FROM ticket ORDER BY id") == [1, 1, 1, 2]
    assert one(store, "SELECT count(*) FROM deadline WHERE ticket_id = 3") == (0,)
    with store.reading() as reader:
        total = sum_of(day_figures(reader, DAY, DAY), DAY)
        (day,) = reception_days(reader)
        assert verify_trail(reader).ok
    assert (total.batches, total.people, total.collective, total.collective_people) == (4, 9, 1, 6)
    assert (total.first, total.again) == (3, 1)
    assert (total.solved, total.pledged, total.referred, total.transferred) == (1, 1, 1, 1)
    assert total.lawsuit == 1
    assert (day.places, day.people, day.solved, day.state) == (2, 9, 1, "登记中")
    assert close_day(store, DAY) == 2
    with pytest.raises(Refused, match="已结束登记"):
        receive(store, here, party(5))
    undo(store)
    assert receive(store, here, party(5)).serial == 4


def test_a_workbook_is_taken_line_by_line_and_only_once(store: Store) -> None:
    planned(store, place(), place("区信访局", line=3))
    lines: list[Party | Reject] = [
        party(2),
        party(3, reporter="来访人2", phone="13871230002", content="路灯不亮"),
        party(4, reporter="来访人2", phone="13871230002", content="路灯又坏了", another=True),
        party(5, place="没有这里"),
        Reject(6, "人次“许多”不是数", {}),
        party(7, place="区信访局", unit="没有的单位"),
        party(8, place="区信访局", outcome="transferred"),
    ]
    told = take_parties(store, DAY, lines, dry_run=True)
    assert (told.read, told.new) == (7, 2)
    assert column(store, "SELECT id FROM meeting") == []
    told = take_parties(store, DAY, lines)
    assert (told.read, told.new, told.known) == (7, 2, 0)
    assert [(one.line, one.reason.partition("：")[0]) for one in told.refused] == [
        (3, "与第2行是同一位来访人"),
        (5, "2026-11-20 没有接访点“没有这里”"),
        (6, "人次“许多”不是数"),
        (7, "不认识的责任单位“没有的单位”"),
        (8, "移送要写明移送何处"),
    ]
    again = take_parties(store, DAY, lines)
    assert (again.new, again.known, len(again.refused)) == (0, 2, 5)


def test_who_sits_down_is_known_only_as_a_hint(sqlite_store: Store, clock: Clock) -> None:
    (here,) = planned(sqlite_store)
    receive(sqlite_store, here, party(1))
    with pytest.raises(Refused, match="今天已在关山街道信访接待室第1批登记"):
        receive(sqlite_store, here, party(1, content="另外一件"))
    later = date(2026, 12, 18)
    plan(sqlite_store, [place(day=later)])
    clock.travel_to("2026-12-18 10:00")
    with sqlite_store.reading() as reader:
        before = been_before(reader, "来访人1", "13871230001", later, MASKED)
        (there,) = receptions_on(reader, later)
    assert (before.times, before.last, before.today) == (1, DAY, False)
    assert before.matters[0][0] == "WH20261120-00001"
    receive(sqlite_store, there, party(1))
    with sqlite_store.reading() as reader:
        (met,) = meetings_of(reader, there.id, MASKED)
    assert met.seen_before and not met.again
    mark_again(sqlite_store, met, again=True)
    with sqlite_store.reading() as reader:
        (met,) = meetings_of(reader, there.id, MASKED)
    assert met.again and not met.seen_before


def test_what_is_here_already_is_linked_not_registered_again(store: Store) -> None:
    taken(
        store, replace(party().appeal, external_id="XF-77", received_at=wuhan("2026-11-19 09:00"))
    )
    (here,) = planned(store)
    number = column(store, "SELECT number FROM ticket")[0]
    by_number = receive(store, here, party(1, link=number, content="", unit=None))
    by_petition = receive(store, here, party(2, petition="XF-77"))
    assert by_number.linked and by_petition.linked
    assert {by_number.number, by_petition.number} == {number}
    assert one(store, "SELECT count(*) FROM ticket") == (1,)
    assert "周正接待" in column(store, "SELECT text FROM note ORDER BY id")[0]
    with pytest.raises(Refused, match="没有工单 WH0"):
        receive(store, here, party(3, link="WH0"))


def test_a_petition_registered_elsewhere_gets_no_second_clock(sqlite_store: Store) -> None:
    (here,) = planned(sqlite_store)
    done = receive(sqlite_store, here, party(1, petition="4201-2026-0088"))
    assert done.aside
    assert one(sqlite_store, "SELECT external_id, state FROM ticket") == (
        "4201-2026-0088",
        "analysis",
    )
    assert column(sqlite_store, "SELECT id FROM deadline") == []
    assert column(sqlite_store, "SELECT petition_number FROM meeting") == ["4201-2026-0088"]


def test_the_last_one_is_taken_back_and_its_number_is_not_given_again(store: Store) -> None:
    (here,) = planned(store)
    receive(store, here, party(1))
    receive(store, here, party(2))
    assert strike_last(store, here.id).serial == 2
    assert receive(store, here, party(2)).number == "WH20261120-00003"
    assert one(store, "SELECT title, content, state FROM ticket WHERE id = 2") == (
        "（接访登记已撤回）",
        "",
        "analysis",
    )
    assert column(store, "SELECT ticket_id FROM citizen ORDER BY ticket_id") == [1, 3]
    assert column(store, "SELECT id FROM deadline WHERE ticket_id = 2") == []
    with store.reading() as reader:
        assert verify_trail(reader).ok


def test_a_promise_is_written_down_with_its_clock(sqlite_store: Store) -> None:
    (here,) = planned(sqlite_store)
    said = {"outcome": "pledged", "promise": "一个月内接通供水", "promise_due": date(2026, 12, 18)}
    receive(sqlite_store, here, party(1, **said))
    assert one(sqlite_store, "SELECT meeting_id, ticket_id, leader, text FROM pledge") == (
        1,
        1,
        "周正",
        "一个月内接通供水",
    )
    clock = "SELECT due_at, leads FROM deadline WHERE subject_kind = 'pledge'"
    assert one(sqlite_store, clock)[1] == 1
    with pytest.raises(Refused, match="先作废承诺"):
        strike_last(sqlite_store)
    past = {**said, "promise_due": date(2026, 11, 19)}
    assert refusals(sqlite_store, party(2, **past)) == ["兑现期限已过：请写将来的日期"]


def test_a_plan_is_changed_by_its_line_and_taken_back(sqlite_store: Store) -> None:
    planned(sqlite_store, place(units=(UNIT,)))
    done = plan(sqlite_store, [place(leader="王敏", units=(), opens=time(14)), place(line=3)])
    assert (done.new, done.changed, [one.line for one in done.refused]) == (0, 1, [3])
    (here,) = receptions_on_day(sqlite_store)
    assert (here.leader, here.units, here.held_at) == ("王敏", (), wuhan("2026-11-20 14:00"))
    undo(sqlite_store)
    (here,) = receptions_on_day(sqlite_store)
    assert (here.leader, here.units) == ("周正", ("市水务局",))
    assert plan(sqlite_store, [place(units=(UNIT,))]).unchanged == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"content": "", "outcome": "referred"}, "没有写来访事项"),
        ({"outcome": "solved"}, "现场解决要写怎样解决的"),
        ({"outcome": "referred", "lawsuit": True}, "涉法涉诉"),
        ({"people": 0}, "人次写1到9999的数"),
        ({"outcome": "pledged", "promise": "一个月内通水"}, "承诺事项要写承诺期限"),
        ({"outcome": "pledged", "unit": None}, "承诺要写责任单位"),
    ],
)
def test_what_is_missing_is_said(sqlite_store: Store, said: dict[str, Any], why: str) -> None:
    planned(sqlite_store)
    assert [why in reason for reason in refusals(sqlite_store, party(2, **said))] == [True]
