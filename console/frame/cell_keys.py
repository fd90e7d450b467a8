"""The keys of what comes from cells: 网格事项 and 我要参与."""

from __future__ import annotations

from console.frame.shared_keys import Key, over_keys

CELL_MATTERS = (
    Key("cell_matters.own", "n", "note_matter('own')", "登记网格自办", "djwgzb", hint="自办"),
    Key("cell_matters.found", "f", "note_matter('found')", "登记自发现", "djzfx", hint="自发现"),
    Key("cell_matters.finish", "c", "finish_matter", "办结", "bj", hint="办结"),
    Key("cell_matters.pass", "p", "pass_up", "上报一级", "sbyj", hint="上报"),
    Key("cell_matters.place", "/", "place", "只看一处", "zkyc", hint="地方"),
    Key("cell_matters.export", "o", "export", "导出网格表", "dcwgb", hint="导出"),
    Key("cell_matters.open", "1", "narrow('open')", "只看未办", "zkwb"),
    Key("cell_matters.late", "2", "narrow('late')", "只看逾期", "zkyq"),
    Key("cell_matters.passed", "3", "narrow('passed')", "只看交单位", "zkjdw"),
    Key("cell_matters.done", "4", "narrow('done')", "只看已办结", "zkybj"),
    Key("cell_matters.all", "0", "narrow('')", "全部网格事项", "qbwgsx", hint="全部"),
    *over_keys("cell_matters", "返回上一屏", "fhsyp"),
)

OPINIONS = (
    Key("opinions.open", "n", "open_topic", "发起投票或征集", "fqtphzj", hint="发起"),
    Key("opinions.close", "c", "close_topic", "结束并答复", "jsbdf", hint="结束"),
    Key("opinions.take_up", "t", "take_up", "建议转为诉求", "jyzwsq", hint="转诉求"),
    Key("opinions.running", "1", "narrow('running')", "只看进行中", "zkjxz"),
    Key("opinions.over", "2", "narrow('over')", "只看已截止", "zkyjz"),
    Key("opinions.closed", "3", "narrow('closed')", "只看已结束", "zkyjs"),
    Key("opinions.all", "0", "narrow('')", "全部议题", "qbyt", hint="全部"),
    *over_keys("opinions", "返回上一屏", "fhsyp"),
)
