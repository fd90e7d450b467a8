"""The keys of 大接访: its days, the places of one, who was received at a place, the form."""

from __future__ import annotations

from console.frame.shared_keys import Key, over_keys

RECEPTION_DAYS = (
    Key("reception_days.plan", "i", "plan_days", "收安排表", "sapb", hint="安排表"),
    Key("reception_days.load", "L", "load_parties", "收登记表", "sdjb", hint="登记表"),
    Key("reception_days.close", "c", "close_day", "结束登记", "jsdj", hint="结束登记"),
    Key("reception_days.pledges", "p", "app.over('receptions')", "承诺", "cn", hint="承诺"),
    Key("reception_days.planned", "1", "narrow('已安排')", "只看已安排", "zkyap"),
    Key("reception_days.held", "2", "narrow('登记中')", "只看登记中", "zkdjz"),
    Key("reception_days.closed", "3", "narrow('已结束')", "只看已结束", "zkyjs"),
    Key("reception_days.all", "0", "narrow('')", "全部接访日", "qbjfr", hint="全部"),
    *over_keys("reception_days", "返回上一屏", "fhsyp"),
)

RECEPTION_PLACES = (
    Key("reception_places.meet", "n", "meet", "登记来访", "djlf", hint="登记"),
    Key("reception_places.empty", "1", "narrow('已安排')", "只看还没登记", "zkhmdj"),
    Key("reception_places.held", "2", "narrow('登记中')", "只看登记中", "zkdjz"),
    Key("reception_places.closed", "3", "narrow('已结束')", "只看已结束", "zkyjs"),
    Key("reception_places.all", "0", "narrow('')", "全部接访点", "qbjfd", hint="全部"),
    *over_keys("reception_places", "返回接访日", "fhjfr"),
)

MEETINGS = (
    Key("meetings.meet", "n", "meet", "登记来访", "djlf", hint="登记"),
    Key("meetings.again", "e", "again", "改为重访/首访", "gwcfsf", hint="首访重访"),
    Key("meetings.strike", "z", "strike", "撤回最近登记的一批", "chzjdjdyp", hint="撤回"),
    Key("meetings.solved", "1", "narrow('solved')", "只看现场解决", "zkxcjj"),
    Key("meetings.pledged", "2", "narrow('pledged')", "只看承诺", "zkcn"),
    Key("meetings.referred", "3", "narrow('referred')", "只看转办", "zkzb"),
    Key("meetings.transferred", "4", "narrow('transferred')", "只看移送", "zkys"),
    Key("meetings.seen", "5", "narrow('seen')", "只看疑似重访", "zkyscf"),
    Key("meetings.all", "0", "narrow('')", "全部批次", "qbpc", hint="全部"),
    *over_keys("meetings", "返回接访点", "fhjfd"),
)

MEETING = (
    Key("meeting.save", "ctrl+o", "save", "登记这一批", "djzyp", hint="登记"),
    Key("meeting.strike", "ctrl+t", "strike", "撤回最近登记的一批", "chzjdjdyp", hint="撤回上一批"),
    Key("meeting.up", "up", "move(-1)", "上一项、上一栏", "syxsyl"),
    Key("meeting.down", "down", "move(1)", "下一项、下一栏", "xyxxyl", hint="选"),
)

RECEPTION_SCOPES = {
    "reception_days": ("接访日", RECEPTION_DAYS),
    "reception_places": ("接访点", RECEPTION_PLACES),
    "meetings": ("来访", MEETINGS),
    "meeting": ("接访登记", MEETING),
}
"""The screens of 大接访 with their names and keys."""
