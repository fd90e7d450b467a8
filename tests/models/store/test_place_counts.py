"""The counts of places follow every act, and are what counting anew gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.casework.undoing import undo
from models.clocks.policies import load_policy
from models.store.counts import miscounted
from models.store.place_counts import LEVELS, months_of, of_round, of_ticket, seconds_of
from models.store.store import Store
from models.store.verifying import verify_store
from models.tables import Round
from tests.conftest import Clock
from tests.models.appeals import appeal, taken
from tests.models.casework.walking import walk

WUHAN = ZoneInfo("Asia/Shanghai")

HELD = """
SELECT value, turn, sum(matters) FROM queue_count
WHERE dimension = 'place' GROUP BY value, turn HAVING sum(matters) <> 0 ORDER BY value, turn
"""


def begun(store: Store) -> None:
    """Take in appeals of a cell, a district, another one, and a place nobody knows by a code."""
    places = ("420111002003004", "420111", "420106", "洪山区某处", None)
    taken(store, *(appeal(f"A{n}", grid=place) for n, place in enumerate(places, 1)))


def held(store: Store) -> dict[str, dict[str, int]]:
    """Return what is kept of each place, seen to be what counting anew gives."""
    found: dict[str, dict[str, int]] = {}
    with store.reading() as reader:
        assert miscounted(reader) == 0
        for place, turn, matters in reader.rows(HELD):
            found.setdefault(place, {})[turn] = matters
    return found


def test_a_place_counts_what_became_of_its_appeals(store: Store, clock: Clock) -> None:
    begun(store)
    got = {code: turns["received"] for code, turns in held(store).items()}
    assert got == {"4201": 3, "420111": 2, "420111002": 1, "420111002003": 1, "420106": 1}
    for verb in ("dispatch", "contact", "reply", "close", "rate", "rework"):
        walk(store, (verb,))
        clock.travel(minutes=37)
        held(store)
    done = held(store)["420111002003"]
    assert (done["closed"], done["solved"], done["satisfied"]) == (1, 1, 1)
    assert any(turn.startswith("contact") for turn in done)
    undo(store)
    held(store)
    assert verify_store(store).ok


def test_an_appeal_that_turns_out_to_lie_elsewhere_counts_there(store: Store) -> None:
    begun(store)
    for verb in ("dispatch", "contact", "close", "rework"):
        walk(store, (verb,))
    taken(store, appeal("A1", grid="420106001"), digest="a" * 64)
    assert held(store)["420106001"]["closed"] == 1
    assert "420111002" not in held(store)
    assert verify_store(store).ok


def test_a_policy_of_another_zone_counts_other_months(store: Store) -> None:
    begun(store)
    with store.reading() as reader:
        text = str(reader.value("SELECT text FROM policy"))
    load_policy(store, text.replace("Asia/Shanghai", "America/New_York"), "迁址")
    held(store)


def test_verify_finds_a_round_that_names_another_place(store: Store) -> None:
    begun(store)
    with store.writing() as work:
        work.change_where(Round, "grid = :grid", "ticket_id > 0", grid="420115")
    held(store)
    found = verify_store(store)
    assert not found.ok and "地方与工单不符" in found.broken[0].said


@pytest.mark.parametrize(
    ("grid", "counted"),
    [
        ("420111", ("4201", "420111")),
        ("420111009003012", ("4201", "420111", "420111009", "420111009003")),
        ("洪山区关山街道", ()),
        ("42", ()),
        (None, ()),
    ],
)
def test_an_appeal_counts_in_every_place_over_it(
    grid: str | None, counted: tuple[str, ...]
) -> None:
    told = of_ticket((grid, "2026-11-20 07:20:00.000000", "open"), months_of(WUHAN))
    assert (told is None) is (counted == ())
    if told is not None:
        assert tuple(told.place[:n] for n in LEVELS if len(told.place) >= n) == counted


def test_what_others_answer_counts_in_no_place() -> None:
    at = "2026-11-20 07:20:00.000000"
    assert of_ticket(("420111", at, "analysis"), months_of(WUHAN)) is None


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Asia/Kolkata"])
def test_a_month_begins_where_the_bureau_is(zone: str) -> None:
    months, here = months_of(ZoneInfo(zone)), ZoneInfo(zone)
    first = datetime(2026, 3, 1, tzinfo=here)
    assert months.of(first) != months.of(first - timedelta(seconds=1))
    assert months.of(first) == months.of(first + timedelta(days=30))
    assert months.last(first, 2) == [months.of(first - timedelta(days=1)), months.of(first)]


@pytest.mark.parametrize("minutes", [0, 1, 7, 61, 600, 9000])
def test_a_first_contact_is_known_to_a_twentieth(minutes: int) -> None:
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    ended = begun + timedelta(minutes=minutes)
    cells = ("420111", 1, begun, False, ended, None, None, None, None)
    told = of_round(cells, months_of(WUHAN))
    assert told is not None
    (turn, _), seconds = told.told[0], minutes * 60
    assert abs(seconds_of(turn) - seconds) <= max(30, seconds * 0.05)


def test_a_contact_whose_dispatch_is_not_known_has_no_length() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for n, assumed in ((1, True), (2, False)):
        assert (
            of_round(("420111", n, at, assumed, at, None, None, None, None), months_of(WUHAN))
            is None
        )
