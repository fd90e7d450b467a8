"""Messages by file: new ones with their clocks, later times of known ones, bad lines refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from models.clocks import NewClocks
from models.police.groups import GroupView, group_list, group_named
from models.police.messages import MessageView, known_messages
from models.police.recorded import (
    clue_number,
    minute_clocks,
    put_times,
    subject_of,
    tell_recorded,
)
from models.store import Work, retried
from models.tables import GroupMessage
from rules.errors import DubanError, Refused
from rules.police import CLUE, Message, Unread, require_order

if TYPE_CHECKING:
    from models.store import Store

SOURCE = "警务群"
"""The source of what came by file: a message is known by the number it has there."""


@dataclass(frozen=True, slots=True)
class TakenMessages:
    """What became of a file: lines new, lines with later times, lines known, lines refused."""

    new: int
    changed: int
    unchanged: int
    refused: tuple[Unread, ...]


class _New(NamedTuple):
    """A line that is new, with its group."""

    message: Message
    group: GroupView


@retried
def take_messages(store: Store, lines: Sequence[Message | Unread]) -> TakenMessages:
    """Take a file of messages in one transaction; bad lines stay out of it.

    The same file again changes nothing; it cannot be taken back.
    """
    with store.writing() as work:
        work.require(verb="group_message.record")
        refused = [line for line in lines if isinstance(line, Unread)]
        given = [line for line in lines if isinstance(line, Message)]
        groups = {one.name: one for one in group_list(work) if one.until is None}
        known = _Known(work, given)
        new, changed, unchanged = list[_New](), 0, 0
        for line in given:
            try:
                group = groups.get(line.group)
                if group is None:
                    group = groups[line.group] = group_named(work, line.group)
                seen = known.of(line, group)
                if seen is None:
                    require_order(line.at, line.wants_visit, line.times, work.now)
                    new.append(_New(line, group))
                elif _again(work, seen, line, group):
                    changed += 1
                else:
                    unchanged += 1
            except DubanError as refusal:
                refused.append(Unread(line.line, line.cells, str(refusal)))
        _insert(work, new)
        refused.sort(key=lambda one: one.line)
        return TakenMessages(len(new), changed, unchanged, tuple(refused))


class _Known:
    """Which lines of a file are known: by their number, else by group, time and words."""

    def __init__(self, work: Work, given: Sequence[Message]) -> None:
        self._by_key = dict[tuple[object, ...], MessageView | None]()
        numbers = [one.external_id for one in given if one.external_id]
        instants = [one.at for one in given if not one.external_id]
        span = (min(instants), max(instants)) if instants else None
        for one in known_messages(work, SOURCE, numbers, span):
            self._by_key[(one.external_id,) if one.external_id else self._words(one)] = one

    @staticmethod
    def _words(one: MessageView) -> tuple[object, ...]:
        return one.group_id, one.kind, one.at, one.text

    def of(self, line: Message, group: GroupView) -> MessageView | None:
        """Return what a line is about; None of a new one. ``Refused``: it is in the file twice."""
        plain = (group.id, line.kind, line.at, line.text)
        key: tuple[object, ...] = (line.external_id,) if line.external_id else plain
        if key not in self._by_key:
            self._by_key[key] = None
            return None
        found = self._by_key[key]
        if found is None:
            raise Refused("与本文件前面一行重复：同一条只写一行，或写不同的消息编号")
        return found


def _again(work: Work, seen: MessageView, line: Message, group: GroupView) -> bool:
    """Take what a line tells anew of a known message; False where it tells nothing new."""
    if (seen.group_id, seen.kind, seen.at) != (group.id, line.kind, line.at):
        raise Refused(f"消息编号 {line.external_id} 已登记为另一条（#{seen.id}）：请核对群和时间")
    if line.kind == CLUE:
        return False
    return put_times(work, seen, line.times, line.wants_visit and not seen.wants_visit)


def _insert(work: Work, new: Sequence[_New]) -> None:
    """Insert new messages with their clocks, all at once, each with an event of its own."""
    if not new:
        return
    keeper, clocks = work.timekeeper(), NewClocks(work)
    ids = work.allocate(GroupMessage, len(new))
    rows = list[tuple[object, ...]]()
    for id, (message, group) in zip(ids, new, strict=True):
        clue = message.kind == CLUE
        number = message.clue_number or (clue_number(work, id, message.at) if clue else "")
        rows.append(
            (
                *(id, 1, group.id, message.kind, message.at, work.now, message.text),
                *(message.wants_visit, *message.times, number or None),
                *(message.clue_receipt or None, SOURCE, message.external_id or None),
                work.operator.id,
            )
        )
        if not clue:
            subject = subject_of(id, group.code)
            for clock, stopped in minute_clocks(
                keeper, message.at, message.wants_visit, message.times
            ):
                clocks.add_standing(subject, clock, stopped, group.unit_id)
    work.bulk(GroupMessage, _COLUMNS, rows)
    clocks.write()
    for id, (message, group) in zip(ids, new, strict=True):
        tell_recorded(work, id, group, message)


_COLUMNS = (
    *("id", "version", "group_id", "kind", "at", "recorded_at", "text"),
    *("wants_visit", "answered_at", "arrived_at", "told_at", "clue_number"),
    *("clue_receipt", "source", "external_id"),
    "operator_id",
)
