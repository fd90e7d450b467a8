"""``duban campaign``: set up, filled and extended, in words; what cannot be is refused."""

from __future__ import annotations

from tests.console.conftest import Duban


def test_a_campaign_is_set_up_with_a_day_to_come(shell: Duban) -> None:
    basis = ("--basis", "市政府专题会议纪要第3号")
    late = shell("campaign", "start", "房屋租赁", "--due", "2020-01-02", *basis)
    assert late.code != 0 and "2020-01-02 已过：期限要在今天或以后" in late.err
    assert shell("campaign", "start", "房屋租赁", "--due", "2026-12-31", *basis).code == 0
    (view,) = shell("campaign", "list", "--json").value
    assert view["name"] == "房屋租赁"
    nothing = shell("campaign", "add", "房屋租赁", "--problem", "99999")
    assert nothing.code != 0 and nothing.err.count("\n") == 1
