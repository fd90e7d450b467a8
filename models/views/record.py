"""The record of a ticket in words: what happened, by whom, in the order it did."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.store import Rows
from rules.casework import RETURN_CODES, STEPS
from rules.clocks import STEP_NAMES, Limit
from rules.text import mask_text

VERB_NAMES = {
    **{f"{step.kind}.{step.verb}": step.name for step in STEPS},
    "ticket.intake": "受理",
    "ticket.correct": "更正时间",
    "ticket.amend": "修改登记",
    "ticket.conflict": "数据冲突",
    "ticket.keep": "冲突：保留本库的值",
    "ticket.take": "冲突：采用来件的值",
    "ticket.supervise": "列入督办单",
    "ticket.lapse_extension": "延期申请作废",
    "ticket.lapse_pause": "挂起申请作废",
    "ticket.lapse_return": "退单申请作废",
    "ticket.remind": "催办",
    "ticket.undo": "撤销",
    "ticket.redo": "重做",
    "ticket.export": "导出诉求",
    "crossing.annul": "撤销预警",
    "deadline.recompute": "时限重算",
    "review.open": "转核查",
    "order.draft": "拟制督办单",
    "order.export": "导出督办单",
    "order.copy": "导出督办单副本",
    "flag.raise": "列入应督办",
    "flag.withdraw": "撤销应督办",
    "edition.publish": "发布通报",
    "edition.file": "存入通报文件",
    "import.start": "开始导入",
    "import.finish": "导入完成",
    "campaign.start": "设立专题",
    "audit.export": "导出留痕",
    "export.list": "导出列表",
    "calendar.load": "装入日历",
    "policy.load": "装入规则",
    "operator.add": "添加操作员",
    "operator.role": "改操作员权限",
    "operator.rename": "改操作员姓名",
    "operator.off": "停用操作员",
    "unit.new": "新增单位",
    "unit.changed": "修改单位",
    "unit.ended": "停用单位",
    "store.create": "建库",
    "store.upgrade": "升级库",
    "sweep": "巡检时限",
}
"""Every verb that any code writes into the trail (a test reads the code for others)."""


LEVELS = {"blue": "转蓝", "yellow": "转黄", "red1": "转红Ⅰ级", "red2": "转红Ⅱ级", "red3": "转红Ⅲ级"}


COLUMN_NAMES = {
    "channel": "来源渠道", "external_id": "渠道编号", "nature": "诉求性质", "category": "类别",
    "urgency": "紧急程度", "title": "标题", "content": "内容", "object": "被反映对象",
    "reporter": "诉求人", "reporter_key": "", "phone": "联系电话", "confidential": "保密",
    "grid": "网格", "area": "", "address": "地址", "unit": "承办单位", "unit_text": "承办单位",
    "co_units": "协办单位", "first_handler": "首办责任人", "handler": "首办责任人",
    "opened_at": "", "received_at": "受理时间", "dispatched_at": "交办时间",
    "acknowledged_at": "签收时间", "contacted_at": "首次联系时间", "reply": "答复意见",
    "replied_at": "答复时间", "due_fixed_at": "办结时限", "due_at": "办结时限",
    "closed_at": "办结时间", "outcome": "办理结果", "result_rating": "群众满意",
    "work_rating": "工作满意", "rated_at": "评价时间",
}  # fmt: skip


NOTED = ("ticket.note", "ticket.progress", "ticket.contact")
"""Verbs whose own words stand in a note beside the event."""


def event_detail(verb: str, said: Mapping[str, Any], unit: str, note: str = "") -> str:
    """Return what an event adds to its verb; ``note`` is what was written down with it."""
    match verb:
        case "ticket.intake":
            return f"：{said.get('channel', '')}，编号{said.get('number', '')}"
        case "ticket.dispatch" | "ticket.transfer" | "ticket.join" | "ticket.assist":
            return f"：{unit}"
        case "ticket.rate":
            given = (("群众", said.get("result")), ("工作", said.get("work")))
            return "：" + "，".join(f"{what}{word}" for what, word in given if word)
        case "crossing.annul":
            levels = "、".join(LEVELS[level] for level in said.get("levels", []))
            return f"：{STEP_NAMES.get(said.get('step', ''), '')}{levels}"
        case "deadline.recompute":
            return "：" + "；".join(map(_recounted, said.get("clocks", [])))
        case _:
            return _columns(verb, said) or _step(verb, said, unit) or (f"：{note}" if note else "")


def _columns(verb: str, said: Mapping[str, Any]) -> str:
    """Return the columns that an event names."""
    match verb:
        case "ticket.amend":
            return "：" + _names(said.get("columns", []))
        case "ticket.correct":
            return "：" + _names([c for c in said if c != "演练"])
        case "ticket.conflict":
            return f"：{_names([said.get('column', '')])}与渠道来件不一致，待裁"
        case "ticket.keep" | "ticket.take":
            return f"：{_names([said.get('column', '')])}"
    return ""


def _step(verb: str, said: Mapping[str, Any], unit: str) -> str:
    """Return what a step of casework adds."""
    match verb:
        case "ticket.close":
            return f"：{said['outcome']}" if "outcome" in said else ""
        case "ticket.reply":
            return f"（套话：{said['stock']}）" if "stock" in said else ""
        case "ticket.ask_extension" | "ticket.grant_extension":
            return f"：{Limit.parse(said['limit']).label}" if "limit" in said else ""
        case "ticket.ask_return":
            return f"：{RETURN_CODES.get(said.get('code', ''), '')}"
        case "ticket.undo" | "ticket.redo":
            return f"：{VERB_NAMES.get('ticket.' + said.get('verb', ''), '')}"
        case "ticket.urge":
            called = f"，电话，{said['answered_by']}接听" if "answered_by" in said else ""
            return f"：{unit}{called}"
        case "ticket.instruct":
            return f"：{said.get('leader', '')}，时限{Limit.parse(said['limit']).label}"
        case "ticket.rework":
            limit = f"，时限{Limit.parse(said['limit']).label}" if "limit" in said else ""
            return f"：第{said.get('round', '')}轮，{unit}{limit}"
    return ""


def _recounted(clock: Mapping[str, Any]) -> str:
    """Return what became of one clock when the rules changed; its instants are local already."""
    step = STEP_NAMES.get(clock["step"], clock["step"])
    due = _minute(clock["due"])
    text = f"{step} {_minute(clock['before'])} 改为 {due}" if "before" in clock else f"{step} {due}"
    if "provisional" in clock:
        text += "（暂定）" if clock["provisional"] else "（由暂定转定）"
    if "annulled" in clock:
        text += "，撤销" + "、".join(LEVELS[level] for level in clock["annulled"])
    return text


def _minute(local: str) -> str:
    return local[:16].replace("T", " ")


def _names(columns: list[str]) -> str:
    return "、".join(dict.fromkeys(filter(None, (COLUMN_NAMES.get(c, c) for c in columns))))


ACT_NAMES = {
    "dispatched_at": "交办",
    "acknowledged_at": "签收",
    "contacted_at": "首次联系",
    "replied_at": "答复",
    "closed_at": "办结",
}


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line of the record: when it happened, when and by whom it was recorded, what and why.

    ``seq`` is the event's place in the trail. A crossing has none, and nobody did it.
    """

    at: datetime
    recorded_at: datetime
    seq: int | None
    who: str
    verb: str
    text: str
    reason: str = ""


def storyline(rows: Rows, ticket_id: int) -> tuple[TrailLine, ...]:
    """Return the record of a ticket in the order in which things happened."""
    notes = {int(id): mask_text(text) for id, text in rows(_NOTES, id=ticket_id)}
    lines: list[TrailLine] = []
    for row in rows(_EVENTS, id=ticket_id):
        lines += _event_lines(notes, *row)
    lines += [_crossing_line(*row) for row in rows(_CROSSINGS, id=ticket_id)]
    return tuple(sorted(lines, key=lambda line: (line.at, line.recorded_at, line.seq or 0)))


_EVENTS = """
SELECT e.seq, e.at, e.recorded_at, coalesce(o.name, e.operator), e.verb, e.reason, e.payload,
       coalesce(u.short_name, '')
FROM event e LEFT JOIN operator o ON o.login = e.operator LEFT JOIN unit u ON u.id = e.unit_id
WHERE e.subject_kind = 'ticket' AND e.subject_id = :id ORDER BY e.seq
"""


_NOTES = "SELECT id, text FROM note WHERE ticket_id = :id"


_CROSSINGS = """
SELECT c.at, c.recorded_at, c.level, d.step, c.annulled_reason
FROM crossing c JOIN deadline d ON d.id = c.deadline_id WHERE d.ticket_id = :id
"""


def _event_lines(
    notes: dict[int, str],
    seq: int,
    at: datetime,
    recorded_at: datetime,
    who: str,
    verb: str,
    reason: str | None,
    payload: str,
    unit: str,
) -> list[TrailLine]:
    """Return the lines of one event; an intake tells of every act that came with it."""
    said: dict[str, Any] = json.loads(payload)
    note = notes.get(said.get("note") or 0, "") if verb in NOTED else ""
    text = VERB_NAMES.get(verb, verb) + event_detail(verb, said, unit, note)
    if said.get("演练"):
        text += "（演练）"
    lines = [TrailLine(at, recorded_at, seq, who, verb, text, reason or "")]
    if verb == "ticket.intake":
        lines += [
            TrailLine(datetime.fromisoformat(said[act]), recorded_at, seq, who, verb,
                      _imported(act, said, unit))
            for act in ACT_NAMES if act in said
        ]  # fmt: skip
    return lines


def _imported(act: str, said: dict[str, Any], unit: str) -> str:
    text = ACT_NAMES[act]
    if act == "dispatched_at":
        text += f"：{unit}" if unit else ""
        text += "（交办时间缺，按受理时间计）" if said.get("dispatch_assumed") else ""
    return text + "（随件导入）"


def _crossing_line(
    at: datetime, recorded_at: datetime, level: str, step: str, annulled: str | None
) -> TrailLine:
    text = f"{STEP_NAMES.get(step, step)}时限{LEVELS[level]}"
    if annulled:
        text += f"（已撤销：{annulled}）"
    return TrailLine(at, recorded_at, None, "", f"crossing.{level}", text)
