"""What went before an order: the leader's word, who helps, reminders, earlier papers.

Each sentence is worded from what held at the instant of signing, with the events it rests on.
Instants are in the bureau's zone; texts are masked by whoever read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from rules.clocks import chinese_date, chinese_day, chinese_due
from rules.orders.facts import Act, Given
from rules.paper import ORDER, REMINDER, Statement, quoted, stopped

INSTRUCTION, BEFORE, FACTS = "领导批示", "前情", "事实"

SHOWN = 3
"""Instructions and reminders told one by one; of more the newest, and how many there are."""

PAPERS = 5
"""Earlier papers named."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """A leader's written word on an appeal; ``words`` is "" where the appeal is kept back.

    ``limit`` is its limit as spoken (3个工作日), ``remaining`` how it stands to it: 余1个工作日,
    超期2个工作日, or once ``done`` 按时, 逾期2个工作日.
    """

    number: str
    title: str
    leader: str
    words: str
    given: Act
    limit: str = ""
    due_at: datetime | None = None
    done: Act | None = None
    remaining: str = ""


def instructed(found: Sequence[Instruction], at: datetime, *, alone: bool) -> tuple[Statement, ...]:
    """Tell of leaders' words, the newest first; ``alone``: the order is about one appeal only."""
    newest = sorted(found, key=lambda one: one.given.at, reverse=True)
    told = [_instruction(one, at, alone) for one in newest[:SHOWN]]
    if rest := newest[SHOWN:]:
        done = sum(one.done is not None for one in rest)
        words = f"所列诉求此前另有领导批示{len(rest)}件，其中已办结{done}件。"
        told.append(_said("instructed-others", words, INSTRUCTION, rest))
    return tuple(told)


def _instruction(one: Instruction, at: datetime, alone: bool) -> Statement:
    today = at.date()
    about = "此件" if alone else f"“{one.title}”（工单编号：{one.number}）"
    told = f"{chinese_date(one.given.at)}，{one.leader}就{about}"
    told += stopped(f"批示：{quoted(one.words)}") if one.words else "作出批示，内容保密。"
    if one.done is not None:
        kept = f"（{one.remaining}）" if one.remaining else ""
        told += f"批示事项已于{chinese_day(one.done.at, today)}办结{kept}。"
    else:
        limit = f"（{one.limit}内）" if one.limit else ""
        by = f"批示事项应于{chinese_due(one.due_at, today)}前{limit}办结，" if one.due_at else ""
        left = f"（{one.remaining}）" if one.remaining else ""
        late = "逾期" if one.due_at is not None and at > one.due_at else ""
        told += f"{by}{late}尚未办结{left}。"
    return _said("instructed", told, INSTRUCTION, [one])


def _said(claim: str, text: str, field: str, found: Iterable[Instruction]) -> Statement:
    events = [seq for one in found for act in (one.given, one.done) if act for seq in act.events]
    numbers = dict.fromkeys(one.number for one in found)
    return Statement(claim, text, field, _once(events), tuple(numbers))


@dataclass(frozen=True, slots=True)
class CoUnit:
    """A co-unit of an appeal; ``answered`` is its part, given by then."""

    number: str
    unit: str
    joined: Act
    answered: Act | None = None


def helped(found: Sequence[CoUnit], at: datetime, *, alone: bool) -> tuple[Statement, ...]:
    """Tell which units help, and what has come from them."""
    if not found:
        return ()
    units: dict[str, list[CoUnit]] = {}
    for one in found:
        units.setdefault(one.unit, []).append(one)
    parts = [f"{unit}（{_part(own, at, alone)}）" for unit, own in units.items()]
    events = [
        seq for one in found for act in (one.joined, one.answered) if act for seq in act.events
    ]
    numbers = tuple(dict.fromkeys(one.number for one in found))
    text = f"协办单位：{'、'.join(parts)}。"
    return (Statement("helped", text, FACTS, _once(events), numbers),)


def _part(own: Sequence[CoUnit], at: datetime, alone: bool) -> str:
    answered = [one.answered for one in own if one.answered is not None]
    if alone:
        return f"{chinese_day(answered[-1].at, at.date())}已反馈" if answered else "尚未反馈"
    return f"协办{len(own)}件，已反馈{len(answered)}件"


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder to the unit; by telephone somebody there answered and promised something.

    ``promised`` is "" where an appeal it was about is kept back.
    """

    told: Act
    numbers: tuple[str, ...]
    by_phone: bool = False
    answered_by: str = ""
    promised: str = ""


def reminded(found: Sequence[Reminded], at: datetime) -> tuple[Statement, ...]:
    """Tell how often the unit was reminded, when and how, and what it promised."""
    if not found:
        return ()
    today, ordered = at.date(), sorted(found, key=lambda one: one.told.at)
    if len(ordered) <= SHOWN:
        parts = "；".join(_reminder(one, today) for one in ordered)
        text = stopped(f"此前已催办{len(ordered)}次：{parts}")
    else:
        phoned = sum(one.by_phone for one in ordered)
        first, last = ordered[0], ordered[-1]
        text = stopped(
            f"此前自{chinese_day(first.told.at, today)}至{chinese_day(last.told.at, today)}"
            f"已催办{len(ordered)}次，其中电话催办{phoned}次；最近一次为{_reminder(last, today)}"
        )
    events = [seq for one in ordered for seq in one.told.events]
    numbers = tuple(dict.fromkeys(number for one in ordered for number in one.numbers))
    return (Statement("reminded", text, FACTS, _once(events), numbers),)


def _reminder(one: Reminded, today: date) -> str:
    day = chinese_day(one.told.at, today)
    if not one.by_phone:
        return f"{day}书面催办"
    who = f"，你单位{one.answered_by}接听" if one.answered_by else ""
    promised = f"，答应{quoted(one.promised, 40)}" if one.promised else ""
    return f"{day}电话催办{who}{promised}"


State = Literal["signed", "delivered", "received", "rejected", "replied", "closed"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A paper signed before on the same appeals, or for the same flag, as it stood by then.

    ``name`` is what its kind is called, ``unit`` whom it went to where that is another. ``due_at``
    is its feedback date, None where it wants no answer; ``feedback`` and ``rejected`` are those it
    had, in order, each rejection with its reason.
    """

    number: str
    name: str
    signed: Act
    numbers: tuple[str, ...] = ()
    unit: str = ""
    due_at: datetime | None = None
    delivered: Act | None = None
    received: Act | None = None
    feedback: tuple[Act, ...] = ()
    rejected: tuple[Given, ...] = ()
    closed: Act | None = None

    @property
    def state(self) -> State:
        """How far it had come."""
        if self.closed is not None:
            return "closed"
        if len(self.rejected) >= len(self.feedback) > 0:
            return "rejected"
        if self.feedback:
            return "replied"
        if self.received is not None:
            return "received"
        return "delivered" if self.delivered is not None else "signed"

    @property
    def events(self) -> tuple[int, ...]:
        """What it and its state rest on."""
        last: tuple[Act | None, ...] = {
            "closed": (self.closed,),
            "rejected": (*self.feedback[-1:], *self.rejected[-1:]),
            "replied": self.feedback[-1:],
            "received": (self.received,),
            "delivered": (self.delivered,),
        }.get(self.state, ())
        acts = (self.signed, *last)
        return _once(seq for act in acts if act is not None for seq in act.events)


def preceded(found: Sequence[Earlier], at: datetime) -> tuple[Statement, ...]:
    """Name the papers that went before, the newest last: number, date, how they stood."""
    if not found:
        return ()
    ordered = sorted(found, key=lambda one: one.signed.at)
    shown = ordered[-PAPERS:]
    parts = "；".join(_paper(one, at) for one in shown)
    more = (
        f"此前先后{len(ordered)}次发文，最近{len(shown)}次" if len(ordered) > PAPERS else "此前已发"
    )
    events = [seq for one in shown for seq in one.events]
    numbers = tuple(dict.fromkeys(number for one in shown for number in one.numbers))
    return (Statement("preceded", f"{more}：{parts}。", FACTS, _once(events), numbers),)


def _paper(one: Earlier, at: datetime) -> str:
    to = f"发{one.unit}，" if one.unit else ""
    day = chinese_day(one.signed.at, at.date())
    return f"{one.number}{one.name}（{to}{day}签发，{_state(one, at)}）"


def _state(one: Earlier, at: datetime) -> str:
    def on(act: Act | None) -> str:
        assert act is not None
        return chinese_day(act.at, at.date())

    match one.state:
        case "closed":
            return f"{on(one.closed)}销号"
        case "rejected":
            return f"{on(one.rejected[-1])}反馈被退回，尚未重报"
        case "replied":
            return f"{on(one.feedback[-1])}反馈，待审核"
        case "received" if one.due_at is None:
            return "已签收"
        case "received":
            return f"已签收，{'反馈已逾期' if _overdue(one, at) else '尚未反馈'}"
        case "delivered":
            return f"已送达，{'反馈已逾期' if _overdue(one, at) else '尚未签收'}"
    return "尚未送达"


def _overdue(one: Earlier, at: datetime) -> bool:
    return one.due_at is not None and at > one.due_at


ENDINGS = {ORDER: "现再次督办如下。", REMINDER: "现予催办。"}
"""What a paper of a kind says after the answer to the one it follows."""


def followed(one: Earlier, at: datetime, we: str, kind: str = ORDER) -> tuple[Statement, ...]:
    """Tell what became of the paper that one of a ``kind`` follows, and why it is written."""
    if one.due_at is None:
        text = f"此前已发{_paper(one, at)}。"
    else:
        text = f"{we}以{one.number}{one.name}要求的事项，{_answer(one, at)}。"
    text += ENDINGS.get(kind, "")
    return (Statement("followed", text, BEFORE, one.events, one.numbers),)


def _answer(one: Earlier, at: datetime) -> str:
    today = at.date()
    assert one.due_at is not None
    due = f"应于{chinese_due(one.due_at, today)}前反馈"
    if not one.feedback:
        return f"你单位{due}，尚未反馈"
    first, last = one.feedback[0], one.feedback[-1]
    late = "逾期" if first.at > one.due_at else ""
    told = f"你单位{due}，于{chinese_day(first.at, today)}{late}反馈"
    if not one.rejected:
        return told
    back = one.rejected[-1]
    reason = f"，理由为{quoted(back.word, 60)}" if back.word else ""
    if len(one.rejected) > 1:
        told += f"，反馈先后{len(one.rejected)}次被退回"
        told += f"，最近一次于{chinese_day(back.at, today)}退回{reason}"
    else:
        told += f"，于{chinese_day(back.at, today)}被退回{reason}"
    if one.state == "rejected":
        return f"{told}，尚未重新反馈"
    return f"{told}，{chinese_day(last.at, today)}重新反馈"


def _once(events: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(events))
