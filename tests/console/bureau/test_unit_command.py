"""``duban units show NAME``: what the unit's page tells, for people and for programs."""

from __future__ import annotations

from tests.console.conftest import Duban


def test_a_unit_is_told_by_its_short_name_as_its_page_tells_it(shell: Duban) -> None:
    told = shell("units", "show", "江岸区", "--json").value
    assert (told["code"], told["name"]) == ("A01", "武汉市江岸区人民政府")
    assert told["liaison"] and told["phone"] and told["leader"]
    assert told["counts"] == {
        **{"red": 1, "yellow": 0, "blue": 0, "late": 1, "next": 0},
        **{"paused": 0, "answered": 0, "merged": 0},
    }
    assert [row["number"] for row in told["late"]] == ["WH20261118-00003"]
    assert [step["step"] for step in told["steps"]] == ["acknowledge"]
    assert len(told["weeks"]) == 12
    rated = {week["period"]: week["result_rate"] for week in told["weeks"] if week["rated"]}
    assert rated == {"2026-W46": 1.0}
    assert told["result"] == {"满意": 1, "基本满意": 0, "不满意": 0}
    assert [(one["category"], one["count"]) for one in told["categories"]] == [("", 1)]
    assert told["last_running"] == 0


def test_a_person_reads_contact_late_list_and_weeks(shell: Duban) -> None:
    said = shell("units", "show", "A07").out
    assert "武汉市洪山区人民政府（洪山区）" in said
    assert "超期未结" in said and "WH20261112-00002" in said
    assert "[red]夜间施工[/red]" in said
    assert "2026-W46" in said and "近90天办理用时" in said


def test_an_unknown_unit_is_refused_in_words(shell: Duban) -> None:
    answer = shell("units", "show", "不存在局")
    assert answer.code == 1 and "没有单位 不存在局" in answer.err
