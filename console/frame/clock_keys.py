"""The keys of the calendar, and of what is looked back at from there."""

from __future__ import annotations

from console.frame.shared_keys import Key, over_keys

CALENDAR = (
    Key(
        "calendar.rehearse",
        "i,1",
        "rehearse",
        "试算放假通知或年度日历文件",
        "ssfjtzhndrlwj",
        hint="试算文件",
    ),
    Key("calendar.builtin", "b,2", "builtin", "试算自带日历", "sszdrl", hint="自带日历"),
    Key("calendar.policy", "t,4", "policy", "试算规则文件", "ssgzwj", hint="试算规则"),
    Key("calendar.load", "y,3", "load", "装入试算的日历", "zrssdrl", hint="装入"),
    Key("calendar.past", "p,5", "past", "回看已结束的一期", "hkyjsdyq", hint="回看"),
    Key("calendar.drop", "n,0", "drop", "放弃试算", "fqss", hint="放弃"),
    Key("calendar.undo", "z", "undo", "恢复上一版日历", "hfsybrl", hint="恢复上一版"),
)

PAST = (
    Key("past.period", "p,1", "period", "换一期", "hyq", hint="换一期"),
    *over_keys("past", "返回日历", "fhrl"),
)
