"""``duban ticket new``: a script registers an appeal by options, files and standard input."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.console.conftest import NOW, Duban


def test_an_appeal_is_registered_and_handed_on(shell: Duban) -> None:
    words = ("--channel", "12345电话", "--title", "小区停水", "--phone", "13871234567")
    answer = shell("ticket", "new", *words, "--unit", "市水务局", "--category", "收费争议")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "已登记 WH20261120-00005 · 交市水务局 · 办结 11-27 17:30\n"
    shown = shell("ticket", "show", "WH20261120-00005", "--json").value
    assert (shown["unit"], shown["category"]) == ("武汉市水务局", "住房与物业/物业服务/收费争议")


def test_a_new_store_may_begin_by_hand(duban: Duban, tmp_path: Path) -> None:
    file = tmp_path / "内容.txt"
    file.write_text("第一行\n第二行\n", encoding="utf-8")
    words = ("--channel", "微信", "--content", file, "--nature", "咨询", "--received", "昨天15:00")
    value = duban("ticket", "new", *words, "--json", "--now", NOW).value
    assert (value["number"], value["unit"], value["step"]) == ("WH20261119-00001", "", "dispatch")
    assert value["due_at"].startswith("2026-11-20T") and value["provisional"] is False
    shown = duban("ticket", "show", value["number"], "--json", "--now", NOW).value
    assert (shown["title"], shown["content"]) == ("第一行", "第一行\n第二行")


def test_an_instruction_comes_from_standard_input(
    shell: Duban, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("请三日内办结\n并报我\n"))
    words = ("--kind", "批示件", "--title", "占道", "--leader", "张明", "--limit", "3wd")
    answer = shell("ticket", "new", *words, "--instruction-file", "-", "--json")
    assert answer.code == 0
    told = shell("trail", answer.value["number"]).out
    assert "登记批示" in told and "张明" in told


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--title", "停水"), "--channel 须写明来源渠道"),
        (("--channel", "微信"), "--title 标题和内容至少写一样"),
        (("--channel", "微信", "--title", "停水", "--unit", "火星"), "--unit 没有单位“火星”"),
        (("--channel", "微信", "--title", "停水", "--received", "明天"), "--received 还没有到"),
        (
            ("--channel", "微信", "--title", "停水", "--leader", "张明"),
            "--leader 只用于 --kind 批示件",
        ),
        (
            ("--channel", "微信", "--text", "停水", "--content", "a.txt"),
            "--text 和 --content 只能写一个",
        ),
        (("--channel", "微信", "--content", "没有.txt"), "没有.txt"),
    ],
)
def test_what_cannot_be_used_is_one_line(shell: Duban, words: tuple[str, ...], line: str) -> None:
    answer = shell("ticket", "new", *words)
    assert answer.code in (1, 2) and answer.out == ""
    assert line in answer.err and answer.err.count("\n") == 1
    assert shell("info", "--json").value["store"]["tickets"] == 5
