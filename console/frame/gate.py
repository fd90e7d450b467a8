"""What may not be done here: one gate before every key that writes, for all screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.frame.keys import EVERYWHERE
from console.frame.unkeyed_keys import UNKEYED
from models.store import LEFT_TO_SIGNERS, PERMITTED, called, left_to
from rules.bureau import ROLE_NAMES
from rules.casework import STEPS

if TYPE_CHECKING:
    from console.frame.session import Bureau


WRITES = {
    "screen.undo": "ticket.undo",
    "screen.redo": "ticket.redo",
    "new": "ticket.intake",
    "steps": "ticket",
    "dispatch": "ticket.dispatch",
    "steps('urge')": "ticket.urge",
    "steps('extension')": "ticket.ask_extension",
    "steps('pause')": "ticket.ask_pause",
    "steps('close')": "ticket.close",
    "steps('note')": "ticket.note",
    "merge": "ticket.merge",
    "attach": "ticket.attach",
    "detach": "ticket.detach",
    "decide(1)": "ticket",
    "decide(2)": "ticket",
    "decide(3)": "ticket",
    "verdict('uphold')": "review.uphold",
    "verdict('excuse')": "review.excuse",
    "verdict('rerate')": "review.rerate",
    "verdict('rework')": "review.rework",
    "verdict('supervise')": "review.supervise",
    "verdict('exclude')": "review.exclude",
    "verdict('unreached')": "review.unreached",
    "take_back": "ticket.undo",
    "call": "ticket.look",
    "attempt(1)": "ticket.callback",
    "attempt(2)": "ticket.callback",
    "attempt(3)": "ticket.callback",
    "phone": "ticket.look",
    "hand_over": "ticket.handover",
    "day": "ticket.handover",
    "handout": "handout.make",
    "draft": "order.draft",
    "over": "order.draft",
    "letter": "letter.draft",
    "start_campaign": "campaign.start",
    "task": "campaign_task.add",
    "progress": "campaign_task.progress",
    "session": "campaign.session",
    "extend": "campaign.extend",
    "close_campaign": "campaign.close",
    "plan_visit": "visit.plan",
    "hold_visit": "visit.hold",
    "collect": "visit.collect",
    "visit_task": "visit_task.add",
    "finish_task": "visit_task.finish",
    "cancel_visit": "visit.cancel",
    "set_duty": "duty.set",
    "set_deputy": "duty.deputy",
    "end_duty": "duty.end",
    "day_report": "reception.report",
    "publish_day": "reception.publish",
    "promise": "pledge.make",
    "print_pledge": "pledge.print",
    "sign_pledge": "pledge.sign",
    "keep_pledge": "pledge.keep",
    "break_pledge": "pledge.break",
    "extend_pledge": "pledge.extend",
    "void_pledge": "pledge.void",
    "note_matter('own')": "cell_matter.note",
    "note_matter('found')": "cell_matter.note",
    "finish_matter": "cell_matter.finish",
    "pass_up": "cell_matter.pass",
    "open_topic": "opinion_topic.open",
    "close_topic": "opinion_topic.close",
    "take_up": "opinion_topic.take_up",
    "register_message": "group_message.record",
    "answer_message": "group_message.answer",
    "arrive_message": "group_message.answer",
    "inform_message": "group_message.answer",
    "hand_on_message": "group_message.hand_on",
    "clue_receipt": "group_message.receipt",
    "plan_days": "reception.plan",
    "load_parties": "reception.receive",
    "close_day": "reception.close",
    "meet": "reception.receive",
    "again": "reception.again",
    "strike": "reception.strike",
    "hold": "council.hold",
    "speak": "council.speak",
    "conclude": "council.decide",
    "line": "council.line",
    "confirm": "alias.confirm",
    "refuse": "alias.refuse",
    "name": "entity.name",
    "decision": "decision.add",
    "part": "entity.separate",
    "look": "alias.suggest",
    "report": "report.draft",
    "ledger": "report.export",
    "dossier": "dossier.make",
    "circulate": "order.circulate",
    "gather": "ticket.gather",
    "problem('confirm')": "problem.confirm",
    "problem('refuse')": "problem.refuse",
    "problem('name')": "problem.name",
    "problem('link')": "problem.link",
    "problem('split')": "problem.split",
    "problem('join')": "problem.join",
    "sign": "order.sign",
    "amend": "order.amend",
    "export": "export.list",
    "publish": "edition.publish",
    "remark('comment')": "edition.remark",
    "remark('next')": "edition.remark",
    "rule": "objection.rule",
    "check_draft": "edition.draft",
    "keep_view": "",
    "drop_view": "",
    "bring_in": "import.start",
    "load": "calendar.load",
    "undo": "calendar.load",
}
"""What an action ends in: a verb of the trail, a step of some kind, or just a thing of one's own.

Nearly all are actions of keys; ``keep_view`` is chosen in a menu.
"""


LEADING = frozenset(
    key.action
    for key in (*EVERYWHERE, *UNKEYED)
    if key.action.startswith(("open(", "over(")) or key.action in ("palette", "units")
)
"""What leads to screens that outside staff do not see."""


def barred(action: str, bureau: Bureau | None) -> str:
    """Return in a line why an action may not be taken here, nothing where it may.

    Before the store is open (``bureau`` None) nothing is barred: there is nothing to act on yet.
    Outside staff stay on the one screen they have.
    """
    if bureau is not None and bureau.outside and action in LEADING:
        return f"{called(bureau.roles)}员只有回访这一屏：逐件打，按 ? 看能用的键"
    writes = WRITES.get(action)
    if writes is None or bureau is None:
        return ""
    if bureau.read_only:
        return "现在是只读方式：不带 --read-only 重新打开后才能办理"
    enough = _roles(writes)
    if bureau.signer and writes in LEFT_TO_SIGNERS:
        return left_to(bureau.signer, writes)
    if bureau.roles & enough:
        return ""
    return f"这要有{called(enough)}权限：请管理员用 duban operator role 授权"


def _roles(writes: str) -> frozenset[str]:
    """Return the roles of which one is enough for a verb, for some step of a kind, or any."""
    if not writes:
        return frozenset(ROLE_NAMES)
    if "." in writes:
        return PERMITTED[writes]
    return frozenset().union(*(step.roles for step in STEPS if step.kind == writes))
