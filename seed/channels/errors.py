"""What can be wrong with a file, and with one row of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rules.errors import DubanError, system_reason


class ImportFileError(DubanError):
    """A file that cannot be read at all."""


class RowRefused(DubanError):
    """One row cannot be taken; the message is the reason in its Reject."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the operating system says about ``path`` into one line a person can act on."""
    try:
        yield
    except FileNotFoundError as error:
        raise ImportFileError(f"找不到文件 {path}，请检查路径") from error
    except IsADirectoryError as error:
        raise ImportFileError(f"{path} 是文件夹，请给出其中的文件") from error
    except PermissionError as error:
        raise ImportFileError(f"没有读取 {path} 的权限，请检查权限或是否被占用") from error
    except OSError as error:
        raise ImportFileError(f"读不了 {path}（{system_reason(error)}），请换一份文件") from error
