"""承诺: what a promise of a reception must say, who may move its date, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.errors import Refused

PLEDGE, GUARANTEE = "pledge", "guarantee"

KINDS = {PLEDGE: "承诺书", GUARANTEE: "保证书"}
"""The two papers: an organ's word to a citizen, and a unit's to the receiving leader."""

FATES = {
    "overdue": "逾期未办",
    "broken": "未兑现",
    "running": "兑现中",
    "late": "逾期兑现",
    "kept": "按期兑现",
    "void": "作废",
}
"""What became of a promise, what is worst first."""

OF_CITIZENS = ("息访", "罢访", "息诉", "不再上访", "不再信访", "停访", "不越级", "不进京")
"""Words of promises that citizens were made to sign; no paper of ours holds one."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a unit is to do, by when; ``person`` answers for it in the unit.

    ``leader`` received the citizen and signs. ``due_at`` is aware.
    """

    text: str
    due_at: datetime | None
    unit_id: int | None
    leader: str
    person: str = ""
    kind: str = PLEDGE


def require_promise(promise: Promise, at: datetime, reporter: str | None) -> datetime:
    """Return when a promise made at ``at`` is due; ``Refused`` says what is missing.

    ``reporter`` is the citizen it was made to.
    """
    noun = KINDS.get(promise.kind)
    if noun is None:
        raise Refused(f"没有这种文书：可写 {'、'.join(KINDS.values())}")
    if not promise.text:
        raise Refused(f"请写明{noun}的内容：为群众办什么")
    if any(word in promise.text for word in OF_CITIZENS):
        raise Refused(f"{noun}只写单位要做的事，不写群众的保证：请改写内容")
    if promise.unit_id is None:
        raise Refused(f"请写明责任单位：{noun}由谁兑现")
    if not promise.leader:
        raise Refused(f"请写明接访领导：{noun}由谁签字")
    if reporter and reporter in (promise.person, promise.leader):
        raise Refused(f"{noun}由单位出具，不能由诉求人签：请写单位的责任人")
    if promise.due_at is None:
        raise Refused(f"{noun}没有期限：请写哪天以前兑现，例如 2026-12-31 或 10wd")
    if promise.due_at <= at:
        raise Refused("兑现期限已过：请写将来的日期")
    return promise.due_at


def require_extension(
    leader: str, by: str, due_before: datetime, due_after: datetime, now: datetime
) -> None:
    """Refuse a later date unless whoever pledged gives it, before the old one has passed."""
    if by != leader:
        raise Refused(f"只有作出承诺的{leader}可以同意延期：请写 {leader} 的意见")
    if now > due_before:
        raise Refused("已过兑现期限，不能再延期：请登记兑现或未兑现")
    if due_after <= due_before:
        raise Refused("新期限要晚于原期限：请核对日期")


def fate(
    due_at: datetime,
    kept_at: datetime | None,
    broken_at: datetime | None,
    void_at: datetime | None,
    now: datetime,
) -> str:
    """Return which of ``FATES`` a promise has met by ``now``."""
    if void_at is not None:
        return "void"
    if kept_at is not None:
        return "kept" if kept_at <= due_at else "late"
    if broken_at is not None:
        return "broken"
    return "overdue" if now > due_at else "running"
