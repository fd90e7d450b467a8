"""Whose an appeal is, is shown for a reason, to whoever works on it, and never without a record."""

from __future__ import annotations

from typing import Any

import pytest

from models.bureau.operators import add_operator
from models.casework import take, undo
from models.clocks.policies import load_policy
from models.privacy.looking import Seen, look
from models.store.errors import NotAllowed
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_store
from models.views.record import storyline
from rules.bureau import ROLE_NAMES, read_policy
from rules.errors import DubanError, Refused
from rules.text import Citizen
from seed.reference.catalogue import first_content
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken
from tests.models.cells import rows_of

CITIZEN = Citizen("王小明", "13871234567", "关山大道1号3栋")

LOOKS = "SELECT verb, reason, payload FROM event WHERE verb LIKE 'ticket.look%' ORDER BY seq"


def put(store: Store, *, confidential: bool = False) -> int:
    """Take one appeal in; return its id."""
    known = {"reporter": CITIZEN.reporter, "phone": CITIZEN.phone, "address": CITIZEN.address}
    taken(store, appeal(unit=UNIT, confidential=confidential, **known))
    return int(one(store, "SELECT id FROM ticket")[0])


def looks(store: Store) -> list[tuple[Any, ...]]:
    with store.reading() as reader:
        return [tuple(row) for row in rows_of(reader, LOOKS)]


def test_a_look_is_on_record_with_its_reason_and_says_nothing_of_the_person(store: Store) -> None:
    id = put(store)
    number = one(store, "SELECT number FROM ticket")[0]
    assert look(store, id, "1") == Seen(id, number, CITIZEN, "联系诉求人")
    assert look(store, id, "其他", "  信访局\n来函核对 ").reason == "其他：信访局 来函核对"
    assert looks(store) == [
        ("ticket.look", "联系诉求人", "{}"),
        ("ticket.look", "其他：信访局 来函核对", "{}"),
    ]
    with store.reading() as reader:
        line = storyline(reader, id)[-2]
    assert (line.text, line.reason) == ("查看联系方式", "联系诉求人")
    assert verify_store(store).ok


@pytest.mark.parametrize(
    ("reason", "said", "told"),
    [
        ("好奇", None, "没有“好奇”这个事由：请选 1 联系诉求人"),
        ("9", None, "没有“9”这个事由"),
        ("0", None, "没有“0”这个事由"),
        ("", None, "没有“”这个事由"),
        ("5", None, "请用一句话写明"),
        ("其他", "　 ", "请用一句话写明"),
    ],
)
def test_without_a_reason_nothing_is_shown_and_nothing_recorded(
    sqlite_store: Store, reason: str, said: str | None, told: str
) -> None:
    id = put(sqlite_store)
    with pytest.raises(Refused, match=told):
        look(sqlite_store, id, reason, said)
    assert looks(sqlite_store) == []


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize("role", ROLE_NAMES)
def test_only_who_works_on_matters_looks_and_of_a_confidential_one_only_a_supervisor(
    sqlite_store: Store, clock: Clock, role: str, confidential: bool
) -> None:
    id = put(sqlite_store, confidential=confidential)
    add_operator(sqlite_store, role, roles=[role])
    theirs = open_store(sqlite_store.target, now=clock, first=first_content, login=role)
    may = {"supervisor"} if confidential else {"supervisor", "signer", "administrator"}
    if role in may:
        assert look(theirs, id, "核实情况").citizen == CITIZEN
        verb = "ticket.look_confidential" if confidential else "ticket.look"
        assert looks(theirs) == [(verb, "核实情况", "{}")]
    else:
        with pytest.raises(NotAllowed, match="没有办理此事的权限"):
            look(theirs, id, "核实情况")
        assert looks(theirs) == []
    theirs.close()


def test_a_look_is_no_act_undo_goes_past_it(store: Store) -> None:
    id = put(store)
    take(store, "acknowledge", [id])
    look(store, id, "1")
    assert undo(store).verb == "acknowledge"
    assert column(store, "SELECT state FROM round") == ["dispatched"]


def test_what_was_erased_is_not_looked_at(sqlite_store: Store) -> None:
    id = put(sqlite_store)
    with sqlite_store.writing() as work:
        work.conn.exec_driver_sql("UPDATE ticket SET erased_at = '2026-01-01 00:00:00.000000'")
    with pytest.raises(DubanError, match="个人信息已按期清除"):
        look(sqlite_store, id, "1")
    assert looks(sqlite_store) == []


def test_a_source_that_said_nothing_leaves_nothing_to_see(sqlite_store: Store) -> None:
    taken(sqlite_store, appeal())
    assert look(sqlite_store, 1, "1").citizen == Citizen("", "", "")


def test_a_policy_names_reasons_of_its_own_before_the_last() -> None:
    policy = read_policy('[privacy]\nreasons = ["媒体核实"]\n')
    assert policy.privacy.look_reasons[-2:] == ("媒体核实", "其他")
    with pytest.raises(DubanError, match="reasons"):
        read_policy('[privacy]\nreasons = ["一", "二", "三", "四", "五"]\n')


def test_an_operator_sees_so_many_numbers_a_day_and_no_more(store: Store, clock: Clock) -> None:
    id = put(store)
    text = one(store, "SELECT text FROM policy")[0]
    load_policy(store, text.replace("looks = 300", "looks = 2"), "每日上限")
    look(store, id, "核查回访")
    look(store, id, "联系诉求人")
    with pytest.raises(Refused, match="今天已查看2次联系方式"):
        look(store, id, "核查回访")
    assert len(looks(store)) == 2
    clock.travel(days=1)
    look(store, id, "核查回访")


def test_nobody_is_called_about_a_confidential_matter(sqlite_store: Store) -> None:
    id = put(sqlite_store, confidential=True)
    with pytest.raises(Refused, match="是保密件，不拨打回访"):
        look(sqlite_store, id, "核查回访")
    assert looks(sqlite_store) == []
