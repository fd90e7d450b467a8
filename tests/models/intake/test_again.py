"""Importing again: only what changed in the file is applied; what an operator set stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.bureau.roster import load_units
from models.bureau.units import UnitRecord
from models.casework import take
from models.intake.conflicts import take_theirs
from models.intake.results import IntakeResult
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.cells import rows_of

OTHER = "武汉市公安局"

VERBS = "SELECT verb FROM event WHERE subject_kind = 'ticket' ORDER BY seq"


def _changed(result: IntakeResult) -> tuple[int, int, int, int]:
    return result.new, result.updated, result.unchanged, result.conflicts


def test_the_same_row_again_changes_nothing(store: Store) -> None:
    taken(store, appeal(unit=UNIT))
    versions = one(store, "SELECT t.version, r.version FROM ticket t, round r")
    assert _changed(taken(store, appeal(unit=UNIT))) == (0, 0, 1, 0)
    assert one(store, "SELECT t.version, r.version FROM ticket t, round r") == versions
    assert column(store, VERBS) == ["ticket.intake"]


def test_acts_new_in_the_file_go_through_their_verbs_in_order(store: Store) -> None:
    taken(store, appeal())
    later = appeal(
        unit=UNIT,
        dispatched_at=wuhan("2026-11-19 10:00"),
        acknowledged_at=wuhan("2026-11-19 11:00"),
        contacted_at=wuhan("2026-11-19 15:00"),
        reply="已修复",
        replied_at=wuhan("2026-11-20 09:00"),
        closed_at=wuhan("2026-11-20 10:00"),
        outcome="已解决",
        result_rating="满意",
        work_rating="基本满意",
        rated_at=wuhan("2026-11-20 12:00"),
    )
    assert _changed(taken(store, later)) == (0, 1, 0, 0)
    assert column(store, VERBS) == [
        "ticket.intake",
        "ticket.dispatch",
        "ticket.acknowledge",
        "ticket.contact",
        "ticket.reply",
        "ticket.close",
        "ticket.rate",
    ]
    assert column(store, "SELECT at FROM event WHERE verb = 'ticket.acknowledge'") == [
        wuhan("2026-11-19 11:00")
    ]
    assert one(store, "SELECT state, outcome, work_rating FROM round") == (
        "closed",
        "已解决",
        "基本满意",
    )
    assert column(store, "SELECT count(*) FROM deadline WHERE stopped_at IS NULL OR leads") == [0]
    assert taken(store, later).unchanged == 1


def test_what_comes_in_two_files_ends_as_what_comes_in_one(store: Store) -> None:
    whole = appeal(
        "A1",
        unit=UNIT,
        dispatched_at=wuhan("2026-11-19 10:00"),
        acknowledged_at=wuhan("2026-11-19 11:00"),
        reply="已修复",
        replied_at=wuhan("2026-11-20 09:00"),
    )
    taken(store, whole, replace(appeal("A2"), line=3))
    taken(store, replace(whole, external_id="A2"))
    shape = (
        "SELECT step, started_at, due_at, stopped_at, next_at, leads, worst_colour "
        "FROM deadline WHERE ticket_id = {} ORDER BY step"
    )
    with store.reading() as reader:
        first, second = rows_of(reader, shape.format(1)), rows_of(reader, shape.format(2))
    assert first == second


def test_only_the_column_that_differs_from_the_last_row_is_applied(store: Store) -> None:
    taken(store, appeal(category="城乡建设/供水"))
    take(store, "dispatch", [1], unit_id=unit_id(store, OTHER))
    assert _changed(taken(store, appeal(category="城乡建设/照明"))) == (0, 1, 0, 0)
    assert one(store, "SELECT lead_unit_id FROM round") == (unit_id(store, OTHER),)
    assert one(store, "SELECT category FROM ticket") == ("城乡建设/照明",)


def test_what_an_operator_set_is_kept_and_the_difference_waits_on_the_desk(store: Store) -> None:
    taken(store, appeal())
    take(store, "dispatch", [1], unit_id=unit_id(store, OTHER))
    assert _changed(taken(store, appeal(unit=UNIT, category="照明"))) == (0, 0, 0, 1)
    assert one(store, "SELECT lead_unit_id FROM round") == (unit_id(store, OTHER),)
    assert one(store, 'SELECT "column", ours, theirs FROM conflict') == ("unit", "市公安局", UNIT)
    assert one(store, "SELECT category FROM ticket") == ("照明",)
    assert _changed(taken(store, appeal(unit=UNIT, category="照明"))) == (0, 0, 1, 0)


def test_a_later_file_renews_the_conflict_that_waits(store: Store) -> None:
    taken(store, appeal())
    take(store, "dispatch", [1], unit_id=unit_id(store, OTHER))
    taken(store, appeal(unit=UNIT))
    taken(store, appeal(unit="武汉市教育局"))
    assert column(store, "SELECT theirs FROM conflict") == ["武汉市教育局"]


HELPS = "SELECT u.name FROM round_unit h JOIN unit u ON u.id = h.unit_id ORDER BY 1"


@pytest.mark.parametrize("known_before", [False, True])
def test_a_helper_that_nobody_knows_waits_and_is_taken_as_a_helper(
    store: Store, known_before: bool
) -> None:
    """The lead must not change hands: a file that names a helper says nothing of the lead."""
    if known_before:
        taken(store, appeal(unit=UNIT))
    taken(store, appeal(unit=UNIT, co_units=(OTHER, "市低空办")))
    assert one(store, 'SELECT "column", ours, theirs FROM conflict') == (
        "co_units",
        None,
        f"{OTHER};市低空办",
    )
    assert column(store, HELPS) == [OTHER]
    ids = column(store, "SELECT id FROM conflict")
    with pytest.raises(Refused, match="不认识的协办单位“市低空办”"):
        take_theirs(store, ids)
    load_units(store, [UnitRecord("Z1", "市低空办", "市低空办", "市直部门")], "机构改革")
    take_theirs(store, ids)
    assert column(store, HELPS) == sorted([OTHER, "市低空办"])
    assert one(store, "SELECT u.name FROM round r JOIN unit u ON u.id = r.lead_unit_id") == (UNIT,)


def test_what_file_and_operator_say_alike_is_no_conflict(store: Store) -> None:
    taken(store, appeal())
    take(store, "dispatch", [1], unit_id=unit_id(store, UNIT))
    assert taken(store, appeal(unit="市水务局")).conflicts == 0
    assert one(store, "SELECT count(*) FROM conflict") == (0,)


def test_an_act_recorded_by_hand_at_another_time_is_a_conflict(store: Store, clock: Clock) -> None:
    taken(store, appeal(unit=UNIT))
    take(store, "acknowledge", [1], at=clock.now)
    result = taken(store, appeal(unit=UNIT, acknowledged_at=wuhan("2026-11-20 09:00")))
    assert result.conflicts == 1
    assert one(store, "SELECT acknowledged_at FROM round") == (clock.now,)


def test_an_older_row_never_overrides_a_newer_one(store: Store) -> None:
    taken(store, appeal(category="新", updated_at=wuhan("2026-11-20 12:00")))
    result = taken(store, appeal(category="旧", updated_at=wuhan("2026-11-20 11:00")))
    assert _changed(result) == (0, 0, 1, 0)
    assert one(store, "SELECT category FROM ticket") == ("新",)


def test_a_row_seen_unchanged_later_guards_against_what_came_in_between(store: Store) -> None:
    taken(store, appeal(updated_at=wuhan("2026-11-20 10:00")))
    taken(store, appeal(updated_at=wuhan("2026-11-20 12:00")))
    between = appeal(category="中间", updated_at=wuhan("2026-11-20 11:00"))
    assert taken(store, between).unchanged == 1


def test_a_file_taken_before_is_older_than_what_came_after_it(store: Store) -> None:
    taken(store, appeal(category="一"), digest="first")
    taken(store, appeal(category="二"), digest="second")
    assert taken(store, appeal(category="一"), digest="first").unchanged == 1
    assert one(store, "SELECT category FROM ticket") == ("二",)


def test_an_empty_cell_never_overrides_a_value(store: Store) -> None:
    taken(store, appeal(category="照明", reporter="王小明", handler="李四"))
    assert taken(store, appeal()).unchanged == 1
    assert one(store, "SELECT category FROM ticket") == ("照明",)


def test_a_masked_value_never_overrides_an_unmasked_one(store: Store) -> None:
    taken(store, appeal(reporter="王小明", phone="13871234567"))
    assert taken(store, appeal(reporter="王**", phone="138****4567")).unchanged == 1
    assert one(store, "SELECT reporter, phone FROM person") == ("王小明", "13871234567")


def test_an_unmasked_value_takes_the_place_of_a_masked_one(store: Store) -> None:
    taken(store, appeal(reporter="王**"))
    assert taken(store, appeal(reporter="王小明")).updated == 1
    assert one(store, "SELECT reporter FROM person") == ("王小明",)
    (payload,) = one(store, "SELECT payload FROM event WHERE verb = 'ticket.amend'")
    assert "reporter" in payload
    assert "王" not in payload


def test_a_date_never_overrides_a_time_of_the_same_day(store: Store) -> None:
    closed = wuhan("2026-11-20 10:00")
    taken(store, appeal(unit=UNIT, closed_at=closed))
    day = appeal(unit=UNIT, closed_at=wuhan("2026-11-20 00:00"), date_only=frozenset({"closed_at"}))
    assert taken(store, day).unchanged == 1
    assert one(store, "SELECT closed_at FROM round") == (closed,)


def test_a_time_refines_a_date_of_the_same_day(store: Store) -> None:
    day = appeal(unit=UNIT, closed_at=wuhan("2026-11-20 00:00"), date_only=frozenset({"closed_at"}))
    taken(store, day)
    closed = wuhan("2026-11-20 10:00")
    assert taken(store, appeal(unit=UNIT, closed_at=closed)).updated == 1
    assert one(store, "SELECT closed_at FROM round") == (closed,)
    assert column(store, "SELECT stopped_at FROM deadline WHERE step = 'close'") == [closed]


def test_one_identity_with_another_time_and_text_is_a_clash(store: Store) -> None:
    taken(store, appeal())
    stranger = appeal(received_at=wuhan("2026-11-18 09:00"), title="噪声扰民", content="夜里施工")
    result = taken(store, stranger)
    assert result.rejected == 1
    assert "另一件诉求" in result.rejects[0].reason
    assert one(store, "SELECT title FROM ticket") == ("路灯不亮",)


def test_a_ticket_is_known_by_its_number_from_whatever_source(store: Store) -> None:
    taken(store, appeal())
    (number,) = one(store, "SELECT number FROM ticket")
    again = replace(appeal(category="照明"), number=number, external_id=None)
    assert _changed(taken(store, again)) == (0, 1, 0, 0)
    assert one(store, "SELECT category FROM ticket") == ("照明",)
    assert taken(store, again).unchanged == 1


def test_a_changed_urgency_presses_and_leaves_running_clocks_their_limit(store: Store) -> None:
    taken(store, appeal(unit=UNIT))
    taken(store, appeal(unit=UNIT, urgency="特急"))
    row = one(store, "SELECT limit_text, revision, pressing FROM deadline WHERE step = 'close'")
    assert row == ("5wd", 1, True)


def test_a_time_of_dispatch_told_later_replaces_the_assumed_one(store: Store) -> None:
    taken(store, appeal(unit=UNIT))
    told = wuhan("2026-11-19 15:00")
    assert taken(store, appeal(unit=UNIT, dispatched_at=told)).updated == 1
    assert one(store, "SELECT dispatched_at, dispatch_assumed FROM round") == (told, False)
    assert one(store, "SELECT started_at FROM deadline WHERE step = 'close'") == (told,)


def test_another_unit_in_the_file_hands_the_ticket_on(store: Store, clock: Clock) -> None:
    taken(store, appeal(unit=UNIT))
    assert taken(store, appeal(unit=OTHER)).updated == 1
    row = one(store, "SELECT lead_unit_id, state, handed_at FROM round")
    assert row == (unit_id(store, OTHER), "dispatched", clock.now)


def test_a_step_the_rules_refuse_becomes_a_conflict(store: Store) -> None:
    taken(store, appeal(unit=UNIT, dispatched_at=wuhan("2026-11-19 10:00")))
    early = appeal(
        unit=UNIT,
        dispatched_at=wuhan("2026-11-19 10:00"),
        acknowledged_at=wuhan("2026-11-19 09:30"),
    )
    assert taken(store, early).conflicts == 1
    assert one(store, "SELECT acknowledged_at FROM round") == (None,)


@pytest.mark.parametrize("days", [0, 3])
def test_after_any_number_of_files_the_trail_is_whole(
    store: Store, clock: Clock, days: int
) -> None:
    taken(store, appeal(unit=UNIT))
    clock.travel(days=days)
    taken(store, appeal(unit=OTHER, category="照明"))
    with store.reading() as reader:
        assert verify_trail(reader).ok


def test_our_own_masked_texts_brought_back_change_nothing(store: Store) -> None:
    ours = {
        "title": "王小明家楼道灯不亮",
        "content": "请回电13812345678，我住3栋2单元",
        "object": "李四超市（13987654321）",
        "grid": "洪山区锦绣花园3栋2单元1502室",
    }
    taken(store, appeal(**ours))
    masked = {
        "title": "王**家楼道灯不亮",
        "content": "请回电138****5678，我住**栋**单元",
        "object": "李四超市（139****4321）",
        "grid": "洪山区锦绣花园**栋**单元**室",
    }
    assert _changed(taken(store, appeal(**masked))) == (0, 0, 1, 0)
    assert one(store, "SELECT title, content, object, grid FROM ticket") == tuple(ours.values())
    taken(store, appeal(**{**masked, "title": "王**家楼道灯修好了"}))
    assert one(store, "SELECT title, content FROM ticket") == (
        "王**家楼道灯修好了",
        ours["content"],
    )
