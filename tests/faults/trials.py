"""One act in bad surroundings: one clear line, nothing lost, nothing torn, and it works afterwards.

What is compared is every row of every table before and after; what was kept of an import in whole
batches before the trouble began is named by the trial itself.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from console.frame import told
from models.store.store import Store
from tests.faults.outcome import Outcome
from tests.faults.scenes import Scene, Torn, contents

Deed = Callable[[Store], object]


@dataclass
class Trials:
    """What was tried in one kind of surroundings, and what was lost by it."""

    what: str
    engine: str
    note: str
    tried: int = 0
    lost: list[str] = field(default_factory=list)

    def outcome(self) -> Outcome:
        """Return the line of the table."""
        return Outcome(self.what, self.engine, self.tried, len(self.lost), self.note)

    def lose(self, why: str) -> None:
        """Count something lost, and say what."""
        self.lost.append(why)
        print(f"LOST {self.engine} {self.what}: {why}", file=sys.stderr)

    def suffer(
        self,
        scene: Scene,
        deed: Deed,
        trouble: Callable[[], AbstractContextManager[object]],
        words: str,
        *,
        kept: Callable[[Scene], object] | None = None,
        opened_before: bool = True,
    ) -> None:
        """Do something while there is trouble and again after it; ``words`` are what must be said.

        ``kept`` looks at what may be left where it need not be all as it was.
        """
        self.tried += 1
        before = contents(scene)
        store = scene.store() if opened_before else None
        try:
            with trouble():
                line = self._line(scene, store, deed)
            self._require(line, words)
            if contents(scene) != before:
                if kept is None:
                    raise Torn("something of it was kept")
                kept(scene)
            store = store or scene.store()
            deed(store)
            if contents(scene) == before:
                raise Torn("done again, it did nothing")
        except Exception:
            self.lose(traceback.format_exc())
        finally:
            if store is not None:
                store.close()

    def _line(self, scene: Scene, store: Store | None, deed: Deed) -> str:
        """Return the line in which a person hears of the trouble; what is no line is raised."""
        own = None
        try:
            own = store or scene.store()
            deed(own)
        except Exception as error:
            line = told(error)
            if line is None:
                raise
            return line
        finally:
            if store is None and own is not None:
                own.close()
        return ""

    def _require(self, line: str, words: str) -> None:
        if not any(word in line for word in words.split("|")) or "\n" in line:
            raise Torn(f"said was {line!r}, not {words}")
