"""How sure suggestions are: measured by order, kept, told with each suggestion."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest

from models.dispatch import Suggestions, calibrate, latest_measure
from models.store.store import Store
from rules.casework.appeal import Appeal
from rules.errors import Refused
from tests.models.appeals import UNIT, appeal, numbered, taken, unit_id, wuhan

TODAY = date(2026, 11, 20)

POLICE = "武汉市公安局"

KINDS = (("公用事业/供水/停水", UNIT), ("公共安全/治安/治安纠纷", POLICE))


@cache
def crowded() -> tuple[Appeal, ...]:
    """Return 480 dispatched appeals of two kinds, a tenth of them to the other unit."""
    start = wuhan("2026-10-01 09:00")
    rows = []
    for n in range(480):
        category, _ = KINDS[n % 2]
        unit = KINDS[(n + (n % 10 == 3)) % 2][1]
        at = start + timedelta(hours=2 * n)
        rows.append(appeal(f"A{n}", category=category, unit=unit, received_at=at, dispatched_at=at))
    return tuple(rows)


@pytest.fixture
def store(store: Store) -> Store:
    """Return a store, on each engine in turn, with the crowd and one that waits (id 481)."""
    waiting = appeal("B1", category=KINDS[0][0])
    taken(store, *numbered([*crowded(), waiting]))
    return store


def test_suggestions_are_as_sure_as_was_measured(store: Store) -> None:
    with store.reading() as reader:
        [before, *_] = Suggestions(reader, today=TODAY).of(reader, 481)
        assert latest_measure(reader) is None
    assert before.sure is None and before.words.startswith("可能 ")
    kept = calibrate(store, today=TODAY)
    assert kept.asked == 107 and 0.8 < kept.first / kept.asked < 1
    with store.reading() as reader:
        assert latest_measure(reader) == kept
        [first, *_] = Suggestions(reader, today=TODAY).of(reader, 481)
        barred = Suggestions(reader, today=TODAY).of_appeal(
            reader, appeal("C1", category=KINDS[1][0]), {unit_id(store, POLICE)}
        )
    assert first.unit_id == unit_id(store, UNIT) and first.sure in kept.bands
    assert first.words == f"把握 {first.sure.sure:.0%}"
    assert first.measured_by == f"近 {first.sure.asked} 件同档中对 {first.sure.right}"
    assert [one.sure for one in barred] == [None]


def test_measuring_is_on_record_and_asks_for_its_role(store: Store) -> None:
    kept = calibrate(store, today=TODAY)
    with store.reading() as reader:
        verb, said = reader.rows(
            "SELECT verb, payload FROM event WHERE subject_kind = 'measure' AND subject_id = :id",
            id=kept.id,
        )[0]
    assert verb == "dispatch.calibrate" and str(kept.first) in said


def test_too_few_dispatches_are_refused_with_how_many_are_needed(sqlite_store: Store) -> None:
    taken(sqlite_store, appeal("A1", unit=UNIT))
    with pytest.raises(Refused, match="至少要有 450 件"):
        calibrate(sqlite_store, today=TODAY)
