"""The two estates that the board's real messages tell of are flagged where nobody solved them."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from models.problems import link_new
from models.ranking import flags_of
from models.store.store import Store
from rules.ranking import last_complete
from tests.conftest import Clock
from tests.models.appeals import UNIT, numbered, taken
from tests.models.cells import rows_of
from tests.seed.reading import WUHAN, appeals, opened, real

LABELS = tomllib.loads((Path(__file__).parent / "two_estates.toml").read_text(encoding="utf-8"))

EXTERNAL = "SELECT id, external_id FROM ticket"

OTHERS = 12
"""Of the other messages every so many-th comes in, too."""


def test_both_estates_are_flagged_with_their_citizens(sqlite_store: Store, clock: Clock) -> None:
    labelled = {*LABELS["plant"], *LABELS["parking"]}
    some = [
        replace(row, unit=UNIT, dispatched_at=row.received_at)
        for place, row in enumerate(appeals(opened(real("teddy2020c/附件3.xlsx"))))
        if int(row.external_id or 0) in labelled or place % OTHERS == 0
    ]
    newest = max(row.received_at for row in some if row.received_at)
    clock.travel_to(newest + timedelta(days=40))
    taken(sqlite_store, *numbered(some), source="teddy", profile="teddy")
    link_new(sqlite_store)
    month = last_complete("month", clock.now, WUHAN)
    found = flags_of(sqlite_store, month)
    with sqlite_store.reading() as reader:
        numbers = {id: int(number) for id, number in rows_of(reader, EXTERNAL)}
    told = sorted(({numbers[id] for id in flag.ticket_ids} for flag in found), key=len)[-2:]
    for name in ("plant", "parking"):
        own = set(LABELS[name])
        estate = max(told, key=lambda numbers: len(numbers & own))
        assert len(estate & own) >= 0.9 * len(own)
        assert len(estate & own) >= 0.95 * len(estate)
    assert all("名诉求人反映同一问题（" in flag.evidence[0] for flag in found)
