"""Killed at the n-th write, whatever is being done: all of it or nothing, and it can be done again.

Each attempt goes on from the store that the one before left behind when it died, so that every
attempt is also the one that does it again; where something had been kept, it begins from the start.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.conftest import Clock
from tests.faults.acts import Act, acts, answers
from tests.faults.killing import attempt
from tests.faults.outcome import SMALL, Outcome
from tests.faults.places import Place, both
from tests.faults.scenes import Scene, Torn, contents

FEW = ("ticket.dispatch", "ticket.grant_extension", "ticket.resume")
"""What the small form kills, at three writes each: the first, one in the middle, the last."""

MOST = 40
"""Kills of one act: a backup and a restore write more often, and are killed at this many writes."""


@dataclass
class Killing:
    """One act on one engine, killed again and again."""

    place: Place
    name: str
    act: Act
    folder: Path
    tried: int = 0
    lost: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def run(self, most: int) -> None:
        """Kill the act at up to ``most`` of its writes."""
        ready = self._ready()
        done = self._copy(ready)
        whole = attempt(lambda: self.act.do(done))
        if not whole.done:
            raise AssertionError(f"{self.name} cannot be done at all: {whole.told}")
        if not self.act.same and whole.commits != 1:
            self._lose("undisturbed", f"{whole.commits} transactions for one act")
        self.act.check(done)
        stages = {0: contents(ready), whole.commits: contents(done)}
        self.answers = answers(done, self.act)
        self.place.drop(done.target)
        scene = self._copy(ready)
        for n in _spread(whole.writes, most):
            if not self._kill(scene, n, stages, whole.commits):
                self.place.drop(scene.target)
                scene = self._copy(ready)
            else:
                self.place.rewind(scene.target, ready.target)
        last = attempt(lambda: self.act.do(scene))
        if not last.done or contents(scene) != stages[whole.commits]:
            self._lose("at the end", last.told or "it did not come out the same")
        for each in (scene, ready):
            self.place.drop(each.target)

    def _ready(self) -> Scene:
        folder = self.folder / f"ready-{self.name}"
        folder.mkdir()
        scene = Scene(self.place, self.place.new(), folder, Clock())
        store = scene.store()
        self.act.ready(scene, store)
        store.close()
        return scene

    def _copy(self, ready: Scene) -> Scene:
        copied = ready.copied(self.folder / f"{self.name}-{next(self._numbers)}")
        self.place.rewind(copied.target, ready.target)
        return copied

    def _kill(self, scene: Scene, n: int, stages: dict[int, str], commits: int) -> bool:
        """Kill once, look at what is left; return whether the store is as it was before."""
        got = attempt(lambda: self.act.do(scene), n)
        if got.done:  # with fewer writes than the first time: a role of the server is made once
            if contents(scene) != stages[commits]:
                self._lose(f"write {n}", "done, but not the same as the first time")
            return False
        if not got.killed:
            self._lose(f"write {n}", got.told)
            return False
        self.tried += 1
        try:
            left = contents(scene)
            aside = self.act.aside and self.place.engine == "sqlite"
            expected = stages.setdefault(0 if aside else got.commits, left)
            if left != expected:
                raise Torn(_difference(expected, left))
            self.act.check(scene)
            if 0 < got.commits < commits or left not in (stages[0], stages[commits]):
                self._again(scene)
                return False
        except Exception as error:
            self._lose(f"write {n} of {got}", f"{type(error).__name__}: {error}")
            return False
        return left == stages[0]

    def _again(self, scene: Scene) -> None:
        """Do anew what was kept in part, and see that it comes to the same."""
        scene.clock = Clock(scene.clock.now + self.act.later)
        again = attempt(lambda: self.act.do(scene), salt=1)
        if not again.done:
            raise Torn(f"it cannot be done again: {again.told}")
        contents(scene)
        self.act.check(scene)
        if answers(scene, self.act) != self.answers:
            raise Torn("done again, it does not come to the same")

    def _lose(self, where: str, why: str) -> None:
        self.lost.append(where)
        print(f"LOST {self.place.engine} {self.name}, {where}: {why}", file=sys.stderr)


def _spread(writes: int, most: int) -> Sequence[int]:
    """Return up to ``most`` of the writes, the last one among them."""
    if writes <= most:
        return range(1, writes + 1)
    return sorted({1 + round(i * (writes - 1) / (most - 1)) for i in range(most)})


def _difference(expected: str, found: str) -> str:
    pairs = zip(expected.splitlines(), found.splitlines(), strict=False)
    return next((f"{b[:2000]} instead of {a[:2000]}" for a, b in pairs if a != b), "rows")


def run(size: str, folder: Path) -> list[Outcome]:
    """Kill every act on both engines at every write, or a few."""
    chosen = {name: act for name, act in acts().items() if size != SMALL or name in FEW}
    outcomes = []
    with both(folder) as places:
        for place in places:
            own = folder / f"kills-{place.engine}"
            own.mkdir()
            killings = [Killing(place, name, act, own) for name, act in chosen.items()]
            for killing in killings:
                killing.run(3 if size == SMALL else MOST)
            outcomes.append(
                Outcome(
                    f"办到第 n 次写入时杀掉进程（{len(killings)}种办理）",
                    place.engine,
                    sum(killing.tried for killing in killings),
                    sum(len(killing.lost) for killing in killings),
                    "每行全有或全无，核验通过，再办一次结果相同",
                )
            )
    return outcomes
