"""Loading a calendar reaches every running clock at once, tells each why, and can be undone."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from models.casework import dispatch, take
from models.clocks.calendars import (
    calendar_versions,
    load_calendar,
    rehearse_calendar,
    restore_calendar,
    runway,
)
from models.clocks.derivations import ticket_derivations
from models.clocks.sweeping import sweep
from models.matter import load_matter
from models.store.errors import LostRace, NotAllowed
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables.deadlines import Extension, Pause
from models.views.record import storyline
from rules.errors import CalendarError, Refused
from seed.reference.holidays import read_notice
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.cells import rows_of
from tests.models.clocks.holidays import notice, with_2027

NEW_YEAR = ("2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04")

WHY = "国办2027年放假安排"

DUE = "SELECT due_at FROM deadline WHERE step = 'close' ORDER BY id"

INSTANTS = (
    "SELECT id, blue_at, yellow_at, red_at, due_at, original_due_at, next_at, leads, provisional, "
    "worst_colour, paused_at FROM deadline ORDER BY id"
)


@pytest.fixture
def year_end(store: Store, clock: Clock) -> Store:
    """Return a store of 30 December 2026 with one appeal just handed to its unit."""
    clock.travel_to("2026-12-30 10:00")
    taken(store, dispatched("A1"))
    return store


def dispatched(external_id: str, at: str = "2026-12-30 09:30", **changes: Any) -> Any:
    """Return an appeal handed over, taken and answered for at once: only its close clock runs."""
    when = wuhan(at)
    told = {
        "received_at": when,
        "dispatched_at": when,
        "acknowledged_at": when,
        "contacted_at": when,
        "unit": UNIT,
        **changes,
    }
    return appeal(external_id, **told)


def rows(store: Store, sql: str, **params: Any) -> list[tuple[Any, ...]]:
    with store.reading() as reader:
        return rows_of(reader, sql, **params)


def test_a_rehearsal_tells_what_would_move_and_writes_nothing(year_end: Store) -> None:
    before = rows(year_end, INSTANTS), one(year_end, "SELECT count(*) FROM event")
    told = rehearse_calendar(year_end, with_2027(year_end, *NEW_YEAR))
    assert (told.running, told.changed, told.moved, told.later, told.settled) == (1, 1, 1, 1, 1)
    assert told.units[0].changed == 1
    row = told.rows[0]
    assert (row.due_before, row.due_after) == (wuhan("2027-01-07 17:30"), wuhan("2027-01-08 17:30"))
    assert (row.provisional_before, row.provisional_after) == (True, False)
    assert (rows(year_end, INSTANTS), one(year_end, "SELECT count(*) FROM event")) == before


def test_loading_does_what_the_rehearsal_said_with_the_reason_in_the_trail(
    year_end: Store,
) -> None:
    days = with_2027(year_end, *NEW_YEAR)
    told = rehearse_calendar(year_end, days)
    loaded = load_calendar(year_end, days, WHY)
    assert (loaded.version, loaded.done) == (2, told)
    assert column(year_end, DUE) == [wuhan("2027-01-08 17:30")]
    sql = "SELECT calendar, policy, revision, version FROM deadline WHERE step = 'close'"
    assert one(year_end, sql) == (2, 1, 2, 2)
    sql = "SELECT reason, calendar, subject_kind FROM event WHERE verb = 'deadline.recompute'"
    assert one(year_end, sql) == (WHY, 2, "ticket")
    with year_end.reading() as reader:
        assert verify_trail(reader).ok
        newest = calendar_versions(reader)[0]
    assert (newest.version, newest.reason, str(newest.official_through)) == (2, WHY, "2027-12-31")


def test_what_the_notice_only_confirms_loses_its_provisional_mark_and_keeps_its_instants(
    year_end: Store,
) -> None:
    before = column(year_end, DUE)
    done = load_calendar(year_end, with_2027(year_end, "2027-01-01"), WHY).done
    assert (done.changed, done.moved, done.settled) == (1, 0, 1)
    assert column(year_end, DUE) == before
    sql = "SELECT provisional, revision FROM deadline WHERE step = 'close'"
    assert [bool(cell) for cell in one(year_end, sql)] == [False, True]
    assert one(year_end, sql)[1] == 1, "no threshold moved, so nothing is crossed anew"


def test_late_december_in_the_next_years_notice_reaches_running_clocks(
    store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-12-24 15:00")
    taken(store, dispatched("A1", "2026-12-24 10:00"))
    assert column(store, DUE) == [wuhan("2026-12-31 17:30")]
    done = load_calendar(store, with_2027(store, "2027-01-01", worked=("2026-12-26",)), WHY).done
    assert (done.earlier, done.settled) == (1, 1)
    assert column(store, DUE) == [wuhan("2026-12-30 17:30")]


def test_what_is_due_in_late_december_is_provisional_until_the_next_notice(
    store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-12-24 15:00")
    taken(store, *(dispatched(f"A{day}", f"2026-12-{day} 10:00") for day in (17, 18, 24)))
    due = column(store, DUE)
    assert due == [wuhan(f"2026-12-{day} 17:30") for day in (24, 25, 31)]
    sql = "SELECT provisional FROM deadline WHERE step = 'close' ORDER BY id"
    assert [bool(cell) for cell in column(store, sql)] == [False, True, True]
    done = load_calendar(store, with_2027(store, "2027-01-01"), WHY).done
    assert (done.changed, done.moved, done.settled) == (2, 0, 2)
    assert not any(column(store, sql)) and column(store, DUE) == due


def test_a_year_revised_midway_is_a_version_of_its_own(year_end: Store) -> None:
    load_calendar(year_end, with_2027(year_end, *NEW_YEAR), WHY)
    load_calendar(year_end, with_2027(year_end, *NEW_YEAR, "2027-01-05"), "放假安排调整")
    assert column(year_end, DUE) == [wuhan("2027-01-11 17:30")]
    assert column(year_end, "SELECT version FROM calendar ORDER BY version") == [1, 2, 3]


def test_the_calendar_in_force_is_not_loaded_twice(year_end: Store) -> None:
    days = with_2027(year_end, *NEW_YEAR)
    load_calendar(year_end, days, WHY)
    with pytest.raises(Refused, match="第2版日历相同"):
        load_calendar(year_end, days, WHY)


def test_a_year_not_yet_published_is_refused() -> None:
    with pytest.raises(CalendarError, match="2027年尚无放假安排"):
        read_notice(notice(2027), "2027.json")


def test_undo_restores_every_instant_as_a_new_version(year_end: Store) -> None:
    taken(year_end, dispatched("A2", nature="咨询"), appeal("A3"), digest="2")
    sweep(year_end)
    before = rows(year_end, INSTANTS)
    load_calendar(year_end, with_2027(year_end, *NEW_YEAR, worked=("2026-12-26",)), WHY)
    assert rows(year_end, INSTANTS) != before
    undone = restore_calendar(year_end, "文件有误")
    assert undone.version == 3
    sweep(year_end)
    assert rows(year_end, INSTANTS) == before
    first, _, third = column(year_end, "SELECT digest FROM calendar ORDER BY version")
    assert first == third


def test_nothing_is_undone_where_there_is_one_version(store: Store) -> None:
    with pytest.raises(Refused, match="没有可以恢复的上一版"):
        restore_calendar(store, "试试")


def test_a_reason_and_an_administrator_are_asked_for(year_end: Store) -> None:
    days = with_2027(year_end, *NEW_YEAR)
    with pytest.raises(Refused, match="须写明理由"):
        load_calendar(year_end, days, " ")
    with year_end.writing() as work:
        work.conn.exec_driver_sql("DELETE FROM role WHERE role = 'administrator'")
    with pytest.raises(NotAllowed):
        load_calendar(year_end, days, WHY)


def test_a_source_s_own_date_and_a_stopped_clock_stay_as_they_are(year_end: Store) -> None:
    fixed = wuhan("2027-01-05 12:00")
    taken(year_end, dispatched("A2", due_at=fixed), dispatched("A3"), digest="2")
    take(year_end, "close", [int(one(year_end, "SELECT max(id) FROM ticket")[0])], outcome="已解决")
    done = load_calendar(year_end, with_2027(year_end, *NEW_YEAR), WHY).done
    assert (done.running, done.bound, done.changed) == (2, 1, 1)
    assert column(year_end, DUE) == [
        wuhan("2027-01-08 17:30"),
        fixed,
        wuhan("2027-01-07 17:30"),
    ]


def test_pauses_and_extensions_are_counted_again_in_the_receipts_order(year_end: Store) -> None:
    (id, start) = one(year_end, "SELECT id, started_at FROM deadline WHERE step = 'close'")
    with year_end.writing() as work:
        work.insert(
            Pause,
            deadline_id=id,
            from_at=wuhan("2026-12-30 10:00"),
            reason="检测",
            to_at=wuhan("2027-01-04 17:30"),
            requested_at=start,
            granted=True,
        )
        work.insert(
            Pause,
            deadline_id=id,
            from_at=start,
            to_at=wuhan("2027-03-01 10:00"),
            reason="未批",
            requested_at=start,
            granted=False,
        )
        work.insert(
            Extension,
            deadline_id=id,
            asked_at=start,
            limit_text="2wd",
            reason="疑难",
            decided_at=start,
            granted=True,
        )
    load_calendar(year_end, with_2027(year_end, *NEW_YEAR), WHY)
    # until 01-08; held 12-30 from 10:00 and 12-31, 13 of 14 hours, so two days on; then two more
    sql = "SELECT original_due_at, due_at FROM deadline WHERE id = :id"
    assert one(year_end, sql, id=id) == (wuhan("2027-01-12 17:30"), wuhan("2027-01-14 17:30"))
    with year_end.reading() as reader:
        told = ticket_derivations(reader, year_end.timekeeper, 1)
    assert told and all(receipt.agrees for receipt in told)


def test_a_paused_clock_moves_and_stays_paused(year_end: Store) -> None:
    with year_end.writing() as work:
        work.conn.exec_driver_sql(
            "UPDATE deadline SET next_at = NULL, paused_at = started_at WHERE step = 'close'"
        )
    load_calendar(year_end, with_2027(year_end, *NEW_YEAR), WHY)
    sql = "SELECT due_at, next_at, paused_at IS NULL FROM deadline WHERE step = 'close'"
    due, following, running = one(year_end, sql)
    assert (due, following, bool(running)) == (wuhan("2027-01-08 17:30"), None, False)


def test_a_crossing_that_no_longer_holds_is_annulled_and_crossed_again_later(
    year_end: Store, clock: Clock
) -> None:
    clock.travel_to("2027-01-07 18:00")
    sweep(year_end)
    assert one(year_end, "SELECT worst_colour FROM ticket") == ("red",)
    done = load_calendar(year_end, with_2027(year_end, *NEW_YEAR), WHY).done
    assert [(c.before, c.after, c.count) for c in done.colours] == [("red", "yellow", 1)]
    sql = "SELECT level, at, annulled_reason FROM crossing ORDER BY at, level"
    assert rows(year_end, sql) == [
        ("yellow", wuhan("2027-01-06 17:30"), WHY),
        ("red1", wuhan("2027-01-07 17:30"), WHY),
    ]
    assert one(year_end, "SELECT worst_colour FROM ticket") == ("yellow",)
    clock.travel_to("2027-01-08 18:00")
    assert sweep(year_end).crossed == {"yellow": 1, "red1": 1}
    sql = "SELECT level, at FROM crossing WHERE annulled_at IS NULL ORDER BY at"
    assert rows(year_end, sql) == [
        ("yellow", wuhan("2027-01-07 17:30")),
        ("red1", wuhan("2027-01-08 17:30")),
    ]


def test_a_crossing_that_still_holds_is_not_recorded_twice(year_end: Store, clock: Clock) -> None:
    clock.travel_to("2027-01-08 10:00")
    sweep(year_end)
    # the day off lies after the due date: only the deeper reds move
    done = load_calendar(year_end, with_2027(year_end, "2027-01-01", "2027-01-11"), WHY).done
    assert (done.moved, done.annulled) == (0, 0)
    clock.travel_to("2027-01-19 10:00")
    sweep(year_end)
    sql = "SELECT level, at FROM crossing WHERE annulled_at IS NULL ORDER BY at"
    assert rows(year_end, sql) == [
        ("yellow", wuhan("2027-01-06 17:30")),
        ("red1", wuhan("2027-01-07 17:30")),
        ("red2", wuhan("2027-01-14 00:00")),
        ("red3", wuhan("2027-01-18 00:00")),
    ]


def test_the_clock_that_turns_red_first_by_the_new_calendar_leads(
    store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-12-31 10:00")
    taken(store, dispatched("A1", "2026-12-31 09:30", nature="投诉", acknowledged_at=None))
    with store.writing() as work:  # a clock round the clock beside one in working days
        work.conn.exec_driver_sql("UPDATE deadline SET limit_text = '100h' WHERE step = 'close'")
    leader = "SELECT step FROM deadline WHERE leads"
    assert one(store, leader) == ("acknowledge",)
    load_calendar(store, with_2027(store, *NEW_YEAR), WHY)
    assert one(store, leader) == ("close",)


def test_who_saw_a_matter_before_the_load_is_told_that_it_moved(year_end: Store) -> None:
    (ticket, seen) = one(year_end, "SELECT ticket_id, version FROM deadline WHERE leads")
    load_calendar(year_end, with_2027(year_end, *NEW_YEAR), WHY)
    with pytest.raises(LostRace):
        take(year_end, "close", [ticket], outcome="已解决", seen={ticket: seen})


def test_what_is_written_while_a_load_waits_its_turn_is_counted_too(
    opener: Callable[[], Store], clock: Clock
) -> None:
    clock.travel_to("2026-12-30 10:00")
    store, other = opener(), opener()
    taken(store, appeal("A1", received_at=wuhan("2026-12-30 09:30")))
    days, unit = with_2027(store, *NEW_YEAR), unit_id(store, UNIT)
    loader = threading.Thread(target=load_calendar, args=(other, days, WHY))
    with store.writing() as work:
        loader.start()
        dispatch(work, load_matter(work, 1), unit_id=unit)
    loader.join()
    assert column(store, DUE) == [wuhan("2027-01-08 17:30")]
    assert column(store, "SELECT calendar FROM deadline WHERE step = 'close'") == [2]


def test_a_ticket_closed_between_rehearsal_and_load_is_left_alone(year_end: Store) -> None:
    days = with_2027(year_end, *NEW_YEAR)
    told = rehearse_calendar(year_end, days)
    take(year_end, "close", [1], outcome="已解决")
    done = load_calendar(year_end, days, WHY).done
    assert (told.changed, done.changed, done.running) == (1, 0, 0)


KILLED = """
import os, sys
from datetime import datetime
from models.clocks import calendars
from models.store import open_store
from models.store.work import Work
from rules.clocks import CalendarDays
from seed.reference import first_content
now = datetime.fromisoformat(sys.argv[2])
store = open_store(sys.argv[1], now=lambda: now, first=first_content, login="tester")
seal = Work.seal
def sealed_then_killed(work):
    seal(work)
    os._exit(9)
Work.seal = sealed_then_killed
calendars.load_calendar(store, CalendarDays.from_json(sys.stdin.read()), "x")
"""


def test_killed_before_the_end_nothing_of_it_is_kept(
    year_end: Store, target: str, clock: Clock
) -> None:
    days = with_2027(year_end, *NEW_YEAR)
    before = rows(year_end, INSTANTS), one(year_end, "SELECT count, hash FROM trail_head")
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, target, clock.now.isoformat()],
        input=days.to_json(),
        text=True,
        capture_output=True,
    )
    assert ended.returncode == 9, ended.stderr
    assert column(year_end, "SELECT version FROM calendar") == [1]
    assert (rows(year_end, INSTANTS), one(year_end, "SELECT count, hash FROM trail_head")) == before
    load_calendar(year_end, days, WHY)


def test_the_runway_counts_the_days_that_are_still_official(store: Store, clock: Clock) -> None:
    assert runway(store).left == 41
    load_calendar(store, with_2027(store, *NEW_YEAR), WHY)
    assert runway(store).left == 406


def test_a_load_among_many_matters_leaves_what_does_not_change_untouched(year_end: Store) -> None:
    taken(year_end, *(dispatched(f"B{n}", "2026-12-16 10:00") for n in range(3)), digest="2")
    done = load_calendar(year_end, with_2027(year_end, *NEW_YEAR), WHY).done
    assert (done.running, done.changed) == (4, 1)
    sql = "SELECT calendar FROM deadline WHERE step = 'close' ORDER BY id"
    assert column(year_end, sql) == [2, 1, 1, 1]


def test_the_tickets_own_record_tells_the_move_in_the_bureaus_time(year_end: Store) -> None:
    load_calendar(year_end, with_2027(year_end, *NEW_YEAR), WHY)
    with year_end.reading() as reader:
        told = [line for line in storyline(reader, 1) if line.verb == "deadline.recompute"]
    assert [(line.text, line.reason) for line in told] == [
        ("时限重算：办结 2027-01-07 17:30 改为 2027-01-08 17:30（由暂定转定）", WHY),
    ]
