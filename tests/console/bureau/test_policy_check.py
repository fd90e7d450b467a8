"""``duban policy check``: units that rules route to are looked up where the policy is to serve."""

from __future__ import annotations

from pathlib import Path

from tests.console.conftest import Duban


def test_routing_to_a_unit_nobody_knows_is_refused_with_the_nearest(
    duban: Duban, shell: Duban, tmp_path: Path
) -> None:
    file = tmp_path / "routing.toml"
    file.write_text('[[routing]]\ngrid = "420111"\nunit = "洪山区委"\n', encoding="utf-8")
    for call in (duban, shell):
        answer = call("policy", "check", file)
        assert (answer.code, answer.out) == (1, "")
        assert "派单规则1的单位“洪山区委”不在单位名录中，最接近的是 洪山区" in answer.err


def test_what_routes_to_known_units_is_counted(duban: Duban, tmp_path: Path) -> None:
    file = tmp_path / "routing.toml"
    file.write_text('[[routing]]\ngrid = "420111"\nunit = "洪山"\n', encoding="utf-8")
    assert "派单规则1条" in duban("policy", "check", file).out
    assert duban("policy", "check", file, "--json").value["routing"] == 1


def test_a_policy_is_told_in_sentences_entry_by_entry(
    duban: Duban, shell: Duban, tmp_path: Path
) -> None:
    file = tmp_path / "limits.toml"
    text = '[[limits]]\nclose = "5wd"\n[[limits]]\nunit = "洪山"\nround = 2\nclose = "3wd"\n'
    file.write_text(text, encoding="utf-8")
    told = "时限第2条  洪山承办、第2轮起的诉求：交办次日起3个工作日内办结。"
    assert told in shell("policy", "check", file).out
    value = duban("policy", "check", file, "--json").value
    assert value["told"][-1]["sentences"] == ["交办次日起3个工作日内办结"]
    shown = duban("policy", "show", "--explain").out
    assert "时限第4条  特急诉求：受理后15分钟内派单" in shown
    assert "[[limits]]" not in shown


def test_a_policy_that_may_leave_an_appeal_without_a_limit_says_so(
    shell: Duban, tmp_path: Path
) -> None:
    file = tmp_path / "limits.toml"
    file.write_text('[[limits]]\nnature = "投诉"\nclose = "5wd"\n', encoding="utf-8")
    assert "没有不带条件的办结时限" in shell("policy", "check", file).out
