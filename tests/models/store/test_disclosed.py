"""Of each operator and day, how often they saw numbers, exported, copied: on both engines."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from models.privacy.looking import look
from models.store.disclosed import disclosures
from models.store.store import Store
from models.store.transcript import MANIFEST, transcribe
from rules.casework.initials import verbs_named
from rules.casework.words import DISCLOSURES, VERB_NAMES
from tests.conftest import BUREAU, Clock
from tests.models.appeals import appeal, taken
from tests.models.review.test_verdicts import as_another


def test_every_export_is_counted_once() -> None:
    counted = [verb for _, verbs in DISCLOSURES.values() for verb in verbs]
    assert len(counted) == len(set(counted))
    assert {verb for verb, name in VERB_NAMES.items() if "导出" in name} <= set(counted)
    for name, verbs in DISCLOSURES.values():
        own = {verb for verb, other in VERB_NAMES.items() if other == name}
        assert own <= set(verbs) == set(verbs_named(name)), name


def test_looks_and_exports_are_counted_by_person_and_day(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    taken(store, appeal(phone="13812345678"))
    look(store, 1, "1")
    look(store, 1, "1")
    began = store.now()
    clock.travel(days=1)
    with store.writing() as work:
        work.event("export.list", "store", None, payload={"rows": 9})
        work.event("order.copy", "order", 1)
    own = store.login
    as_another(store, "supervisor")
    look(store, 1, "1")
    with store.reading() as reader:
        found = disclosures(reader, ZoneInfo(BUREAU), began, store.now() + timedelta(days=1))
        later = disclosures(reader, ZoneInfo(BUREAU), store.now(), store.now() + timedelta(days=1))
    assert [(f"{one.day:%m-%d}", one.login, dict(one.counts)) for one in found] == [
        ("11-21", "other", {"looks": 1}),
        ("11-21", own, {"exports": 1, "copies": 1}),
        ("11-20", own, {"looks": 2}),
    ]
    assert later == found[:2]
    store.login = own
    transcribe(store, tmp_path / "trail")
    [newest, *_] = json.loads((tmp_path / "trail" / MANIFEST).read_text("utf-8"))["disclosures"]
    assert newest["operator"] == "other"
    assert newest["looks"] == 1
    assert newest["exports"] == 0
