"""``duban ticket``: casework on appeals, one or many."""

from collections.abc import Callable

from console.cli.chinese import Verb, verb_group
from console.cli.ticket import answering, asking, handling, reading, urging

_VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "show": (reading.show, "查看一件诉求（脱敏）和现在能办的步骤。"),
    "suggest": (reading.suggest, "建议单位：按规则和相似诉求，最多三个，并说明依据。"),
    "dispatch": (handling.dispatch, "交办或转派：单位的时限从交办时起算；转派不重新起算。"),
    "join": (handling.join, "增加协办：协办时限比主办少一个工作日。"),
    "acknowledge": (handling.acknowledge, "签收：登记单位已收下。"),
    "contact": (handling.contact, "首次联系：登记单位已联系诉求人。"),
    "progress": (handling.progress, "进度反馈：登记阶段性办理情况。"),
    "note": (handling.note, "批注：写下要记住的事，不改变办理状态。"),
    "reply": (answering.reply, "答复：登记单位的答复意见，等待审核。"),
    "assist": (answering.assist, "协办反馈：登记协办单位的意见。"),
    "send-back": (answering.send_back, "退回：答复不合要求，时限照走。"),
    "close": (answering.close, "办结：中心认可办理结果；不写结果则按单位所报。"),
    "reopen": (answering.reopen, "重新打开：误办结的恢复办理，时限不重算。"),
    "rework": (answering.rework, "重办：另起一轮，时限重新计算。"),
    "ask-return": (asking.ask_return, "申请退单：登记单位的退单理由，时限照走。"),
    "grant-return": (asking.grant_return, "同意退单：回到待派，或直接改派。"),
    "refuse-return": (asking.refuse_return, "不同意退单：仍由原单位办理。"),
    "arbitrate": (asking.arbitrate, "分歧裁定：二次退单由此裁定承办单位，不得再退。"),
    "ask-extension": (asking.ask_extension, "申请延期：须在到期前，时限照走。"),
    "grant-extension": (asking.grant_extension, "同意延期：从现到期时起顺延，原到期留存。"),
    "refuse-extension": (asking.refuse_extension, "不同意延期：按原时限办理。"),
    "ask-pause": (asking.ask_pause, "申请挂起：批准前时限照走。"),
    "grant-pause": (asking.grant_pause, "同意挂起：时限停走，须写批准依据。"),
    "refuse-pause": (asking.refuse_pause, "不同意挂起：时限照走。"),
    "urge": (urging.urge, "催办：每个单位一条；电话催办登记谁接的、答应了什么。"),
    "instruct": (urging.instruct, "登记批示：另有时限，办结前排在前面。"),
    "fulfil": (urging.fulfil, "批示办结：登记落实情况。"),
    "undo": (urging.undo, "撤销自己最近一次办理（24小时内、此后无人再办）。"),
    "redo": (urging.redo, "重做刚撤销的办理。"),
    "resume": (asking.resume, "恢复：时限接着走，挂起的时间顺延。"),
}

app = verb_group("办理诉求：交办、签收、联系、答复、审核、退单、延期、挂起、办结、重办。")
for _name, (_verb, _help) in _VERBS.items():
    app.command(_name, cls=Verb, help=_help)(_verb)
