"""举报避让: a matter never goes to a unit that it is against, by whatever verb or rule."""

from __future__ import annotations

from typing import Any

import pytest

from models import casework
from models.casework.accused import accused_units
from models.casework.undoing import undo
from models.clocks.policies import load_policy
from models.dispatch.suggesting import Suggestions
from models.matter import load_matter, position
from models.store.store import Store
from models.store.verifying import verify_trail
from models.views.desk import desk_ids, desk_rows, desk_total
from rules.casework.lawful import allowed_steps
from rules.casework.steps import STEPS as TABLE
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, numbered, one, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER, STATES, THIRD, begin, walk

AGAINST = {"nature": "举报", "title": "举报市住更局工作人员收受红包", "content": "请严查"}

HOUSING = "武汉市住房和城市更新局"

RULES = """
[[routing]]
unit = "市住更局"
co_units = ["市水务局"]
keywords = "物业"
"""

ASKING = sorted(
    {
        step.function
        for step in TABLE
        if step.kind == "ticket" and any(ask.kind in ("unit", "units") for ask in step.asks)
    }
    - {"accuse", "absolve"}
)
"""Every verb of the table that may hand a matter to a unit, or take something from one."""

REFUSED_IN: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "dispatch": ((), {}),
    "grant_return": (STATES["return asked"], {}),
    "arbitrate": (STATES["second return"], {"reason": "按三定方案"}),
    "join": (STATES["dispatched"], {}),
    "assist": (("dispatch", "join"), {"text": "已配合"}),
    "rework": (STATES["closed"], {"reason": "群众不满意"}),
    "act_first": ((), {"reason": "归属有争议"}),
    "settle_owner": (("act_first",), {"reason": "会商结论"}),
}
"""The usual state in which each may be taken, and what it says besides the unit."""


def accused(store: Store, ticket: int = 1) -> list[tuple[str, bool | None]]:
    """Return the units a ticket is against with what a person has said of it."""
    with store.reading() as reader:
        return [(found.unit, found.confirmed) for found in accused_units(reader, [ticket])]


def test_every_verb_that_names_a_unit_is_tried() -> None:
    assert set(ASKING) == set(REFUSED_IN)


@pytest.mark.parametrize("verb", ASKING)
@pytest.mark.parametrize("confirmed", [True, False], ids=["confirmed", "guessed"])
def test_no_verb_hands_a_matter_to_whom_it_is_against(
    store: Store, verb: str, confirmed: bool
) -> None:
    steps, said = REFUSED_IN[verb]
    begin(store)
    walk(store, steps)
    unit = unit_id(store, THIRD)
    if confirmed:
        casework.take(store, "accuse", [1], unit_id=unit)
    else:
        with store.writing() as work:
            work.conn.exec_driver_sql(
                "INSERT INTO accused (version, ticket_id, unit_id, found_at) "
                f"VALUES (1, 1, {unit}, '2026-11-20 01:00:00+00:00')"
            )
    before = column(store, "SELECT count(*) FROM event")
    with pytest.raises(Refused, match="反映的是市城管执法委，不能交其办理：请移送有权机关"):
        casework.take(store, verb, [1], unit_id=unit, **said)
    assert column(store, "SELECT count(*) FROM event") == before


def test_co_units_of_a_dispatch_are_refused_too(store: Store) -> None:
    begin(store)
    casework.take(store, "accuse", [1], unit_id=unit_id(store, THIRD))
    with pytest.raises(Refused, match="不能交其办理"):
        casework.take(
            store,
            "dispatch",
            [1],
            unit_id=unit_id(store, UNIT),
            co_units=[unit_id(store, THIRD)],
        )
    assert casework.take(store, "dispatch", [1], unit_id=unit_id(store, UNIT)).done == (1,)


def test_of_many_only_those_against_the_unit_are_left_and_named(store: Store) -> None:
    taken(store, *numbered(appeal(f"A{n}") for n in range(3)))
    unit = unit_id(store, UNIT)
    casework.take(store, "accuse", [2], unit_id=unit)
    done = casework.take(store, "dispatch", [1, 2, 3], unit_id=unit)
    assert done.done == (1, 3)
    assert "不能交其办理" in done.skipped[0][1]


@pytest.mark.parametrize("state", ["dispatched", "acknowledged", "replied", "closed"])
def test_a_unit_found_accused_while_it_has_the_matter_does_nothing_more(
    store: Store, clock: Clock, state: str
) -> None:
    begin(store)
    walk(store, STATES[state])
    casework.take(store, "accuse", [1], unit_id=unit_id(store, UNIT))
    with store.reading() as reader:
        stands = position(reader, load_matter(reader, 1), store.timekeeper(), clock.now)
    offered = {step.verb for step in allowed_steps(stands) if step.actor == "unit"}
    assert offered <= {"ask_return"}
    with pytest.raises(Refused):
        casework.take(store, "urge", [1])
    with pytest.raises(Refused):
        casework.take(store, "rework", [1], reason="重办")
    if state == "replied":
        with pytest.raises(Refused, match="该件反映的正是承办单位"):
            casework.take(store, "close", [1], outcome="已解决")
        casework.take(store, "send_back", [1], reason="应当避让")
    if state != "closed":
        casework.take(store, "transfer", [1], unit_id=unit_id(store, OTHER))
        assert casework.take(store, "urge", [1]).done == (1,)


def test_the_unit_that_took_over_the_work_is_kept_away_too(store: Store) -> None:
    begin(store)
    old, new = unit_id(store, UNIT), unit_id(store, OTHER)
    casework.take(store, "accuse", [1], unit_id=old)
    with store.writing() as work:
        work.conn.exec_driver_sql(f"UPDATE unit SET successor_id = {new} WHERE id = {old}")
    with pytest.raises(Refused, match="反映的是市水务局"):
        casework.take(store, "dispatch", [1], unit_id=new)


def test_a_guess_counts_until_a_person_says_no(store: Store) -> None:
    taken(store, appeal(**AGAINST))
    unit = unit_id(store, HOUSING)
    assert accused(store) == [("市住更局", None)]
    with pytest.raises(Refused, match="反映的是市住更局"):
        casework.take(store, "dispatch", [1], unit_id=unit)
    casework.take(store, "absolve", [1], unit_id=unit)
    assert accused(store) == [("市住更局", False)]
    assert casework.take(store, "dispatch", [1], unit_id=unit).done == (1,)
    casework.take(store, "accuse", [1], unit_id=unit)
    assert accused(store) == [("市住更局", True)]
    undo(store)
    assert accused(store) == [("市住更局", False)]
    with store.reading() as reader:
        assert verify_trail(reader).ok


@pytest.mark.parametrize("verb", ["accuse", "absolve"])
def test_what_was_said_before_is_not_said_again(store: Store, verb: str) -> None:
    taken(store, appeal(**AGAINST))
    unit = unit_id(store, HOUSING)
    casework.take(store, verb, [1], unit_id=unit)
    with pytest.raises(Refused, match=r"不用再确认|没有列为被举报"):
        casework.take(store, verb, [1], unit_id=unit)


def test_the_trail_names_the_unit_and_not_the_words(store: Store) -> None:
    taken(store, appeal(**AGAINST))
    told = one(store, "SELECT unit_id, reason, payload FROM event WHERE verb = 'ticket.suspect'")
    assert told == (unit_id(store, HOUSING), None, "{}")
    assert column(store, "SELECT words FROM accused") == ["市住更局工作人员"]


def test_a_guess_waits_on_the_desk_until_it_is_said_or_the_matter_is_closed(
    store: Store,
) -> None:
    taken(
        store,
        *numbered(
            [
                appeal("A1", **AGAINST),
                appeal("A2", nature="投诉", title="市城管局执法人员乱收费"),
                appeal("A3", **AGAINST, unit=UNIT, closed_at=wuhan("2026-11-19 12:00")),
            ]
        ),
    )
    with store.reading() as reader:
        total = desk_total(reader)
        first, second = desk_rows(reader, "accused")
        assert len(desk_ids(reader, "accused")) == 2
    assert (first.title, first.unit, first.said) == ("举报件", "市住更局", "")
    assert (second.unit, second.said) == ("市城管执法委", "市城管局执法人员乱收费")
    casework.take(store, "absolve", [2], unit_id=unit_id(store, THIRD))
    casework.take(store, "accuse", [1], unit_id=unit_id(store, HOUSING))
    with store.reading() as reader:
        assert desk_rows(reader, "accused") == []
        assert desk_total(reader) == total - 2


@pytest.mark.parametrize(
    ("changes", "state", "withheld"),
    [
        ({"unit": HOUSING}, "waiting", (2,)),
        ({"unit": HOUSING, "dispatched_at": wuhan("2026-11-19 10:00")}, "waiting", (2,)),
        ({"unit": UNIT}, "dispatched", ()),
        ({"unit": UNIT, "co_units": (HOUSING,)}, "dispatched", (2,)),
        ({"unit": HOUSING, "closed_at": wuhan("2026-11-19 12:00")}, "closed", ()),
    ],
)
def test_a_file_hands_nothing_to_whom_it_is_against(
    store: Store, changes: dict[str, Any], state: str, withheld: tuple[int, ...]
) -> None:
    result = taken(store, appeal(**AGAINST, **changes))
    assert result.withheld == withheld
    assert column(store, "SELECT state FROM round") == [state]
    if state != "closed":
        unit = unit_id(store, HOUSING)
        assert unit not in column(store, "SELECT lead_unit_id FROM round")
        assert unit not in column(store, "SELECT unit_id FROM round_unit")
        assert column(store, "SELECT unit_text FROM ticket") == [None]
    again = taken(store, appeal(**AGAINST, **changes))
    assert again.unchanged == 1


def test_a_later_file_that_names_the_unit_becomes_a_conflict(store: Store) -> None:
    taken(store, appeal(**AGAINST))
    result = taken(store, appeal(**AGAINST, unit=HOUSING, co_units=(HOUSING,)))
    assert result.conflicts == 1
    assert column(store, "SELECT state FROM round") == ["waiting"]
    assert column(store, 'SELECT "column" FROM conflict ORDER BY id') == ["co_units", "unit"]


def test_a_changed_text_is_looked_at_again(store: Store) -> None:
    taken(store, appeal())
    assert accused(store) == []
    taken(store, appeal(**{**AGAINST, "content": "门前的路灯三天不亮（A1）"}, unit=HOUSING))
    assert accused(store) == [("市住更局", None)]
    assert column(store, "SELECT lead_unit_id FROM round") == [None]


@pytest.mark.parametrize(
    ("changes", "lead"),
    [
        ({"title": "物业乱收费"}, True),
        ({"title": "物业乱收费", "nature": "举报"}, False),
        ({"title": "物业乱收费", "urgency": "特急"}, False),
        ({"title": "物业问题，市住更局工作人员推诿"}, False),
    ],
)
def test_a_rule_hands_out_neither_reports_nor_what_presses_nor_to_the_accused(
    store: Store, changes: dict[str, Any], lead: bool
) -> None:
    load_policy(store, one(store, "SELECT text FROM policy")[0] + RULES, "自动交办")
    result = taken(store, appeal(**changes))
    assert column(store, "SELECT lead_unit_id IS NOT NULL FROM round") == [lead]
    assert result.withheld == ()


def test_the_accused_is_not_suggested(sqlite_store: Store, clock: Clock) -> None:
    unit = unit_id(sqlite_store, UNIT)
    taken(sqlite_store, *numbered(appeal(f"A{n}", unit=UNIT) for n in range(3)))
    taken(sqlite_store, appeal("B1", line=9))

    def suggested() -> list[int]:
        with sqlite_store.reading() as reader:
            found = Suggestions(reader, today=clock.now.date()).of(reader, 4)
        return [each.unit_id for each in found]

    assert suggested() == [unit]
    casework.take(sqlite_store, "accuse", [4], unit_id=unit)
    assert suggested() == []
