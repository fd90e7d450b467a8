"""会商 and 先办后议: heard, decided, made a line; who acted first is not counted against."""

from __future__ import annotations

import pytest

from models import ranking
from models.casework.undoing import undo
from models.councils import (
    CouncilView,
    account_list,
    council_of,
    decide_council,
    first_list,
    hold_council,
    line_from_council,
    speak_at_council,
)
from models.dispatch import line_by_number
from models.store import LostRace, Store, verify_store
from rules.errors import Refused
from rules.ranking import parse_period
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, taken, unit_id, wuhan
from tests.models.casework.test_accounts import on_account
from tests.models.casework.walking import OTHER, STEPS, THIRD


def held(store: Store, clock: Clock, *numbers: str) -> CouncilView:
    """Hold a council of two units on Monday the 16th at 11:00."""
    clock.travel_to("2026-11-16 10:00")
    taken(store, appeal(received_at=wuhan("2026-11-16 09:00"), category="公用事业/供水"))
    clock.travel_to("2026-11-16 11:00")
    units = [unit_id(store, UNIT), unit_id(store, OTHER)]
    told = numbers or ("WH20261116-00001",)
    return hold_council(store, topic="二次供水归谁管", chair="李副市长", units=units, numbers=told)


def test_each_unit_is_heard_dissent_stays_and_the_decision_is_a_line(
    store: Store, clock: Clock
) -> None:
    council = held(store, clock)
    council = speak_at_council(store, council, unit_id(store, UNIT), opinion="可以接")
    council = speak_at_council(
        store, council, unit_id(store, OTHER), opinion="不属公安", dissents=True, person="张科长"
    )
    with pytest.raises(Refused, match="还没有结论"):
        line_from_council(store, council)
    council = decide_council(store, council, decision="由水务承办", unit_id=unit_id(store, UNIT))
    assert (council.state, council.dissenting) == ("decided", ("市公安局",))
    council = line_from_council(store, council)
    with store.reading() as reader:
        line = line_by_number(reader, council.line_number or 0).line
    assert (line.problem, line.category, line.unit_id) == (
        "二次供水归谁管",
        "公用事业/供水",
        unit_id(store, UNIT),
    )
    assert (line.basis_kind, line.basis) == ("裁定", "2026年11月16日会商#1")
    with pytest.raises(Refused, match="已写入派单目录"):
        line_from_council(store, council)
    assert verify_store(store).ok


def test_what_is_no_council_is_refused_with_what_to_write(
    sqlite_store: Store, clock: Clock
) -> None:
    council = held(sqlite_store, clock)
    mine = unit_id(sqlite_store, UNIT)
    with pytest.raises(Refused, match="至少要两个单位"):
        hold_council(sqlite_store, topic="议题", chair="李副市长", units=[mine, mine])
    with pytest.raises(Refused, match="议题和主持人"):
        hold_council(sqlite_store, topic=" ", chair="李副市长", units=[mine, 2])
    with pytest.raises(Refused, match="请写明意见"):
        speak_at_council(sqlite_store, council, mine, dissents=True)
    with pytest.raises(Refused, match="没有参加会商"):
        speak_at_council(sqlite_store, council, unit_id(sqlite_store, THIRD), opinion="同意")
    units = [mine, unit_id(sqlite_store, OTHER)]
    later = hold_council(
        sqlite_store, topic="议题", chair="李副市长", units=units, held_at=wuhan("2026-11-20 09:00")
    )
    with pytest.raises(Refused, match="还没有开"):
        decide_council(sqlite_store, later, decision="由水务承办", unit_id=mine)
    with pytest.raises(Refused, match="超过60天"):
        held_at = wuhan("2026-01-20 09:00")
        hold_council(sqlite_store, topic="议题", chair="李", units=units, held_at=held_at)


def test_without_units_there_no_decision_and_of_two_hands_the_second_is_told(
    sqlite_store: Store, clock: Clock
) -> None:
    seen = council = held(sqlite_store, clock)
    for seat in council.seats:
        council = speak_at_council(sqlite_store, council, seat.unit_id, present=False)
    with pytest.raises(LostRace, match="刚被他人改动"):
        decide_council(sqlite_store, seen, decision="由水务承办", unit_id=seat.unit_id)
    with pytest.raises(Refused, match="没有单位到会"):
        decide_council(sqlite_store, council, decision="由水务承办", unit_id=seat.unit_id)


def test_a_line_needs_words_where_the_appeals_share_no_category(
    sqlite_store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-11-16 10:00")
    taken(sqlite_store, appeal("Z", received_at=wuhan("2026-11-16 09:00"), category="城市管理"))
    council = held(sqlite_store, clock, "WH20261116-00001", "WH20261116-00002")
    mine = unit_id(sqlite_store, UNIT)
    council = decide_council(sqlite_store, council, decision="由水务承办", unit_id=mine)
    with pytest.raises(Refused, match="请写派单用词"):
        line_from_council(sqlite_store, council)
    council = line_from_council(sqlite_store, council, words=["二次供水", " "])
    with sqlite_store.reading() as reader:
        assert line_by_number(reader, council.line_number or 0).line.words == ("二次供水",)


def test_a_council_settles_whose_it_is_that_a_unit_acts_on_first(
    store: Store, clock: Clock
) -> None:
    council = held(store, clock)
    STEPS["act_first"](store)
    with pytest.raises(Refused, match="其间不退单"):
        STEPS["ask_return"](store)
    decide_council(store, council, decision="归公安", unit_id=unit_id(store, OTHER))
    with store.reading() as reader:
        [first] = first_list(reader)
    assert (first.unit, first.owner, first.council_id) == ("市水务局", "市公安局", council.id)
    undo(store)
    with store.reading() as reader:
        assert first_list(reader)[0].owner is None
        assert council_of(reader, council.id).decided_at is None
    assert verify_store(store).ok


def test_who_acted_first_is_counted_only_where_the_matter_turns_out_to_be_its_own(
    store: Store, clock: Clock
) -> None:
    council = held(store, clock)
    STEPS["act_first"](store)
    assert "先办后议1件次" in counted(store)[1]
    assert counted(store)[0] == (0, 0)
    clock.travel_to("2026-11-16 14:00")
    decide_council(store, council, decision="归水务", unit_id=unit_id(store, UNIT))
    assert counted(store)[0] == (1, 1)
    assert "先办后议" not in counted(store)[1]


def counted(store: Store) -> tuple[tuple[int, int], str]:
    """Return how much of the unit fell due and is open in November, and the notes."""
    view = ranking.edition_of(store, parse_period("2026-11", store.timekeeper().zone))
    row = next(row for row in view.rows if row.unit_id == unit_id(store, UNIT))
    return (row.tally.due, row.tally.open), "；".join(view.notes)


def test_the_ranking_prints_number_and_share_of_what_each_unit_has_on_account(
    store: Store, clock: Clock
) -> None:
    on_account(store, clock)
    with store.reading() as reader:
        assert [(a.state, a.head) for a in account_list(reader)] == [("running", "王局长")]
    assert "期末挂账1件，占各单位在办件的比例：市水务局1件（100.0%）" in counted(store)[1]
    assert counted(store)[0] == (0, 0)
