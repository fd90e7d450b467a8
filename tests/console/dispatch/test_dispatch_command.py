"""``duban dispatch``: suggested units, and how sure suggestions are."""

from __future__ import annotations

from tests.console.conftest import Duban

WAITING = "WH20261120-00004"


def test_a_city_too_small_to_tell_is_told_so_in_one_line(shell: Duban) -> None:
    refused = shell("dispatch", "calibrate")
    assert refused.code == 1 and refused.err.count("\n") == 1 and "至少要有" in refused.err
    unmeasured = shell("dispatch", "measured")
    assert unmeasured.code == 0 and "duban dispatch calibrate" in unmeasured.out
    assert shell("dispatch", "measured", "--json").value is None


def test_both_commands_suggest_alike(shell: Duban) -> None:
    told = shell("dispatch", "suggest", WAITING, "--json").value
    assert told == shell("ticket", "suggest", WAITING, "--json").value
