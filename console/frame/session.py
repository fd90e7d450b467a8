"""A store as the screens share it, and what their header and status line say of it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import ReferenceType, ref
from zoneinfo import ZoneInfo

from models import bureau, review, views
from models.store import outside, signer_beside
from rules import casework as law

if TYPE_CHECKING:
    from models.casework import Undoable
    from models.store import Reader, Store
    from models.views import UnitChoice
    from rules.text import Masking


T = TypeVar("T")

RUNWAY = timedelta(days=60)
"""How long before the official calendar ends the console begins to warn (DESIGN §5)."""

ANEW = 0.05
"""Seconds after which queries are stopped once more when the console ends."""


@dataclass(frozen=True, slots=True)
class Bureau:
    """The bureau, the person who works and the rules in force.

    ``calendar_through`` is the last day the official calendar speaks of, None where no official
    calendar is used; ``units`` take appeals; ``empty`` is a store that has never taken any in.
    ``masking`` is how citizens' texts are shown, for what draws without asking the store;
    ``excused`` how the policy counts what was no fault of the unit.
    ``mine`` are the units this person looks after, ``left_at`` when they were here before. Of who
    is ``outside`` staff nothing is read that belongs to screens they have not. To the ``signer``
    this administrator leaves what is signed and approved; the store asks anew for each.
    """

    name: str
    zone: ZoneInfo
    demo: bool
    rehearsing: bool
    read_only: bool
    operator: str
    roles: frozenset[str]
    policy: int
    calendar: int
    calendar_through: date | None
    channels: tuple[str, ...]
    units: tuple[UnitChoice, ...]
    empty: bool
    masking: Masking
    excused: str
    mine: tuple[int, ...] = ()
    left_at: datetime | None = None
    outside: bool = False
    signer: str = ""


def bureau_of(store: Store, reader: Reader) -> Bureau:
    """Read the facts; ``DubanError`` if the store's policy cannot be used."""
    keeper = store.timekeeper()
    policy, calendar = store.versions(reader)
    operator = store.operator
    official = keeper.office.calendar != "none"
    aside = outside(operator)
    return Bureau(
        name=store.policy.bureau.name,
        zone=keeper.zone,
        demo=store.demo,
        rehearsing=store.rehearsing,
        read_only=store.read_only,
        operator=operator.name,
        roles=operator.roles,
        policy=policy,
        calendar=calendar,
        calendar_through=keeper.days.official_through if official else None,
        channels=() if aside else views.channel_names(reader),
        units=() if aside else tuple(views.unit_choices(reader)),
        empty=not aside and not views.has_tickets(reader),
        masking=store.policy.privacy.on_screen,
        excused=store.policy.review.excused,
        mine=() if aside else views.units_looked_after(reader, operator.login, store.now()),
        left_at=None if aside else views.last_left(reader, operator.login),
        outside=aside,
        signer=signer_beside(reader, operator),
    )


def act_in_words(act: Undoable) -> str:
    """Return what was taken back or done again, in words: ``签收 3件，WH20261120-00871等``."""
    numbers = "、".join(act.numbers) + ("等" if act.matters > len(act.numbers) else "")
    count = f" {act.matters}件，{numbers}" if act.matters > 1 else f" {numbers}"
    kind = next((kind for kind, _ in json.loads(act.subjects)), "ticket")
    return law.act_name(kind, act.verb) + (count if act.numbers else f" {act.matters}件")


def runway_warning(through: date | None, today: date) -> str:
    """Return what to say of a calendar near its end, or nothing."""
    if through is None or through - today > RUNWAY:
        return ""
    left = (through - today).days
    if left < 0:
        return f"法定日历已于{through.month}月{through.day}日到头 · 期限均为暂定"
    return f"法定日历仅至{through.month}月{through.day}日 · 尚余{left}天"


Opener = Callable[[], "Store"]


class Session:
    """A store, as the screens use it; safe to share between workers."""

    bureau: Bureau
    """What the header and the status line say."""

    holder: str
    """What this session is called where it has reviews in hand."""

    reviewing: bool
    """Whether it has taken any: they are given back when it is left."""

    def __init__(self, store: Store) -> None:
        """Made by :func:`open_session`."""
        self.store = store
        self.holder = secrets.token_hex(8)
        self.reviewing = False
        self._reading: dict[str, Reader] = {}
        self._hold = Lock()
        self._ending = False
        self._kept: dict[str, Any] = {}
        self._keeping = Lock()

    def now(self) -> datetime:
        """Return the present in the bureau's zone; asks only the clock."""
        return self.store.now().astimezone(self.bureau.zone)

    def settle(self) -> None:
        """Read what does not change while somebody looks at a queue."""
        with self.store.reading() as reader:
            self.bureau = bureau_of(self.store, reader)

    def leave(self) -> None:
        """Give back what is in hand, and remember when this person left, for what came since.

        Nothing is remembered where nothing may be written, nor of outside staff.
        """
        if self.reviewing:
            review.release(self.store, self.holder)
        told = self.bureau
        if not (told.read_only or told.outside) and told.roles - {"viewer", "auditor"}:
            bureau.leave(self.store)

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """Return what screens share as long as the session lasts, made when it is first asked."""
        with self._keeping:
            if name not in self._kept:
                self._kept[name] = make()
            found: T = self._kept[name]
            return found

    @contextmanager
    def reading(self, group: str) -> Iterator[Reader]:
        """Give a reader that ``interrupt(group)`` stops."""
        with self.store.reading() as reader:
            with self._hold:
                self._reading[group] = reader
            try:
                yield reader
            finally:
                with self._hold:
                    if self._reading.get(group) is reader:
                        del self._reading[group]

    def interrupt(self, group: str) -> None:
        """Stop the query of a group whose answer is no longer wanted."""
        with self._hold:
            reader = self._reading.pop(group, None)
            if reader is not None:
                reader.interrupt()

    def interrupt_all(self) -> None:
        """Stop every query, also those that are about to begin; what is written is finished."""
        if not self._ending:
            self._ending = True
            Thread(target=_interrupt_on, args=(ref(self),), daemon=True).start()

    def _interrupt_readers(self) -> None:
        with self._hold:
            for reader in self._reading.values():
                reader.interrupt()


def _interrupt_on(session: ReferenceType[Session]) -> None:
    """Stop queries as long as there is the session: one may begin a moment after it was stopped."""
    rest = Event()
    while (ending := session()) is not None:
        ending._interrupt_readers()
        del ending
        rest.wait(ANEW)


def open_session(opener: Opener) -> Session:
    """Open the store and read what every screen shows of it; raises ``DubanError``."""
    session = Session(opener())
    session.settle()
    return session
