"""Casework, its record, and the sweep."""

from __future__ import annotations

from tests.console.conftest import Duban

LIFT, STREET = "WH20261120-00001", "WH20261118-00003"


def test_a_ticket_goes_to_another_unit_with_its_reason(shell: Duban) -> None:
    answer = shell("ticket", "dispatch", LIFT, "--unit", "江岸区", "--reason", "属地有误", "--json")
    assert answer.value == {"done": 1, "skipped": []}
    rows = {row["number"]: row["unit"] for row in shell("queue", "--json").value["rows"]}
    assert rows[LIFT] == "江岸区"
    told = shell("trail", LIFT, "--json").value
    assert told[-1]["verb"] == "ticket.transfer" and told[-1]["reason"] == "属地有误"


def test_what_the_lifecycle_forbids_is_refused_with_what_is_possible(shell: Duban) -> None:
    assert shell("ticket", "acknowledge", LIFT).code == 0
    again = shell("ticket", "acknowledge", LIFT)
    assert again.code == 1
    assert "现在可以" in again.err


def test_an_act_is_recorded_at_the_time_it_happened(shell: Duban) -> None:
    shell("ticket", "acknowledge", STREET, "--at", "2026-11-18T11:00")
    assert shell("trail", STREET, "--json").value[-1]["at"] == "2026-11-18T11:00:00+08:00"


def test_an_unknown_number_and_an_unknown_unit_are_named(shell: Duban) -> None:
    assert "WH0" in shell("ticket", "acknowledge", "WH0").err
    assert "火星区" in shell("ticket", "dispatch", LIFT, "--unit", "火星区").err


def test_read_only_refuses_every_write(shell: Duban) -> None:
    answer = shell("ticket", "acknowledge", LIFT, "--read-only")
    assert answer.code == 1
    assert "只读" in answer.err


def test_a_sweep_records_each_crossing_once(shell: Duban) -> None:
    first = shell("sweep", "--json").value
    assert set(first["crossed"]) == {"blue", "yellow", "red1", "red2", "red3"}
    assert first["crossed"]["red1"] >= 1
    assert sum(shell("sweep", "--json").value["crossed"].values()) == 0


def test_a_sweep_drafts_one_order_a_unit_as_the_policy_asks(shell: Duban) -> None:
    late = ("--now", "2026-12-10T10:00")
    assert shell("sweep", *late, "--json").value["drafts"] == 2
    drafts = shell("order", "list", *late, "--json").value
    assert {order["unit"] for order in drafts} == {"武汉市洪山区人民政府", "武汉市江岸区人民政府"}
    assert shell("sweep", *late, "--json").value["drafts"] == 0


def test_the_trail_is_verified_and_an_anchor_must_stand_in_it(shell: Duban) -> None:
    found = shell("audit", "verify", "--json")
    assert found.code == 0 and found.value["ok"] and found.value["first_bad"] is None
    assert shell("audit", "verify", "--anchor", found.value["head"]).code == 0
    forged = shell("audit", "verify", "--anchor", "0" * 64)
    assert forged.code == 1 and forged.err.count("\n") == 1
