"""Calling ``duban`` on a store of its own: in this process, or in one whose memory is bounded."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from console.__main__ import main
from console.frame import Settings, open_settled, opening
from models.store.opening import open_store
from models.store.store import Store
from seed.reference.catalogue import first_content
from tests.console.conftest import APPEALS, NOW, Answer, system_now

MEMORY = 700 << 20
"""Bytes of address space that a call in a process of its own may take."""

_BOUNDED = f"""
import resource, sys
from datetime import UTC, datetime
from console.__main__ import main
from console.frame import opening
opening._system_now = lambda: max(datetime.now(UTC), datetime(2027, 1, 4, tzinfo=UTC))
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
sys.exit(main(sys.argv[1:]))
"""

HOMES = ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DOCUMENTS_DIR")


@dataclass(frozen=True, slots=True)
class Office:
    """A folder with a store in it, and the calls that work on them."""

    folder: Path

    @property
    def target(self) -> Path:
        """The store."""
        return self.folder / "town.db"

    def call(self, *words: object, now: str = NOW) -> Answer:
        """Call in this process."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(self._words(words, now))
        return Answer(code, out.getvalue(), err.getvalue())

    def bounded(self, *words: object, now: str = NOW) -> Answer:
        """Call in a process that may take only so much memory."""
        argv = [sys.executable, "-c", _BOUNDED, *self._words(words, now)]
        done = subprocess.run(argv, capture_output=True, check=False, timeout=120)
        told = (each.decode("utf-8", "replace") for each in (done.stdout, done.stderr))
        return Answer(done.returncode, *told)

    def store(self) -> Store:
        """Open the store past the command line."""
        return open_store(str(self.target), now=system_now, first=first_content, login="tester")

    def opened(self) -> Store:
        """Open the store as the command line does, for the screens."""
        return open_settled(Settings(store=str(self.target), now=datetime.fromisoformat(NOW)))

    def _words(self, words: Sequence[object], now: str) -> list[str]:
        moment = ("--now", now) if now else ()
        store = () if "--store" in words else ("--store", str(self.target))
        return [*map(str, words), *store, *moment]


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """Give an office with five appeals; the present folder is its own meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    there = os.getcwd()
    homes = {name: str(folder / name) for name in HOMES}
    kept = {k: v for k, v in os.environ.items() if k != "DUBAN_STORE"}
    with ExitStack() as held:
        held.enter_context(patch.dict(os.environ, {**kept, **homes}, clear=True))
        held.enter_context(patch.object(opening, "_system_now", system_now))
        held.callback(os.chdir, there)
        os.environ["PYTHONPATH"] = there
        os.chdir(folder)
        made = Office(folder)
        first = folder / "appeals.csv"
        first.write_text(APPEALS, encoding="utf-8")
        done = made.call("import", first)
        assert done.code == 0, done.err
        yield made
