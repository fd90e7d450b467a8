"""The cases of other working-time engines, in the form `duban selftest` reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rules.clocks.selftest import run_case
from rules.errors import CalendarError

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "worktime.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_engine_answers_as_other_engines_cases_expect(case: dict[str, Any]) -> None:
    expected = case.get("expect", case.get("expect_seconds"))
    asked = {key: value for key, value in case.items() if not key.startswith("expect")}
    assert run_case(asked) == expected


def test_there_are_as_many_cases_as_were_handed_over() -> None:
    assert len({case["id"] for case in CASES}) == 376


@pytest.mark.parametrize("wrong", [{"op": "multiply"}, {"start": "yesterday"}])
def test_a_case_that_cannot_be_read_is_named(wrong: dict[str, str]) -> None:
    with pytest.raises(CalendarError, match=CASES[0]["id"]):
        run_case(CASES[0] | wrong)
