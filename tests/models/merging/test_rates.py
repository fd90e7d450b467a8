"""Every rate after random merges, splits, replies, ratings and closes, as recomputed slowly."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import fields

from models import casework, merging
from models.matter import load_matter, position
from models.ranking.tallies import tallies_of
from models.store.store import Store
from models.store.verifying import verify_store
from rules.casework.lawful import allowed_steps
from rules.errors import Refused
from rules.ranking.periods import parse_period
from rules.ranking.tally import Tally
from tests.conftest import Clock
from tests.models.appeals import UNIT, column, one, unit_id
from tests.models.cells import rows_of
from tests.models.merging.groups import BEGUN, SAID, begin
from tests.models.ranking.everything import Everything

COUNTS = tuple(field.name for field in fields(Tally))

TAKEN = (
    "dispatch",
    "acknowledge",
    "reply",
    "close",
    "rate",
    "rework",
    "ask_return",
    "refuse_return",
    "ask_extension",
    "grant_extension",
)


def _step(store: Store, clock: Clock, dice: random.Random, ticket: int) -> str | None:
    """Take a lawful step of some on a ticket; return it."""
    with store.reading() as reader:
        stands = position(reader, load_matter(reader, ticket), store.timekeeper(), clock.now)
    able = sorted({step.function for step in allowed_steps(stands)} & {*TAKEN})
    if not able:
        return None
    verb = dice.choice(able)
    said = {"unit_id": unit_id(store, UNIT)} if verb == "dispatch" else SAID.get(verb, {})
    if verb == "rate":
        said = {"result": dice.choice(("满意", "基本满意", "不满意")), "work_rating": "满意"}
    try:
        casework.take(store, verb, [ticket], **said)
    except Refused:
        return None
    return verb


def test_reply_and_timeliness_count_once_and_every_rating_counts(
    store: Store, clock: Clock
) -> None:
    clock.travel_to(BEGUN)
    ids, dice, done = begin(store, 6), random.Random(1), Counter[str]()
    steps = 42 if store.engine().dialect.name == "sqlite" else 26
    for n in range(steps):
        clock.travel(hours=dice.choice([1, 5, 20]))
        if n % 6 == 3:
            lead, *some = dice.sample(ids, 3)
            try:
                done["joined"] += len(merging.merge(store, some, lead_id=lead).joined)
            except Refused:
                continue
        elif n % 16 == 15:
            under = column(store, "SELECT id FROM ticket WHERE merged_into IS NOT NULL")
            if under:
                merging.split(store, [dice.choice(under)], reason="情况不同")
                done["left"] += 1
        elif verb := _step(store, clock, dice, dice.choice(ids)):
            done[verb] += 1
    assert min(done[name] for name in ("joined", "close", "rate")) > 0, done
    everything, zone = Everything.of(store), store.timekeeper().zone
    closed, rated = 0, Counter[str]()
    for key in ("2026-W47", "2026-W48", "2026-W49", "2026-11", "2026-12"):
        period = parse_period(key, zone)
        counted = Counter(
            (unit, name) for unit, name, _ in everything.counted(period, None, period.to_at)
        )
        with store.reading() as reader:
            tallies = tallies_of(reader, period)
        told = {
            (unit, name): getattr(tally, name) for unit, tally in tallies.items() for name in COUNTS
        }
        assert {of: n for of, n in told.items() if n} == {
            of: n for of, n in counted.items() if of[0] is not None
        }, key
        if "W" not in key:
            closed += sum(tally.tickets for tally in tallies.values())
            rated[key] += sum(tally.rated for tally in tallies.values())
    assert closed == one(store, "SELECT count(*) FROM round WHERE closed_at IS NOT NULL")[0]
    with store.reading() as reader:
        ratings = rows_of(reader, "SELECT round_id, at FROM rating")
    given = {(id, f"{at.astimezone(zone):%Y-%m}") for id, at in ratings}
    assert +rated == Counter(month for _, month in given)
    assert verify_store(store).ok
