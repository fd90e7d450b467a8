"""Where-is questions a newcomer asks, and the file and name that answer each."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.house.tree import FLOORS, HOUSE

QUESTIONS: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "questions.toml").read_text(encoding="utf-8")
)["question"]


def test_there_are_31_questions_about_every_floor() -> None:
    assert len(QUESTIONS) == 31
    assert len({question["ask"] for question in QUESTIONS}) == 31
    assert {question["file"].partition("/")[0] for question in QUESTIONS} == set(FLOORS)
    asked = Counter(question["file"].rpartition("/")[0] for question in QUESTIONS)
    assert max(asked.values()) <= 4


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["ask"])
def test_a_named_file_defines_the_named_thing(question: dict[str, str]) -> None:
    source = next((s for s in HOUSE.sources if s.path == question["file"]), None)
    assert source is not None, f"{question['ask']} There is no {question['file']}"
    found = question["name"] in source.defined
    elsewhere = [s.path for s in HOUSE.sources if question["name"] in s.defined]
    assert found, (
        f"{question['ask']} {source.at(1)} defines no {question['name']}; it is in {elsewhere}"
    )
