"""Files out: each appears whole or not at all.

One is written beside its place and moved there at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from models.store import WholeFiles, whole_file
from rules.errors import DubanError, system_reason

Keep = Callable[[str, bytes], None]
"""Takes a paper by its name and content."""


class ExportFileError(DubanError):
    """A file that cannot be written."""


class NameTaken(ExportFileError):
    """A file that must be new and is there already."""


def put(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, whole or not at all."""
    with replacing(path) as part:
        part.write_bytes(content)


@contextmanager
def papers(folder: Path) -> Iterator[WholeFiles]:
    """Give what keeps papers aside until what tells of them is recorded, then puts them there."""
    with refused_writing(folder), WholeFiles(folder) as written:
        yield written


def one_paper(folder: Path, make: Callable[[Keep], object]) -> Path:
    """Write the one paper that ``make`` gives; it appears once what tells of it is kept."""
    files: list[Path] = []
    with papers(folder) as written:
        make(lambda name, content: files.append(written.add(name, content)))
    return files[0]


@contextmanager
def replacing(path: Path, *, fresh: bool = False) -> Iterator[Path]:
    """Give a path to write to, and put what was written in the place of ``path``.

    With ``fresh`` a file that is there already stays: ``NameTaken``.
    """
    with refused_writing(path), whole_file(path, fresh=fresh) as part:
        yield part


@contextmanager
def refused_writing(path: Path) -> Iterator[None]:
    """Turn what the operating system says about writing ``path`` into one line."""
    try:
        yield
    except FileExistsError as error:
        raise NameTaken(f"{path} 已经存在，请换个名字再试") from error
    except OSError as error:
        raise ExportFileError(f"写不了 {path}（{system_reason(error)}），请换个位置再试") from error
