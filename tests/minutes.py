"""``python -m tests.minutes``: a day of minute clocks, every minute swept: none missed or doubled.

Ten thousand clocks of the groups start at every second of a day that begins before midnight; some
are answered in time, some late, some never, and what is answered is told by file while sweeps run.
What stands on record afterwards is compared with arithmetic that knows nothing of the engine.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from models.clocks.sweeping import sweep
from models.police.group_files import take_messages
from models.police.groups import load_groups
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.police.group import Group
from rules.police.message import MESSAGE, Message, Times
from seed.reference.catalogue import first_content
from tests.conftest import MADE, Clock
from tests.models.cells import rows_of

GROUP = "试验社区警务群"

LIMITS = {
    "respond": timedelta(minutes=3),
    "arrive": timedelta(minutes=10),
    "inform": timedelta(hours=24),
}

MINUTE = timedelta(minutes=1)

Crossing = tuple[int, str, str, datetime]
"""A message by its place in the list, a step, a level and the instant."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a day of sweeps recorded, beside what it should have."""

    clocks: int
    sweeps: int
    recorded: list[Crossing]
    expected: set[Crossing]
    sound: bool
    slowest: float
    total: float

    @property
    def missed(self) -> set[Crossing]:
        """Crossings that are not on record."""
        return self.expected - set(self.recorded)

    @property
    def wrong(self) -> set[Crossing]:
        """Crossings on record that never were."""
        return set(self.recorded) - self.expected

    @property
    def doubled(self) -> int:
        """How many stand on record more than once."""
        return len(self.recorded) - len(set(self.recorded))


def day_of_messages(count: int, start: datetime, minutes: int, seed: int) -> list[Message]:
    """Return messages spread over so many minutes, with what the police will do about each."""
    dice = random.Random(seed)
    found = []
    for n in range(count):
        at = start + timedelta(seconds=dice.randrange(minutes * 60))
        visit = n % 3 != 0
        answered = at + timedelta(seconds=dice.choice((15, 60, 179, 180, 181, 400, 800)))
        arrived = answered + timedelta(seconds=dice.choice((60, 300, 900)))
        told = arrived + timedelta(minutes=dice.choice((5, 90)))
        times = Times(answered, arrived if visit else None, told)
        done = dice.choice((Times(), times, times._replace(told_at=None), Times(answered)))
        found.append(Message(GROUP, MESSAGE, at, f"第{n}条", visit, done, external_id=f"M{n}"))
    return sorted(found, key=lambda one: one.at)


def due_crossings(messages: Sequence[Message], end: datetime) -> set[Crossing]:
    """Return what must be on record at ``end`` by plain arithmetic."""
    return {
        (n, step, level, at)
        for n, message in enumerate(messages)
        for step, level, at in _thresholds(message, end)
    }


def _thresholds(message: Message, end: datetime) -> Iterator[tuple[str, str, datetime]]:
    known = Times(*(one if one is not None and one <= end else None for one in message.times))
    for step, done in zip(LIMITS, known, strict=True):
        if step == "arrive" and not message.wants_visit:
            continue
        limit, due = LIMITS[step], message.at + LIMITS[step]
        stop = done or (known.told_at if step == "arrive" else None)
        lead = min(limit / 4, timedelta(days=1))
        for level, at in (
            ("yellow", due - lead),
            ("red1", due),
            ("red2", due + limit),
            ("red3", due + 3 * limit),
        ):
            running = at <= end if level == "yellow" else at < end
            if at < stop if stop is not None else running:
                yield step, level, at


def swept_day(
    store: Store, clock: Clock, messages: Sequence[Message], start: datetime, minutes: int
) -> Swept:
    """Let a day go by: messages come in and are answered by file, every minute is swept.

    Every seventh minute is swept twice; every hour one sweep is left out.
    """
    load_groups(store, [Group(2, GROUP, "420106001001", "试验所", "某警官", "", "", "")])
    begun, slowest, sweeps = time.perf_counter(), 0.0, 0
    for minute in range(1, minutes + 1):
        now = start + minute * MINUTE
        clock.travel_to(now)
        lines = [line for one in messages if (line := _told(one, now)) is not None]
        if lines:
            assert not take_messages(store, lines).refused
        for _ in range(0 if minute % 60 == 30 and minute < minutes else 1 + (minute % 7 == 0)):
            since = time.perf_counter()
            sweep(store)
            slowest, sweeps = max(slowest, time.perf_counter() - since), sweeps + 1
    total = time.perf_counter() - begun
    places = {message.external_id: n for n, message in enumerate(messages)}
    with store.reading() as reader:
        recorded = [
            (places[name], step, level, at) for name, step, level, at in rows_of(reader, _RECORDED)
        ]
        clocks = rows_of(reader, "SELECT count(*) FROM deadline")[0][0]
        sound = verify_trail(reader).ok
    expected = due_crossings(messages, start + minutes * MINUTE)
    return Swept(clocks, sweeps, recorded, expected, sound, slowest, total)


_RECORDED = """
SELECT m.external_id, d.step, c.level, c.at FROM crossing c
JOIN deadline d ON d.id = c.deadline_id JOIN group_message m ON m.id = d.subject_id
WHERE c.annulled_at IS NULL AND d.subject_kind = 'group_message'
"""


def _told(message: Message, now: datetime) -> Message | None:
    """Return what is told of a message in the minute before ``now``: itself, or a later time."""
    moments = [message.at, *(one for one in message.times if one is not None)]
    if not any(now - MINUTE < one <= now for one in moments):
        return None
    known = Times(*(one if one is not None and one <= now else None for one in message.times))
    return replace(message, times=known)


def main() -> int:
    """Sweep a day over ten thousand clocks; exit 1 if anything is missed, wrong or doubled."""
    start = datetime.fromisoformat("2026-09-30T22:00:00+08:00")  # into the holidays of October
    messages = day_of_messages(3750, start, 1380, seed=7)
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock(MADE)
        place = str(Path(folder, "store.db"))
        store = open_store(place, now=clock, first=first_content, login="tester")
        found = swept_day(store, clock, messages, start, 1440)
        store.close()
    print(f"{found.clocks:,} clocks, {found.sweeps:,} sweeps of a day in {found.total:.1f} s")
    print(f"slowest sweep {found.slowest * 1000:.0f} ms, {len(found.recorded):,} crossings")
    print(f"missed {len(found.missed)}, wrong {len(found.wrong)}, doubled {found.doubled}")
    print(f"trail and seals {'sound' if found.sound else 'BROKEN'}")
    return int(bool(found.missed or found.wrong or found.doubled or not found.sound))


if __name__ == "__main__":
    sys.exit(main())
