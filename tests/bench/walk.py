"""A month of appeals walked through all steps by a random but lawful hand, on SQLite.

Run as ``python -m tests.bench.walk [TICKETS [STEPS]]``: 20,000 appeals and about 2 steps on each,
on a few many more, unless told. Each comes in at some moment of November and is walked from there,
its steps minutes to a day apart. At every step one of those the table offers is taken; at the end
exactly one clock must lead each open matter, none may be stuck, and the trail must verify and
replay to the state the store holds. Every step is a transaction of its own, so that the disk of
TMPDIR decides how long it takes.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from models.clocks.sweeping import sweep
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import Refused
from seed.reference.catalogue import first_content
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, numbered, taken, wuhan
from tests.models.casework.test_walks import Hand, replayed
from tests.models.casework.walking import OTHER, leading_is_right

BEGUN = wuhan("2026-11-02 09:00")

MONTH = timedelta(days=30)

IDLE = {"note", "instruct", "fulfil", "urge"}
"""Steps that bring no matter nearer to its end."""

LIKELY = {"note": 1, "instruct": 1, "urge": 1, "rework": 2, "reopen": 1}
"""How rarely a hand does what it could do for ever; every other step weighs six."""

GAPS = (2, 40, 300, 1500)  # minutes between two steps of one appeal


@dataclass
class Walked:
    """What a walk did: steps by verb, refusals, matters found stuck, seconds of each part."""

    tickets: int
    steps: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    stuck: list[int] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    leads: bool = False
    verified: bool = False
    replays: bool = False
    events: int = 0
    open: int = 0

    @property
    def right(self) -> bool:
        """Whether everything is as it must be."""
        return self.leads and self.verified and self.replays and not self.stuck


def walk(store: Store, clock: Clock, tickets: int, *, steps: float = 2, seed: int = 4) -> Walked:
    """Take in ``tickets`` appeals, take about ``steps`` steps on each; look at it all."""
    dice, found = random.Random(seed), Walked(tickets)
    with _timed(found, "intake"):
        _take_in(store, clock, tickets, dice)
    hand = Hand(store)
    with _timed(found, "steps"):
        for n, (ticket, when) in enumerate(_moments(tickets, steps, dice)):
            clock.travel_to(when)
            _step(hand, ticket, n, dice, found)
            if n % 5000 == 4999:
                sweep(store)
    with _timed(found, "checks"):
        _look(store, hand, found)
    return found


def _take_in(store: Store, clock: Clock, tickets: int, dice: random.Random) -> None:
    clock.travel_to(BEGUN)
    taken(
        store,
        *numbered(
            appeal(
                f"A{n}",
                received_at=BEGUN - timedelta(minutes=dice.randrange(600)),
                urgency=dice.choice(("一般", "一般", "紧急", "特急")),
                nature=dice.choice(("投诉", "求助", "咨询")),
                unit=dice.choice((None, None, UNIT)),
                co_units=(OTHER,) if n % 20 == 0 else (),
            )
            for n in range(tickets)
        ),
    )


def _moments(tickets: int, steps: float, dice: random.Random) -> list[tuple[int, datetime]]:
    """Return who is walked when, all appeals side by side, in the order of time."""
    moments = []
    for ticket in range(1, tickets + 1):
        now = BEGUN + timedelta(minutes=dice.randrange(20 * 24 * 60))
        for _ in range(1 + int(dice.expovariate(1 / steps))):
            moments.append((ticket, now))
            now = min(now + timedelta(minutes=dice.choice(GAPS)), BEGUN + MONTH)
    return sorted(moments, key=lambda moment: moment[1])


def _step(hand: Hand, ticket: int, n: int, dice: random.Random, found: Walked) -> None:
    offered = hand.offered(ticket)
    if not set(offered) - IDLE:
        found.stuck.append(ticket)
        return
    (verb,) = dice.choices(offered, [LIKELY.get(verb, 6) for verb in offered])
    try:
        hand.take(ticket, verb, n)
    except Refused:
        found.refused += 1
    else:
        found.steps[verb] += 1


def _look(store: Store, hand: Hand, found: Walked) -> None:
    """Hold the store to what must be true of it after any lawful walk."""
    found.leads = leading_is_right(store)
    with store.reading() as reader:
        rows = reader.rows(
            "SELECT t.id, r.n, r.state FROM ticket t JOIN round r "
            "ON r.ticket_id = t.id AND r.n = t.rounds"
        )
        trail = verify_trail(reader)
    found.verified, found.events = trail.ok, trail.events
    told = replayed(store)
    found.replays = all(told[id] == (n, state) for id, n, state in rows)
    still = [id for id, _, state in rows if state != "closed"]
    found.open = len(still)
    found.stuck += [id for id in still if not set(hand.offered(id)) - IDLE]


class _timed:
    """Keeps the seconds of one part of a walk."""

    def __init__(self, found: Walked, part: str) -> None:
        self.found, self.part = found, part

    def __enter__(self) -> None:
        self.began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self.found.seconds[self.part] = round(time.perf_counter() - self.began, 1)


def main() -> int:
    """Walk and print what came of it; 1 where something is not as it must be."""
    tickets = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    steps = float(sys.argv[2]) if len(sys.argv) > 2 else 2
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock(BEGUN)
        store = open_store(
            str(Path(folder) / "walk.db"), now=clock, first=first_content, login="walker"
        )
        found = walk(store, clock, tickets, steps=steps)
        store.close()
    taken_ = sum(found.steps.values())
    print(
        f"{found.tickets} tickets, {taken_} steps of {len(found.steps)} verbs, "
        f"{found.refused} refused, {found.open} open, {found.events} events"
    )
    print(
        f"leading {found.leads}, stuck {len(found.stuck)}, trail {found.verified}, "
        f"replays {found.replays}, seconds {found.seconds}"
    )
    print(", ".join(f"{verb} {n}" for verb, n in found.steps.most_common()))
    return 0 if found.right else 1


if __name__ == "__main__":
    sys.exit(main())
