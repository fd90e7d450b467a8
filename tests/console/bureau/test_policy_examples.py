"""Policies of other places, from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.console.conftest import Duban


def test_examples_are_listed_with_what_they_set(duban: Duban) -> None:
    listed = duban("policy", "examples", "--json").value
    assert [each["title"] for each in listed] == [
        "北京",
        "蚌埠",
        "信息公开",
        "广东",
        "黄山",
        "市场监管",
        "次日上班",
        "行政许可",
        "110移交",
        "山东",
        "天津",
        "数字城管",
        "信访",
    ]
    assert "15日" in duban("policy", "examples").out


def test_an_example_can_be_saved_checked_and_reckoned_with(duban: Duban, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(duban("policy", "examples", "广东").out, encoding="utf-8")
    assert duban("policy", "check", file).code == 0
    answer = duban("due", "2026-09-30T10:00", "--nature", "咨询", "--policy", file, "--json")
    assert answer.value["due_at"] == "2026-10-09T17:30:00+08:00"


def test_an_example_there_is_not_names_those_there_are(duban: Duban) -> None:
    answer = duban("policy", "examples", "上海")
    assert (answer.code, answer.out) == (1, "")
    assert "广东（guangdong）" in answer.err
