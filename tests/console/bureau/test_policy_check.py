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
