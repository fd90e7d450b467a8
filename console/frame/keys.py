"""Every key of the console in one table: stable ids, scopes, Chinese labels.

A screen or widget takes its part with ``bindings(QUEUE)``; settings and help go by the ids.
"""

from __future__ import annotations

from console.frame.cell_keys import CELL_MATTERS, OPINIONS
from console.frame.clock_keys import CALENDAR, PAST
from console.frame.grid_keys import GRID
from console.frame.paper_keys import (
    CAMPAIGNS,
    COUNCILS,
    DIRECTORY,
    LETTERS,
    POLICE,
    RECEPTIONS,
    REPORTS,
)
from console.frame.reception_keys import RECEPTION_SCOPES
from console.frame.shared_keys import Key, casework_keys, matters_keys, over_keys, sorted_keys
from console.frame.visit_keys import ROTA, VISITS

EVERYWHERE = (
    Key("app.help", "f1,?", "help", "帮助", "bz", hint="帮助"),
    Key("app.palette", ":,ctrl+p", "palette", "查找与命令", "czyml", hint="查找"),
    Key("app.queue", "f2", "open('queue')", "督办队列", "dbdl"),
    Key("app.ranking", "f3", "open('ranking')", "排名", "pm"),
    Key("app.orders", "f4", "open('orders')", "督办单", "dbd"),
    Key("app.review", "f5", "open('review')", "核查", "hc"),
    Key("app.insight", "f6", "open('insight')", "民情", "mq"),
    Key("app.units", "f7", "units", "单位", "dw"),
    Key("app.record", "f8", "open('record')", "留痕", "lh"),
    Key("app.desk", "f9", "open('desk')", "待办", "db"),
    Key("app.new", "+", "new", "登记新诉求", "djxsq"),
    Key("app.about", "f12", "over('about')", "系统信息", "xtxx"),
    Key("app.back", "escape", "back", "返回上一步", "fhsyb"),
    Key("app.undo", "u", "screen.undo", "撤销", "cx"),
    Key("app.redo", "ctrl+r", "screen.redo", "重做", "cz"),
    Key("app.zoom", "m", "screen.zoom", "放大窗格", "fdcg"),
    Key("app.leave", "q", "leave", "退出", "tc"),
    Key("app.quit", "ctrl+q", "quit", "立即退出", "ljtc", priority=True),
    Key("app.suspend", "ctrl+z", "suspend_process", "转入后台", "zrht"),
    Key("app.interrupt", "ctrl+c", "how_to_quit", "如何退出", "rhtc"),
)

FRAME = (
    Key("frame.next", "tab", "app.focus_next", "下一窗格", "xycg"),
    Key("frame.previous", "shift+tab", "app.focus_previous", "上一窗格", "sycg"),
)

LIST = (
    Key("list.up", "up,k", "up", "上一行", "syh"),
    Key("list.down", "down,j", "down", "下一行", "xyh"),
    Key("list.page_up", "pageup,ctrl+u", "page_up", "上一页", "syy"),
    Key("list.page_down", "pagedown,ctrl+d", "page_down", "下一页", "xyy"),
    Key("list.first", "home,g", "first", "第一行", "dyh"),
    Key("list.last", "end,G", "last", "最后一行", "zhyh"),
    Key("list.open", "enter,l", "open", "打开", "dk", hint="打开"),
    Key("list.columns_left", "<", "columns(-1)", "向左看列", "xzkl"),
    Key("list.columns_right", ">", "columns(1)", "向右看列", "xykl"),
    Key("list.mark", "space", "mark", "标记", "bj", hint="标记"),
    Key("list.range", "v", "range", "区间标记", "qjbj"),
    Key("list.range_up", "shift+up", "stretch(-1)", "向上连续标记", "xslxbj"),
    Key("list.range_down", "shift+down", "stretch(1)", "向下连续标记", "xxlxbj"),
    Key("list.mark_all", "a", "mark_all", "标记全部", "bjqb"),
)


QUEUE = (
    Key("queue.red", "1", "colour('red')", "只看红", "zkh", hint="红"),
    Key("queue.yellow", "2", "colour('yellow')", "只看黄", "zkh", hint="黄"),
    Key("queue.blue", "3", "colour('blue')", "只看蓝", "zkl", hint="蓝"),
    Key("queue.next", "4", "colour('next')", "下一工作日转红", "xygzrzh"),
    Key("queue.pressing", "5", "colour('pressing')", "只看特急", "zktj"),
    Key("queue.today", "6", "colour('today')", "今日新红", "jrxh"),
    Key("queue.all", "0", "colour('')", "全部在办", "qbzb", hint="全部"),
    Key("queue.review", "7", "state('review')", "待核", "dh"),
    Key("queue.unsatisfied", "8", "state('unsatisfied')", "不满意", "bmy"),
    Key("queue.closed", "9", "state('closed')", "已办结", "ybj"),
    Key("queue.states", "S", "states", "状态与时段", "ztysd", hint="状态"),
    *matters_keys("queue"),
    Key("queue.mine", "i", "mine", "只看我的联系单位/看全部", "zkwdlxdwkqb"),
    Key("queue.views", "w", "views", "常用视图", "cyst", hint="视图"),
    Key("queue.drop_view", "W", "drop_view", "删去常用视图", "sqcyst"),
    Key("queue.since", "e", "since", "上次离开以来", "sclkyl"),
    Key("queue.fold", "f", "fold", "展开/收起历史积案", "zksqlsja"),
)

MATTERS = (
    *matters_keys("matters"),
    Key("matters.parent", "h", "app.back", "返回上一屏", "fhsyp", hint="返回"),
)

TICKET = (
    *casework_keys("ticket"),
    Key("ticket.fold", "f", "fold", "展开/收起已完成的时限", "zksqywcdsx"),
    Key("ticket.receipts", "e", "derivations", "时限核算单", "sxhsd", hint="核算单"),
    Key("ticket.letter", "w", "letter", "拟制公文", "nzgw"),
    Key("ticket.attachments", "o", "attachments", "附件", "fj", hint="附件"),
    Key("ticket.copy", "y", "copy", "复制（脱敏）", "fztm"),
    Key("ticket.refresh", "r", "refresh", "刷新", "sx"),
    Key("ticket.parent", "h", "app.back", "返回队列", "fhdl", hint="返回"),
)

ORDERS = (
    Key("orders.sign", "s", "sign", "签发", "qf", hint="签发"),
    Key("orders.amend", "e", "amend", "修改", "xg", hint="修改"),
    Key("orders.draft", "d", "draft", "新拟", "xn", hint="新拟"),
    Key("orders.check", "c", "check", "逐句核对", "zjhd", hint="核对"),
    Key("orders.over", "n", "over", "据此拟催办、约谈等", "jcncbytd"),
    Key("orders.sheet", "p", "circulate", "打印发文稿纸", "dyfwgz"),
    Key("orders.letter", "w", "letter", "拟制公文", "nzgw"),
    Key("orders.steps", ".", "steps", "办理菜单", "blcd", hint="办理"),
    Key("orders.tickets", "t", "tickets", "所列诉求", "slsq", hint="诉求"),
    Key("orders.export", "o", "export", "导出正式文件", "dczswj", hint="导出"),
    Key("orders.to_sign", "1", "narrow('draft')", "只看待签发", "zkdqf"),
    Key("orders.to_deliver", "2", "narrow('signed')", "只看待送达", "zkdsd"),
    Key("orders.to_receive", "3", "narrow('delivered')", "只看待签收", "zkdqs"),
    Key("orders.to_answer", "4", "narrow('received')", "只看待反馈", "zkdfk"),
    Key("orders.to_judge", "5", "narrow('replied')", "只看待审核", "zkdsh"),
    Key("orders.late", "6", "narrow('late')", "只看逾期未反馈", "zkyqwfk"),
    Key("orders.all", "0", "narrow('')", "全部督办单", "qbdbd", hint="全部"),
    *sorted_keys("orders"),
    Key("orders.refresh", "r", "refresh", "刷新", "sx"),
)

INSIGHT = (
    Key("insight.new", "1", "kind('new')", "只看新的", "zkxd", hint="新"),
    Key("insight.rises", "2", "kind('rises')", "只看上升的", "zkssd", hint="升"),
    Key("insight.repeats", "3", "kind('repeats')", "只看重复的", "zkzfd", hint="重复"),
    Key("insight.channels", "4", "kind('channels')", "只看跨渠道的", "zkkqdd"),
    Key("insight.districts", "5", "kind('districts')", "只看跨区的", "zkkqd"),
    Key("insight.confirmed", "6", "kind('confirmed')", "只看已确认的问题", "zkyqrdwt"),
    Key("insight.campaigns", "7", "kind('campaigns')", "只看归入专题的", "zkgrztd"),
    Key("insight.all", "0", "kind('')", "全部", "qb", hint="全部"),
    Key("insight.before", "-", "period(-1)", "上一周", "syz", hint="上一周"),
    Key("insight.after", "=", "period(1)", "下一周、最近几天", "xyzzjjt", hint="下一周"),
    Key("insight.confirm", "c", "problem('confirm')", "确认是共性问题", "qrsgxwt", hint="确认"),
    Key("insight.refuse", "x", "problem('refuse')", "否定：不是共性问题", "fdbsgxwt"),
    Key("insight.name", "n", "problem('name')", "命名", "mm", hint="命名"),
    Key("insight.link", "i", "problem('link')", "列入诉求", "lrsq"),
    Key("insight.split", "s", "problem('split')", "拆出诉求、按关键词拆分", "ccsqagjccf"),
    Key("insight.join", "p", "problem('join')", "另一个问题并入这个", "lygwtbrzg"),
    Key("insight.merge", "M", "merge", "并单", "bd", hint="并单"),
    Key("insight.gather", "z", "gather", "归入专题", "grzt"),
    Key("insight.draft", "d", "draft", "拟制督办单、提示函", "nzdbdtsh", hint="督办单"),
    Key("insight.report", "w", "report", "拟制民情专报", "nzmqzb", hint="专报"),
    Key("insight.entities", "e", "app.over('entities')", "被反映主体", "bfyzt", hint="主体"),
    Key("insight.over_campaigns", "Z", "app.over('campaigns')", "专题", "zt", hint="专题"),
    Key("insight.filter", "/", "filter", "筛选", "sx", hint="筛选"),
    Key("insight.refresh", "r", "refresh", "刷新", "sx"),
)
ENTITIES = (
    Key("entities.confirm", "c", "confirm", "确认同一主体", "qrtyzt", hint="确认"),
    Key("entities.refuse", "x", "refuse", "否认同一主体", "frtyzt", hint="否认"),
    Key("entities.name", "n", "name", "登记名称、更名", "djmcgm", hint="名称"),
    Key("entities.decision", "d", "decision", "登记处理决定", "djcljd", hint="决定"),
    Key("entities.steps", ".", "part", "分开、合并、撤回", "fkhbch", hint="办理"),
    Key("entities.tickets", "t", "tickets", "所列诉求", "slsq", hint="诉求"),
    Key("entities.look", "s", "look", "查找换名", "czhm", hint="查找"),
    Key("entities.open", "1", "narrow('open')", "只看待确认", "zkdqr"),
    Key("entities.firms", "2", "narrow('entity')", "只看主体", "zkzt"),
    Key("entities.refused", "3", "narrow('refused')", "只看已否认", "zkyfr"),
    Key("entities.all", "0", "narrow('')", "全部", "qb", hint="全部"),
    *over_keys("entities", "返回上一屏", "fhsyp"),
)

DESK = (
    Key("desk.first", "1", "decide(1)", "同意（建议单位1）", "tyjydw", hint="同意"),
    Key("desk.second", "2", "decide(2)", "不同意（建议单位2）", "btyjydw", hint="不同意"),
    Key("desk.third", "3", "decide(3)", "退回补正（建议单位3）", "thbzjydw", hint="退回补正"),
    Key("desk.other", "t", "dispatch", "派给其他单位", "pgqtdw", hint="其他单位"),
    Key("desk.effect", "e", "effect", "按时办结率所数的件", "asbjlssdj"),
    Key("desk.phone", "p", "phone", "查看联系方式", "cklxfs"),
    Key("desk.before", "-", "pile(-1)", "上一类待办", "syldb"),
    Key("desk.after", "=", "pile(1)", "下一类待办", "xyldb", hint="下一类"),
    *sorted_keys("desk"),
    Key("desk.orders", "s", "orders", "排序菜单", "pxcd", hint="排序"),
    Key("desk.steps", ".", "steps", "办理菜单", "blcd", hint="办理"),
    Key("desk.refresh", "r", "refresh", "刷新", "sx"),
)

REVIEW = (
    Key("review.uphold", "1", "verdict('uphold')", "维持·单位责任", "wcdwzr"),
    Key("review.excuse", "2", "verdict('excuse')", "维持·非单位责任", "wcfdwzr"),
    Key("review.rerate", "3", "verdict('rerate')", "群众改评", "qzgp"),
    Key("review.rework", "4", "verdict('rework')", "退回重办", "thcb"),
    Key("review.supervise", "5", "verdict('supervise')", "转督办", "zdb"),
    Key("review.exclude", "6", "verdict('exclude')", "申请剔除", "sqtc"),
    Key("review.unreached", "7", "verdict('unreached')", "未接通另约", "wjtly"),
    Key("review.call", "8", "call", "拨号查看", "bhck"),
    Key("review.take_back", "9", "take_back", "撤上一件", "csyj"),
    Key("review.skip", "0", "skip", "跳过", "tg"),
    Key("review.remark", "enter", "remark", "原因或备注", "yyhbz", hint="原因、备注"),
    Key("review.open", "l", "open", "打开整件诉求", "dkzjsq", hint="整件"),
    Key("review.steps", ".", "steps", "办理菜单", "blcd", hint="办理"),
    Key("review.dossier", "D", "dossier", "年度考核档案", "ndkhda"),
    Key("review.refresh", "r", "refresh", "刷新", "sx", hint="刷新"),
)

CALLING = (
    Key("calling.answered", "1", "attempt(1)", "接通", "jt"),
    Key("calling.missed", "2", "attempt(2)", "未接通", "wjt"),
    Key("calling.declined", "3", "attempt(3)", "拒访", "jf"),
    Key("calling.call", "8", "call", "显示号码", "xshm"),
    Key("calling.skip", "0", "skip", "跳过", "tg"),
    Key("calling.refresh", "r", "refresh", "再看一次", "zkyc", hint="再看"),
)

RANKING = (
    Key("ranking.before", "-", "period(-1)", "上一期", "syq", hint="上一期"),
    Key("ranking.after", "=", "period(1)", "下一期", "xyq", hint="下一期"),
    Key("ranking.week", "1", "kind('week')", "按周", "az", hint="周"),
    Key("ranking.month", "2", "kind('month')", "按月", "ay", hint="月"),
    Key("ranking.flags", "f", "flags", "末位预警", "mwyj", hint="预警"),
    Key("ranking.objections", "i", "objections", "异议", "yy", hint="异议"),
    Key("ranking.editions", "e", "editions", "已发布各期", "yfbgq"),
    Key("ranking.publish", "P", "publish", "发布", "fb", hint="发布"),
    Key("ranking.comment", "t", "remark('comment')", "写点评", "xdp"),
    Key("ranking.demand", "T", "remark('next')", "写下步要求", "xxbyq"),
    Key("ranking.draft", "d", "check_draft", "导出核对稿", "dchdg"),
    Key("ranking.reviews", "c", "reviews", "核查情况", "hcqk"),
    Key("ranking.export", "o", "export_edition", "导出全套", "dcqt", hint="导出"),
    Key("ranking.export_view", "O", "export_view", "只导出本表", "zdcbb"),
    Key("ranking.refresh", "r", "refresh", "刷新", "sx"),
)

REVIEWED = over_keys("reviewed", "返回上一屏", "fhsyp")

UNITS = (
    Key("units.red", "1", "narrow('red')", "只看有红的单位", "zkyhddw", hint="有红"),
    Key("units.yellow", "2", "narrow('yellow')", "只看有黄的单位", "zkyhddw", hint="有黄"),
    Key("units.orders", "3", "narrow('orders')", "只看有督办单的单位", "zkydbdddw"),
    Key("units.next", "4", "narrow('next')", "下一工作日转红", "xygzrzh", hint="将转红"),
    Key("units.all", "0", "narrow('')", "全部单位", "qbdw", hint="全部"),
    Key("units.urge", "b", "steps('urge')", "催办将转红的", "cbjzhd", hint="催办"),
    Key("units.papers", "o", "papers", "给单位的清单和办理表", "gdwdqdhblb", hint="清单"),
    Key("units.filter", "/", "filter", "筛选单位", "sxdw", hint="筛选"),
    Key("units.orders_menu", "s", "orders", "排序菜单", "pxcd", hint="排序"),
    Key("units.order_left", "[", "sort(-1)", "换排序列（向左）", "hpxlxz"),
    Key("units.order_right", "]", "sort(1)", "换排序列（向右）", "hpxlxy"),
    Key("units.refresh", "r", "refresh", "刷新", "sx"),
)

UNIT = over_keys("unit", "返回上一屏", "fhsyp")

FIGURES = (
    Key("figures.next", "right,tab", "step(1)", "下一个数字", "xygsz", hint="换数字"),
    Key("figures.previous", "left,shift+tab", "step(-1)", "上一个数字", "sygsz"),
    Key("figures.up", "up,k", "across(-1)", "上一行数字", "syhsz"),
    Key("figures.down", "down,j", "across(1)", "下一行数字", "xyhsz"),
    Key("figures.page_up", "pageup,ctrl+u", "page(-1)", "上一页", "syy"),
    Key("figures.page_down", "pagedown,ctrl+d", "page(1)", "下一页", "xyy"),
    Key("figures.first", "home,g", "first", "到开头", "dkt"),
    Key("figures.last", "end,G", "last", "到结尾", "djw"),
    Key("figures.open", "enter,l", "open", "打开这个数字", "dkzgsz", hint="打开"),
)

CELLS = (
    Key("cells.next", "right", "figure(1)", "右边一个数字", "ybygsz", hint="换数字"),
    Key("cells.previous", "left", "figure(-1)", "左边一个数字", "zbygsz"),
)

PAGE = (
    Key("page.up", "up,k", "scroll_up", "上移一行", "syyh"),
    Key("page.down", "down,j", "scroll_down", "下移一行", "xyyh"),
    Key("page.page_up", "pageup,ctrl+u", "page_up", "上一页", "syy"),
    Key("page.page_down", "pagedown,ctrl+d", "page_down", "下一页", "xyy"),
    Key("page.first", "home,g", "scroll_home", "到开头", "dkt"),
    Key("page.last", "end,G", "scroll_end", "到结尾", "djw"),
)

RECORD = (
    Key("record.filter", "/", "filter", "筛选", "sx", hint="筛选"),
    Key("record.disclosed", "c", "disclosed", "各人查看与导出次数", "grckydccs", hint="查看与导出"),
    Key("record.copy", "y", "copy", "复制（脱敏）", "fztm"),
    Key("record.export", "o", "export", "导出本列表", "dcblb", hint="导出"),
    Key("record.refresh", "r", "refresh", "刷新", "sx", hint="刷新"),
)

DISCLOSED = over_keys("disclosed", "返回留痕", "fhlh")

ENTRY = (
    Key("entry.save", "ctrl+o", "save", "登记", "dj", hint="登记"),
    Key("entry.like", "ctrl+g", "like", "看相似的在办件", "kxsdzbj", hint="看相似"),
    Key("entry.up", "up", "move(-1)", "上一项、上一栏", "syxsyl"),
    Key("entry.down", "down", "move(1)", "下一项、下一栏", "xyxxyl", hint="选"),
)

IMPORT = (
    Key("import.bring", "y,2", "bring_in", "导入这份文件", "drzfwj", hint="导入"),
    Key("import.choose", "i,1", "choose", "选文件", "xwj", hint="选文件"),
    Key("import.words", "w,3", "words", "文件里的词", "wjldc", hint="词"),
    Key("import.channel", "c,4", "channel", "来源渠道", "lyqd", hint="渠道"),
    Key("import.learn", "e,5", "learn", "改为逐列指明", "gwzlzm", hint="逐列指明"),
)

FIRST_RUN = (
    Key("first.import", "1", "step('import')", "导入诉求", "drsq"),
    Key("first.demo", "2", "step('demo')", "看演示城市", "kyscs"),
    Key("first.help", "3", "step('help')", "看帮助", "kbz"),
)

SCOPES: dict[str, tuple[str, tuple[Key, ...]]] = {
    "queue": ("督办队列", QUEUE),
    "matters": ("所列诉求", MATTERS),
    "ticket": ("诉求", TICKET),
    "orders": ("督办单", ORDERS),
    "insight": ("民情", INSIGHT),
    "letters": ("公文", LETTERS),
    "campaigns": ("专题", CAMPAIGNS),
    "police": ("警务群", POLICE),
    "grid": ("网格", GRID),
    **RECEPTION_SCOPES,
    "receptions": ("大接访", RECEPTIONS),
    "cell_matters": ("网格事项", CELL_MATTERS),
    "opinions": ("我要参与", OPINIONS),
    "directory": ("派单目录", DIRECTORY),
    "entities": ("被反映主体", ENTITIES),
    "councils": ("会商挂账", COUNCILS),
    "reports": ("民情专报", REPORTS),
    "visits": ("走访", VISITS),
    "rota": ("值班与代理", ROTA),
    "cells": ("表中数字", CELLS),
    "ranking": ("排名", RANKING),
    "review": ("核查", REVIEW),
    "reviewed": ("核查情况", REVIEWED),
    "calling": ("回访", CALLING),
    "desk": ("待办", DESK),
    "units": ("单位", UNITS),
    "unit": ("一个单位", UNIT),
    "record": ("留痕", RECORD),
    "disclosed": ("查看与导出", DISCLOSED),
    "calendar": ("日历", CALENDAR),
    "past": ("回看", PAST),
    "entry": ("登记", ENTRY),
    "import": ("导入", IMPORT),
    "first": ("开始", FIRST_RUN),
    "list": ("列表", LIST),
    "figures": ("数字", FIGURES),
    "page": ("正文", PAGE),
    "frame": ("窗格", FRAME),
    "app": ("处处可用", EVERYWHERE),
}
"""Scopes in the order help shows them: what is nearest to the hand first."""
