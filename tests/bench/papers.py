"""A hundred orders of 1 to 200 appeals signed and exported, beside rendering the same papers alone.

Run ``python -m tests.bench.papers [--orders N] [--most N] [--profile]``. Each engine says how long
it took to read and word the papers, to sign and to export them, and how that stands to rendering
them alone in the same run.
"""

from __future__ import annotations

import argparse
import cProfile
import math
import pstats
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from console.paper import press, void_copy
from models import casework, orders
from models.orders.order import OrderView
from models.store.opening import open_store
from models.store.store import Store
from rules.casework.appeal import Appeal
from rules.paper import Content
from tests.conftest import MADE, NOW, Clock, admin, database_url, for_a_test, postgres
from tests.models.appeals import appeal, column, taken, wuhan
from tests.models.presses import Plain

SEED = 20261126

WITHIN = 10.0
"""Seconds in which a hundred orders are to be signed and exported."""

BATCH = 500

WORD = "请速查速办，主要负责同志亲自过问，三日内将办理结果报我。"

ANSWER = "已派维修人员到场，更换损坏的水泵并恢复供水，已当面向群众反馈，群众表示认可。"


def sizes(count: int, most: int) -> list[int]:
    """Return how many appeals each order has: as many of 2 to 4 as of 50 to 100."""
    chance = random.Random(SEED)
    return [round(math.exp(chance.uniform(0, math.log(most)))) for _ in range(count)]


def appeals(units: Sequence[str], wanted: Sequence[int]) -> Iterator[Appeal]:
    """Give the appeals of every order, its own unit's all of them."""
    line = 1
    for unit, count in zip(units, wanted, strict=True):
        for _ in range(count):
            line += 1
            yield appeal(
                f"P{line}",
                title=f"小区二次供水停水第{line}户",
                content=f"每晚七点以后停水，无人维修，请尽快解决（{line}）",
                received_at=wuhan("2026-11-02 09:00"),
                dispatched_at=wuhan("2026-11-02 10:00"),
                unit=unit,
                line=line,
            )


def drafts(store: Store, clock: Clock, wanted: Sequence[int]) -> list[OrderView]:
    """Lead appeals through what befalls them before an order, and draft the orders."""
    clock.travel_to("2026-11-02 11:00")
    names = column(store, "SELECT name FROM unit WHERE NOT is_centre ORDER BY id LIMIT 100")
    units = [names[n % len(names)] for n in range(len(wanted))]
    taken(store, *appeals(units, wanted))
    ids = column(store, "SELECT id FROM ticket ORDER BY id")
    _each(store, "acknowledge", ids)
    clock.travel_to("2026-11-03 10:00")
    _each(store, "instruct", ids[::50], leader="李市长", text=WORD, limit_text="3wd")
    _each(store, "ask_extension", ids[::9], limit_text="2wd", reason="需开挖检修")
    _each(store, "grant_extension", ids[::9])
    clock.travel_to("2026-11-10 10:00")
    _each(store, "urge", ids, answered_by="王科长", promised="本周内办结")
    clock.travel_to("2026-11-12 10:00")
    _each(store, "reply", ids[::3], text=ANSWER)
    clock.travel_to("2026-11-13 10:00")
    _each(store, "send_back", ids[::6], reason="没有附现场照片")
    clock.travel_to(NOW)
    made: list[OrderView] = []
    start = 0
    for count in wanted:
        made += orders.draft(store, ids[start : start + count]).orders
        start += count
    return made


def _each(store: Store, verb: str, ids: Sequence[int], **said: Any) -> None:
    for start in range(0, len(ids), BATCH):
        casework.take(store, verb, ids[start : start + BATCH], **said)


def measured(store: Store, clock: Clock, folder: Path, wanted: Sequence[int]) -> None:
    """Print what signing and exporting take, beside rendering alone."""
    made = drafts(store, clock, wanted)
    kept: list[Content] = []

    def render(content: Content) -> bytes:
        kept.append(content)
        return press().fill(press().shipped(content.kind), content)

    signer = store.policy.leaders[0].name
    with timed() as signing:
        ids = [view.id for view in made]
        orders.sign(store, ids, signer=signer, basis="paper", press=Plain(render))
    with timed() as exporting:
        for id in ids:
            orders.export_paper(store, id, void_copy, partial(_write, folder))
    with timed() as alone:
        for content in kept:
            press().fill(press().shipped(content.kind), content)
    told, rendering = sum(len(c.statements) for c in kept), alone()
    parts = (("签发", signing()), ("导出", exporting()), ("单独排版", rendering))
    figures = "，".join(f"{name} {one.passed:.2f}（处理器 {one.busy:.2f}）" for name, one in parts)
    whole = signing().passed + exporting().passed
    print(
        f"{store.kind:12}{len(made)}份，诉求{sum(wanted)}件，句子{told}句，秒：{figures}；"
        f"签发、导出共 {whole:.2f} 秒（目标 {WITHIN:.0f} 秒），"
        f"是单独排版的 {whole / rendering.passed:.2f} 倍",
        flush=True,
    )


def _write(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long something took: as the clock has it, and as the processor was busy here."""

    passed: float
    busy: float


@contextmanager
def timed() -> Iterator[Callable[[], Seconds]]:
    """Yield what tells how long the block took."""
    start, began = time.perf_counter(), time.process_time()
    end: list[Seconds] = []
    yield lambda: end[0]
    end.append(Seconds(time.perf_counter() - start, time.process_time() - began))


def main() -> None:
    """Measure on both engines."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--orders", type=int, default=100)
    asked.add_argument("--most", type=int, default=200)
    asked.add_argument("--profile", action="store_true")
    options = asked.parse_args()
    wanted = sizes(options.orders, options.most)
    clock = Clock(MADE)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "papers.db")
        store = open_store(path, now=clock, first=for_a_test, login="tester")
        if options.profile:
            with cProfile.Profile() as profile:
                measured(store, clock, Path(folder), wanted)
            pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
            return
        measured(store, clock, Path(folder), wanted)
        store.close()
        with postgres() as server:
            admin(server, "CREATE DATABASE papers")
            clock = Clock(MADE)
            url = database_url(server, "papers")
            store = open_store(url, now=clock, first=for_a_test, login="")
            measured(store, clock, Path(folder), wanted)
            store.close()


if __name__ == "__main__":
    main()
