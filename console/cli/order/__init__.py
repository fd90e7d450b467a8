"""``duban order``: the life of a 督办单, from draft to close-out."""

from __future__ import annotations

from collections.abc import Callable

from console.cli.chinese import Verb, verb_group
from console.cli.order.drafting import draft, sign, void
from console.cli.order.following import accept, deliver, feedback, receive, reject
from console.cli.order.listing import export, list_orders

_VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "draft": (draft, "拟制督办单：每个主办单位一份。"),
    "sign": (sign, "签发：编文号、生成正式文件，不能撤销。"),
    "deliver": (deliver, "送达：签收时限开始计算。"),
    "receive": (receive, "签收：登记单位已收到。"),
    "feedback": (feedback, "反馈：登记单位的办理情况。"),
    "accept": (accept, "销号：核实已办到位。"),
    "reject": (reject, "退回：反馈不合要求，重新反馈，时限照走。"),
    "void": (void, "作废：文号保留、不再使用，不能撤销。"),
    "list": (list_orders, "列出督办单，等得最久的在前。"),
    "export": (export, "导出签发时生成的正式文件（.docx）。"),
}


app = verb_group("督办单：拟制、签发、送达、签收、反馈、审核、销号。")


for _name, (_verb, _help) in _VERBS.items():
    app.command(_name, cls=Verb, help=_help)(_verb)
