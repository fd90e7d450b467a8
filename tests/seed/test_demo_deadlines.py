"""Every deadline of a demo city, reckoned again by a walk from day to day: the same instants.

``DUBAN_WALK_SIZE=small`` walks a larger city.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.clocks.derivations import deadline_derivation
from models.ranking import rehearse_policy_past
from models.store.opening import open_store
from models.store.store import Store
from rules.ranking import parse_period
from seed.demo.build import build_demo
from seed.reference.catalogue import first_content
from tests.models.cells import rows_of
from tests.models.presses import Plain
from tests.receipts import fault_of
from tests.seed.demo_city import NOW
from tests.seed.slowwalk import CLOSE, due, extended, is_working, working_day, yellow

SIZE = os.environ.get("DUBAN_WALK_SIZE", "2000")

WUHAN = ZoneInfo("Asia/Shanghai")

DEADLINES = """
SELECT d.id, d.step, d.limit_text, d.started_at, d.due_at, d.original_due_at, d.yellow_at,
       d.red_at, d.blue_at, t.due_fixed_at, d.source_fixed, d.subject_kind, t.nature, t.urgency,
       CASE WHEN f.rule = 'last-running' THEN 'last' WHEN o.kind = 'order' THEN o.kind || o.level
            ELSE o.kind END,
       lead.original_due_at, lead.source_fixed
FROM deadline d LEFT JOIN ticket t ON t.id = d.ticket_id
LEFT JOIN supervision_order o ON o.id = d.subject_id AND d.subject_kind = 'order'
LEFT JOIN flag f ON f.id = o.flag_id
LEFT JOIN deadline lead ON lead.round_id = d.round_id AND lead.step = 'close' AND d.step = 'assist'
WHERE d.subject_kind NOT IN ('pledge', 'visit_task', 'cell_matter', 'group_message', 'account')
ORDER BY d.id
"""

GRANTED = "SELECT deadline_id, limit_text FROM extension WHERE granted ORDER BY decided_at"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("walk") / "demo.db"
    store = open_store(str(path), now=lambda: NOW, first=first_content, login="x", demo_now=NOW)
    size = int(SIZE) if SIZE.isdecimal() else SIZE
    build_demo(store, seed=11, size=size, now=NOW, press=Plain())
    yield store
    store.close()


def local(instant: datetime) -> datetime:
    return instant.astimezone(WUHAN).replace(tzinfo=None)


ANSWERS = {
    "order1": "3wd",
    "order2": "2wd",
    "order3": "1wd",
    "last": "10wd",
    "notice": "5wd",
    "reminder": "2wd",
    "talk_record": "10wd",
}
"""Within what a paper of each kind is answered, an order by its level."""


def limit_of(step: str, nature: str | None, urgency: str | None, paper: str | None) -> str:
    """The limit the shipped policy sets, from its text rather than from its code."""
    if step == "feedback":
        assert paper is not None
        return ANSWERS[paper]
    if step in ("judge", "receipt"):
        return "1wd"
    usual = {
        "dispatch": "4wh",
        "acknowledge": "1wd",
        "contact": "1wd",
        "close": "2wd" if nature == "咨询" else "5wd",
        "review": "3wd",
    }
    urgent = {"dispatch": "15m", "acknowledge": "15m", "contact": "30m", "close": "24h"}
    return {**usual, **(urgent if urgency == "特急" else {})}[step]


def walked(row: tuple[Any, ...], extensions: list[str]) -> tuple[datetime, ...]:
    """Due instant, the original one and yellow, as the walk finds them."""
    _, step, text, started, *_, fixed_at, fixed, _, nature, urgency, paper, _, _ = row
    start = local(started)
    if step == "assist":
        return helped(row, extensions)
    limit = "fixed" if fixed else limit_of(step, nature, urgency, paper)
    assert text == limit
    original = local(fixed_at) if fixed else due(limit, start)
    end = original
    for more in extensions:
        end = extended(more, end)
    return end, original, yellow(limit, start, end)


def helped(row: tuple[Any, ...], extensions: list[str]) -> tuple[datetime, ...]:
    """A co-unit's due instant: a working day less than the lead unit has, never after it."""
    _, _, text, started, *_, fixed, _, nature, urgency, _, lead_due, lead_fixed = row
    start, last = local(started), local(lead_due)
    limit = {"5wd": "4wd", "2wd": "1wd", "24h": "24h"}[limit_of("close", nature, urgency, None)]
    original = due(limit, start)
    if lead_fixed:
        day = working_day(last.date(), -1)
        before = datetime.combine(day, CLOSE)
        original, limit = (before if before > start else last), "fixed"
    elif original > last > start:
        original, limit = last, "fixed"
    assert text == limit
    assert bool(fixed) == (limit == "fixed")
    end = original
    for more in extensions:
        end = extended(more, end)
    return end, original, yellow(limit, start, end)


def test_the_walk_knows_the_dates_everybody_can_check() -> None:
    noon = datetime(2026, 9, 30, 10)
    assert due("3wd", noon) == datetime(2026, 10, 10, 17, 30)
    assert due("4wh", datetime(2026, 11, 20, 16)) == datetime(2026, 11, 23, 11, 30)
    worked = sum(
        is_working(date.fromordinal(n))
        for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
    )
    assert worked == 248


def test_every_deadline_of_the_city_is_where_the_walk_finds_it(demo: Store) -> None:
    with demo.reading() as reader:
        rows = rows_of(reader, DEADLINES)
        granted: dict[int, list[str]] = {}
        for id, limit in rows_of(reader, GRANTED):
            granted.setdefault(id, []).append(limit)
    wrong = []
    for row in rows:
        stored = tuple(local(row[n]) for n in (4, 5, 6))
        found = walked(row, granted.get(row[0], []))
        if stored != found or row[7] != row[4] or row[8] != row[3]:
            wrong.append((row[1], row[2], str(local(row[3])), stored, found))
    assert wrong == []
    steps = Counter(row[1] for row in rows)
    assert {"dispatch", "acknowledge", "contact", "close", "judge", "assist"} <= set(steps)
    assert steps["close"] >= 1_900
    assert granted


def test_receipts_of_the_city_end_at_the_instants_stored_and_add_up(demo: Store) -> None:
    with demo.reading() as reader:
        told = rows_of(
            reader,
            """SELECT id FROM deadline WHERE id % 23 = 0 OR subject_kind = 'order' OR id IN
               (SELECT deadline_id FROM extension UNION SELECT deadline_id FROM pause)""",
        )
        receipts = [deadline_derivation(reader, demo.timekeeper, row[0]) for row in told]
    assert len(receipts) > 200
    assert [stored.lines for stored in receipts if not stored.agrees] == []
    zone = demo.timekeeper().zone
    assert [one.lines for one in receipts if fault_of(one.derived, zone)] == []


def test_the_rules_in_force_would_have_changed_nothing_of_a_past_quarter(demo: Store) -> None:
    with demo.reading() as reader:
        text = str(reader.value("SELECT text FROM policy ORDER BY version DESC LIMIT 1"))
    told = rehearse_policy_past(demo, text, parse_period("2026-Q3", WUHAN))
    assert sum(unit.was.tally.due for unit in told.units) == told.steps[0].due_before > 500
    assert told.turned == 0 and not any(unit.changed for unit in told.units)
