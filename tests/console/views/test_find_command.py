"""``duban find`` tells what is meant by what is at hand, open or closed."""

from __future__ import annotations

from tests.console.conftest import Duban


def test_anything_is_found_by_what_is_at_hand(shell: Duban) -> None:
    assert shell("find", "00005", "--json").value == [
        {
            "kind": "ticket",
            "number": "WH20261102-00005",
            "title": "物业费",
            "unit": "江岸区",
            "status": "办结",
            "open": False,
            "closed_at": "2026-11-05T09:00:00+08:00",
        }
    ]
    assert "WH20261118-00003" in shell("find", "占道", "经营").out
    assert "武汉市江岸区人民政府" in shell("find", "江岸区").out
    assert "没有找到" in shell("find", "火星").out
