"""The keys of the list of councils, accounts and what is acted on first."""

from __future__ import annotations

from console.frame.shared_keys import Key, over_keys

COUNCILS = (
    Key("councils.hold", "n", "hold", "登记会商", "djhs", hint="登记"),
    Key("councils.speak", "p", "speak", "登记单位意见", "djdwyj", hint="意见"),
    Key("councils.decide", "c", "conclude", "登记会商结论", "djhsjl", hint="结论"),
    Key("councils.line", "L", "line", "结论写入派单目录", "jlxrpdml", hint="写入目录"),
    Key("councils.tickets", "i", "tickets", "所议诉求", "sysq", hint="诉求"),
    Key("councils.open", "1", "narrow('council')", "只看待定会商", "zkddhs"),
    Key("councils.accounts", "2", "narrow('account')", "只看挂账", "zkgz"),
    Key("councils.first", "3", "narrow('first')", "只看先办后议", "zkxbhy"),
    Key("councils.over", "4", "narrow('over')", "只看已了结", "zkylj"),
    Key("councils.all", "0", "narrow('')", "全部", "qb", hint="全部"),
    *over_keys("councils", "返回上一屏", "fhsyp"),
)
