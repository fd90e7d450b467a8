"""Whether the system's clock can be believed: a real store is written in the present only.

Two witnesses stand against it. The newest event of the trail: what is written now cannot have
happened before what was written last. And the machine's steady clock, which nobody sets: within
one process both must go on alike. Where they do not, writing waits for an administrator.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NoReturn

from models.store.errors import ClockInDoubt

BEHIND = timedelta(minutes=1)
"""By how much the clock may run behind the newest event: two machines never agree to the second."""

APART = timedelta(hours=1)
"""By how much it may leave the steady clock within a process."""

AHEAD = timedelta(days=3)
"""After how long a silence a process says so: longer than from a Friday to the Monday after."""

CONFIRMED = "store.clock"
"""The verb by which an administrator confirms the clock."""

Steady = Callable[[], float]
"""A clock of seconds that only ever goes on, also while the machine sleeps."""


def machine_clock() -> Steady:
    """Return the machine's steady clock; the usual one stands still while a laptop is shut."""
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        kind: int | None = getattr(time, name, None)
        if kind is not None:
            return lambda: time.clock_gettime(kind)
    return time.monotonic


@dataclass(slots=True)
class Watch:
    """The system's clock beside the steady one, since a process opened the store.

    ``opened`` is when by the system's clock, ``since`` where the trail stood then; without a
    steady clock, as in tests that travel, only the trail is asked.
    """

    opened: datetime
    since: int
    steady: Steady | None = None
    started: float = field(init=False)
    warned: bool = False

    def __post_init__(self) -> None:
        """Take the time of the steady clock."""
        self.started = self.steady() if self.steady is not None else 0.0

    def expected(self, now: datetime) -> datetime:
        """Return what the clock should show by the steady one."""
        if self.steady is None:
            return now
        return self.opened + timedelta(seconds=self.steady() - self.started)

    def left(self, now: datetime) -> bool:
        """Whether the system's clock has left the steady one."""
        return abs(now - self.expected(now)) > APART

    def believe(self, now: datetime, since: int) -> None:
        """Go on from here: somebody has confirmed the clock."""
        self.opened, self.since = now, since
        self.__post_init__()

    def silence(self, newest: datetime | None) -> timedelta | None:
        """Return how long nothing had been written when the store was opened, once, if long."""
        if self.warned or newest is None:
            return None
        self.warned = True
        quiet = self.opened - newest
        return quiet if quiet > AHEAD else None


_CONFIRM = "由管理员运行 duban store clock --confirm 确认后再办理"


def refuse_backwards(
    now: datetime, newest: datetime | None, told: Callable[[datetime], str]
) -> None:
    """Refuse to write before what was written last; ``told`` words an instant."""
    if newest is not None and now < newest - BEHIND:
        raise ClockInDoubt(
            f"系统时钟 {told(now)} 早于最近一条留痕的 {told(newest)}，暂停办理："
            f"请校准时钟；时钟无误的，{_CONFIRM}"
        )


def refuse_apart(now: datetime, expected: datetime, told: Callable[[datetime], str]) -> NoReturn:
    """Refuse to write by a clock that was set while the program ran."""
    raise ClockInDoubt(
        f"系统时钟现为 {told(now)}，按开机计时应为 {told(expected)}，暂停办理："
        f"请校准时钟；时钟无误的，{_CONFIRM}"
    )


def silence_in_words(now: datetime, newest: datetime, told: Callable[[datetime], str]) -> str:
    """Return the warning of a clock that may have gone ahead while nobody worked."""
    days = (now - newest).days
    return f"注意：系统时钟 {told(now)} 距最近一条留痕 {told(newest)} 已{days}天，请核对时钟"
