"""The deadline calculator."""

import json
from pathlib import Path

from tests.console.cli.conftest import Duban


def test_three_working_days_pass_over_the_national_holiday(duban: Duban) -> None:
    answer = duban("due", "2026-09-30T10:00", "3wd", "--json")
    assert answer.code == 0
    assert answer.value | {"steps": []} == {
        "due_at": "2026-10-10T17:30:00+08:00",
        "blue_at": "2026-09-30T10:00:00+08:00",
        "yellow_at": "2026-10-09T17:30:00+08:00",
        "red_at": "2026-10-10T17:30:00+08:00",
        "provisional": False,
        "steps": [],
    }
    assert any("国庆节" in line for line in answer.value["steps"])


def test_the_limit_may_be_left_to_the_policy(duban: Duban) -> None:
    urgent = duban("due", "2026-09-30T10:00", "--urgency", "特急", "--json")
    assert urgent.value["due_at"] == "2026-10-01T10:00:00+08:00"


def test_a_policy_file_is_tried_without_a_store(duban: Duban, tmp_path: Path) -> None:
    policy = tmp_path / "p.toml"
    policy.write_text('[bureau]\ntimezone = "UTC"\n[office]\nhours = ["08:00-12:00"]\n')
    answer = duban("due", "2026-09-30T10:00", "1wd", "--policy", policy, "--json")
    assert answer.value["due_at"] == "2026-10-08T12:00:00+00:00"
    assert not list(tmp_path.rglob("*.db"))


def test_a_batch_answers_one_object_a_line_and_names_a_bad_one(
    duban: Duban, tmp_path: Path
) -> None:
    batch = tmp_path / "batch.csv"
    batch.write_text("start,limit\n2026-09-30T10:00,24h\nnever,5wd\n2026-09-30T10:00,15m\n")
    answer = duban("due", "--batch", batch, "--json")
    first, second, third = map(json.loads, answer.out.splitlines())
    assert first["due_at"] == "2026-10-01T10:00:00+08:00"
    assert "never" in second["error"]
    assert third["due_at"] == "2026-09-30T10:15:00+08:00"
    assert answer.code == 1


def test_explain_prints_the_receipt(duban: Duban) -> None:
    lines = duban("due", "2026-09-30T10:00", "3wd", "--explain").out.splitlines()
    assert lines[0] == "办结时限核算单"
    assert lines[-1].split() == ["到期", "2026-10-10", "周六", "17:30"]


def test_a_limit_that_cannot_be_read_is_refused_in_one_line(duban: Duban) -> None:
    answer = duban("due", "2026-09-30T10:00", "3xx")
    assert (answer.code, answer.out) == (1, "")
    assert "3xx" in answer.err and answer.err.count("\n") == 1
