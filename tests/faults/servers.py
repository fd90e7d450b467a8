"""A PostgreSQL server that dies or has no room left, in the middle of import, signing, console."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg

from console.frame import jobs
from models.store.store import Store
from models.store.work import Work
from tests.console.stage import Stage, play
from tests.console.town import settle_town
from tests.faults.acts import import_ten, sign, whole_batches
from tests.faults.outcome import SMALL, Outcome
from tests.faults.places import Databases, Server
from tests.faults.scenes import contents
from tests.faults.surroundings import DEEDS, full, kept_by, scene_for, small_disk
from tests.faults.trials import Trials
from tests.models.appeals import one

SAID = "一行说明白；已提交的一件不少，未提交的一件不留；重启后照办"

COMMITTED = "没有提交的说没有，已经提交的说已办，都只有一次"

TYPED = "一行说明白，所填的还在，控制台不退出"

CUT = "连接断了|连接不上"


@contextmanager
def dying(server: Server, at: int) -> Iterator[None]:
    """Kill the server when a transaction is about to write its ``at``-th time; start it after."""
    calls = 0
    killed = False

    def counting(name: str) -> Callable[..., Any]:
        real = getattr(Work, name)

        def act(self: Work, *args: Any, **named: Any) -> Any:
            nonlocal calls, killed
            calls += 1
            if calls == at and not killed:
                killed = True
                server.kill()
            return real(self, *args, **named)

        return act

    with (
        patch.object(Work, "insert", counting("insert")),
        patch.object(Work, "bulk", counting("bulk")),
        patch.object(Work, "update", counting("update")),
        patch.object(Work, "seal", counting("seal")),
    ):
        try:
            yield
        finally:
            if killed:
                server.start()
    if not killed:
        raise AssertionError(f"the server was not killed: only {calls} writes")


def in_the_middle(server: Server, place: Databases, folder: Path, size: str) -> Outcome:
    """Kill the server in the middle of importing and of signing."""
    trials = Trials("办到一半杀掉服务器再启动", place.engine, SAID)
    few = {"import": (12,)}
    many = {"import": range(1, 22), "order.sign": range(1, 8), "sweep": (1,), "publish": (1, 2)}
    for name, moments in (few if size == SMALL else many).items():
        for at in moments:
            scene = scene_for(place, folder, name)
            trouble = partial(dying, server, at)
            trials.suffer(scene, DEEDS[name], trouble, CUT, kept=kept_by(name))
    return trials.outcome()


def at_commit(server: Server, place: Databases, folder: Path) -> Outcome:
    """Kill the server just before and just after it was told to commit."""
    trials = Trials("提交前后杀掉服务器再启动", place.engine, COMMITTED)
    for kept in (False, True):
        trials.tried += 1
        scene = scene_for(place, folder, "order.sign")
        store = scene.store()
        heard: list[str] = []
        store.caution = heard.append
        dialect = store.engine().dialect
        usual, first = dialect.do_commit, iter((True,))

        def commit(dbapi: Any, usual: Any = usual, first: Any = first, kept: bool = kept) -> None:
            if not next(first, False):
                usual(dbapi)
                return
            if kept:
                usual(dbapi)
            server.kill()
            server.start()
            dbapi.execute("SELECT 1")

        said = ""
        with patch.object(dialect, "do_commit", commit):
            try:
                sign(store, [1, 2, 3])
            except Exception as error:
                said = str(error)
        signed = one(store, "SELECT count(*) FROM supervision_order WHERE status = 'signed'")[0]
        right = (said == "" and "已经写入" in heard[0]) if kept else "没有写入：请重试" in said
        if not right or signed != (3 if kept else 0):
            trials.lose(f"kept {kept}: {signed} signed, said {said!r}, heard {heard}")
        if not kept:
            sign(store, [1, 2, 3])
        numbers = {row[0] for row in _rows(store, "SELECT number FROM supervision_order")}
        if numbers != {f"武网督〔2026〕{n}号" for n in (1, 2, 3)}:
            trials.lose(f"numbers are {numbers}")
        store.close()
        contents(scene)
    return trials.outcome()


def _rows(store: Store, sql: str) -> list[Any]:
    with store.reading() as reader:
        return list(reader.rows(sql))


def under_a_console(server: Server, place: Databases, folder: Path) -> Outcome:
    """Kill the server while somebody types, and in the middle of what a screen has begun."""
    trials = Trials("控制台开着时杀掉服务器再启动", place.engine, TYPED)
    scene = scene_for(place, folder, "operator.add")
    store = scene.store()
    settle_town(store)

    async def journey(stage: Stage) -> None:
        await stage.press("enter", ".", "2", ".", "4", *"已派人到场")
        server.kill()
        await stage.press("enter")
        _require(trials, stage, "连接", "已派人到场")
        server.start()
        await stage.press("enter")
        _require(trials, stage, "答复待审")

        def job(say: jobs.Say) -> None:
            with store.writing() as work:
                server.kill()
                work.event("note", "store", None)

        jobs.start(stage.app.screen, "write", job)
        await stage.settle()
        _require(trials, stage, "连接")
        server.start()
        await stage.press("r")
        _require(trials, stage, "答复待审")

    play(store, journey, size=(120, 40))
    if one(store, "SELECT count(*) FROM event WHERE verb = 'ticket.reply'") != (1,):
        trials.lose("the reply was not kept once")
    if one(store, "SELECT count(*) FROM event WHERE verb = 'note'") != (0,):
        trials.lose("what was cut off was kept")
    store.close()
    contents(scene)
    return trials.outcome()


def _require(trials: Trials, stage: Stage, *words: str) -> None:
    trials.tried += 1
    frame = stage.frame().replace("\n", "")
    for word in words:
        if word not in frame:
            shown = "\n".join(line for line in stage.frame().splitlines() if line.strip(" │"))
            trials.lose(f"{word} is not shown:\n{shown}")


def no_room(server: Server, folder: Path) -> Outcome:
    """Let the disk on which the tables lie be full."""
    trials = Trials("服务器磁盘写满", "postgresql", SAID)
    place = Path(tempfile.mkdtemp(prefix="duban-disk-"))  # where the server's user comes, too
    place.chmod(0o755)
    with small_disk(place, 40) as disk:
        if disk is None:
            return trials.outcome()
        tables = disk / "tables"
        tables.mkdir()
        owner = pwd.getpwuid(os.stat(server.folder).st_uid)
        os.chown(tables, owner.pw_uid, owner.pw_gid)
        with psycopg.connect(server.url, autocommit=True) as own:
            own.execute(f"CREATE TABLESPACE small LOCATION '{tables}'".encode())
            databases = Databases(folder, server.url, "small")
            scene = scene_for(databases, folder, "operator.add")

            def many(store: Store) -> None:
                import_ten(store, content="停水" * 60_000)

            trouble = partial(full, disk)
            trials.suffer(scene, many, trouble, "磁盘已满", kept=whole_batches)
            databases.clear()
            own.execute("DROP TABLESPACE small")
    shutil.rmtree(place)
    return trials.outcome()


def run(size: str, folder: Path) -> list[Outcome]:
    """Try it on a server of our own, which nobody else uses."""
    server = Server()
    try:
        place = Databases(folder, server.url)
        outcomes = [
            in_the_middle(server, place, folder, size),
            under_a_console(server, place, folder),
        ]
        if size != SMALL:
            outcomes += [at_commit(server, place, folder), no_room(server, folder)]
        return outcomes
    finally:
        server.close()
