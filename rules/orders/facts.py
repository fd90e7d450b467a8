"""What held of an appeal at an instant: the facts that the papers about it may state.

The instant is that of signing. What happened before it holds, whenever it was recorded; what
happened after it is not known. Every fact carries the numbers of the events it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal[
    "overdue", "running", "unlimited", "paused", "supplementing", "waiting", "awaiting", "closed"
]
"""How an appeal stood: late, in time or without a limit while its unit handles it; paused; waiting
for what its citizen was asked for; back with the centre, to be dispatched again; answered and
awaiting judgement; closed."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happened, at an instant in the bureau's zone, told by ``events``."""

    at: datetime
    events: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Given(Act):
    """An act with the word it gave: a rating, the outcome of a close, a reason."""

    word: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """An appeal under a lead (并单), its title masked; ``joined`` put it there, by its kind.

    ``person`` is the digest of who brought it, None where nobody is told.
    """

    number: str
    title: str
    channel: str
    received_at: datetime
    joined: Given
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One appeal as it stood at ``at`` for the unit that a paper goes to.

    Texts are masked; of an appeal kept back ``title`` stands for what is not ``told``. ``lead``
    names the unit that had it, "" for none, ``ours`` whether that is the paper's, ``helps``
    whether that one is a co-unit. ``dispatched`` opened the handling, at a time that is only
    ``assumed`` where the source told none; ``handed`` gave it to the unit later. ``due_at`` is as
    it stood then, with what was granted until then; ``remaining`` how far off it was (余2个工作日
    超期3个工作日), in words, counted to the reply or close that stopped the clock. ``answered`` is
    the reply that waits or was accepted, ``replies`` are those of every round. ``merged`` are under
    it (并单), ``person`` is the digest of who brought it.
    """

    ticket_id: int
    number: str
    title: str
    told: bool = True
    summary: str = ""
    channel: str
    urgency: str = "一般"
    at: datetime
    received: Act
    round: int = 1
    lead: str = ""
    ours: bool = True
    helps: bool = False
    dispatched: Act | None = None
    assumed: bool = False
    handed: Act | None = None
    acknowledged: Act | None = None
    acknowledge_due: datetime | None = None
    answered: Act | None = None
    sent_back: tuple[Act, ...] = ()
    replies: tuple[Act, ...] = ()
    paused: Given | None = None
    closed: Given | None = None
    result: Given | None = None
    work: Given | None = None
    due_at: datetime | None = None
    due_events: tuple[int, ...] = ()
    remaining: str = ""
    merged: tuple[Joined, ...] = ()
    person: str | None = None

    @property
    def stopped_at(self) -> datetime | None:
        """When the unit's clock stopped: at its reply, though that awaits judgement, or close."""
        acts = [act.at for act in (self.answered, self.closed) if act is not None]
        return min(acts, default=None)

    @property
    def late(self) -> bool:
        """Whether the unit kept its limit not, or has not kept it by now."""
        held = self.paused.at if self.paused is not None else self.at
        return self.due_at is not None and (self.stopped_at or held) > self.due_at

    @property
    def state(self) -> State:
        """How it stood."""
        if self.closed is not None:
            return "closed"
        if self.answered is not None:
            return "awaiting"
        if self.paused is not None:
            return "supplementing" if self.paused.word == "补正" else "paused"
        if not self.lead:
            return "waiting"
        if self.due_at is None:
            return "unlimited"
        return "overdue" if self.late else "running"

    @property
    def unsatisfied(self) -> bool:
        """Whether the citizen's last rating of the outcome was 不满意."""
        return self.result is not None and self.result.word == "不满意"

    @property
    def unacknowledged(self) -> bool:
        """Whether the unit had not signed for it in time, and it was still to be handled."""
        taken = self.acknowledged or self.answered or self.sent_back or self.closed
        due = self.acknowledge_due
        return due is not None and not taken and bool(self.lead) and self.at > due

    @property
    def events(self) -> tuple[int, ...]:
        """What its state rests on."""
        acts: tuple[Act | None, ...] = {
            "closed": (self.answered, self.closed),
            "awaiting": (self.answered,),
            "paused": (self.paused,),
            "supplementing": (self.paused,),
        }.get(self.state, ())
        last = acts or (self.handed or self.dispatched or self.received,)
        told = [seq for act in last if act is not None for seq in act.events]
        back = [seq for act in self.sent_back for seq in act.events] if not acts else []
        return tuple(dict.fromkeys((*told, *back, *self.due_events)))
