"""What a unit did about the appeals on an order: its replies, the time it was granted.

Worded from what held at the instant of signing, with the events it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rules.clocks import chinese_day, chinese_due
from rules.orders.facts import Act, Given
from rules.paper import Statement, quoted, stopped

FIELD = "事实"


@dataclass(frozen=True, slots=True)
class Replied:
    """The last reply to an appeal; ``words`` is "" where they are not known or kept back.

    ``unit`` is who gave it, 你单位 if it is that of the order; ``back`` is its return, with the
    reason.
    """

    number: str
    unit: str
    given: Act
    words: str = ""
    back: Given | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """More time that was granted: from one due instant to another, ``limit`` as spoken."""

    number: str
    granted: Act
    limit: str
    due_before: datetime
    due_after: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """A time during which the clock stood still; ``ended`` is None while it does.

    ``reason`` and ``approval`` are "" where the appeal is kept back.
    """

    number: str
    granted: Act
    from_at: datetime
    ended: Act | None = None
    reason: str = ""
    approval: str = ""


def replied(found: Sequence[Replied], at: datetime, *, alone: bool) -> tuple[Statement, ...]:
    """Tell what the unit replied last, and when it was sent back; of several only of how many."""
    if not found:
        return ()
    if alone:
        return (_reply(found[-1], at.date()),)
    back = [one for one in found if one.back is not None]
    text = f"已有答复的{len(found)}件"
    text += f"中，最近一次答复被退回的{len(back)}件。" if back else "，最近一次答复均未被退回。"
    return (_told("replied", text, found),)


def _reply(one: Replied, today: date) -> Statement:
    said = f"答复称：{quoted(one.words)}" if one.words else "答复"
    text = stopped(f"{one.unit}于{chinese_day(one.given.at, today)}{said}")
    if one.back is not None:
        reason = f"，理由为{quoted(one.back.word, 60)}" if one.back.word else ""
        text += stopped(f"该答复于{chinese_day(one.back.at, today)}被退回{reason}")
    return _told("replied", text, [one])


def _told(claim: str, text: str, found: Sequence[Replied]) -> Statement:
    events = [seq for one in found for act in (one.given, one.back) if act for seq in act.events]
    return _statement(claim, text, events, (one.number for one in found))


def extended(found: Sequence[Extended], at: datetime, *, alone: bool) -> tuple[Statement, ...]:
    """Tell which time was granted: from when to when, how much."""
    if not found:
        return ()
    today = at.date()
    if alone:
        parts = [
            f"{chinese_day(one.granted.at, today)}批准延期{one.limit}，办结时限由"
            f"{chinese_due(one.due_before, today)}延至{chinese_due(one.due_after, today)}"
            for one in found
        ]
        text = f"{'；'.join(parts)}。"
    else:
        number = len({one.number for one in found})
        text = f"所列诉求中，{number}件经批准延期，共{len(found)}次，办结时限均按延期后计算。"
    events = [seq for one in found for seq in one.granted.events]
    return (_statement("extended", text, events, (one.number for one in found)),)


def paused(found: Sequence[Paused], at: datetime, *, alone: bool) -> tuple[Statement, ...]:
    """Tell when the clock stood still, and by what approval; that time counts for no unit."""
    if not found:
        return ()
    today = at.date()
    if alone:
        text = "；".join(_pause(one, today) for one in found) + "，期间不计办理时限。"
    else:
        number, still = len({one.number for one in found}), sum(one.ended is None for one in found)
        held = f"，其中{still}件尚未恢复" if still else "，均已恢复"
        text = f"所列诉求中，{number}件曾经批准挂起{held}，挂起期间不计办理时限。"
    events = [seq for one in found for act in (one.granted, one.ended) if act for seq in act.events]
    return (_statement("paused-for", text, events, (one.number for one in found)),)


def _pause(one: Paused, today: date) -> str:
    since = f"自{_moment(one.from_at, today)}起"
    until = f"至{_moment(one.ended.at, today)}" if one.ended is not None else ""
    why = "，".join(filter(None, (one.reason, one.approval)))
    return f"{since}{until}经批准挂起{f'（{why}）' if why else ''}"


def _moment(instant: datetime, today: date) -> str:
    return f"{chinese_day(instant, today)}{instant:%H:%M}"


def _statement(claim: str, text: str, events: Iterable[int], numbers: Iterable[str]) -> Statement:
    once = tuple(dict.fromkeys(events))
    return Statement(claim, text, FIELD, once, tuple(dict.fromkeys(numbers)))
