"""Disk full, nothing may be written, somebody holds the lock, a clock that jumps."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg

from models import casework
from models.clocks.sweeping import sweep
from models.ranking.editions import period_of
from models.ranking.publishing import publish_edition
from models.store.backup import back_up
from models.store.store import Store
from tests.conftest import Clock, admin
from tests.faults.acts import acts, import_ten, sign, whole_batches
from tests.faults.outcome import SMALL, Outcome
from tests.faults.places import Files, Place, both
from tests.faults.scenes import Scene, Torn
from tests.faults.trials import Deed, Trials

SAID = "一行说明白；一行不少、一行不半；恢复后照办"

BACK = "早于最近一条留痕|尚未结束"
"""What is said of a clock that was set back: by the trail, or by a period that now lies ahead."""

Trouble = Callable[[Scene], Any]

DEEDS: dict[str, Deed] = {
    "ticket.note": lambda store: casework.take(store, "note", [1], text="记" * 9000),
    "order.sign": lambda store: sign(store, [1, 2, 3]),
    "sweep": sweep,
    "publish": lambda store: publish_edition(store, period_of(store, "2026-10")),
    "import": import_ten,
}
"""What is tried in every kind of surroundings, under the name of the act it is made ready as."""

FEW = ("order.sign",)


def scene_for(place: Place, folder: Path, name: str, target: str | None = None) -> Scene:
    """Return a store on which an act can be done, at an address of its own if one is given."""
    ready = Scene(place, place.new(), folder, Clock())
    store = ready.store()
    acts()[name].ready(ready, store)
    store.close()
    if target is not None:
        shutil.move(ready.target, target)
        ready.target = target
    return ready


def kept_by(name: str) -> Callable[[Scene], object] | None:
    """Return what looks at what an act may keep of what was finished before the trouble."""
    return whole_batches if name == "import" else None


# -- disk full --------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, megabytes: int = 4) -> Iterator[Path | None]:
    """Give a disk of few megabytes, or None where nobody but root may make one."""
    disk = folder / "small"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(disk)]
    made = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    if not made:
        print("SKIPPED: a disk that is full needs root to make it", file=sys.stderr)
    try:
        yield disk if made else None
    finally:
        if made:
            subprocess.run(["umount", str(disk)], check=True)


@contextmanager
def full(disk: Path, left: int = 0) -> Iterator[None]:
    """Fill a disk but for ``left`` bytes."""
    filler = disk / "filler"
    found = os.statvfs(disk)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(found.f_bavail * found.f_bsize - left, 1))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def quota(most: int) -> Iterator[None]:
    """Let no file of this process grow beyond some bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


_ROOM = {"import": (0, 60_000, 150_000, 250_000)}
"""Bytes left on a full disk: where more than one transaction is needed, room for some."""


def disk_full(files: Files, folder: Path, names: tuple[str, ...]) -> Outcome:
    """Do everything on a full disk, with more and less room left, and beyond a quota."""
    trials = Trials("磁盘写满、超出限额", "sqlite", SAID)
    with small_disk(folder) as disk:
        for name in names:
            for left in _ROOM.get(name, (0,)) if disk else ():
                assert disk is not None
                scene = scene_for(files, folder, name, str(disk / f"{name}-{left}.db"))
                trouble = partial(full, disk, left)
                trials.suffer(scene, DEEDS[name], trouble, "磁盘", kept=kept_by(name))
                Path(scene.target).unlink()
            scene = scene_for(files, folder, name)
            trials.suffer(scene, DEEDS[name], partial(quota, 5000), "磁盘", kept=kept_by(name))
        if disk:
            _archives(trials, files, folder, disk)
    return trials.outcome()


def _archives(trials: Trials, files: Files, folder: Path, disk: Path) -> None:
    """Write an archive, and restore one, where there is no room for it."""
    scene = scene_for(files, folder, "backup")
    archive = disk / "whole.zip"

    def back(store: Store) -> None:
        back_up(store, archive)

    def nothing_half(scene: Scene) -> None:
        if left := [each.name for each in disk.iterdir() if each.name != "filler"]:
            raise Torn(f"left behind: {left}")

    trials.suffer(scene, back, partial(full, disk, 8192), "备份写不进", kept=nothing_half)
    archive.unlink()


# -- nothing may be written -------------------------------------------------------------------


@contextmanager
def held_to_permissions() -> Iterator[None]:
    """Let root be held to the permissions of files as anybody is, in this thread."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)()
    if libc.capget(header, data) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    before = data[0]
    data[0] = before & ~0b1110  # override, read and search, owner
    if libc.capset(header, data) != 0:
        raise OSError(ctypes.get_errno(), "capset")
    try:
        yield
    finally:
        data[0] = before
        if libc.capset(header, data) != 0:
            raise OSError(ctypes.get_errno(), "capset")


@contextmanager
def read_only(file: Path, *, folder: bool) -> Iterator[None]:
    """Take away the right to write a file, and the folder it is in."""
    file.chmod(0o400)
    if folder:
        file.parent.chmod(0o500)
    try:
        with held_to_permissions():
            yield
    finally:
        file.parent.chmod(0o700)
        file.chmod(0o600)


def nothing_to_write(files: Files, folder: Path, names: tuple[str, ...]) -> Outcome:
    """Do everything where the file, or its folder too, is read-only."""
    trials = Trials("库文件或文件夹只读", "sqlite", SAID)
    for name in names:
        for also in (False, True):
            scene = scene_for(files, folder, name)
            trouble = partial(read_only, Path(scene.target), folder=also)
            trials.suffer(scene, DEEDS[name], trouble, "不可写", opened_before=False)
    return trials.outcome()


# -- somebody holds the lock ------------------------------------------------------------------


class _Hasty(sqlite3.Connection):
    """Waits for a lock for a moment only."""

    def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
        return super().execute(sql.replace("busy_timeout = 30000", "busy_timeout = 20"), *args)


@contextmanager
def file_locked(scene: Scene) -> Iterator[None]:
    """Hold a store's file as another program in the middle of writing does."""
    other = sqlite3.connect(scene.target, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    hasty = partial(sqlite3.connect, factory=_Hasty)
    try:
        with patch.object(sqlite3, "connect", hasty):
            yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def trail_locked(scene: Scene) -> Iterator[None]:
    """Hold the end of the trail on a server that lets nobody wait for long."""
    with psycopg.connect(scene.target) as other:
        other.execute("LOCK TABLE trail_head IN EXCLUSIVE MODE")
        yield


def locked(place: Place, folder: Path, names: tuple[str, ...]) -> Outcome:
    """Do everything while another program holds the store for longer than one waits."""
    trials = Trials("被别的程序占住", place.engine, SAID)
    hold: Trouble = file_locked if place.engine == "sqlite" else trail_locked
    for name in names:
        scene = scene_for(place, folder, name)
        if place.engine == "postgresql":
            base = scene.target.partition("?")[0].rpartition("/")[2]
            admin(scene.target, f"ALTER DATABASE {base} SET lock_timeout = '20ms'")
        trials.suffer(
            scene, DEEDS[name], partial(hold, scene), "占用", opened_before=place.engine != "sqlite"
        )
    return trials.outcome()


# -- a clock that jumps -----------------------------------------------------------------------


@contextmanager
def jumped(clock: Clock, days: float) -> Iterator[None]:
    """Set the system's clock, and set it right again."""
    right = clock.now
    clock.travel_to(right + timedelta(days=days))
    yield
    clock.travel_to(right)


def jumps(place: Place, folder: Path, names: tuple[str, ...]) -> Outcome:
    """Let the system's clock be set back and forth while a program has the store open."""
    trials = Trials("系统时钟前后跳动", place.engine, SAID)
    for name in names:
        for days in (-400, 400, 0.5) if len(names) > 1 else (0.5,):
            scene = scene_for(place, folder, name)
            steady = scene.clock.now.timestamp()
            scene.steady = lambda steady=steady: steady
            trouble = partial(jumped, scene.clock, days)
            trials.suffer(scene, DEEDS[name], trouble, "开机计时|" + BACK)
        if name != "import":  # a program begun after the jump has only the trail to ask
            scene = scene_for(place, folder, name)
            trouble = partial(jumped, scene.clock, -400)
            trials.suffer(scene, DEEDS[name], trouble, BACK, opened_before=False)
    return trials.outcome()


def run(size: str, folder: Path) -> list[Outcome]:
    """Try all of it on the engines it is about."""
    names = FEW if size == SMALL else tuple(DEEDS)
    with both(folder) as (files, databases):
        assert isinstance(files, Files)
        return [
            disk_full(files, folder, names),
            nothing_to_write(files, folder, names),
            *(locked(place, folder, names) for place in (files, databases)),
            *(jumps(place, folder, names) for place in (files, databases)[: len(names)]),
        ]
