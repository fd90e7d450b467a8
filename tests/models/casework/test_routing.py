"""Intake under routing rules: the unit's clocks start at once, and the record names the rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.bureau.units import UnitDirectory, check_units
from models.casework.routing import Router
from models.clocks.policies import load_policy, rehearse_policy
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.bureau.policy import read_policy
from rules.errors import PolicyError
from seed.reference.catalogue import first_content
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, numbered, one, taken, unit_id, wuhan

RULES = """
[[routing]]
unit = "东湖高新区"
grid = "420111002"
co_units = ["洪山", "东湖高新", "市水务局"]
handler = "关山街道网格办"
campaign = "夜间施工整治"
name = "关山街道"

[[routing]]
unit = "D18"
keywords = "停水"
"""

THERE: dict[str, Any] = {"grid": "420111002003", "content": "工地通宵施工"}

ROUTED = "SELECT lead_unit_id, first_handler, routed_by, state FROM round ORDER BY id"


@pytest.fixture
def store(store: Store) -> Store:
    """Return a store, on each engine in turn, whose second policy routes."""
    load_policy(store, one(store, "SELECT text FROM policy")[0] + RULES, "自动交办")
    return store


def test_an_appeal_that_a_rule_fits_is_handed_on_as_it_comes_in(store: Store, clock: Clock) -> None:
    taken(store, appeal(**THERE))
    zone = unit_id(store, "武汉东湖新技术开发区管理委员会")
    assert one(store, ROUTED) == (zone, "关山街道网格办", "派单规则1（关山街道）", "dispatched")
    assert one(store, "SELECT dispatched_at, dispatch_assumed FROM round") == (clock.now, False)
    helping = column(store, "SELECT u.short_name FROM round_unit r JOIN unit u ON u.id = r.unit_id")
    assert sorted(helping) == ["市水务局", "洪山区"]
    started = column(store, "SELECT started_at FROM deadline WHERE unit_id = :u", u=zone)
    assert started == [clock.now] * 3
    own = one(store, "SELECT started_at, stopped_at FROM deadline WHERE step = 'dispatch'")
    assert own == (wuhan("2026-11-19 09:00"), clock.now)


def test_the_record_tells_the_receipt_and_the_dispatch_by_rule_apart(
    store: Store, clock: Clock
) -> None:
    taken(store, appeal(**THERE))
    told = one(store, "SELECT at, unit_id, payload FROM event WHERE verb = 'ticket.intake'")
    assert told[:2] == (wuhan("2026-11-19 09:00"), None)
    assert "dispatched_at" not in told[2]
    said = one(store, "SELECT at, reason FROM event WHERE verb = 'ticket.dispatch'")
    assert said == (clock.now, "按派单规则1（关山街道）")
    with store.reading() as reader:
        assert verify_trail(reader).ok


def test_a_campaign_is_begun_once_and_gathers_what_its_rule_catches(store: Store) -> None:
    taken(store, *numbered(appeal(f"A{i}", **THERE) for i in range(2)), batch_rows=1)
    taken(store, appeal("B1", content="停水"))
    assert one(store, "SELECT name FROM campaign") == ("夜间施工整治",)
    assert column(store, "SELECT campaign_id FROM ticket ORDER BY id") == [1, 1, None]


def test_what_no_rule_fits_waits_and_what_names_its_unit_is_not_routed(store: Store) -> None:
    taken(
        store,
        *numbered(
            [
                appeal("A1"),
                appeal("A2", unit=UNIT, **THERE),
                appeal("A3", unit="某某办", **THERE),
            ]
        ),
    )
    assert column(store, "SELECT routed_by FROM round") == [None] * 3
    assert column(store, "SELECT state FROM round ORDER BY id") == [
        "waiting",
        "dispatched",
        "waiting",
    ]


@pytest.mark.parametrize("act", ["dispatched_at", "acknowledged_at", "replied_at", "closed_at"])
def test_what_somebody_unnamed_has_already_acted_on_is_not_routed(
    sqlite_store: Store, act: str
) -> None:
    with sqlite_store.reading() as reader:
        router = Router(read_policy(RULES).routing, UnitDirectory(reader))
    day = wuhan("2026-11-20 09:00")
    assert router.of_appeal(appeal(**THERE), day.date()) is not None
    acted: dict[str, Any] = {**THERE, act: day}
    assert router.of_appeal(appeal(**acted), day.date()) is None


def test_the_files_own_handler_and_helpers_stand_beside_the_rules(store: Store) -> None:
    taken(store, appeal(content="停水", handler="老王", co_units=("市公安局",)))
    assert one(store, ROUTED)[1:3] == ("老王", "派单规则2")
    assert column(store, "SELECT unit_id FROM round_unit") == [unit_id(store, "武汉市公安局")]


def test_a_file_taken_again_leaves_the_rules_decision_alone(store: Store, clock: Clock) -> None:
    taken(store, appeal(**THERE))
    clock.travel(hours=1)
    assert taken(store, appeal(**THERE), digest="another").unchanged == 1
    later = appeal(**THERE, unit=UNIT)
    assert taken(store, later).conflicts == 1
    assert one(store, 'SELECT "column" FROM conflict') == ("unit",)
    assert one(store, ROUTED)[2] == "派单规则1（关山街道）"


def test_a_dry_run_begins_no_campaign(store: Store) -> None:
    assert taken(store, appeal(**THERE), dry_run=True).new == 1
    assert column(store, "SELECT name FROM campaign") == []


def test_a_rule_whose_unit_has_left_the_register_lets_its_appeals_wait(store: Store) -> None:
    gone = RULES.replace("东湖高新区", "光谷办")
    with store.writing() as work:
        work.rows("UPDATE policy SET text = :text WHERE version = 2 RETURNING version", text=gone)
    taken(store, appeal(**THERE))
    assert one(store, ROUTED) == (None, None, None, "waiting")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('unit = "市水务"', "派单规则1的单位“市水务”不在单位名录中，最接近的是 市水务"),
        ('unit = "D18"\nname = "水"\nco_units = "甲乙丙"', "派单规则1（水）的单位“甲乙丙”不在"),
    ],
)
def test_a_unit_that_nobody_knows_is_refused_when_the_rules_are_loaded(
    store: Store, wrong: str, said: str
) -> None:
    text = f'[[routing]]\ngrid = "4201"\n{wrong}'
    with pytest.raises(PolicyError) as fault:
        load_policy(store, text, "自动交办")
    assert str(fault.value).startswith(said)
    with pytest.raises(PolicyError):
        rehearse_policy(store, text)
    assert store.versions()[0] == 2


def test_a_store_cannot_begin_with_rules_that_name_unknown_units(
    tmp_path: Path, clock: Clock
) -> None:
    first = replace(first_content(), policy_text='[[routing]]\ngrid = "4201"\nunit = "光谷办"')
    path = tmp_path / "new.db"
    with pytest.raises(PolicyError, match="光谷办"):
        open_store(str(path), now=clock, first=lambda: first, login="tester")
    assert not path.exists()


def test_units_are_known_by_code_alias_and_name_when_the_rules_are_loaded(store: Store) -> None:
    with store.reading() as reader:
        check_units(read_policy(RULES), reader)
