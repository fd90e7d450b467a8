"""What is kept of a group's messages: recorded, answered, visited, told, handed on, receipted.

The minute clocks run round the clock from the message itself. None of them leads: the main queue
is for units' matters, the police's own screen shows these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from models.clocks import Clocks, Subject, clocks_of
from models.intake import enter_within
from models.police.groups import GroupView, group_named
from models.police.messages import MessageView, message_of
from models.store import Journal, Work, retried
from models.tables import GroupMessage
from rules.casework import DOORS
from rules.clocks import Clock, Tags, Timekeeper
from rules.errors import Refused
from rules.police import CLUE, MESSAGE, Message, Times, clue_word, plain_text, require_order

if TYPE_CHECKING:
    from models.intake import Entered
    from models.store import Store
    from rules.intake import Entry

CHANNEL = DOORS["police"]

TAGS = Tags(nature="求助", channel=CHANNEL)
"""What chooses the minute limits, where a policy speaks of this channel."""

STEPS = ("respond", "arrive", "inform")
"""The clocks of a message, in the order of ``Times``."""

DONE = ("应答", "到场", "反馈")
"""What ends them."""


def minute_clocks(
    keeper: Timekeeper, at: datetime, wants_visit: bool, times: Times
) -> Iterator[tuple[Clock, datetime | None]]:
    """Yield the clocks of a message, each with when it stopped; a policy may set none of them."""
    for step, done in zip(STEPS, times, strict=True):
        if step == "arrive" and not wants_visit:
            continue
        clock = keeper.clock(step, TAGS, at)
        if clock is not None:
            yield clock, done or (times.told_at if step == "arrive" else None)


def subject_of(id: int, code: str) -> Subject:
    """Return a message as the owner of its clocks."""
    return Subject("group_message", id, grid=code, channel=CHANNEL)


@retried
def record_message(store: Store, message: Message, *, calm: bool = False) -> MessageView:
    """登记: keep a message or a clue that was typed in, with its clocks.

    ``Refused`` for what sounds like 警情, unless somebody looked at it and found it ``calm``.
    """
    with store.writing(journal=Journal("group_message.record")) as work:
        work.require(verb="group_message.record")
        group = group_named(work, message.group)
        require_order(message.at, message.wants_visit, message.times, work.now)
        text = plain_text(message.text, calm=calm) if message.kind == MESSAGE else ""
        id = work.insert(
            GroupMessage,
            group_id=group.id,
            kind=message.kind,
            at=message.at,
            recorded_at=work.now,
            text=text,
            wants_visit=message.wants_visit,
            **message.times._asdict(),
            clue_number=message.clue_number or None,
            clue_receipt=message.clue_receipt or None,
            operator_id=work.operator.id,
        )
        if message.kind == CLUE:
            _number(work, id, message)
        else:
            clocks = Clocks(work, subject_of(id, group.code), ())
            for clock, _ in minute_clocks(
                work.timekeeper(), message.at, message.wants_visit, message.times
            ):
                clocks.put(clock, group.unit_id)
            clocks.write()
            _stop(work, id, group.code, message.times)
        tell_recorded(work, id, group, message)
        return message_of(work, id)


def _number(work: Work, id: int, message: Message) -> None:
    """Give a clue a number, where it came without."""
    if not message.clue_number:
        number = clue_number(work, id, message.at)
        work.update(GroupMessage, id, 1, {"clue_number": None}, clue_number=number)


def clue_number(work: Work, id: int, at: datetime) -> str:
    """Return the number of a clue that came without one: its day and its place in the list."""
    return f"XS{work.timekeeper().local(at):%Y%m%d}-{id}"


def tell_recorded(work: Work, id: int, group: GroupView, message: Message) -> None:
    """Put on record that a message was taken."""
    told = {"group": group.name, "clue": message.kind == CLUE, "visit": message.wants_visit}
    unit = group.unit_id
    work.event(
        "group_message.record", "group_message", id, unit_id=unit, at=message.at, payload=told
    )


@retried
def tell_times(
    store: Store, seen: MessageView, given: Times, *, wants_visit: bool = False
) -> MessageView:
    """应答、到场、反馈: record when it was done; ``wants_visit``: somebody has to come."""
    with store.writing(journal=Journal("group_message.answer")) as work:
        work.require(verb="group_message.answer")
        put_times(work, _now(work, seen), given, wants_visit)
        return message_of(work, seen.id)


def put_times(work: Work, now: MessageView, given: Times, wants_visit: bool = False) -> bool:
    """Record what was done within an act; False where it is all known. Nothing is done twice."""
    if now.kind == CLUE:
        raise Refused("线索不计应答：只登记受理回执")
    if wants_visit and now.told_at is not None:
        raise Refused(f"#{now.id} 已反馈，不再到场")
    before = Times(now.answered_at, now.arrived_at, now.told_at)
    for name, was, one in zip(DONE, before, given, strict=True):
        if was is not None and one is not None and was != one:
            raise Refused(f"#{now.id} 已登记{name}：改时间请先撤销")
    times = Times(*(one or was for was, one in zip(before, given, strict=True)))
    visit = now.wants_visit or wants_visit
    if times == before and visit == now.wants_visit:
        return False
    require_order(now.at, visit, times, work.now)
    if visit and not now.wants_visit:
        clock = work.timekeeper().clock("arrive", TAGS, now.at)
        clocks = Clocks(work, subject_of(now.id, now.code), ())
        if clock is not None:
            clocks.put(clock, now.unit_id)
            clocks.write()
    changes = {**times._asdict(), "wants_visit": visit}
    stood = {**before._asdict(), "wants_visit": now.wants_visit}
    work.update(GroupMessage, now.id, now.version, stood, **changes)
    _stop(work, now.id, now.code, times)
    done = [name for name, one in zip(DONE, given, strict=True) if one is not None]
    payload = {"done": done, "visit": visit}
    unit = now.unit_id
    work.event("group_message.answer", "group_message", now.id, unit_id=unit, payload=payload)
    return True


def _stop(work: Work, id: int, code: str, times: Times) -> None:
    """Stop the clocks of what is done; once the result is told nobody need come any more."""
    clocks = clocks_of(work, subject_of(id, code))
    for step, done in zip(STEPS, times, strict=True):
        running = clocks.one(step)
        if running is not None and done is not None:
            clocks.stop(running, done)
        elif running is not None and step == "arrive" and times.told_at is not None:
            clocks.stop(running, times.told_at, over=True)
    clocks.write()


@retried
def record_receipt(store: Store, seen: MessageView, receipt: str) -> MessageView:
    """受理回执: record by which number the competent organ took a clue."""
    with store.writing(journal=Journal("group_message.receipt")) as work:
        work.require(verb="group_message.receipt")
        now = _now(work, seen)
        word = clue_word(receipt, "受理回执")
        if now.kind != CLUE:
            raise Refused(f"#{now.id} 不是线索：群内诉求登记应答、到场、反馈")
        if not word:
            raise Refused("请写受理回执的编号")
        work.update(
            GroupMessage, now.id, now.version, {"clue_receipt": now.clue_receipt}, clue_receipt=word
        )
        work.event("group_message.receipt", "group_message", now.id, unit_id=now.unit_id)
        return message_of(work, now.id)


@retried
def hand_on(store: Store, seen: MessageView, entry: Entry) -> Entered:
    """转诉求: register what is not for the police to settle as an appeal of this channel.

    The group is told its number, so that the message counts as told. It cannot be taken back.
    """
    with store.writing() as work:
        work.require(verb="group_message.hand_on")
        now = _now(work, seen)
        if now.kind == CLUE:
            raise Refused("线索按规定移交主管机关，不转诉求")
        if now.ticket_id is not None:
            raise Refused(f"#{now.id} 已转为 {now.ticket}")
        appeal = replace(entry.appeal, channel=CHANNEL, received_at=now.at)
        made = enter_within(work, replace(entry, appeal=appeal))
        times = Times(now.answered_at or work.now, now.arrived_at, now.told_at or work.now)
        was = {"ticket_id": None, "answered_at": now.answered_at, "told_at": now.told_at}
        changes = {"answered_at": times.answered_at, "told_at": times.told_at}
        work.update(GroupMessage, now.id, now.version, was, ticket_id=made.ticket_id, **changes)
        _stop(work, now.id, now.code, times)
        told = {"number": made.number}
        unit = now.unit_id
        work.event("group_message.hand_on", "group_message", now.id, unit_id=unit, payload=told)
        return made


def _now(work: Work, seen: MessageView) -> MessageView:
    """Return a message as it is; ``Refused`` where it is not as it was seen."""
    now = message_of(work, seen.id)
    if now.version != seen.version:
        raise Refused(f"#{now.id} 刚被他人改动：请刷新后核对再办")
    return now


@retried
def exported(store: Store, file: str, rows: int) -> None:
    """Put it on record that messages or minute figures were written to a file."""
    with store.writing() as work:
        work.event("export.list", "store", None, payload={"rows": rows, "file": file})
