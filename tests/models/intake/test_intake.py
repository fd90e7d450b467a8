"""A file comes in: what a ticket gets, what is refused, and that batches are all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models.store.store import Store
from models.store.verifying import verify_trail
from models.store.work import Work
from rules.casework.appeal import Reject
from tests.models.appeals import UNIT, appeal, column, numbered, one, taken, unit_id, wuhan

TABLES = ("ticket", "person", "round", "deadline", "rating", "import_row", "import_batch", "event")


def _counts(store: Store) -> list[int]:
    return [one(store, f"SELECT count(*) FROM {name}")[0] for name in TABLES]


def test_an_appeal_without_a_unit_waits_for_dispatch_under_the_centres_own_clock(
    store: Store,
) -> None:
    result = taken(store, appeal())
    assert (result.read, result.new) == (1, 1)
    assert one(store, "SELECT number, state FROM ticket") == ("WH20261119-00001", "open")
    assert one(store, "SELECT state, lead_unit_id FROM round") == ("waiting", None)
    row = one(store, "SELECT step, limit_text, started_at, due_at, leads, unit_id FROM deadline")
    assert row == (
        "dispatch",
        "4wh",
        wuhan("2026-11-19 09:00"),
        wuhan("2026-11-19 14:30"),
        True,
        None,
    )


def test_a_unit_without_a_time_of_dispatch_is_taken_to_have_it_since_the_receipt(
    store: Store,
) -> None:
    taken(store, appeal(unit=UNIT))
    row = one(store, "SELECT state, lead_unit_id, dispatched_at, dispatch_assumed FROM round")
    assert row == ("dispatched", unit_id(store, UNIT), wuhan("2026-11-19 09:00"), True)
    steps = column(store, "SELECT step FROM deadline ORDER BY step")
    assert steps == ["acknowledge", "close", "contact"]


def test_a_unit_is_known_by_code_name_short_name_and_alias(store: Store) -> None:
    words = ["D18", UNIT, "市水务局", " 市湖泊局 "]
    taken(store, *numbered(appeal(f"A{i}", unit=word) for i, word in enumerate(words)))
    assert column(store, "SELECT DISTINCT lead_unit_id FROM round") == [unit_id(store, UNIT)]


def test_only_the_exchange_form_refuses_an_unknown_unit(store: Store) -> None:
    stranger = appeal(unit="某某办", dispatched_at=wuhan("2026-11-19 10:00"))
    assert taken(store, stranger, profile="duban").rejected == 1
    assert taken(store, stranger).new == 1
    assert one(store, "SELECT unit_text FROM ticket") == ("某某办",)
    assert one(store, "SELECT state, dispatched_at FROM round") == ("waiting", None)


def test_the_clock_that_turns_red_first_leads(store: Store) -> None:
    taken(
        store,
        appeal(
            unit=UNIT,
            dispatched_at=wuhan("2026-11-19 09:30"),
            acknowledged_at=wuhan("2026-11-19 10:00"),
        ),
    )
    running = column(
        store, "SELECT step FROM deadline WHERE stopped_at IS NULL ORDER BY red_at, due_at, id"
    )
    assert running == ["contact", "close"]
    assert column(store, "SELECT step FROM deadline WHERE leads") == ["contact"]


def test_a_reply_not_yet_judged_holds_the_close_clock_and_runs_the_centres(store: Store) -> None:
    taken(store, appeal(unit=UNIT, replied_at=wuhan("2026-11-20 10:00"), reply="已修复"))
    assert one(store, "SELECT state FROM round") == ("replied",)
    row = one(store, "SELECT stopped_at, next_at, leads FROM deadline WHERE step = 'close'")
    assert row == (None, None, False)
    assert one(store, "SELECT started_at, leads FROM deadline WHERE step = 'judge'") == (
        wuhan("2026-11-20 10:00"),
        True,
    )


def test_a_finished_matter_keeps_its_worst_colour_and_crosses_nothing(store: Store) -> None:
    old = appeal(
        received_at=wuhan("2026-10-12 09:00"),
        unit=UNIT,
        replied_at=wuhan("2026-10-22 09:00"),
        closed_at=wuhan("2026-10-22 10:00"),
        outcome="已解决",
        result_rating="满意",
    )
    taken(store, old)
    assert one(store, "SELECT state, worst_colour FROM ticket") == ("closed", "red")
    close = one(
        store, "SELECT stopped_at, next_at, leads, worst_colour FROM deadline WHERE step = 'close'"
    )
    assert close == (wuhan("2026-10-22 09:00"), None, False, "red")
    assert one(store, "SELECT count(*) FROM crossing") == (0,)
    assert one(store, "SELECT at, result_rating, means FROM rating") == (
        wuhan("2026-10-22 10:00"),
        "满意",
        "import",
    )


def test_a_due_date_fixed_by_the_source_rules_the_close_clock(store: Store) -> None:
    due = wuhan("2026-11-27 12:00")
    taken(store, appeal(unit=UNIT, due_at=due))
    row = one(store, "SELECT due_at, source_fixed FROM deadline WHERE step = 'close'")
    assert row == (due, True)


def test_an_urgent_ticket_is_pressing_and_runs_round_the_clock(store: Store) -> None:
    taken(store, appeal(urgency="特急"))
    row = one(store, "SELECT limit_text, pressing, due_at FROM deadline")
    assert row == ("15m", True, wuhan("2026-11-19 09:15"))


def test_a_fresh_unsatisfied_rating_opens_a_review_and_an_old_one_is_history(store: Store) -> None:
    closed = {"unit": UNIT, "result_rating": "不满意"}
    taken(
        store,
        appeal("A1", closed_at=wuhan("2026-11-20 10:00"), **closed),
        appeal(
            "A2",
            received_at=wuhan("2026-06-01 09:00"),
            closed_at=wuhan("2026-06-02 10:00"),
            line=3,
            **closed,
        ),
    )
    assert one(store, "SELECT opened_at FROM review") == (wuhan("2026-11-20 10:00"),)


def test_a_report_is_confidential_unless_the_source_says_otherwise(store: Store) -> None:
    open_one = appeal("A2", nature="举报", confidential=False, line=3)
    taken(store, appeal("A1", nature="举报"), open_one)
    assert column(store, "SELECT confidential FROM ticket ORDER BY id") == [True, False]


def test_personal_values_stand_in_the_persons_row_only(store: Store) -> None:
    taken(store, appeal(reporter="王小明", phone="13871234567", address="关山大道1号"))
    assert one(store, "SELECT reporter, phone FROM person") == ("王小明", "13871234567")
    values, payload = one(
        store,
        "SELECT i.values_json, e.payload FROM import_row i "
        "JOIN event e ON e.subject_id = i.ticket_id AND e.subject_kind = 'ticket'",
    )
    for secret in ("王小明", "13871234567", "关山大道"):
        assert secret not in values
        assert secret not in payload


def test_numbers_go_on_per_day_and_step_over_those_a_file_brings(store: Store) -> None:
    taken(store, appeal("A1"), appeal("A2", number="WH20261119-00007", line=3))
    taken(store, appeal("A3"))
    numbers = column(store, "SELECT number FROM ticket ORDER BY id")
    assert numbers == ["WH20261119-00008", "WH20261119-00007", "WH20261119-00009"]


@pytest.mark.parametrize("strange", ["7", "123456", "9" * 20])
def test_a_strange_serial_neither_stops_an_import_nor_looks_tampered(
    sqlite_store: Store, strange: str
) -> None:
    taken(sqlite_store, appeal("A1", number="WH20261119-00001"), appeal("A2", line=3))
    taken(sqlite_store, appeal("A3", number=f"WH20261119-{strange}"), appeal("A4", line=3))
    assert one(sqlite_store, "SELECT count(*) FROM ticket") == (4,)
    with sqlite_store.reading() as reader:
        assert verify_trail(reader).ok


def test_a_row_that_cannot_be_a_ticket_is_refused_and_no_other_is_lost(store: Store) -> None:
    result = taken(
        store,
        Reject(2, "日期认不出", {"受理时间": "明天"}),
        appeal("A1", title="", content="", line=3),
        appeal("A2", closed_at=wuhan("2026-11-19 08:00"), line=4),
        appeal("A3", line=5),
        appeal("A3", line=6),
    )
    assert (result.read, result.new, result.rejected) == (5, 1, 4)
    assert [reject.line for reject in result.rejects] == [2, 3, 4, 6]
    assert "第5行" in result.rejects[-1].reason


def test_a_close_within_the_minute_before_the_receipt_is_the_sources_clock(store: Store) -> None:
    taken(store, appeal(unit=UNIT, closed_at=wuhan("2026-11-19 09:00") - timedelta(seconds=40)))
    assert one(store, "SELECT state FROM ticket") == ("closed",)


def test_a_dry_run_counts_alike_and_writes_nothing(store: Store) -> None:
    before = _counts(store)
    rows = numbered(appeal(f"A{i}") for i in range(5))
    result = taken(store, *rows, rows[0], dry_run=True, batch_rows=2)
    assert (result.new, result.rejected) == (5, 1)
    assert _counts(store) == before


def test_an_error_in_a_batch_leaves_nothing_of_it_and_all_of_those_before(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = numbered(appeal(f"A{i}", unit=UNIT, phone=f"1387123456{i}") for i in range(4))
    taken(store, *rows[:2], batch_rows=2)
    before = _counts(store)
    left = 0

    def failing(real: Callable[..., Any]) -> Callable[..., Any]:
        def write(*told: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise RuntimeError
            return real(*told)

        return write

    monkeypatch.setattr(Work, "bulk", failing(Work.bulk))
    monkeypatch.setattr(Work, "_enter", failing(Work._enter))  # PostgreSQL writes the events itself
    for allowed in range(6):
        left = allowed
        with pytest.raises(RuntimeError):
            taken(store, *rows)
        assert _counts(store) == before
    monkeypatch.undo()
    result = taken(store, *rows)
    assert (result.new, result.unchanged) == (2, 2)
    with store.reading() as reader:
        assert verify_trail(reader).ok
