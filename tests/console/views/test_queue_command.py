"""The queue as scripts and people read it."""

from __future__ import annotations

from pathlib import Path

from tests.console.conftest import Duban


def test_the_worst_comes_first_with_its_exact_fields(shell: Duban) -> None:
    value = shell("queue", "--json").value
    assert value["total"] == 4
    assert value["counts"] == {"red": 3, "yellow": 0, "blue": 1, "paused": 0, "provisional": 0}
    assert value["rows"][0] == {
        "number": "WH20261120-00001",
        "kind": "ticket",
        "title": "电梯困人",
        "unit": "洪山区",
        "step": "acknowledge",
        "status": "待签收",
        "colour": "red",
        "level": 1,
        "due_at": "2026-11-20T15:05:00+08:00",
        "remaining_seconds": -900,
        "provisional": False,
        "closed_at": None,
        "late": False,
    }


def test_counts_obey_every_filter_but_colour_and_limit(shell: Duban) -> None:
    value = shell("queue", "--unit", "洪山区", "--colour", "红", "--limit", "1", "--json").value
    assert (value["total"], len(value["rows"])) == (2, 1)
    assert value["counts"]["red"] == 2
    assert value["counts"]["blue"] == 0


def test_a_units_own_list_leaves_out_what_is_against_it(shell: Duban) -> None:
    number = "WH20261120-00001"
    assert shell("ticket", "accuse", number, "--unit", "洪山区").code == 0
    assert shell("ticket", "show", number, "--json").value["accused"] == [
        {"unit": "洪山区", "confirmed": True}
    ]
    own = shell("queue", "--unit", "洪山区", "--json").value
    assert number not in [row["number"] for row in own["rows"]]
    assert own["withheld"] == 1
    assert "另有1件反映的正是承办单位" in shell("queue", "--unit", "洪山区").out
    assert shell("queue", "--json").value["rows"][0]["number"] == number


def test_a_step_is_named_in_either_language(shell: Duban) -> None:
    chinese = shell("queue", "--step", "派单", "--json").value
    assert chinese == shell("queue", "--step", "dispatch", "--json").value
    assert [row["number"] for row in chinese["rows"]] == ["WH20261120-00004"]


def test_a_citizens_words_are_never_markup(shell: Duban) -> None:
    assert "[red]夜间施工[/red]" in shell("queue").out


def test_an_impossible_filter_leaves_nothing(shell: Duban) -> None:
    assert shell("queue", "--unit", "火星", "--json").value["rows"] == []
    assert "没有符合条件的事项" in shell("queue", "--unit", "火星").out


def test_a_state_is_named_in_either_language(shell: Duban) -> None:
    chinese = shell("queue", "--state", "已办结", "--json").value
    assert chinese == shell("queue", "--state", "closed", "--json").value
    assert chinese["states"] == {"open": 4, "review": 0, "unsatisfied": 0, "closed": 1, "all": 5}
    (row,) = chinese["rows"]
    assert row["closed_at"] == "2026-11-05T09:00:00+08:00"
    assert (row["number"], row["status"], row["colour"]) == ("WH20261102-00005", "办结", None)
    assert (row["remaining_seconds"], row["late"]) == (None, False)


def test_closed_matters_are_listed_for_a_period(shell: Duban) -> None:
    assert "按期办结" in shell("queue", "--state", "已办结").out
    assert "没有符合条件的事项" in shell("queue", "--state", "已办结", "--days", "3").out
    assert shell("queue", "--state", "过期").code == 2


def test_a_report_is_listed_without_its_own_words(shell: Duban, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    head = "工单编号,来源渠道,诉求性质,标题,内容,承办单位,受理时间"
    row = "WH20261119-00009,微信,举报,书记收钱,书记收钱,洪山区,2026-11-19 09:00"
    file.write_text(f"{head}\n{row}\n", encoding="utf-8")
    assert shell("import", file).code == 0
    told = shell("queue", "--unit", "洪山区")
    assert "举报件" in told.out and "书记" not in told.out
    titles = {row["title"] for row in shell("queue", "--json").value["rows"]}
    assert "举报件" in titles and "书记收钱" not in titles
