"""A bureau proves the arithmetic of time on its own machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from seed.reference.content import shipped_cases
from tests.console.conftest import Duban

HANDED = Path(__file__).parents[2] / "rules" / "clocks" / "worktime.json"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cases.json"


def cases(file: Path, *listed: Any) -> Path:
    file.write_text(json.dumps(listed), encoding="utf-8")
    return file


def bare(case: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in case.items() if not key.startswith("expect")}


def test_it_ships_with_cases_of_its_own_and_they_pass(duban: Duban) -> None:
    answer = duban("selftest")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[-1].endswith(f"（{len(shipped_cases())} passed, 0 failed）")


def test_the_shipped_cases_are_not_the_ones_of_other_engines() -> None:
    handed = {case["id"] for case in json.loads(HANDED.read_text(encoding="utf-8"))}
    assert not handed & {case["id"] for case in shipped_cases()}
    assert {case["op"] for case in shipped_cases()} == {"due", "add", "between", "add_days"}
    assert all("expect" in case or "expect_seconds" in case for case in shipped_cases())


def test_cases_handed_over_all_pass(duban: Duban) -> None:
    answer = duban("selftest", "--cases", HANDED)
    assert answer.code == 0
    assert "376 passed, 0 failed" in answer.out


def test_cases_without_expectations_are_answered_in_their_units(duban: Duban, file: Path) -> None:
    handed = json.loads(HANDED.read_text(encoding="utf-8"))
    got = duban("selftest", "--cases", cases(file, *map(bare, handed)), "--json")
    assert got.code == 0
    assert got.value == [
        {"id": case["id"], "got": case.get("expect", case.get("expect_seconds"))} for case in handed
    ]
    assert "0 passed, 0 failed" in duban("selftest", "--cases", file).out


def test_a_wrong_answer_is_shown_beside_the_right_one_and_fails(duban: Duban, file: Path) -> None:
    right, other = shipped_cases()[:2]
    answer = duban("selftest", "--cases", cases(file, right | {"expect": "2026-02-26"}, other))
    assert answer.code == 1
    assert "2026-02-26" in answer.out and right["expect"] in answer.out
    assert "1 passed, 1 failed" in answer.out
    assert right["id"] in answer.err and answer.err.count("\n") == 1


@pytest.mark.parametrize(
    "broken", [{"op": "multiply"}, {"start": "never"}, {"calendar": {}}, {"limit": "3xx"}]
)
def test_a_case_that_cannot_be_run_fails_without_stopping_the_others(
    duban: Duban, file: Path, broken: dict[str, Any]
) -> None:
    first, second = shipped_cases()[:2]
    answer = duban("selftest", "--cases", cases(file, first | broken, second), "--json")
    assert answer.code == 1
    assert answer.value == [
        {"id": first["id"], "got": None},
        {"id": second["id"], "got": second["expect"]},
    ]


def test_an_instant_may_be_written_with_another_offset(duban: Duban, file: Path) -> None:
    first = shipped_cases()[0]
    assert first["expect"] == "2026-02-25T17:30:00+08:00"
    answer = duban("selftest", "--cases", cases(file, first | {"expect": "2026-02-25T09:30:00Z"}))
    assert answer.code == 0


@pytest.mark.parametrize("text", ["", "{", '{"id": 1}', "[1]"])
def test_a_file_that_holds_no_cases_is_refused_in_one_line(
    duban: Duban, file: Path, text: str
) -> None:
    file.write_text(text, encoding="utf-8")
    answer = duban("selftest", "--cases", file)
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
