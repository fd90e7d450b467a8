"""A limit of its own, and who grants more time, as the screen asks for them."""

from __future__ import annotations

import json

from models.casework import take
from models.clocks import load_policy
from models.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import column, one

CAPPED = """
[[limits]]
urgency = "一般"
own = "15wd"
extension = "3wd"
extension_by = "city"
pause = "10wd"
[[leaders]]
name = "王一"
post = "副市长"
rank = "city"
"""

LONGER = """
SELECT t.id FROM ticket t JOIN round r ON r.ticket_id = t.id JOIN deadline d ON d.round_id = r.id
WHERE t.urgency = '一般' AND r.state = 'dispatched' AND d.step = 'close' AND d.due_at > '2026-11-24'
"""


def test_a_limit_of_its_own_and_the_leader_who_grants_are_asked_where_the_policy_wants_them(
    town: Store,
) -> None:
    load_policy(town, one(town, "SELECT text FROM policy")[0] + CAPPED, "定上限")
    asked = column(town, LONGER)[0]
    take(town, "ask_extension", [asked], limit_text="3wd", reason="须会商")

    async def journey(stage: Stage) -> None:
        await stage.press("f9", ".")
        assert "另定时限交办" in stage.frame()
        await stage.press("2", "1")
        assert "例如 15wd" in stage.frame()
        await stage.press(*"15wd ", *"情况复杂", "enter")
        assert "已另定时限交办" in stage.told()
        await stage.press("=", "=")
        await stage.press("1")
        assert "2 副市长王一" in stage.frame()
        await stage.press("2")
        assert "同意延期" in stage.told()

    play(town, journey, size=(80, 24))
    assert column(town, "SELECT limit_text FROM round WHERE limit_text IS NOT NULL") == ["15wd"]
    assert one(town, "SELECT leader FROM extension") == ("王一",)
    told = column(
        town, "SELECT payload FROM event WHERE verb = 'ticket.dispatch' ORDER BY seq DESC"
    )
    assert json.loads(told[0])["limit"] == "15wd"
