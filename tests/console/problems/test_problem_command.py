"""``duban problem``: from the list to every decision, in words and for programs."""

from __future__ import annotations

from pathlib import Path

from rules.casework.appeal import Appeal
from tests.console.conftest import Duban
from tests.models.problems.crowd import about, plant

CROWD = [*plant(0, 1, 2, 3, 4, 5), about("翡翠华庭电梯停运无人维修", 20)]


def brought_in(shell: Duban, folder: Path, appeals: list[Appeal]) -> None:
    """Import appeals as a file."""
    lines = ["来源渠道,渠道编号,标题,内容,诉求人,联系电话,受理时间"]
    lines += [
        f"城市留言板,{n},{one.title.replace('，', ' ')},{one.content},{one.reporter},{one.phone},"
        f"2026-11-{n + 1:02d} 09:00"
        for n, one in enumerate(appeals)
    ]
    path = folder / "board.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert shell("import", path).code == 0


def test_a_problem_is_found_read_and_decided_on(shell: Duban, tmp_path: Path) -> None:
    assert "duban problem refresh" in shell("problem", "list").out
    brought_in(shell, tmp_path, CROWD)
    (line,) = shell("problem", "list", "--reporters", "5", "--json").value
    assert (line["appeals"], line["reporters"], line["state"]) == (6, 6, "likely")
    assert line["known_at"].startswith("2026-11-05T09:00")
    id = line["id"]
    whole = shell("problem", "show", id, "--json").value
    assert len(whole["tickets"]) == len(whole["days"]) == 6
    assert whole["tickets"][0]["why"][0]["text"] == "丽发新城"
    told = shell("problem", "show", id, "--limit", 1).out
    assert "第5名诉求人反映于 2026-11-05 09:00" in told and "列1件" in told
    assert "138" not in told, "no citizen is told of"
    assert shell("problem", "confirm", id).code == 0
    named = shell("problem", "name", id, "丽发新城搅拌站", "--json").value
    assert (named["name"], named["state"], named["named"]) == ("丽发新城搅拌站", "confirmed", True)
    number = whole["tickets"][0]["number"]
    assert "已拆出1件" in shell("problem", "split", id, number).out
    assert "已列入1件" in shell("problem", "link", id, number).out
    other = shell("problem", "split", id, "--key", "噪音", "--json").value
    assert 0 < other["appeals"] < 6
    assert f"已并入{other['appeals']}件" in shell("problem", "join", id, other["id"]).out
    assert "合并共性问题" in shell("ticket", "undo").out
    assert shell("problem", "refuse", id, "--reason", "各说各的").code == 0
    refused = shell("problem", "list", "--state", "不是共性", "--json").value
    assert [each["id"] for each in refused] == [id]
    assert shell("problem", "refresh", "--json").value == {"tickets": 0, "linked": 0, "found": 0}


def test_what_cannot_be_is_said_in_one_line(shell: Duban, tmp_path: Path) -> None:
    brought_in(shell, tmp_path, CROWD[:3])
    for words, said in (
        (("show", 99), "没有第99号"),
        (("refuse", 1), "写明"),
        (("split", 1), "要么写工单编号"),
        (("split", 1, "--key", "电梯"), "电梯"),
        (("list", "--state", "好"), "没有状态"),
        (("join", 1, 1), "自己"),
        (("link", 1, "WH20261120-99999"), "WH20261120-99999"),
    ):
        refused = shell("problem", *words)
        assert refused.code and said in refused.err and refused.err.count("\n") == 1, words
