"""Many processes sign at once: numbers without gap or double, and nobody is turned away."""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from models import orders
from models.store.verifying import verify_trail
from tests.conftest import NOW, Clock
from tests.faults.acts import sign
from tests.faults.outcome import SMALL, Outcome
from tests.faults.places import Place, both
from tests.faults.scenes import Scene
from tests.models.rounds import put_round

UNITS = range(3, 103)

SIZES = {
    (SMALL, "sqlite"): (4, 5),
    (SMALL, "postgresql"): (4, 5),
    ("large", "sqlite"): (8, 25),
    ("large", "postgresql"): (20, 50),
}
"""How many processes sign how many orders each."""


def _drafts(scene: Scene, count: int) -> list[int]:
    """Make drafts, one for each appeal, and return their ids."""
    store = scene.store()
    made: list[int] = []
    while len(made) < count:
        units = UNITS[: count - len(made)]
        tickets = [
            put_round(store, f"T{len(made)}-{unit}", unit, received_at=NOW - timedelta(days=20))[0]
            for unit in units
        ]
        made += [view.id for view in orders.draft(store, tickets).orders]
    store.close()
    return made


def _sign_each(scene: Scene, ids: Sequence[int]) -> list[str]:
    """Sign orders one by one, and return what was said against it."""
    said: list[str] = []
    store = scene.store()
    for id in ids:
        try:
            sign(store, [id])
        except Exception:
            said.append(traceback.format_exc())
    store.close()
    return said


def _at_once(scene: Scene, shares: Sequence[Sequence[int]]) -> list[str]:
    """Let a process for each share begin at one moment; return everything that was said."""
    gate, opens = os.pipe()
    pipes = []
    for share in shares:
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(opens)
            _be_a_signer(scene, share, gate, writing)
        os.close(writing)
        pipes.append(reading)
    os.close(gate)
    os.close(opens)  # now: who waits reads the end
    said: list[str] = []
    for reading in pipes:
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read()
        said += pickle.loads(told) if told else ["a process ended by itself"]
        os.wait()
    return said


def _be_a_signer(scene: Scene, share: Sequence[int], gate: int, pipe: int) -> None:
    said = ["it came to nothing"]
    try:
        os.read(gate, 1)
        said = _sign_each(scene, share)
    except BaseException:
        said = [traceback.format_exc()]
    finally:
        with os.fdopen(pipe, "wb") as out:
            out.write(pickle.dumps(said))
        os._exit(0)


def _crowd(place: Place, folder: Path, processes: int, each: int) -> Outcome:
    scene = Scene(place, place.new(), folder, Clock())
    ids = _drafts(scene, processes * each)
    lost = _at_once(scene, [ids[n::processes] for n in range(processes)])
    store = scene.store()
    with store.reading() as reader:
        found = [row[0] for row in reader.rows("SELECT number FROM supervision_order ORDER BY id")]
        if not verify_trail(reader).ok:
            lost.append("the trail does not hold")
    store.close()
    expected = {f"武网督〔2026〕{n}号" for n in range(1, len(ids) + 1)}
    lost += [f"{number} was not given" for number in sorted(expected - set(found))]
    lost += [f"{found.count(n)} orders have {n}" for n in set(found) if found.count(n) > 1]
    for why in lost:
        print(f"LOST {place.engine} signatures: {why}", file=sys.stderr)
    return Outcome(
        f"{processes}个进程同时各签发{each}件",
        place.engine,
        len(ids),
        len(lost),
        "文号无缺无重，没有一次重试即可办成的拒绝，核验通过",
    )


def run(size: str, folder: Path) -> list[Outcome]:
    """Sign on both engines."""
    with both(folder) as places:
        return [_crowd(place, folder, *SIZES[size, place.engine]) for place in places]
