"""The keys of the lists of papers: 公文, 民情专报, promises made at receptions."""

from __future__ import annotations

from console.frame.shared_keys import Key, over_keys

CAMPAIGNS = (
    Key("campaigns.start", "n", "start_campaign", "设立专题", "slzt", hint="设立"),
    Key("campaigns.task", "t", "task", "下达任务", "xdrw", hint="任务"),
    Key("campaigns.progress", "p", "progress", "登记进展", "djjz", hint="进展"),
    Key("campaigns.session", "s", "session", "登记在线接访", "djzxjf"),
    Key("campaigns.extend", "x", "extend", "展期", "zq", hint="展期"),
    Key("campaigns.close", "c", "close_campaign", "结项", "jx", hint="结项"),
    Key("campaigns.tickets", "i", "tickets", "所列诉求", "slsq", hint="诉求"),
    Key("campaigns.export", "o", "export", "导出任务表", "dcrwb", hint="导出"),
    Key("campaigns.running", "1", "narrow('running')", "只看进行中", "zkjxz"),
    Key("campaigns.late", "2", "narrow('late')", "只看有逾期", "zkyyq"),
    Key("campaigns.closed", "3", "narrow('closed')", "只看已结项", "zkyjx"),
    Key("campaigns.all", "0", "narrow('')", "全部专题", "qbzt", hint="全部"),
    *over_keys("campaigns", "返回上一屏", "fhsyp"),
)

LETTERS = (
    Key("letters.sign", "s", "sign", "签发", "qf", hint="签发"),
    Key("letters.amend", "e", "amend", "修改", "xg", hint="修改"),
    Key("letters.sheet", "p", "circulate", "打印发文稿纸", "dyfwgz", hint="稿纸"),
    Key("letters.steps", ".", "steps", "登记批示、作废", "djpszf", hint="办理"),
    Key("letters.export", "o", "export", "导出正式文件", "dczswj", hint="导出"),
    Key("letters.to_sign", "1", "narrow('draft')", "只看待签发", "zkdqf"),
    Key("letters.signed", "2", "narrow('signed')", "只看已签发", "zkyqf"),
    Key("letters.void", "3", "narrow('void')", "只看已作废", "zkyzf"),
    Key("letters.all", "0", "narrow('')", "全部公文", "qbgw", hint="全部"),
    *over_keys("letters", "返回上一屏", "fhsyp"),
)

REPORTS = (
    Key("reports.sign", "s", "sign", "签发", "qf", hint="签发"),
    Key("reports.amend", "e", "amend", "写原因、建议，修改", "xyyjyxg", hint="修改"),
    Key("reports.draft", "d", "draft", "新拟", "xn", hint="新拟"),
    Key("reports.sheet", "p", "circulate", "打印发文稿纸", "dyfwgz", hint="稿纸"),
    Key("reports.steps", ".", "steps", "登记报送、批示、落实", "djbspsls", hint="办理"),
    Key("reports.tickets", "t", "tickets", "所计诉求", "sjsq", hint="诉求"),
    Key("reports.export", "o", "export", "导出正式文件", "dczswj", hint="导出"),
    Key("reports.ledger", "O", "ledger", "导出民情报告台账", "dcmqbgtz", hint="台账"),
    Key("reports.to_sign", "1", "narrow('待签发')", "只看待签发", "zkdqf"),
    Key("reports.to_send", "2", "narrow('待报送')", "只看待报送", "zkdbs"),
    Key("reports.to_do", "3", "narrow('批示待办')", "只看批示待办", "zkpsdb"),
    Key("reports.done", "4", "narrow('已落实')", "只看已落实", "zkyls"),
    Key("reports.all", "0", "narrow('')", "全部专报", "qbzb", hint="全部"),
    *over_keys("reports", "返回上一屏", "fhsyp"),
)

DIRECTORY = (
    Key("directory.order", "s", "order", "换次序", "hcx", hint="次序"),
    Key("directory.unused", "1", "narrow('unused')", "只看从没用过", "zkcmyg"),
    Key("directory.returned", "2", "narrow('returned')", "只看常退单", "zkctd"),
    Key("directory.draft", "3", "narrow('draft')", "只看草案", "zkca"),
    Key("directory.all", "0", "narrow('')", "全部", "qb", hint="全部"),
    *over_keys("directory", "返回上一屏", "fhsyp"),
)

RECEPTIONS = (
    Key("receptions.promise", "n", "promise", "登记承诺", "djcn", hint="登记"),
    Key("receptions.print", "p", "print_pledge", "打印承诺书", "dycns", hint="打印"),
    Key("receptions.sign", "s", "sign_pledge", "登记签字", "djqz", hint="签字"),
    Key("receptions.keep", "c", "keep_pledge", "登记兑现", "djdx", hint="兑现"),
    Key("receptions.break", "b", "break_pledge", "登记未兑现", "djwdx"),
    Key("receptions.extend", "x", "extend_pledge", "改期", "gq", hint="改期"),
    Key("receptions.void", "w", "void_pledge", "作废", "zf"),
    Key("receptions.days", "d", "app.over('reception_days')", "接访日", "jfr", hint="接访日"),
    Key("receptions.ticket", "i", "ticket", "所涉诉求", "sssq", hint="诉求"),
    Key("receptions.report", "o", "day_report", "写接访报告", "xjfbg", hint="报告"),
    Key("receptions.publish", "P", "publish_day", "发布接访报告", "fbjfbg"),
    Key("receptions.last", "1", "narrow('last')", "只看上次接访月承诺的", "zkscjfycnd"),
    Key("receptions.open", "2", "narrow('open')", "只看兑现中", "zkdxz"),
    Key("receptions.overdue", "3", "narrow('overdue')", "只看逾期未办", "zkyqwb"),
    Key("receptions.broken", "4", "narrow('broken')", "只看未兑现", "zkwdx"),
    Key("receptions.done", "5", "narrow('done')", "只看已兑现", "zkydx"),
    Key("receptions.all", "0", "narrow('')", "全部承诺", "qbcn", hint="全部"),
    *over_keys("receptions", "返回上一屏", "fhsyp"),
)

POLICE = (
    Key("police.register", "n", "register_message", "登记群内诉求、线索", "djqnsqxs", hint="登记"),
    Key("police.answer", "e", "answer_message", "登记应答", "djyd", hint="应答"),
    Key("police.arrive", "d", "arrive_message", "登记到场", "djdc", hint="到场"),
    Key("police.inform", "f", "inform_message", "登记反馈", "djfk", hint="反馈"),
    Key("police.hand_on", "t", "hand_on_message", "转为诉求", "zwsq", hint="转诉求"),
    Key("police.receipt", "c", "clue_receipt", "登记线索回执", "djxshz"),
    Key("police.minutes", "i", "minutes", "应答到场用时", "yddcys", hint="用时"),
    Key("police.ticket", "w", "ticket", "打开所转诉求", "dkszsq"),
    Key("police.export", "o", "export", "导出本列表", "dcblb", hint="导出"),
    Key("police.respond", "1", "narrow('待应答')", "只看待应答", "zkdyd"),
    Key("police.come", "2", "narrow('待到场')", "只看待到场", "zkddc"),
    Key("police.tell", "3", "narrow('待反馈')", "只看待反馈", "zkdfk"),
    Key("police.clues", "4", "narrow('线索')", "只看线索", "zkxs"),
    Key("police.all", "0", "narrow('')", "全部", "qb", hint="全部"),
    *over_keys("police", "返回上一屏", "fhsyp"),
)

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
