"""Files that go out: whole or not at all, for their owner alone; files that come in: plain ones.

What is being written lies in a folder of its own beside its place, which names the machine and the
process; what a process that was killed left so is removed when the next one writes or opens there.
"""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, BufferedWriter
from pathlib import Path
from types import TracebackType

_HOST = hashlib.sha256(platform.node().encode()).hexdigest()[:8]

_ASIDE = re.compile(rf"\.duban-{_HOST}-(\d{{1,9}})-[0-9a-f]{{8}}")


@contextmanager
def whole_file(path: Path, *, fresh: bool = False) -> Iterator[Path]:
    """Give an empty private file to write to, and put what was written in the place of ``path``.

    With ``fresh`` a file that is there already is left alone (``FileExistsError``). What is no
    plain file is never replaced; a link stays one, and what it leads to is replaced. Of two that
    write one path at a time both are whole, and the later one stays.
    """
    place = _place_of(path)
    with _aside(place.parent) as folder:
        part = folder / f"part{place.suffix}"
        private(part).close()
        yield part
        _put(part, place, fresh=fresh)


class WholeFiles:
    """Files of one folder that all appear once everything else is done, or none of them.

    Write them, then do what tells of them, then leave the block: nothing is told of that could not
    be written, and nothing appears that was not told of.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made where it is missing."""
        self._folder = folder
        self._written: list[tuple[Path, Path]] = []

    def __enter__(self) -> WholeFiles:
        """Make the folder, and one beside for what is not whole yet."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._beside = _aside(self._folder)
        self._parts = self._beside.__enter__()
        return self

    def add(self, name: str, content: bytes) -> Path:
        """Write a file aside; return the path it will have."""
        place = _place_of(self._folder / name)
        part = self._parts / str(len(self._written))
        with private(part) as file:
            file.write(content)
        self._written.append((part, place))
        return place

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put all of them in their places, if nothing went wrong."""
        try:
            for part, place in self._written if kind is None else ():
                _put(part, place, fresh=False)
        finally:
            self._beside.__exit__(None, None, None)


def private(path: Path) -> BufferedWriter:
    """Open a new file that nobody but its owner may read; one that is there is refused."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    return os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600), "wb")


def plain_file(path: Path) -> BufferedReader:
    """Open a file to read; a folder, pipe, socket or device is refused without waiting for it."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        opened = os.open(path, flags)
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket
            raise _not_plain(path) from error
        raise
    try:
        _require_plain(os.fstat(opened).st_mode, path)
        return os.fdopen(opened, "rb")
    except BaseException:
        os.close(opened)
        raise


def clear_leftovers(folder: Path) -> None:
    """Remove what killed processes of this user on this machine left half written in a folder."""
    if os.name != "posix":
        return
    try:
        found = [entry.name for entry in os.scandir(folder) if entry.name.startswith(".duban-")]
    except OSError:
        return
    for name in found:
        made = _ASIDE.fullmatch(name)
        if made and _is_dead(int(made[1])) and _is_own_folder(folder / name):
            shutil.rmtree(folder / name, ignore_errors=True)


def _place_of(path: Path) -> Path:
    """Return where a file will stand; what stands there and is no plain file is refused."""
    place = path.resolve() if path.is_symlink() else path
    try:
        mode = place.stat().st_mode
    except FileNotFoundError:
        return place
    _require_plain(mode, path)
    return place


def _require_plain(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise _not_plain(path)


def _not_plain(path: Path) -> OSError:
    return OSError(errno.EINVAL, "是设备或管道，不是普通文件", str(path))


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """Give a private folder on the same disk, gone at the end with whatever is in it."""
    clear_leftovers(folder)
    made = folder / f".duban-{_HOST}-{os.getpid()}-{secrets.token_hex(4)}"
    made.mkdir(mode=0o700)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _put(part: Path, place: Path, *, fresh: bool) -> None:
    """Move a file to its place once its bytes are on the disk."""
    written = os.open(part, os.O_RDONLY)
    try:
        os.fsync(written)
    finally:
        os.close(written)
    if fresh:
        private(place).close()  # whoever is first has the name
    os.replace(part, place)


def _is_dead(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False


def _is_own_folder(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
