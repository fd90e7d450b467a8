"""A due instant at midnight is the 24:00 of the day it ends, wherever people read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.instants import written_raw
from tests.house.tree import HOUSE, Tree, held


def test_due_instants_are_written_by_the_words_of_time() -> None:
    held(
        "due instants end their day: short_due, plain_due, chinese_due, due_day, sheet_due, "
        "or ends=True",
        written_raw(HOUSE),
    )


@pytest.mark.parametrize(
    "line",
    [
        'f"{keeper.local(one.due_at):%m-%d %H:%M}"',
        "long_instant(local(one.original_due_at))",
        "short_instant(until)",
        "chinese_moment(due)",
        "call.clock(row.due_at)",
        "chinese_day(one.due_at.date(), today)",
        'due_at.astimezone(zone).strftime("%H:%M")',
    ],
)
def test_the_rule_finds_what_it_forbids(tmp_path: Path, line: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "one.py").write_text(f"def told(one):\n    return {line}\n")
    assert written_raw(Tree(tmp_path, ("rules",))) == ["rules/one.py:2"]


@pytest.mark.parametrize(
    "line",
    ["long_instant(due, ends=True)", "short_due(one.due_at)", 'f"{one.signed_at:%H:%M}"'],
)
def test_the_rule_leaves_the_rest_alone(tmp_path: Path, line: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "one.py").write_text(f"def told(one):\n    return {line}\n")
    assert written_raw(Tree(tmp_path, ("rules",))) == []
