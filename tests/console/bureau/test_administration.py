"""Operators, the unit list, the trail's transcript, ratings and upgrades from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.console.conftest import Duban

CLOSED, LIFT = "WH20261102-00005", "WH20261120-00001"


def test_operators_are_added_given_roles_and_switched_off(shell: Duban) -> None:
    added = shell("operator", "add", "liu", "--name", "刘婉清", "--role", "督办", "--json").value
    assert (added["login"], added["name"], added["roles"]) == ("liu", "刘婉清", ["supervisor"])
    changed = shell("operator", "role", "liu", "+signer", "-督办员", "--json").value
    assert changed["roles"] == ["signer"]
    units = shell("operator", "units", "liu", "--add", "洪山区", "--add", "wcq", "--json")
    assert units.code == 1 and "没有单位 wcq" in units.err
    units = shell("operator", "units", "liu", "--add", "洪山区", "--json").value
    assert units["units"] == ["洪山区"]
    assert "洪山区" in shell("operator", "units", "liu").out
    assert shell("operator", "units", "liu", "--drop", "洪山区", "--json").value["units"] == []
    assert shell("operator", "off", "liu", "--reason", "调离", "--json").value["active"] is False
    listed = {one["login"]: one["active"] for one in shell("operator", "list", "--json").value}
    assert listed["liu"] is False and len(listed) == 2
    assert "刘婉清" in shell("operator", "list").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("role", "liu", "signer"), 2, "+signer"),
        (("role", "liu", "+king"), 2, "没有权限 king"),
        (("add", "liu", "--role", "国王"), 2, "没有权限 国王"),
        (("role", "liu"), 2, "缺少"),
        (("add", "甲\x1b[2J"), 1, "看不见的字符"),
        (("role", "nobody", "+signer"), 1, "没有在用的操作员 nobody"),
        (("off", "nobody"), 1, "没有在用的操作员 nobody"),
    ],
)
def test_what_cannot_be_done_to_an_operator_is_one_line(
    shell: Duban, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = shell("operator", *words)
    assert answer.code == code and said in answer.err and answer.err.count("\n") == 1


def test_the_only_administrator_stays(shell: Duban) -> None:
    (me,) = shell("operator", "list", "--json").value
    refused = shell("operator", "role", me["login"], "-管理")
    assert refused.code == 1 and "最后一位管理员" in refused.err


def test_the_unit_list_goes_out_is_mended_rehearsed_and_loaded(
    shell: Duban, tmp_path: Path
) -> None:
    file = tmp_path / "名录.csv"
    assert shell("units", "export", file, "--json").value["units"] == 118
    text = file.read_text(encoding="utf-8-sig").replace("洪山区,中心城区", "洪山区,新城区")
    file.write_text(text + "E99,武汉市低空经济办公室,市低空办,市直部门\n", encoding="utf-8")
    told = shell("units", "rehearse", file, "--json").value
    assert (told["new"], told["changed"], told["ended"], told["absent"]) == (1, 1, 0, [])
    assert len(shell("units", "show", "--json").value) == 117
    assert "组别 中心城区 → 新城区" in shell("units", "rehearse", file).out
    assert shell("units", "load", file, "--reason", "机构改革", "--json").value == told
    groups = {u["short_name"]: u["group"] for u in shell("units", "show", "--json").value}
    assert groups["洪山区"] == "新城区" and groups["市低空办"] == "市直部门"
    again = shell("units", "load", file)
    assert again.code == 1 and "无须装入" in again.err


def test_a_list_of_some_units_leaves_the_others_and_names_the_work_of_one_that_ends(
    shell: Duban, tmp_path: Path
) -> None:
    file = tmp_path / "part.csv"
    file.write_text(
        "code,name,short_name,group,valid_to,successor\n"
        "A01,武汉市江岸区人民政府,江岸区,中心城区,2026-12-31,A02\n",
        encoding="utf-8",
    )
    done = shell("units", "load", file)
    assert done.code == 0
    assert "停用 1 个" in done.out and "在办 1 件" in done.out and "117 个单位不动" in done.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"code,name\n", "short_name"),
        ("代码,名称".encode("gb18030"), "UTF-8"),
        (b"code,name,short_name,group\nX1,a,a,g\nX2,b,a,g\n", "同指"),
    ],
)
def test_a_list_that_cannot_be_used_is_one_line(
    shell: Duban, tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    answer = shell("units", "load", file)
    assert answer.code == 1 and said in answer.err and answer.err.count("\n") == 1


def test_the_trail_goes_out_and_its_head_anchors_what_comes_after(
    shell: Duban, tmp_path: Path
) -> None:
    made = shell("audit", "export", tmp_path / "留痕", "--json").value
    manifest = json.loads((tmp_path / "留痕" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["head"] == made["head"] and made["ok"] is True
    assert shell("audit", "verify", "--anchor", made["head"]).code == 0
    again = shell("audit", "export", tmp_path / "留痕")
    assert again.code == 1 and "另写一个文件夹" in again.err


def test_a_citizens_rating_is_recorded_at_the_time_it_was_given(shell: Duban) -> None:
    shell("rate", CLOSED, "--result", "不满意", "--work", "basic", "--at", "2026-11-19T10:00")
    told = [
        line for line in shell("trail", CLOSED, "--json").value if line["verb"] == "ticket.rate"
    ]
    assert told[-1]["at"] == "2026-11-19T10:00:00+08:00"
    assert "不满意" in told[-1]["text"]


@pytest.mark.parametrize(
    ("words", "code"),
    [((CLOSED,), 2), ((CLOSED, "--result", "很好"), 2), ((LIFT, "--result", "满意"), 1)],
)
def test_a_rating_that_says_nothing_or_comes_too_early_is_refused(
    shell: Duban, words: tuple[str, ...], code: int
) -> None:
    answer = shell("rate", *words)
    assert answer.code == code and answer.err.count("\n") == 1


def test_whoever_restores_a_store_he_is_no_operator_of_is_told(
    shell: Duban, duban: Duban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("backup", tmp_path / "shell.zip")
    monkeypatch.setattr("os.getuid", lambda: 54_321)  # nobody of that number has a name
    answer = duban("restore", tmp_path / "shell.zip", "--store", tmp_path / "other.db")
    assert answer.code == 0 and "不是库中的操作员" in answer.err


def test_a_file_store_needs_no_upgrade(shell: Duban) -> None:
    told = shell("store", "upgrade")
    assert told.code == 0 and "自动升级" in told.out
    value = shell("store", "upgrade", "--json").value
    assert value["before"] == value["after"]
