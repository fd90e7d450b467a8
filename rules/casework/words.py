"""What the trail calls its verbs, what people call columns, and how a unit is reminded (催办)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules.casework.steps import STEPS
from rules.casework.wider_words import WIDER_VERBS

VERB_NAMES = {
    **{f"{step.kind}.{step.verb}": step.name for step in STEPS},
    "ticket.intake": "受理",
    "ticket.correct": "更正时间",
    "ticket.conflict": "数据冲突",
    "ticket.keep": "冲突：保留本库的值",
    "ticket.take": "冲突：采用来件的值",
    "ticket.report": "单位自报待核",
    "ticket.credit": "采信自报时间",
    "ticket.as_received": "自报按收到时间登记",
    "ticket.discredit": "不采信自报",
    "ticket.supervise": "列入督办单",
    "ticket.letter": "制发公文",
    "ticket.lapse_extension": "延期申请作废",
    "ticket.lapse_pause": "挂起申请作废",
    "ticket.pause_up": "挂起期满",
    "ticket.lapse_account": "挂账作废",
    "ticket.lapse_return": "退单申请作废",
    "ticket.remind": "催办",
    "ticket.undo": "撤销",
    "ticket.redo": "重做",
    "order.undo": "撤销",
    "order.redo": "重做",
    "ticket.attach": "添加附件",
    "ticket.detach": "移除附件",
    "ticket.same": "同一诉求只计一次",
    "ticket.merge": "并单",
    "ticket.split": "拆分并单",
    "ticket.let_go": "并入件拆分",
    "ticket.inform": "告知并单",
    "ticket.object": "并单异议",
    "ticket.suspect": "推测被举报单位",
    "ticket.export": "导出诉求",
    "ticket.look": "查看联系方式",
    "ticket.look_confidential": "查看保密件联系方式",
    "ticket.handover": "制发交办单",
    "ticket.hold": "保留令",
    "ticket.lift": "解除保留令",
    "ticket.erase": "清除个人信息",
    "privacy.ask": "申请清除个人信息",
    "privacy.approve": "批准清除个人信息",
    "privacy.refuse": "驳回清除个人信息",
    "crossing.annul": "撤销预警",
    "deadline.recompute": "时限重算",
    "review.open": "转核查",
    "review.reopen": "重开核查",
    "objection.raise": "提出异议",
    "objection.rule": "裁定异议",
    "callback.plan": "安排回访",
    "review.start": "核查时限起算",
    "order.draft": "拟制督办单",
    "order.restate": "更新督办单措辞",
    "order.circulate": "打印发文稿纸",
    "dossier.make": "导出年度考核档案",
    "letter.draft": "拟制公文",
    "letter.amend": "修改公文",
    "letter.circulate": "打印公文发文稿纸",
    "letter.sign": "签发公文",
    "letter.export": "导出公文",
    "letter.answer": "登记公文批示",
    "letter.void": "作废公文",
    "report.draft": "拟制民情专报",
    "report.amend": "修改民情专报",
    "report.sign": "签发民情专报",
    "report.send": "报送民情专报",
    "report.answer": "登记专报批示",
    "report.adopt": "登记专报采纳",
    "report.carry_out": "登记专报落实",
    "report.tell": "登记告知群众",
    "report.export": "导出民情报告台账",
    "report.daily": "导出每日快报",
    "order.export": "导出督办单",
    "order.copy": "导出督办单副本",
    "flag.raise": "列入应督办",
    "flag.withdraw": "撤销应督办",
    "edition.draft": "导出核对稿",
    "edition.publish": "发布通报",
    "edition.remark": "写通报点评或要求",
    "edition.file": "存入通报文件",
    "ticket.dispute": "派单争议",
    "ticket.provisional": "指定临时主办",
    "ticket.opinion": "登记编办司法意见",
    "line.add": "派单目录增加一条",
    "line.change": "派单目录修改一条",
    "line.end": "派单目录停用一条",
    "ticket.against_duty": "部门法定职责仍派街道",
    "ticket.look_over": "复核派单",
    "dispatch.calibrate": "测算派单把握",
    "handout.make": "导出单位办理表",
    "problem.find": "发现共性问题",
    "problem.refresh": "归并新诉求",
    "problem.confirm": "确认共性问题",
    "problem.refuse": "否定共性问题",
    "problem.name": "命名共性问题",
    "problem.link": "列入共性问题",
    "problem.split": "拆出共性问题",
    "problem.join": "合并共性问题",
    **{f"{kind}.undo": "撤销" for kind in ("entity", "alias", "decision", "flag")},
    **{f"{kind}.redo": "重做" for kind in ("entity", "alias", "decision", "flag")},
    "problem.undo": "撤销",
    "problem.redo": "重做",
    "import.start": "开始导入",
    "import.finish": "导入完成",
    "profile.save": "存下来源格式",
    "profile.drop": "删去来源格式",
    "template.load": "装入文书模板",
    "entity.add": "登记被反映主体",
    "entity.name": "登记主体名称",
    "entity.join": "合并主体",
    "entity.separate": "分开主体名称",
    "alias.suggest": "提出别名建议",
    "alias.lapse": "别名建议不再成立",
    "alias.confirm": "确认同一主体",
    "alias.refuse": "否认同一主体",
    "decision.add": "登记处理决定",
    "decision.revoke": "撤回处理决定",
    "ticket.gather": "归入专题",
    "ticket.release": "移出专题",
    "ticket.suspend": "特殊时期暂停时限",
    "ticket.unsuspend": "特殊时期恢复时限",
    **WIDER_VERBS,
    "audit.export": "导出留痕",
    "export.list": "导出列表",
    "calendar.load": "装入日历",
    "policy.load": "装入规则",
    "grid.load": "装入网格名录",
    "operator.add": "添加操作员",
    "operator.role": "改操作员权限",
    "operator.rename": "改操作员姓名",
    "operator.units": "改联系单位",
    "operator.off": "停用操作员",
    "unit.new": "新增单位",
    "unit.changed": "修改单位",
    "unit.ended": "停用单位",
    "act.refused": "越权未办",
    "store.create": "建库",
    "store.backup": "备份库",
    "audit.verify": "核验留痕与各表",
    "store.clock": "确认系统时钟",
    "store.upgrade": "升级库",
    "seal": "随同其他事项变动",
    "sweep": "巡检时限",
}
"""Every verb that any code writes into the trail (a test reads the code for others)."""


PAPER_NAMES = {
    "order": "督办单",
    "notice": "提示函",
    "reminder": "催办通知",
    "talk": "约谈通知",
    "talk_record": "约谈记录",
    "referral_crime": "移送函（涉嫌犯罪）",
    "referral_duty": "移送函（失职失责）",
}
"""The papers of the ladder as lists call them; here, so that no list need load the policy."""

LETTER_NAMES = {
    "extension_reply": "延期批复",
    "pause_reply": "挂起批复",
    "return_reply": "退单批复",
    "ruling": "分歧裁定书",
    "closing_notice": "销号通知",
    "review_report": "核查报告",
    "brief": "督查专报",
    "submission": "呈阅件",
    "report": "民情专报",
    "campaign_report": "结项报告",
}
"""The office's own papers as people call them."""

IDLE = frozenset(
    {
        "ticket.pause_up",
        "act.refused",
        "ticket.export",
        "ticket.look",
        "ticket.look_confidential",
        "dossier.make",
        "letter.circulate",
        "letter.export",
        "report.export",
        "report.daily",
        "order.circulate",
        "order.export",
        "order.copy",
        "export.list",
        "grid.codes",
        "handout.make",
        "ticket.handover",
        "audit.export",
        "audit.verify",
        "store.backup",
        "store.clock",
        "edition.file",
        "edition.draft",
        "pledge.print",
        "reception.report",
        "crossing.annul",
        "alias.lapse",
        "alias.suggest",
        "problem.find",
        "problem.refresh",
        "seal",
        "sweep",
    }
)
"""Verbs that change no matter: looks, exports, sweeps and what follows by itself."""


DISCLOSURES = {
    "looks": ("查看联系方式", ("ticket.look", "ticket.look_confidential")),
    "exports": (
        "导出",
        (
            "ticket.export",
            "campaign.export",
            "export.list",
            "grid.codes",
            "dossier.make",
            "letter.circulate",
            "letter.export",
            "report.export",
            "report.daily",
            "order.circulate",
            "order.export",
            "edition.draft",
            "pledge.print",
            "reception.report",
            "audit.export",
        ),
    ),
    "copies": ("副本", ("order.copy",)),
    "handouts": ("发单位", ("handout.make", "ticket.handover")),
    "backups": ("备份", ("store.backup",)),
}
"""What is counted of each operator: how it is called, and the verbs that are it."""


def verb_name(verb: str) -> str:
    """Return what people call a verb of the trail."""
    return VERB_NAMES.get(verb, verb)


def act_name(kind: str, verb: str) -> str:
    """Return what people call an act on a kind of matter: ``close``, or whole ``review.uphold``."""
    return verb_name(verb if "." in verb else f"{kind}.{verb}")


COLUMN_NAMES = {
    "channel": "来源渠道",
    "external_id": "渠道编号",
    "nature": "诉求性质",
    "category": "类别",
    "urgency": "紧急程度",
    "title": "标题",
    "content": "内容",
    "object": "被反映对象",
    "reporter": "诉求人",
    "reporter_key": "",
    "phone": "联系电话",
    "confidential": "保密",
    "grid": "网格",
    "area": "",
    "address": "地址",
    "unit": "承办单位",
    "unit_text": "承办单位",
    "co_units": "协办单位",
    "first_handler": "首办责任人",
    "handler": "首办责任人",
    "opened_at": "",
    "received_at": "受理时间",
    "dispatched_at": "交办时间",
    "acknowledged_at": "签收时间",
    "contacted_at": "首次联系时间",
    "reply": "答复意见",
    "replied_at": "答复时间",
    "due_fixed_at": "办结时限",
    "due_at": "办结时限",
    "closed_at": "办结时间",
    "outcome": "办理结果",
    "result_rating": "群众满意",
    "work_rating": "工作满意",
    "rated_at": "评价时间",
    "attachments": "附件",
    "lead": "并入主件",
    "merge_kind": "并单类型",
    "merged_at": "并单时间",
}


def tags_words(was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Return how tags changed: ``诉求性质 投诉改为咨询``."""
    changed = (
        (COLUMN_NAMES[name], was.get(name) or "无", new or "无") for name, new in now.items()
    )
    return "、".join(f"{name} {before}改为{after}" for name, before, after in changed)


@dataclass(frozen=True, slots=True)
class Urged:
    """One appeal on a reminder: number, title without personal data, step and what is left of it.

    ``due`` is the due date in the bureau's words, ``remaining`` 余2个工作日 or 超期4个工作日.
    """

    number: str
    title: str
    step: str
    due: str
    remaining: str


def urge_text(unit: str, bureau: str, urged: Sequence[Urged], day: str) -> str:
    """Return the reminder as it is copied into a message or read out; one line an appeal."""
    late = sum(one.remaining.startswith("超") for one in urged)
    overdue = f"，其中{late}件已超期" if late else ""
    lines = [
        f"{unit}：",
        f"以下{len(urged)}件诉求请抓紧办理{overdue}，并及时反馈办理情况：",
        *(
            f"{n}. {one.number} {one.title}（{one.step}，{one.due}到期，{one.remaining}）"
            for n, one in enumerate(urged, 1)
        ),
        f"{bureau}　{day}",
    ]
    return "\n".join(lines)
