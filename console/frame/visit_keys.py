"""The keys of 走访 and of 值班与代理."""

from __future__ import annotations

from console.frame.shared_keys import Key, over_keys

VISITS = (
    Key("visits.plan", "n", "plan_visit", "安排走访", "apzf", hint="安排"),
    Key("visits.hold", "d", "hold_visit", "登记走访", "djzf", hint="登记"),
    Key("visits.collect", "s", "collect", "收诉求", "ssq", hint="收诉求"),
    Key("visits.task", "t", "visit_task", "布置任务", "bzrw", hint="任务"),
    Key("visits.finish", "f", "finish_task", "任务完成", "rwwc", hint="完成"),
    Key("visits.cancel", "x", "cancel_visit", "取消走访", "qxzf"),
    Key("visits.appeals", "i", "appeals", "所收诉求", "sssq", hint="诉求"),
    Key("visits.before", "-", "month(-1)", "上一月", "syy", hint="上一月"),
    Key("visits.after", "=", "month(1)", "下一月", "xyy"),
    Key("visits.to_go", "1", "narrow('to_go')", "只看待走访", "zkdzf"),
    Key("visits.untold", "2", "narrow('untold')", "只看未登记", "zkwdj"),
    Key("visits.left", "3", "narrow('left')", "只看有任务在办", "zkyrwzb"),
    Key("visits.all", "0", "narrow('')", "全部走访", "qbzf", hint="全部"),
    *over_keys("visits", "返回上一屏", "fhsyp"),
)

ROTA = (
    Key("rota.duty", "n", "set_duty", "登记值班", "djzb", hint="值班"),
    Key("rota.deputy", "d", "set_deputy", "登记代理", "djdl", hint="代理"),
    Key("rota.end", "x", "end_duty", "提前结束", "tqjs", hint="结束"),
    Key("rota.now", "1", "narrow('now')", "只看现在", "zkxz"),
    Key("rota.units", "2", "narrow('unit')", "只看单位", "zkdw"),
    Key("rota.leaders", "3", "narrow('leader')", "只看领导", "zkld"),
    Key("rota.operators", "4", "narrow('operator')", "只看操作员", "zkczy"),
    Key("rota.all", "0", "narrow('')", "全部", "qb", hint="全部"),
    *over_keys("rota", "返回上一屏", "fhsyp"),
)
