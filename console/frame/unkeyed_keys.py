"""The screens that have no key of their own: they open from the palette, by their initials."""

from __future__ import annotations

from console.frame.shared_keys import Key

UNKEYED = (
    Key("app.calendar", "", "over('calendar')", "日历", "rl"),
    Key("app.import", "", "over('import')", "导入", "dr"),
    Key("app.letters", "", "over('letters')", "公文", "gw"),
    Key("app.reports", "", "over('reports')", "民情专报", "mqzb"),
    Key("app.campaigns", "", "over('campaigns')", "专题", "zt"),
    Key("app.reception_days", "", "over('reception_days')", "大接访：接访日", "djfjfr"),
    Key("app.receptions", "", "over('receptions')", "大接访：承诺", "djfcn"),
    Key("app.grid", "", "over('grid')", "网格", "wg"),
    Key("app.cells", "", "over('cells')", "网格事项", "wgsx"),
    Key("app.opinions", "", "over('opinions')", "我要参与", "wycy"),
    Key("app.calls", "", "open('calls')", "回访", "hf"),
    Key("app.directory", "", "over('directory')", "派单目录", "pdml"),
    Key("app.councils", "", "over('councils')", "会商挂账", "hsgz"),
    Key("app.entities", "", "over('entities')", "被反映主体", "bfyzt"),
    Key("app.police", "", "over('police')", "警务群", "jwq"),
    Key("app.visits", "", "over('visits')", "走访", "zf"),
    Key("app.rota", "", "over('rota')", "值班与代理", "zbydl"),
)
"""What is reached from the palette alone."""
