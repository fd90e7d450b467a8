"""Random but lawful hands on merged appeals, beside a store where the same is done one by one."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from models import casework, merging
from models.clocks.sweeping import sweep
from models.matter import load_matter, position
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_store
from rules.casework.lawful import allowed_steps
from rules.errors import Refused
from tests.conftest import Clock, sqlite_copy
from tests.models.appeals import UNIT, appeal, column, numbered, one, taken, unit_id
from tests.models.casework.walking import OTHER, THIRD
from tests.models.cells import rows_of
from tests.models.merging.groups import BEGUN, SAID, clocks

TICKETS = 5

QUIET = ("acknowledge", "contact", "grant_return", "grant_extension", "resume", "dispatch")


class Pair:
    """A store where appeals are merged, and its twin, where everything is done on each alone."""

    def __init__(self, store: Store, twin: Store, clock: Clock, seed: int) -> None:
        self.store, self.twin, self.clock = store, twin, clock
        self.dice = random.Random(seed)
        for each in (store, twin):
            taken(
                each,
                *numbered(
                    appeal(
                        f"A{n}",
                        number=f"WH{n}",
                        received_at=BEGUN,
                        reporter=f"居民{n}",
                        urgency=("一般", "紧急", "一般", "一般", "特急")[n],
                        nature=("投诉", "求助", "建议", "投诉", "投诉")[n],
                    )
                    for n in range(TICKETS)
                ),
            )
        self.units = [unit_id(store, name) for name in (UNIT, OTHER, THIRD)]

    def offered(self, store: Store, ticket: int) -> set[str]:
        """Return the lawful steps of a ticket."""
        with store.reading() as reader:
            stands = position(
                reader, load_matter(reader, ticket), store.timekeeper(), self.clock.now
            )
        return {step.function for step in allowed_steps(stands)}

    def under(self, lead: int) -> list[int]:
        """Return what is merged into a ticket."""
        return column(self.store, "SELECT id FROM ticket WHERE merged_into = :l", l=lead)

    def act(self) -> str | None:
        """Take a step in the store, and on each of those it is for in the twin."""
        leads = column(self.store, "SELECT id FROM ticket WHERE merged_into IS NULL")
        ticket = self.dice.choice(leads)
        able = sorted(self.offered(self.store, ticket) & {*SAID, *QUIET})
        if not able:
            return None
        verb, unit = self.dice.choice(able), self.dice.choice(self.units)
        said = {"unit_id": unit} if verb == "dispatch" else SAID.get(verb, {})
        everyone = [ticket, *self.under(ticket)]
        try:
            casework.take(self.store, verb, [ticket], **said)
        except Refused:
            return None
        stayed = {ticket, *self.under(ticket)}
        for each in everyone:
            if each in stayed and verb in self.offered(self.twin, each):
                casework.take(self.twin, verb, [each], **said)
        return verb

    def merge(self) -> None:
        """Merge some tickets; do in the twin what it takes to bring each as far as its lead."""
        lead = self.dice.randint(1, TICKETS)
        some = self.dice.sample(range(1, TICKETS + 1), 2)
        before = self.earliest([lead, *self.under(lead)])
        try:
            done = merging.merge(self.store, some, lead_id=lead)
        except Refused:
            return
        for each in done.joined:
            self.catch_up(each, done.lead_id)
        now = self.earliest([lead, *self.under(lead)])
        assert now is None or before is None or now <= before

    def catch_up(self, ticket: int, lead: int) -> None:
        """Bring a ticket of the twin as far as a lead stands, by hand."""
        sql = """SELECT r.lead_unit_id, r.first_handler, r.acknowledged_at, r.replied_at, r.reply,
                 r.state FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
                 WHERE t.id = :t"""
        unit, handler, taken_at, replied, reply, _ = one(self.twin, sql, t=lead)
        own, _, _, own_replied, _, _ = one(self.twin, sql, t=ticket)
        if unit is None:
            return
        if own != unit:
            casework.take(self.twin, "dispatch", [ticket], unit_id=unit, handler=handler)
        if taken_at is not None and "acknowledge" in self.offered(self.twin, ticket):
            casework.take(self.twin, "acknowledge", [ticket])
        if replied is not None and own_replied is None:
            casework.take(self.twin, "reply", [ticket], text=reply, outcome="已解决")

    def earliest(self, tickets: list[int]) -> Any:
        """Return when the first of some tickets is due by the clock that governs it."""
        return one(
            self.store,
            """SELECT min(d.due_at) FROM deadline d JOIN ticket t ON t.id = d.ticket_id
            WHERE t.id IN (:ids) AND d.step = 'close' AND d.stopped_at IS NULL""",
            ids=tickets,
        )[0]

    def right(self) -> None:
        """Check what always holds: one clock for all, due first; only leads stand in the queue."""
        with self.store.reading() as reader:
            rows = rows_of(
                reader,
                """SELECT l.id, d.step, d.due_at, min(e.due_at) FROM ticket l
                JOIN round r ON r.ticket_id = l.id AND r.n = l.rounds
                JOIN deadline d ON d.round_id = r.id AND d.subject_kind = 'ticket'
                JOIN ticket t ON t.merged_into = l.id
                JOIN round q ON q.ticket_id = t.id AND q.n = t.rounds
                JOIN deadline e ON e.round_id = q.id AND e.subject_kind = 'ticket'
                 AND e.step = d.step AND e.stopped_at IS NULL
                WHERE d.stopped_at IS NULL AND d.step <> 'assist'
                GROUP BY l.id, d.step, d.due_at""",
            )
            shown = rows_of(
                reader,
                """SELECT t.merged_into IS NULL, count(*) FROM ticket t JOIN deadline d
                ON d.ticket_id = t.id AND d.leads AND d.stopped_at IS NULL
                GROUP BY t.id, t.merged_into""",
            )
        assert all(due <= first for _, _, due, first in rows), rows
        assert all(alone and n == 1 for alone, n in shown), shown
        assert (
            len(shown)
            == one(
                self.store,
                "SELECT count(*) FROM ticket WHERE merged_into IS NULL AND state = 'open'",
            )[0]
        )


@pytest.mark.parametrize("seed", range(2))
def test_whoever_leaves_has_the_clock_it_would_have_had(
    sqlite_store: Store, sqlite_template: Path, tmp_path: Path, clock: Clock, seed: int
) -> None:
    clock.travel_to(BEGUN)
    folder = tmp_path / "twin"
    folder.mkdir()
    target = sqlite_copy(sqlite_template, folder)
    twin = open_store(target, now=clock, first=_never, login="tester")
    pair = Pair(sqlite_store, twin, clock, seed)
    done: list[str] = []
    for n in range(28):
        clock.travel(minutes=pair.dice.choice([1, 40, 300]))
        if n % 5 == 4:
            pair.merge()
        elif n % 13 == 12:
            some = column(sqlite_store, "SELECT id FROM ticket WHERE merged_into IS NOT NULL")
            if some:
                merging.object_to(sqlite_store, pair.dice.choice(some), words="我的事不一样")
        elif verb := pair.act():
            done.append(verb)
        if n % 20 == 10:
            sweep(sqlite_store)
        pair.right()
    led = column(sqlite_store, "SELECT DISTINCT merged_into FROM ticket WHERE merged_into > 0")
    if led:
        merging.split(sqlite_store, led, reason="各自办理")
    assert clocks(sqlite_store) == clocks(twin)
    assert verify_store(sqlite_store).ok
    twin.close()


def _never() -> Any:
    raise AssertionError("the store is there already")
