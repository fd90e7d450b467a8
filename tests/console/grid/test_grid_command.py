"""``duban grid``: a list rehearsed, loaded, found and shown as it was."""

from __future__ import annotations

from pathlib import Path

from tests.console.conftest import Duban

FIRST = """网格名录
编码,名称,网格员,户数,小区
420111001001,珞南东社区,,"1,200户",
420111001001001,第1网格,张三,300,梅园小区、东亭花园
"""

SPLIT = """code,valid_to,successors,name,valid_from
420111001001001,2026/10/31,420111001001011；420111001001012,第1网格,
420111001001011,,,第1网格东,2026-11-01
420111001001012,,,第1网格西,2026-11-01
"""

FAULTY = """编码,名称,户数
4201110010010,甲,3
430111001001,乙,3
420111001001009,丙,很多
420111001001009,丁,5
"""


def test_a_list_is_rehearsed_loaded_found_and_shown_as_it_was(shell: Duban, tmp_path: Path) -> None:
    first, split = tmp_path / "first.csv", tmp_path / "split.csv"
    first.write_text(FIRST, encoding="gb18030")
    split.write_text(SPLIT, encoding="utf-8")
    assert shell("grid", "load", str(first), "--dry-run", "--json").value["new"] == 2
    assert shell("grid", "find", "梅园").out.startswith("没有找到“梅园”")
    assert "新增2个" in shell("grid", "load", str(first), "--yes").out
    told = shell("grid", "load", str(split), "--json").value
    assert (told["split"], told["new"], told["changed"]) == (1, 2, 0)
    assert [row["code"] for row in shell("grid", "find", "梅园", "--json").value] == [
        "420111001001001"
    ]
    said = shell("grid", "show", "420111001001001").out
    assert "不在用" in said and "拆分为　420111001001012第1网格西（2026-11-01起）" in said
    assert "小区　梅园小区、东亭花园" in said
    said = shell("grid", "show", "420111001001001", "--on", "2026-10-31").out
    assert "2026-10-31在用" in said and "这是当时的情况" in said
    assert shell("grid", "show", "珞南东社区", "--json").value["households"] == 1200


def test_every_fault_is_told_by_its_line_and_nothing_is_loaded(
    shell: Duban, tmp_path: Path
) -> None:
    file = tmp_path / "faulty.csv"
    file.write_text(FAULTY, encoding="utf-8")
    answer = shell("grid", "load", str(file), "--yes")
    assert answer.code == 1 and answer.out == ""
    for told in (
        "第2行：编码“4201110010010”有13位",
        "第3行：430111001001 不在本市",
        "第4行：户数“很多”应当是数字",
        "一行也没有装入",
    ):
        assert told in answer.err
    assert shell("grid", "show", "42011").err.startswith("编码“42011”有5位")
    assert "不止一处" in shell("grid", "show", "街道").err


def test_the_figures_of_a_place_are_told_to_people_and_programs(shell: Duban) -> None:
    told = shell("grid", "figures", "--json").value
    assert (told["code"], told["path"], len(told["months"])) == ("4201", [], 12)
    assert {"received", "closed", "contact_median_seconds"} <= told["months"][0].keys()
    assert len(told["inside"]) == 13
    assert "officer" not in str(told) and "followers" not in str(told)
    said = shell("grid", "figures", "洪山区").out
    assert "关山街道" in said and "近12个月" in said
    assert "没有编码为 420111999" in shell("grid", "figures", "420111999").err
