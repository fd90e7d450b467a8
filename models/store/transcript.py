"""抄本: the whole trail as files that anybody can check without Duban.

``trail.jsonl`` holds one event a line, its fields as the hash covers them; ``manifest.json`` the
count, the head and how to reckon it again, and how often each operator saw numbers, exported,
copied and drew handouts on each day. Kept elsewhere, the head is the anchor that ``audit verify
--anchor`` asks for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.store.disclosed import disclosures, told
from models.store.errors import NotAllowed, StoreError
from models.store.files import whole_file
from models.store.retrying import retried
from models.store.trail import EVENT_FIELDS, EVENTS, canonical, iso
from models.store.verifying import verify_trail

if TYPE_CHECKING:
    from models.store.reader import Reader
    from models.store.store import Store


FORM = "duban-trail-1"

LINES, MANIFEST = "trail.jsonl", "manifest.json"

EVER = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)

METHOD = (
    "hash = sha256(prev_hash + JSON array of the fields in this order, as they stand in the line, "
    "without spaces, characters as they are, in UTF-8); the first prev_hash is empty"
)


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was written: ``head`` is the hash of the last event, ``sha256`` that of the lines."""

    events: int
    head: str
    ok: bool
    first_bad: int | None
    sha256: str


def transcribe(store: Store, folder: Path) -> Transcript:
    """Write the trail into a folder that holds none yet, and record that it went out.

    For an auditor or administrator. A trail that does not verify is written all the same, and
    the manifest says so. ``StoreError`` where the folder cannot be written.
    """
    actor = store.operator
    if not actor.roles & {"auditor", "administrator"}:
        raise NotAllowed(f"{actor.name} 没有导出留痕的权限：请管理员用 duban operator role 授权")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with store.reading() as reader:
            made = _write(reader, folder, store)
    except FileExistsError as error:
        raise StoreError(f"{folder} 里已有留痕抄本：请另写一个文件夹") from error
    except OSError as error:
        raise StoreError(f"留痕写不进 {folder}（{error.strerror}）：请换一个位置") from error
    _record(store, made)
    return made


@retried
def _record(store: Store, made: Transcript) -> None:
    with store.writing() as work:
        payload = {"events": made.events, "head": made.head, "sha256": made.sha256}
        work.event("audit.export", "store", None, payload=payload)


def _write(reader: Reader, folder: Path, store: Store) -> Transcript:
    found = verify_trail(reader, state=False)
    digest = hashlib.sha256()
    with whole_file(folder / LINES, fresh=True) as part, part.open("wb") as out:
        for line in _lines(reader):
            digest.update(line)
            out.write(line)
    made = Transcript(found.events, found.head, found.ok, found.first_bad, digest.hexdigest())
    manifest = {
        "form": FORM,
        "exported_at": iso(store.now()),
        "fields": EVENT_FIELDS,
        "method": METHOD,
    }
    zone = store.timekeeper().zone
    seen = disclosures(reader, zone, *EVER)
    with whole_file(folder / MANIFEST, fresh=True) as part:
        whole = manifest | asdict(made) | {"disclosures": list(told(seen))}
        text = json.dumps(whole, ensure_ascii=False, indent=1)
        part.write_text(text, encoding="utf-8")
    return made


def _lines(reader: Reader) -> Iterator[bytes]:
    for chunk in reader.stream(EVENTS):
        for event in chunk:
            covered = dict(zip(EVENT_FIELDS, event.covered, strict=False))
            covered |= {"prev_hash": event.prev_hash, "hash": event.hash}
            line = {name: _as_covered(value) for name, value in covered.items()}
            yield (canonical(line) + "\n").encode()


def _as_covered(value: Any) -> Any:
    return iso(value) if isinstance(value, datetime) else value
