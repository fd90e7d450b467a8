"""``duban directory``: lines added, changed, ended, taken out into a file and back."""

from __future__ import annotations

from tests.console.conftest import Duban

ADD = (
    "directory",
    "add",
    "小区停水",
    "--words",
    "停水",
    "--basis-kind",
    "三定",
    "--basis",
    "武编1号",
)


def test_a_directory_is_kept_by_its_commands(shell: Duban) -> None:
    made = shell(*ADD, "--unit", "市水务局", "--since", "2026-01-01", "--json")
    assert made.code == 0 and (made.value["number"], made.value["taker"]) == (1, "市水务局")
    clash = shell(*ADD, "--unit", "市公安局", "--since", "2026-01-01")
    assert clash.code == 1 and "第1条与第2条冲突" in clash.err and clash.err.count("\n") == 1
    changed = shell(
        "directory", "change", "1", "--duty", "--words", "无水", "--reason", "补", "--json"
    )
    assert (changed.value["duty"], changed.value["words"]) == (True, ["无水"])
    assert shell("directory", "change", "1", "--reason", "空").code == 2
    assert shell("directory", "export", "目录.xlsx").code == 0
    loaded = shell("directory", "load", "目录.xlsx", "--json").value
    assert loaded == {"added": [], "changed": [], "unchanged": 1}
    checked = shell("directory", "check", "--json").value
    assert checked == {"clashes": [], "unused": [1], "returned": []}
    ended = shell("directory", "end", "1", "--reason", "调整", "--on", "2026-11-01", "--json")
    assert ended.value["until"] == "2026-11-01"
    shown = shell("directory", "show", "1")
    assert "无水" in shown.out and "第3版" in shown.out
    assert "小区停水" in shell("directory", "list", "--sort", "unused").out
    assert shell("directory", "list", "--sort", "color").code == 2
