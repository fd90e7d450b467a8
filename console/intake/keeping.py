"""A form that is not saved yet, kept in a file of its own so that a crash loses nothing.

A citizen's name and number stand in it: it lies in the operator's own state folder, readable by
nobody else, and goes as soon as the form is saved or given up, or after ``MOST_DAYS``.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from console.frame import drafts_dir
from seed.putting import put, refused_writing

if TYPE_CHECKING:
    from models.store import Store

MOST_DAYS = 7
"""Days after which a form that nobody went on with is destroyed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was left: when it was opened and last kept, and what was typed."""

    path: Path
    opened_at: datetime
    kept_at: datetime
    typed: Mapping[str, str]


def kept_forms(store: Store) -> list[Kept]:
    """Return the operator's forms that were left, the last one first; none that is open."""
    found = [kept for path in _left(store) if (kept := _read(path)) is not None]
    return sorted(found, key=lambda kept: kept.kept_at, reverse=True)


class FormFile:
    """The file of one open form; older words never overwrite newer ones."""

    def __init__(self, store: Store) -> None:
        """Write nothing yet."""
        self._who = _who(store)
        self._path = drafts_dir() / f"{self._who}-{os.getpid()}.json"
        self._lock = Lock()
        self._newest = 0
        self._ended = False

    def keep(
        self, number: int, opened_at: datetime, kept_at: datetime, typed: Mapping[str, str]
    ) -> None:
        """Keep what is typed; ``number`` grows with every change. ``DubanError``: it cannot be."""
        with self._lock:
            if self._ended or number <= self._newest:
                return
            self._newest = number
            said = {
                "opened_at": opened_at.isoformat(),
                "kept_at": kept_at.isoformat(),
                "typed": {name: text for name, text in typed.items() if text},
            }
            with refused_writing(self._path):
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            put(self._path, json.dumps(said, ensure_ascii=False).encode())

    def go_on(self, kept: Kept) -> None:
        """Take over the file of a form that was left."""
        with self._lock, suppress(OSError):
            kept.path.replace(self._path)

    def leave(self) -> None:
        """Leave the form as it is, to be gone on with later."""
        with self._lock, suppress(FileNotFoundError):
            self._ended = True
            self._path.replace(
                self._path.with_name(f"{self._who}-left-{secrets.token_hex(4)}.json")
            )

    def destroy(self) -> None:
        """Destroy what is kept: the form is saved, or given up."""
        with self._lock, suppress(OSError):
            self._ended = True
            self._path.unlink(missing_ok=True)


def _who(store: Store) -> str:
    """Return what files of an operator on a store begin with."""
    return sha256(f"{store.target}\0{store.login}".encode()).hexdigest()[:16]


def _left(store: Store) -> Iterator[Path]:
    """Give the files of the operator that no open form has; destroy those that are too old."""
    oldest = time.time() - MOST_DAYS * 86_400
    for path in sorted(drafts_dir().glob(f"{_who(store)}-*.json")):
        owner = path.stem.rpartition("-")[2]
        if "-left-" not in path.stem and owner.isdecimal() and _alive(int(owner)):
            continue
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()
            else:
                yield path


def _alive(pid: int) -> bool:
    """Return whether a process runs; where that cannot be asked, only our own does."""
    if pid == os.getpid():
        return True
    if sys.platform == "win32":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _read(path: Path) -> Kept | None:
    """Return a form from its file; None for one that cannot be read."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        opened, kept = (datetime.fromisoformat(said[name]) for name in ("opened_at", "kept_at"))
        typed = {str(name): str(text) for name, text in said["typed"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Kept(path, opened, kept, typed)
