"""Appeals brought into every state, and every step as a test may take it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models import casework
from models.clocks.policies import load_policy
from models.store.store import Store
from tests.models.appeals import UNIT, appeal, one, taken, unit_id, wuhan
from tests.models.cells import rows_of, value_of

OTHER = "武汉市公安局"

THIRD = "武汉市城市管理执法委员会"

SAID = "经现场核实，路灯线路老化，已于11月18日更换并恢复照明。"

Step = Callable[[Store], Any]

STEPS: dict[str, Step] = {
    "dispatch": lambda s: casework.take(s, "dispatch", [1], unit_id=unit_id(s, UNIT)),
    "dispatch_within": lambda s: casework.take(
        s, "dispatch_within", [1], unit_id=unit_id(s, UNIT), limit_text="9wd", reason="复杂"
    ),
    "transfer": lambda s: casework.take(s, "dispatch", [1], unit_id=unit_id(s, OTHER)),
    "acknowledge": lambda s: casework.take(s, "acknowledge", [1]),
    "accept": lambda s: casework.take(s, "accept", [1]),
    "decline": lambda s: casework.take(s, "decline", [1], reason="已进入诉讼程序"),
    "ask_supplement": lambda s: casework.take(s, "ask_supplement", [1], text="身份证明、合同"),
    "supplement": lambda s: casework.take(s, "supplement", [1], text="已收到合同"),
    "contact": lambda s: casework.take(s, "contact", [1], text="已电话联系"),
    "progress": lambda s: casework.take(s, "progress", [1], text="已派人到场"),
    "reply": lambda s: casework.take(s, "reply", [1], text=SAID),
    "close": lambda s: casework.take(s, "close", [1], outcome="已解决"),
    "send_back": lambda s: casework.take(s, "send_back", [1], reason="答非所问"),
    "ask_return": lambda s: casework.take(s, "ask_return", [1], code="duty", reason="不属水务"),
    "grant_return": lambda s: casework.take(s, "grant_return", [1]),
    "refuse_return": lambda s: casework.take(s, "refuse_return", [1], reason="属其职责"),
    "arbitrate": lambda s: casework.take(
        s, "arbitrate", [1], unit_id=unit_id(s, OTHER), reason="按三定方案"
    ),
    "ask_extension": lambda s: casework.take(
        s, "ask_extension", [1], limit_text="3wd", reason="需会商"
    ),
    "grant_extension": lambda s: casework.take(s, "grant_extension", [1]),
    "refuse_extension": lambda s: casework.take(s, "refuse_extension", [1], reason="理由不足"),
    "ask_pause": lambda s: casework.take(s, "ask_pause", [1], reason="送检"),
    "grant_pause": lambda s: casework.take(s, "grant_pause", [1], approval="批准号041"),
    "refuse_pause": lambda s: casework.take(s, "refuse_pause", [1], reason="不需检测"),
    "resume": lambda s: casework.take(s, "resume", [1]),
    "ask_account": lambda s: casework.take(
        s,
        "ask_account",
        [1],
        limit_text="2mo",
        reason="待拆迁项目批复",
        plan="每月上门说明进展",
        head="王局长",
        basis="武水函3号",
    ),
    "grant_account": lambda s: casework.take(s, "grant_account", [1], leader="李副市长"),
    "refuse_account": lambda s: casework.take(s, "refuse_account", [1], reason="仍可办理"),
    "begin_account": lambda s: casework.take(s, "begin_account", [1], text="电话告知，诉求人理解"),
    "renew_account": lambda s: casework.take(
        s, "renew_account", [1], leader="李副市长", limit_text="1mo", reason="批复未到"
    ),
    "end_account": lambda s: casework.take(s, "end_account", [1], reason="批复已到"),
    "act_first": lambda s: casework.take(
        s, "act_first", [1], unit_id=unit_id(s, UNIT), reason="群众等水用"
    ),
    "settle_owner": lambda s: casework.take(
        s, "settle_owner", [1], unit_id=unit_id(s, OTHER), reason="会商议定"
    ),
    "join": lambda s: casework.take(s, "join", [1], unit_id=unit_id(s, THIRD)),
    "assist": lambda s: casework.take(s, "assist", [1], unit_id=unit_id(s, THIRD), text=SAID),
    "rate": lambda s: casework.take(s, "rate", [1], result="满意", work_rating="满意"),
    "callback": lambda s: casework.take(s, "callback", [1], result="接通", text="已解决，谢谢"),
    "rework": lambda s: casework.take(s, "rework", [1], reason="群众不满意", limit_text="2wd"),
    "reopen": lambda s: casework.take(s, "reopen", [1], reason="误办结"),
    "urge": lambda s: casework.take(s, "urge", [1]),
    "instruct": lambda s: casework.take(
        s, "instruct", [1], leader="王市长", text="请速办", limit_text="2wd"
    ),
    "fulfil": lambda s: casework.take(s, "fulfil", [1], reason="已落实"),
    "accuse": lambda s: casework.take(s, "accuse", [1], unit_id=unit_id(s, THIRD)),
    "absolve": lambda s: casework.take(s, "absolve", [1], unit_id=unit_id(s, THIRD)),
    "note": lambda s: casework.take(s, "note", [1], text="市民来电催问"),
    "amend": lambda s: casework.take(s, "amend", [1], nature="咨询", limits="keep"),
    "relimit": lambda s: casework.take(
        s, "relimit", [1], limits="dispatch", reason="原登记为求助，应为投诉"
    ),
}
"""Every verb of casework on ticket 1."""

PETITIONS = """
[[limits]]
channel = "城市留言板"
accept = "15d"
close = "60d"
extension = "30d"
own = "15wd"
starts = { accept = ["dispatched", "supplemented"], close = "accepted" }
"""
"""Limits as those of 信访: whether to take a matter up is decided first."""


def take_up(store: Store) -> None:
    """Let what is walked be taken up by a decision of its own."""
    with store.reading() as reader:
        text = str(value_of(reader, "SELECT text FROM policy ORDER BY version DESC LIMIT 1"))
    load_policy(store, text.replace("[colours]", f"{PETITIONS}\n[colours]"), "试行受理决定")


TOLD: dict[str, Step] = {
    "amended by file": lambda s: taken(s, appeal(urgency="特急")),
    "ruled": take_up,
}
"""What a file tells of ticket 1, or a new policy; nobody takes it back."""

STATES: dict[str, tuple[str, ...]] = {
    "waiting": (),
    "dispatched": ("dispatch",),
    "acknowledged": ("dispatch", "acknowledge"),
    "contacted": ("dispatch", "contact"),
    "replied": ("dispatch", "reply"),
    "sent back": ("dispatch", "reply", "send_back"),
    "closed": ("dispatch", "reply", "close"),
    "rated": ("dispatch", "reply", "close", "rate"),
    "called back": ("dispatch", "reply", "close", "callback"),
    "reworked": ("dispatch", "close", "rework"),
    "reopened": ("dispatch", "reply", "close", "reopen"),
    "return asked": ("dispatch", "ask_return"),
    "returned": ("dispatch", "ask_return", "grant_return"),
    "second return": ("dispatch", "ask_return", "refuse_return", "ask_return"),
    "arbitrated": ("dispatch", "ask_return", "refuse_return", "ask_return", "arbitrate"),
    "transferred": ("dispatch", "acknowledge", "transfer"),
    "extension asked": ("dispatch", "ask_extension"),
    "extended": ("dispatch", "ask_extension", "grant_extension"),
    "pause asked": ("dispatch", "ask_pause"),
    "paused": ("dispatch", "acknowledge", "ask_pause", "grant_pause"),
    "resumed": ("dispatch", "ask_pause", "grant_pause", "resume"),
    "account asked": ("dispatch", "ask_account"),
    "account granted": ("dispatch", "join", "ask_account", "grant_account"),
    "on account": ("dispatch", "acknowledge", "ask_account", "grant_account", "begin_account"),
    "rated on account": ("dispatch", "ask_account", "grant_account", "begin_account", "rate"),
    "renewed": ("dispatch", "ask_account", "grant_account", "begin_account", "renew_account"),
    "account ended": (
        *("dispatch", "ask_account", "grant_account", "begin_account"),
        *("renew_account", "end_account"),
    ),
    "acting first": ("dispatch", "act_first"),
    "told to act first": ("act_first", "acknowledge"),
    "owner settled": ("act_first", "settle_owner"),
    "reply while both asked": ("dispatch", "ask_extension", "ask_pause", "reply"),
    "instructed": ("dispatch", "instruct"),
    "helped": ("dispatch", "join"),
    "accused": ("dispatch", "accuse"),
    "cleared": ("dispatch", "accuse", "absolve"),
    "helped in part": ("dispatch", "join", "assist"),
    "limits asked": ("dispatch", "amended by file"),
    "undecided": ("ruled", "dispatch"),
    "accepted": ("ruled", "dispatch", "accept"),
    "declined": ("ruled", "dispatch", "decline"),
    "decided again": ("ruled", "dispatch", "decline", "send_back"),
    "supplement asked": ("ruled", "dispatch", "ask_supplement"),
    "supplemented": ("ruled", "dispatch", "ask_supplement", "supplement"),
}
"""Ways into every state and fact, by the steps above."""


def begin(store: Store) -> None:
    """Take in the one appeal that is walked, received on Friday morning."""
    taken(store, appeal(received_at=wuhan("2026-11-20 09:00")))


def walk(store: Store, steps: tuple[str, ...]) -> None:
    """Take some steps that must be lawful."""
    for step in steps:
        (STEPS | TOLD)[step](store)


def picture(store: Store) -> list[list[tuple[Any, ...]]]:
    """Return all that a step may change, without versions: what an undo must bring back."""
    tables = (
        "SELECT state, rounds, worst_colour, unit_text, nature FROM ticket ORDER BY id",
        "SELECT n, state, lead_unit_id, first_handler, opened_at, dispatched_at, acknowledged_at, "
        "contacted_at, reply, replied_at, closed_at, outcome, result_rating, work_rating, rated_at,"
        " limit_text, returned_at, handed_at, first_replied_at, progressed_at, "
        "accepted_at, declined_at, supplement_asked_at, supplemented_at, course FROM round "
        "ORDER BY id",
        "SELECT subject_kind, step, unit_id, limit_text, started_at, blue_at, yellow_at, red_at, "
        "due_at, original_due_at, stopped_at, paused_at, leads, pressing, revision, worst_colour, "
        "made_for, changed_at "
        "FROM deadline ORDER BY subject_kind, step, started_at, unit_id, stopped_at",
        "SELECT deadline_id, from_at, to_at, granted, decided_at FROM pause ORDER BY id",
        "SELECT deadline_id, granted, decided_at, due_after FROM extension ORDER BY id",
        "SELECT round_id, reason_code, decided_at, accepted FROM return_request ORDER BY id",
        "SELECT round_id, unit_id, replied_at FROM round_unit ORDER BY id",
        "SELECT text, accepted, judged_at FROM reply ORDER BY id",
        "SELECT text FROM note ORDER BY id",
        "SELECT means FROM reminder ORDER BY id",
        "SELECT done_at FROM instruction ORDER BY id",
        "SELECT result_rating FROM rating ORDER BY id",
        "SELECT result FROM callback ORDER BY id",
        "SELECT unit_id, words, confirmed FROM accused ORDER BY id",
        "SELECT unit_id, reason, settled_at, owner_unit_id FROM act_first ORDER BY id",
        "SELECT granted, leader, began_at, until_at, renewed_at, ended_at FROM suspended_account "
        "ORDER BY id",
        "SELECT was, now, decided_at, limits, due_before FROM limit_change ORDER BY id",
    )
    with store.reading() as reader:
        return [rows_of(reader, sql) for sql in tables]


def leading_is_right(store: Store) -> bool:
    """Return whether each open matter has exactly one leading clock, and no closed one has any."""
    wrong = one(
        store,
        """
        SELECT count(*) FROM ticket t WHERE
        (SELECT count(*) FROM deadline d WHERE d.ticket_id = t.id AND d.subject_kind = 'ticket'
         AND d.leads AND d.stopped_at IS NULL) <> CASE WHEN t.state = 'open' THEN 1 ELSE 0 END
        OR EXISTS (SELECT 1 FROM deadline d WHERE d.leads AND d.stopped_at IS NOT NULL)
    """,
    )
    return wrong == (0,)
