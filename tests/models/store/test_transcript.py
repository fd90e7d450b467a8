"""The trail as files: anybody can reckon the chain again from what they say."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from models.bureau.operators import add_operator
from models.store.bulk import table
from models.store.errors import NotAllowed, StoreError
from models.store.store import Store
from models.store.transcript import LINES, MANIFEST, transcribe
from models.store.verifying import verify_trail
from models.tables.bookkeeping import Event


def test_the_chain_can_be_reckoned_again_from_the_files_alone(store: Store, tmp_path: Path) -> None:
    with store.writing() as work:
        work.event(
            "ticket.note", "store", None, reason='引号"\\ 换行\n中文', payload={"k": ["甲", 1]}
        )
    made = transcribe(store, tmp_path / "trail")
    manifest = json.loads((tmp_path / "trail" / MANIFEST).read_text(encoding="utf-8"))
    text = (tmp_path / "trail" / LINES).read_bytes()
    prev = ""
    for line in text.splitlines():
        event = json.loads(line)
        fields = [event[name] for name in manifest["fields"]]
        body = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        assert event["prev_hash"] == prev
        prev = hashlib.sha256((prev + body).encode()).hexdigest()
        assert event["hash"] == prev
    assert manifest["head"] == made.head == prev
    assert manifest["sha256"] == hashlib.sha256(text).hexdigest()
    assert manifest["events"] == len(text.splitlines())


def test_the_head_of_a_transcript_is_an_anchor_later(store: Store, tmp_path: Path) -> None:
    made = transcribe(store, tmp_path / "trail")
    with store.reading() as reader:
        assert verify_trail(reader, made.head).ok
        last = reader.one("SELECT verb FROM event ORDER BY seq DESC LIMIT 1")
    assert last == ("audit.export",)


def test_a_transcript_is_never_written_over_another(store: Store, tmp_path: Path) -> None:
    transcribe(store, tmp_path)
    with pytest.raises(StoreError, match="另写一个文件夹"):
        transcribe(store, tmp_path)


def test_a_trail_that_was_tampered_with_goes_out_with_the_place_named(
    store: Store, tmp_path: Path
) -> None:
    with store.engine().begin() as conn:
        event = table(Event)
        conn.execute(event.update().where(event.c.seq == 2).values(verb="nothing"))
    made = transcribe(store, tmp_path)
    assert not made.ok and made.first_bad == 2
    assert json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))["first_bad"] == 2


def test_only_an_auditor_or_administrator_takes_the_trail_out(
    sqlite_store: Store, tmp_path: Path
) -> None:
    add_operator(sqlite_store, "liu", roles=["supervisor", "signer"])
    add_operator(sqlite_store, "wu", roles=["auditor"])
    sqlite_store.login = "liu"
    with pytest.raises(NotAllowed):
        transcribe(sqlite_store, tmp_path)
    sqlite_store.login = "wu"
    assert transcribe(sqlite_store, tmp_path).ok
