"""Objections from the command line: one by one, by file, ruled and listed."""

from __future__ import annotations

from pathlib import Path

from tests.console.conftest import Duban

HANDED = "WH20261120-00001"

RULER = "2026-11-23T09:00"


def test_one_is_raised_listed_and_ruled(shell: Duban) -> None:
    said = ("--unit", "洪山区", "--kind", "派单", "--reason", "电话13871234567说不属我区")
    raised = shell(
        "objection", "raise", *said, "--number", HANDED, "--by", "王科长", "--json"
    ).value
    assert (raised["id"], raised["kind"], raised["number"]) == (1, "dispatch", HANDED)
    assert raised["window_at"] == "2026-11-23T17:30:00+08:00"
    assert "13871234567" not in raised["reason"] and raised["place_before"] is None
    assert "还没有裁定" in shell("objection", "raise", *said, "--number", HANDED).err
    listed = shell("objection", "list").out
    assert "派单异议" in listed and "王科长" not in listed and "13871234567" not in listed
    assert shell("objection", "rule", 1, "--reason", "x").code == 2
    told = shell("objection", "rule", 1, "--accept", "--reason", "属江岸区")
    assert "成立" in told.out and "位次不变" in told.out and "转派" in told.out
    assert shell("objection", "list", "--json").value == []
    (ruled,) = shell("objection", "list", "--all", "--json").value
    assert (ruled["accepted"], ruled["decision"]) == (True, "属江岸区")


FILE = f"""\
单位,工单编号,类别,理由,提出人,提出时间
洪山区,{HANDED},派单异议,不属我区,王科长,2026-11-20 15:00
没有的单位,{HANDED},派单,不属,王科长,2026-11-20 15:00
江岸区,{HANDED},派单,不属,王科长,2026-11-20 15:00
洪山区,WH20261112-00002,派单,不属我区,王科长,2026-11-20 15:00
洪山区,{HANDED},其他,不属,王科长,2026-11-20 15:00
洪山区,{HANDED},派单,不属,王科长,2026-11-20
洪山区,{HANDED},派单,,王科长,2026-11-20 15:00
洪山区,,数据,应办结多计,王科长,2026-11-17 15:00
"""

REASONS = (
    "没有单位 没有的单位",
    "不是该单位承办的",
    "已过期",
    "没有类别“其他”",
    "写到几点几分",
    "理由空着",
)


def test_a_file_is_taken_row_by_row_and_bad_rows_come_back(shell: Duban, tmp_path: Path) -> None:
    file = tmp_path / "异议.csv"
    file.write_text(FILE, encoding="utf-8")
    value = shell("objection", "raise", "--file", file, "--json").value
    assert (value["raised"], value["rejected"]) == ([1, 2], 6)
    back = Path(value["rejects_file"]).read_text(encoding="utf-8-sig").splitlines()
    assert back[0].endswith("行号,拒收原因")
    assert all(why in row for why, row in zip(REASONS, back[1:], strict=True))
    wrong = tmp_path / "x.csv"
    wrong.write_text("甲,乙\n1,2\n")
    assert "没有异议的表头" in shell("objection", "raise", "--file", wrong).err


def test_publication_says_what_it_waits_for(shell: Duban) -> None:
    asked = ("rank", "--week", "2026-W47", "--publish", "--now", RULER, "--json")
    refused = shell(*asked)
    assert refused.code == 1 and "数据异议到 11-24 周二 17:30 截止" in refused.err
    assert shell(*asked, "--reason", "按期").value["published"]


def test_reviews_are_counted_and_signs_pointed_at(shell: Duban) -> None:
    assert shell("review", "figures", "--week", "last", "--json").value == []
    assert "没有核查" in shell("review", "figures").out
    signs = shell("review", "signs", "--unit", "江岸区", "--week", "2026-W45", "--json").value
    assert [sign["sign"] for sign in signs] == ["rushed", "copied", "paused", "again"]
    solved = signs[-1]
    assert (solved["found"], solved["among"], solved["city_rate"]) == (0, 1, 0.0)
    assert "由人判断" in shell("review", "signs", "--unit", "江岸区").out
