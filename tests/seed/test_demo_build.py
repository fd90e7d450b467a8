"""A demo store holds what an exchange file cannot carry, and the same whenever it is built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models import orders
from models.councils import account_list, council_list
from models.ranking.flags import flags_of
from models.ranking.frozen import published_edition
from models.ranking.waiting import publication_waits
from models.store.backup import back_up
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_store
from rules.casework import PAPER_NAMES
from rules.casework.verdicts import EXCLUSIONS, OBJECTIONS, VERDICTS
from rules.errors import DubanError
from rules.ranking.periods import last_complete, period_before
from seed.demo.build import Built, build_demo
from seed.demo.papers import Clock
from seed.demo.staff import OPERATORS
from seed.reference.catalogue import first_content, reference
from tests.models.cells import rows_of
from tests.models.presses import Plain
from tests.seed.demo_city import NOW

QUARTER = timedelta(weeks=13)


def built(folder: Path, seed: int = 7, size: str | int = 3_000) -> tuple[Store, Built]:
    store = open_store(
        str(folder / f"demo-{seed}.db"),
        now=lambda: NOW,
        first=first_content,
        login="somebody",
        demo_now=NOW,
    )
    return store, build_demo(store, seed=seed, size=size, now=NOW, press=Plain())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store, _ = built(tmp_path_factory.mktemp("demo"))
    yield store
    store.close()


def all_orders(store: Store) -> list[orders.OrderView]:
    with store.reading() as reader:
        return orders.listing(reader, store.operator)


def test_every_ticket_of_the_city_is_taken_and_none_rejected(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    store = open_store(
        str(tmp_path / "demo.db"), now=lambda: NOW, first=first_content, login="x", demo_now=NOW
    )
    made = build_demo(
        store,
        seed=1,
        size=600,
        now=NOW,
        press=Plain(),
        progress=lambda read, total: told.append((read, total)),
    )
    with store.reading() as reader:
        counted = reader.value("SELECT count(*) FROM ticket")
    store.close()
    assert made == Built(tickets=counted, units=117)
    read, total = told[-1]
    assert total == 600 and 0 < made.tickets - read < 120  # the rest came by other doors


def test_the_same_arguments_build_the_same_store(tmp_path: Path) -> None:
    def contents(name: str) -> tuple[object, ...]:
        (tmp_path / name).mkdir()
        store, _ = built(tmp_path / name, size=500)
        with store.reading() as reader:
            found = (
                rows_of(reader, "SELECT number, title, content, state, worst_colour FROM ticket"),
                rows_of(
                    reader, "SELECT step, started_at, red_at, due_at, stopped_at FROM deadline"
                ),
                rows_of(reader, "SELECT number, status, title, due_at FROM supervision_order"),
                rows_of(reader, "SELECT at, operator, verb, subject_id FROM event"),
            )
        store.close()
        return found

    assert contents("one") == contents("two")


def test_only_a_demo_store_is_filled(tmp_path: Path) -> None:
    real = open_store(str(tmp_path / "real.db"), now=lambda: NOW, first=first_content, login="x")
    with pytest.raises(DubanError, match="只能写入演示库"):
        build_demo(real, seed=7, size=100, now=NOW, press=Plain())
    with real.reading() as reader:
        assert reader.value("SELECT count(*) FROM ticket") == 0
    real.close()


def test_five_operators_work_there_and_the_first_one_opens_it(demo: Store) -> None:
    with demo.reading() as reader:
        names = [name for (name,) in rows_of(reader, "SELECT name FROM operator ORDER BY id")]
    assert names == [operator.name for operator in OPERATORS]
    assert demo.operator.name == OPERATORS[0].name
    assert demo.operator.roles == set(OPERATORS[0].roles)


def test_there_is_an_order_in_every_state(demo: Store) -> None:
    own = [order for order in all_orders(demo) if order.kind == "order"]
    assert {order.status for order in own} == set(orders.STATUSES)


def test_there_is_a_paper_of_every_kind(demo: Store) -> None:
    found = all_orders(demo)
    assert {order.kind for order in found} == set(PAPER_NAMES)
    assert {order.label for order in found} >= {"待约谈", "已约谈", "待整改", "已移送"}


def test_numbers_are_without_a_gap_and_follow_the_signing(demo: Store) -> None:
    every = [order for order in all_orders(demo) if order.kind == "order"]
    signed = [order for order in every if order.signed_at is not None]
    signed.sort(key=lambda order: order.signed_at or NOW)
    assert [order.number for order in signed] == [
        f"武网督〔2026〕{n}号" for n in range(1, len(signed) + 1)
    ]


def test_drafter_and_signer_are_two_people(demo: Store) -> None:
    with demo.reading() as reader:
        pairs = rows_of(
            reader,
            "SELECT drafted_by, signed_by FROM supervision_order WHERE signed_by IS NOT NULL",
        )
    assert pairs and all(drafter != signer for drafter, signer in pairs)


def test_no_order_is_drafted_before_its_matter_was_late(demo: Store) -> None:
    with demo.reading() as reader:
        rows = rows_of(
            reader,
            """SELECT o.drafted_at, d.due_at FROM supervision_order o
               JOIN order_ticket l ON l.order_id = o.id
               JOIN deadline d ON d.ticket_id = l.ticket_id AND d.step = 'close'
               WHERE o.flag_id IS NULL AND o.kind = 'order' AND o.cause <> '群众不满意'""",
        )
    assert rows and all(drafted_at > due_at for drafted_at, due_at in rows)


def test_a_matter_is_settled_before_its_order_is_closed_out(demo: Store) -> None:
    with demo.reading() as reader:
        rows = rows_of(
            reader,
            """SELECT o.closed_at, r.closed_at FROM supervision_order o
               JOIN order_ticket l ON l.order_id = o.id JOIN round r ON r.ticket_id = l.ticket_id
               WHERE o.status = 'closed' AND o.kind = 'order'""",
        )
    assert rows
    assert all(settled is not None and settled < closed_out for closed_out, settled in rows)


def test_the_last_two_months_are_published(demo: Store) -> None:
    zone = demo.timekeeper().zone
    last = last_complete("month", NOW, zone)
    for period in (last, period_before(last, zone)):
        found = published_edition(demo, period)
        assert found is not None and found.issue is not None
        assert any(row.ranked for row in found.rows)


def test_flags_are_few_and_name_a_central_district_that_was_last_twice(demo: Store) -> None:
    month = last_complete("month", NOW, demo.timekeeper().zone)
    found = flags_of(demo, month)
    central = {unit.name for unit in reference().units if unit.group == "中心城区"}
    central |= {unit.short_name for unit in reference().units if unit.group == "中心城区"}
    assert 2 <= len(found) <= 9
    assert [f.unit in central for f in found if f.rule == "last-running"].count(True) == 1
    assert any(f.rule == "prominent-long" for f in found)
    assert any(f.order is not None for f in found)


def test_open_matters_have_every_colour_and_few_are_red(demo: Store) -> None:
    with demo.reading() as reader:
        rows = rows_of(
            reader,
            """SELECT blue_at, yellow_at, red_at FROM deadline WHERE leads
               AND stopped_at IS NULL AND paused_at IS NULL AND subject_kind = 'ticket'""",
        )
    keeper = demo.timekeeper()
    colours = Counter(keeper.colour(blue, yellow, red, NOW) for blue, yellow, red in rows)
    assert set(colours) == {"red", "yellow", "blue"}
    assert 0.02 < colours["red"] / len(rows) < 0.2


def test_some_matters_stand_still_and_one_waits_for_it(demo: Store) -> None:
    with demo.reading() as reader:
        pauses = [
            granted
            for (granted,) in rows_of(reader, "SELECT granted FROM pause WHERE account_id IS NULL")
        ]
        shown = reader.value("SELECT count(*) FROM deadline WHERE leads AND paused_at IS NOT NULL")
        states = [one.state for one in account_list(reader)]
        told = [(one.state, one.dissenting) for one in council_list(reader)]
    assert (shown, pauses.count(1)) == (4, 2)
    assert sorted(states) == ["asked", "granted", "running", "running"]
    assert told == [("open", ()), ("decided", ("市水务局",))]
    assert pauses.count(None) == 1


def test_more_time_was_asked_for_in_most_weeks_and_granted_more_often_than_not(
    demo: Store,
) -> None:
    zone = demo.timekeeper().zone
    with demo.reading() as reader:
        rows = rows_of(reader, "SELECT asked_at, granted, due_after > due_before FROM extension")
    lately = {at.astimezone(zone).isocalendar()[:2] for at, _, _ in rows if NOW - at < QUARTER}
    answers = Counter((granted, longer) for _, granted, longer in rows)
    assert len(lately) >= 9
    assert set(answers) == {(1, 1), (0, None), (None, None)}
    assert answers[1, 1] > answers[0, None] > 0


def test_there_is_a_review_in_every_state(demo: Store) -> None:
    with demo.reading() as reader:
        verdicts = Counter(v for (v,) in rows_of(reader, "SELECT verdict FROM review"))
        waiting = reader.value(
            """SELECT count(*) FROM review v JOIN deadline d
               ON d.subject_kind = 'review' AND d.subject_id = v.id
               WHERE v.decided_at IS NULL AND d.due_at < :now""",
            now=NOW,
        )
        again = reader.value(
            "SELECT count(*) FROM review WHERE decided_at IS NULL AND again_at IS NOT NULL"
        )
    assert set(verdicts) == {*VERDICTS, None}
    assert verdicts["unit"] == max(verdicts.values())
    assert waiting and again


def test_every_reason_kept_something_out_and_another_person_decided(demo: Store) -> None:
    with demo.reading() as reader:
        rows = rows_of(reader, "SELECT code, approved, asked_by, decided_by FROM exclusion")
    assert {code for code, *_ in rows} == set(EXCLUSIONS)
    assert {approved for _, approved, *_ in rows} == {1, 0, None}
    assert all(asked != decided for _, _, asked, decided in rows)


def test_a_re_rating_rests_on_a_call_that_connected(demo: Store) -> None:
    with demo.reading() as reader:
        rows = rows_of(
            reader,
            """SELECT c.result, t.confidential FROM rating g JOIN callback c ON c.id = g.callback_id
               JOIN round r ON r.id = g.round_id JOIN ticket t ON t.id = r.ticket_id
               WHERE g.means = 'rerating'""",
        )
    assert rows and all(result == "接通" and not secret for result, secret in rows)


def test_units_dispute_and_publication_waits_for_none_of_it(demo: Store) -> None:
    with demo.reading() as reader:
        rows = rows_of(reader, "SELECT kind, accepted FROM objection")
        planned = reader.value("SELECT count(*) FROM call WHERE done_at IS NULL")
    assert {kind for kind, _ in rows} == set(OBJECTIONS)
    assert {accepted for _, accepted in rows} == {1, 0, None}
    week = last_complete("week", NOW, demo.timekeeper().zone)
    assert not publication_waits(demo, week).words
    assert planned


def test_the_trail_of_the_demo_is_whole(demo: Store) -> None:
    assert verify_store(demo).ok


def test_thresholds_already_crossed_are_recorded(demo: Store) -> None:
    with demo.reading() as reader:
        behind = reader.value("SELECT count(*) FROM deadline WHERE next_at <= :now", now=NOW)
        levels = {level for (level,) in rows_of(reader, "SELECT DISTINCT level FROM crossing")}
    assert behind == 0
    assert {"yellow", "red1", "red3"} <= levels


def test_working_days_ago_are_counted_in_office_time(demo: Store) -> None:
    clock = Clock(demo)
    assert clock.ago(0) == NOW
    assert clock.days_since(clock.ago(2.5)) == pytest.approx(2.5, abs=0.001)


def test_the_demo_with_its_granted_extensions_is_backed_up(demo: Store, tmp_path: Path) -> None:
    """A backup is one only when its archive was restored and said the same."""
    assert back_up(demo, tmp_path / "demo.zip")["extension"] > 20
