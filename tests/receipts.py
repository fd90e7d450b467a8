"""Adding up the receipts of many deadlines: ``python -m tests.receipts 20000 [STORE]``.

Each is told by the engine of rules.clocks and added up again from its lines alone, by
tests.rules.clocks.adding. With a store, every deadline of it is added up too.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from models.clocks import StoredDerivation, ticket_derivations
from models.clocks.derivations import deadline_derivation
from models.store import open_store
from rules.bureau.policy import read_policy
from rules.clocks import Derivation, Grant, Halt, Tags, Timekeeper
from seed.reference import builtin_calendar, first_content
from tests.rules.clocks.adding import added_up

LIMITS = (
    *(f"{n}wd" for n in (1, 2, 3, 5, 7, 15, 30)),
    *(f"{n}wh" for n in (1, 2, 4, 10, 33)),
    *(f"{n}h" for n in (1, 24, 48, 100)),
    *(f"{n}m" for n in (15, 30, 90)),
    *(f"{n}d" for n in (1, 3, 15, 60, 90)),
    *("0wd", "0.5wd", "1mo", "2mo", "6mo"),
)

LONGER = tuple(limit for limit in LIMITS if limit[-1] != "o" and limit != "0wd")
"""What a deadline may be extended by."""

ZONES = ("Asia/Shanghai",) * 5 + ("Europe/London", "America/New_York", "Australia/Lord_Howe")

OFFICES = (
    "",
    'after_hours = "next-workday"\ncutoff = "16:00"',
    'due_time = "midnight"\npause_rounding = "exact"',
    'due_time = "open"\nafter_hours = "next-workday"',
    'due_time = "same-time"\npause_rounding = "exact"',
    'due_time = "16:00"\ndays_due_time = "same-time"\nafter_hours = "next-workday"',
    'hours = { mon = ["08:30-11:45"], thu = ["08:30-12:00", "13:00-24:00"], sat = ["10:00-13:10"]'
    " }",
    'calendar = "none"\nhours = ["00:00-24:00"]',
    'holidays = { 2026-11-20 = "建市纪念" }\nspecial_hours = { 2026-11-24 = ["09:00-12:00"] }\n'
    'seasons = [{ from = "05-01", to = "09-30", hours = ["08:00-12:00", "14:30-18:00"] }]',
)


calendar = cache(builtin_calendar)


@cache
def keeper(zone: str, office: str, limit: str, roll: bool) -> Timekeeper:
    """Return the rules of time of a made-up bureau."""
    entry = f'[[limits]]\nroll = {str(roll).lower()}\nclose = "{limit}"\n'
    bureau = f'[bureau]\ntimezone = "{zone}"\n'
    return Timekeeper(read_policy(f"{bureau}[office]\n{office}\n{entry}"), calendar())


def made_up(count: int, seed: int) -> Iterator[tuple[str, Derivation, ZoneInfo]]:
    """Give receipts of made-up deadlines, with what each was made from."""
    draw = random.Random(seed)
    for _ in range(count):
        zone, office, roll = draw.choice(ZONES), draw.choice(OFFICES), draw.random() < 0.3
        limit = draw.choice(LIMITS)
        start = datetime(2008, 1, 3, tzinfo=UTC) + timedelta(
            seconds=draw.randrange(19 * 365 * 86_400)
        )
        if draw.random() < 0.7:
            start -= timedelta(seconds=start.second)
        pauses = [_pause(draw, start) for _ in range(draw.choice((0, 0, 1, 2, 3)))]
        grants = [Grant(draw.choice(LONGER)) for _ in range(draw.choice((0, 0, 0, 1, 2)))]
        told = keeper(zone, office, limit, roll).derivation(
            "close", Tags(), start, pauses=pauses, extensions=grants
        )
        yield f"{zone} {office!r} {limit} {start} {pauses} {grants}", told, ZoneInfo(zone)


def _pause(draw: random.Random, start: datetime) -> Halt:
    begin = start + timedelta(minutes=draw.randrange(-2_000, 20_000))
    if draw.random() < 0.1:
        return Halt(begin, None, "鉴定")
    return Halt(begin, begin + timedelta(seconds=draw.randrange(1, 800_000)), "检测", "局长")


def fault_of(told: Derivation, zone: ZoneInfo) -> str:
    """Return what does not add up in a receipt to the due instant of its clock, or nothing."""
    try:
        due = added_up(told.rows)
    except AssertionError as fault:
        return f"{fault}"
    known = told.clock.due_at.astimezone(zone).replace(tzinfo=None)
    return "" if due == known else f"{due} is not {known}"


def stored(path: str) -> Iterator[tuple[str, StoredDerivation, ZoneInfo]]:
    """Give the receipt of every deadline of a store, ticket by ticket and then those of papers."""
    store = open_store(path, now=lambda: datetime.now(UTC), first=first_content, login="reader")
    with store.reading() as reader:
        tickets = [id for (id,) in reader.rows("SELECT id FROM ticket ORDER BY id")]
        others = [id for (id,) in reader.rows(OTHERS)]
        zone = store.timekeeper().zone
        for id in tickets:
            for one in ticket_derivations(reader, store.timekeeper, id):
                yield f"{one.number} {one.deadline_id}", one, zone
        for id in others:
            one = deadline_derivation(reader, store.timekeeper, id)
            yield f"{one.number} {id}", one, zone
    store.close()


OTHERS = "SELECT id FROM deadline WHERE ticket_id IS NULL OR subject_kind = 'order'"


def add_up(told: Iterable[tuple[str, Derivation, ZoneInfo]]) -> tuple[int, int]:
    """Add receipts up; return how many there were and how many do not add up, each printed."""
    count = wrong = 0
    for made, one, zone in told:
        count += 1
        if fault := fault_of(one, zone):
            wrong += 1
            print(f"{made}\n{fault}\n" + "\n".join(one.lines) + "\n")
    return count, wrong


def main(count: int, path: str = "") -> int:
    """Add up ``count`` made-up receipts, and every one of a store; return how many fail."""
    began = time.perf_counter()
    counted = [add_up(made_up(count, 20_261_126))]
    if path:
        kept = list(stored(path))
        counted.append(add_up((made, one.derived, zone) for made, one, zone in kept))
        differ = [made for made, one, _ in kept if not one.agrees]
        print(f"{len(differ)} of the store do not give the instant stored: {differ[:9]}")
        counted.append((0, len(differ)))
    seconds = time.perf_counter() - began
    print(f"{sum(each for each, _ in counted)} receipts, {seconds:.0f} s", counted)
    return sum(wrong for _, wrong in counted)


if __name__ == "__main__":
    sys.exit(min(main(int(sys.argv[1]), *sys.argv[2:]), 1))
