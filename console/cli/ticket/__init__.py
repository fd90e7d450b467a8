"""``duban ticket``: casework on appeals, one or many."""

from __future__ import annotations

from collections.abc import Callable

from console.cli.chinese import Verb, verb_group
from console.cli.ticket.answering import assist, close, reopen, reply, rework, send_back
from console.cli.ticket.asking import (
    arbitrate,
    ask_extension,
    ask_pause,
    ask_return,
    grant_extension,
    grant_pause,
    grant_return,
    refuse_extension,
    refuse_pause,
    refuse_return,
    resume,
)
from console.cli.ticket.handling import acknowledge, contact, dispatch, join, note, progress
from console.cli.ticket.reading import show, suggest
from console.cli.ticket.urging import fulfil, instruct, redo, undo, urge

_VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "show": (show, "查看一件诉求（脱敏）和现在能办的步骤。"),
    "suggest": (suggest, "建议单位：按规则和相似诉求，最多三个，并说明依据。"),
    "dispatch": (dispatch, "交办或转派：单位的时限从交办时起算；转派不重新起算。"),
    "join": (join, "增加协办：协办时限比主办少一个工作日。"),
    "acknowledge": (acknowledge, "签收：登记单位已收下。"),
    "contact": (contact, "首次联系：登记单位已联系诉求人。"),
    "progress": (progress, "进度反馈：登记阶段性办理情况。"),
    "note": (note, "批注：写下要记住的事，不改变办理状态。"),
    "reply": (reply, "答复：登记单位的答复意见，等待审核。"),
    "assist": (assist, "协办反馈：登记协办单位的意见。"),
    "send-back": (send_back, "退回：答复不合要求，时限照走。"),
    "close": (close, "办结：中心认可办理结果；不写结果则按单位所报。"),
    "reopen": (reopen, "重新打开：误办结的恢复办理，时限不重算。"),
    "rework": (rework, "重办：另起一轮，时限重新计算。"),
    "ask-return": (ask_return, "申请退单：登记单位的退单理由，时限照走。"),
    "grant-return": (grant_return, "同意退单：回到待派，或直接改派。"),
    "refuse-return": (refuse_return, "不同意退单：仍由原单位办理。"),
    "arbitrate": (arbitrate, "分歧裁定：二次退单由此裁定承办单位，不得再退。"),
    "ask-extension": (ask_extension, "申请延期：须在到期前，时限照走。"),
    "grant-extension": (grant_extension, "同意延期：从现到期时起顺延，原到期留存。"),
    "refuse-extension": (refuse_extension, "不同意延期：按原时限办理。"),
    "ask-pause": (ask_pause, "申请挂起：批准前时限照走。"),
    "grant-pause": (grant_pause, "同意挂起：时限停走，须写批准依据。"),
    "refuse-pause": (refuse_pause, "不同意挂起：时限照走。"),
    "urge": (urge, "催办：每个单位一条；电话催办登记谁接的、答应了什么。"),
    "instruct": (instruct, "登记批示：另有时限，办结前排在前面。"),
    "fulfil": (fulfil, "批示办结：登记落实情况。"),
    "undo": (undo, "撤销自己最近一次办理（24小时内、此后无人再办）。"),
    "redo": (redo, "重做刚撤销的办理。"),
    "resume": (resume, "恢复：时限接着走，挂起的时间顺延。"),
}


app = verb_group("办理诉求：交办、签收、联系、答复、审核、退单、延期、挂起、办结、重办。")


for _name, (_verb, _help) in _VERBS.items():
    app.command(_name, cls=Verb, help=_help)(_verb)
