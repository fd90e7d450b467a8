"""An event of the trail in plain words: what was done, and what its payload tells besides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.views.labels import LABELS
from rules.bureau import ROLE_NAMES
from rules.casework import (
    COLUMN_NAMES,
    LIMITS_AFTER,
    STEPS,
    act_name,
    tags_words,
    verb_name,
)
from rules.clocks import CROSSING_NAMES, STEP_NAMES, Limit, plain_due
from rules.intake import SAME_BY

REVERTS = tuple(
    f"{kind}.{how}"
    for kind in (
        *("ticket", "order", "problem", "entity", "alias", "decision", "flag", "pledge"),
        *("visit", "visit_task", "duty"),
        *("cell_matter", "opinion_topic", "council"),
    )
    for how in ("undo", "redo")
)


def event_words(verb: str, said: Mapping[str, Any], unit: str, note: str = "") -> str:
    """Return what was done; ``note`` is what was written down with it, the unit's name is short."""
    rehearsed = "（演练）" if said.get("演练") else ""
    return verb_name(verb) + event_detail(verb, said, unit, note) + rehearsed


def with_an_act(verb: str) -> str:
    """Return what befell a subject that only an act on another has changed."""
    return f"随“{verb_name(verb)}”变动"


def event_detail(verb: str, said: Mapping[str, Any], unit: str, note: str = "") -> str:
    """Return what an event adds to its verb; ``note`` is what was written down with it."""
    match verb:
        case "ticket.intake":
            only = "，仅供分析" if "analysis" in said else ""
            return f"：{said.get('channel', '')}，编号{said.get('number', '')}{only}"
        case "ticket.same":
            return f"：{said.get('number', '')}（{SAME_BY.get(said.get('by', ''), '')}）"
        case "ticket.dispatch" | "ticket.transfer" | "ticket.join" | "ticket.assist":
            own = f"，另定时限{Limit.parse(said['limit']).label}" if "limit" in said else ""
            return f"：{unit}{own}"
        case "ticket.accuse" | "ticket.absolve" | "ticket.suspect":
            return f"：{unit}"
        case "ticket.report" | "ticket.credit" | "ticket.as_received" | "ticket.discredit":
            return f"：{act_name('ticket', said['verb'])}"
        case "ticket.rate":
            given = (("群众", said.get("result")), ("工作", said.get("work")))
            return "：" + "，".join(f"{what}{word}" for what, word in given if word)
        case "act.refused":
            roles = "或".join(ROLE_NAMES[role] for role in ROLE_NAMES if role in said["asked"])
            return f"：{verb_name(said['verb'])}（要有{roles}权限）"
        case "crossing.annul":
            levels = "、".join(CROSSING_NAMES[level] for level in said.get("levels", []))
            return f"：{STEP_NAMES.get(said.get('step', ''), '')}{levels}"
        case "deadline.recompute":
            return "：" + "；".join(map(_recounted, said.get("clocks", [])))
        case _:
            told = _columns(verb, said) or _step(verb, said, unit) or _besides(verb, said)
            until = f"至{said['until']}" if verb == "ticket.grant_pause" and "until" in said else ""
            words = (*_chosen(verb, said), note, until)
            return told or "".join(
                f"{'，' if n else '：'}{w}" for n, w in enumerate(filter(None, words))
            )


def _columns(verb: str, said: Mapping[str, Any]) -> str:
    """Return the columns that an event names."""
    match verb:
        case "ticket.amend" | "ticket.relimit":
            return "：" + _amended(said)
        case "ticket.correct":
            return "：" + _names([c for c in said if c != "演练"])
        case "ticket.conflict":
            return f"：{_names([said.get('column', '')])}与渠道来件不一致，待裁"
        case "ticket.keep" | "ticket.take":
            return f"：{_names([said.get('column', '')])}"
    return ""


def _amended(said: Mapping[str, Any]) -> str:
    """Return what was changed, tags with their values, and what became of the limits."""
    now: Mapping[str, Any] = said.get("now", {})
    names = _names([name for name in said.get("columns", []) if name not in now])
    told = [names, tags_words(said.get("was", {}), now), _LIMITS.get(said.get("limits", ""), "")]
    return "；".join(filter(None, (*told, *map(_recounted, said.get("clocks", [])))))


_LIMITS = {**LIMITS_AFTER, "wait": "时限待定"}


def _chosen(verb: str, said: Mapping[str, Any]) -> list[str]:
    """Return in words what was chosen among the answers that the step offers."""
    asks = (a for s in STEPS if f"{s.kind}.{s.verb}" == verb for a in s.asks if a.kind == "choice")
    return [ask.choices[said[ask.name]] for ask in asks if said.get(ask.name) in ask.choices]


def _step(verb: str, said: Mapping[str, Any], unit: str) -> str:
    """Return what a step of casework adds."""
    match verb:
        case "ticket.reply":
            return f"（套话：{said['stock']}）" if "stock" in said else ""
        case "ticket.ask_extension" | "ticket.grant_extension":
            let = f"，{said['leader']}批准" if "leader" in said else ""
            return f"：{Limit.parse(said['limit']).label}{let}" if "limit" in said else ""
        case _ if verb.startswith("ticket.") and verb.endswith("_account"):
            return _account(said)
        case _ if verb in REVERTS:
            return f"“{act_name(verb.partition('.')[0], said.get('verb', ''))}”"
        case "ticket.urge":
            called = f"，电话，{said['answered_by']}接听" if "answered_by" in said else ""
            return f"：{unit}{called}"
        case "ticket.instruct":
            return f"：{said.get('leader', '')}，时限{Limit.parse(said['limit']).label}"
        case "ticket.rework":
            limit = f"，时限{Limit.parse(said['limit']).label}" if "limit" in said else ""
            return f"：第{said.get('round', '')}轮，{unit}{limit}"
    return ""


def _account(said: Mapping[str, Any]) -> str:
    """Return for how long 挂账 is, who signed or approved it, until when."""
    told = (
        Limit.parse(said["limit"]).label if "limit" in said else "",
        f"{said['signed_by']}签字" if "signed_by" in said else "",
        f"{said['leader']}批准" if "leader" in said else "",
        f"至{said['until']}" if "until" in said else "",
    )
    words = "，".join(filter(None, told))
    return f"：{words}" if words else ""


def _recounted(clock: Mapping[str, Any]) -> str:
    """Return what became of one clock when the rules changed; its instants are local already."""
    step = STEP_NAMES.get(clock["step"], clock["step"])
    due = _due(clock["due"])
    text = f"{step} {_due(clock['before'])} 改为 {due}" if "before" in clock else f"{step} {due}"
    if clock.get("ended"):
        text = f"{step} {due} 的时限终止"
    if "provisional" in clock:
        text += "（暂定）" if clock["provisional"] else "（由暂定转定）"
    if "annulled" in clock:
        text += "，撤销" + "、".join(CROSSING_NAMES[level] for level in clock["annulled"])
    return text


def _due(local: str) -> str:
    return plain_due(datetime.fromisoformat(local))


def _names(columns: list[str]) -> str:
    return "、".join(dict.fromkeys(filter(None, (COLUMN_NAMES.get(c, c) for c in columns))))


_BESIDES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "handout.make": (("number", "第{}号"), ("tickets", "{}件")),
    "ticket.attach": (("attachment", "第{}号"), ("sort", "{}")),
    "ticket.detach": (("attachment", "第{}号"),),
    "ticket.supervise": (("number", "{}"),),
    "ticket.merge": (("lead", "主件{}"), ("numbers", "{}")),
    "ticket.split": (("lead", "主件{}"),),
    "ticket.object": (("lead", "主件{}"),),
    "ticket.let_go": (("numbers", "{}"),),
    "ticket.inform": (("how", "{}"),),
    "ticket.letter": (("noun", "{}"), ("number", "{}")),
    "ticket.export": (("tickets", "{}件"), ("file", "{}")),
    "export.list": (("rows", "{}行"), ("file", "{}")),
    "callback.plan": (
        ("period", "{}"),
        ("review", "核查{}件"),
        ("sample", "抽样{}件"),
        ("seed", "种子{}"),
    ),
    "order.draft": (("tickets", "{}"),),
    "order.amend": (("changed", "{}"),),
    "order.sign": (("signer", "签发人{}"), ("template", "{}")),
    "dossier.make": (("year", "{}年"), ("file", "{}")),
    "letter.draft": (("noun", "{}"), ("about", "{}")),
    "letter.amend": (("changed", "{}"),),
    "letter.circulate": (("draft", "第{}版"),),
    "letter.sign": (("signer", "签发人{}"), ("template", "{}")),
    "letter.export": (("void", "作废件"),),
    "letter.answer": (("leader", "{}"),),
    "report.draft": (("about", "{}"),),
    "report.amend": (("changed", "{}"),),
    "report.sign": (("number", "{}"), ("tickets", "{}件")),
    "report.send": (("number", "{}"), ("to", "{}"), ("means", "{}")),
    "report.answer": (("number", "{}"), ("leader", "{}"), ("limit", "{}")),
    "report.adopt": (("number", "{}"),),
    "report.carry_out": (("number", "{}"),),
    "report.tell": (("number", "{}"),),
    "report.daily": (("day", "{}"), ("file", "{}")),
    "report.export": (("rows", "{}行"), ("file", "{}")),
    "order.circulate": (("draft", "第{}版"),),
    "order.copy": (("serial", "第{}份"),),
    "order.export": (("void", "作废件"),),
    "edition.draft": (("period", "{}"), ("units", "{}个单位")),
    "objection.raise": (("ticket", "{}"), ("period", "{}")),
    "objection.rule": (("accepted", "{}"),),
    "edition.remark": (("period", "{}"), ("kind", "{}"), ("version", "第{}稿")),
    "edition.publish": (("period", "{}"), ("issue", "第{}期")),
    "edition.file": (("name", "{}"),),
    "flag.raise": (("evidence", "{}"),),
    "campaign.start": (("name", "{}"),),
    "police_group.load": (("name", "{}"), ("code", "{}")),
    "police_group.end": (("name", "{}"),),
    "group_message.record": (("group", "{}"),),
    "group_message.answer": (("done", "{}"),),
    "group_message.hand_on": (("number", "{}"),),
    "pledge.make": (("leader", "{}"), ("due", "{}前兑现")),
    "pledge.sign": (("leader", "{}"), ("unit", "{}")),
    "pledge.extend": (("leader", "{}同意"), ("due", "延至{}")),
    "pledge.keep": (("evidence", "凭据{}"),),
    "pledge.print": (("file", "{}"),),
    "reception.publish": (("day", "{}"),),
    "reception.report": (("file", "{}"),),
    "reception.plan": (("place", "{}"), ("day", "{}"), ("leader", "{}")),
    "reception.receive": (("place", "{}"), ("batches", "{}批"), ("people", "{}人次")),
    "reception.again": (("serial", "第{}批"),),
    "reception.strike": (("serial", "第{}批"), ("number", "{}")),
    "reception.close": (("place", "{}"), ("day", "{}"), ("batches", "{}批")),
    "visit.collect": (("number", "{}"),),
    "visit.link": (("number", "{}"),),
    "visit_task.add": (("title", "{}"),),
    "duty.set": (("person", "{}"), ("of", "{}")),
    "duty.deputy": (("person", "{}"), ("of", "代{}")),
    "cell_matter.note": (("code", "网格{}"),),
    "cell_matter.pass": (("from", "由{}"), ("to", "到{}")),
    "opinion_topic.open": (("name", "{}"),),
    "opinion_topic.take": (("new", "{}条"), ("file", "{}")),
    "opinion_topic.close": (("new", "共{}条"),),
    "opinion_topic.take_up": (("number", "{}"),),
    "grid.codes": (("code", "{}"), ("rows", "{}格"), ("file", "{}")),
    **dict.fromkeys(("ticket.suspend", "ticket.unsuspend"), (("kind", "{}"), ("document", "{}"))),
    "entity.add": (("name", "{}"),),
    "entity.name": (("name", "{}"), ("names", "{}"), ("since", "{}起")),
    "entity.join": (("names", "{}"), ("into", "归入主体{}")),
    "entity.separate": (("name", "{}"), ("into", "另立主体{}")),
    "alias.suggest": (("names", "{}"),),
    "alias.lapse": (("names", "{}"),),
    "alias.confirm": (("names", "{}"),),
    "alias.refuse": (("names", "{}"),),
    "decision.add": (("name", "{}"), ("kind", "{}"), ("number", "{}")),
    "decision.revoke": (("number", "{}"),),
    "import.start": (("source", "{}"), ("name", "{}")),
    "import.finish": (
        ("new", "新增{}"),
        ("updated", "更新{}"),
        ("conflicts", "冲突{}"),
        ("rejected", "拒收{}"),
    ),
    "profile.save": (("name", "{}"), ("label", "{}")),
    "profile.drop": (("name", "{}"), ("label", "{}")),
    "template.load": (("kind", "{}"), ("revision", "第{}版"), ("name", "{}")),
    "privacy.ask": (("tickets", "{}件"),),
    "privacy.approve": (("tickets", "{}件"),),
    "operator.add": (("login", "{}"), ("roles", "{}")),
    "operator.role": (("login", "{}"), ("to", "改为{}")),
    "operator.rename": (("login", "登录名{}"),),
    "operator.units": (("login", "{}"), ("to", "改为{}")),
    "operator.off": (("login", "{}"),),
    "policy.load": (("changed", "时限变动{}件"),),
    "calendar.load": (("source", "{}"), ("changed", "时限变动{}件")),
    "store.create": (("units", "{}个单位"),),
    "store.upgrade": (("from", "由{}"), ("to", "到{}")),
    "store.backup": (("file", "{}"),),
    "store.clock": (("system", "系统时钟{}"),),
    "audit.export": (("events", "{}条"),),
    "sweep": (
        ("blue", "转蓝 {}"),
        ("yellow", "转黄 {}"),
        ("red1", "转红1 {}"),
        ("red2", "转红2 {}"),
        ("red3", "转红3 {}"),
    ),
}
"""What events that are no step of casework tell: a key of the payload and how it is said."""


def _besides(verb: str, said: Mapping[str, Any]) -> str:
    told = [form.format(worded(said[key])) for key, form in _BESIDES.get(verb, ()) if said.get(key)]
    return "：" + "，".join(told) if told else ""


_LISTED: Mapping[str, str] = {**COLUMN_NAMES, **ROLE_NAMES, **CROSSING_NAMES}
"""What the codes in a payload's lists mean: columns, roles, levels."""

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "step": STEP_NAMES,
    "column": COLUMN_NAMES,
    "verb": {name: step.name for step in STEPS for name in (step.verb, f"{step.kind}.{step.verb}")},
    **{ask.name: ask.choices for step in STEPS for ask in step.asks if ask.choices},
}
"""What the codes under a key of a payload mean."""


def worded(value: Any) -> str:
    """Return a value of a payload as people read it; lists are told one after the other."""
    if isinstance(value, Mapping):
        return "，".join(f"{label}{words}" for label, words in payload_words(value))
    if isinstance(value, list):
        return "、".join(_LISTED.get(str(one)) or worded(one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return "无" if value is None else str(value)


def payload_words(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return everything a payload tells, each with its label; what has none keeps its key."""
    return [(LABELS.get(key, key), _told(key, value)) for key, value in said.items()]


def _told(key: str, value: Any) -> str:
    if key == "limit":
        return Limit.parse(value).label
    known = _CHOICES.get(key, {}).get(value) if isinstance(value, str) else None
    return known or worded(value)
