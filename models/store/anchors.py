"""锚点: heads of the trail kept in a file elsewhere, one a line, that verify asks for again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.store.errors import StoreError
from models.store.files import plain_file, whole_file
from models.store.trail import iso
from models.store.verifying import read_head
from rules.errors import system_reason

if TYPE_CHECKING:
    from models.store.store import Store

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head that was kept: how many events there were, and the hash of the last."""

    events: int
    head: str


def keep_anchor(store: Store, path: Path) -> Anchor:
    """Append today's head to a file; lines that stand there stay. ``StoreError`` if it cannot."""
    with store.reading() as reader:
        count, head = read_head(reader)
    line = f"{iso(store.now())} {count} {head}\n"
    try:
        before = _lines(path) if path.exists() else []
        if not all(map(_head_in, before)):
            raise StoreError(f"{path} 已有别的内容，不是锚点文件：请另写一个文件名")
        with whole_file(path) as part:
            part.write_bytes(b"".join((*before, line.encode())))
    except OSError as error:
        raise StoreError(f"锚点写不进 {path}（{system_reason(error)}）：请换一个位置") from error
    return Anchor(count, head)


def read_anchors(told: str) -> list[str]:
    """Return the heads meant by a hash, or by the name of a file of ``audit anchor``."""
    if _HASH.fullmatch(told):
        return [told]
    path = Path(told)
    try:
        heads = [_head_in(line) for line in _lines(path)]
    except OSError as error:
        raise StoreError(
            f"{told} 既不是校验值也不是锚点文件（{system_reason(error)}）：请写64位校验值或文件名"
        ) from error
    if not heads or not all(heads):
        raise StoreError(f"{told} 不是锚点文件：请用 duban audit anchor 写出的文件")
    return heads


def _lines(path: Path) -> list[bytes]:
    with plain_file(path) as file:
        return [line.strip() + b"\n" for line in file if line.strip()]


def _head_in(line: bytes) -> str:
    """Return the head a line keeps, "" where it keeps none."""
    head = line.split()[-1].decode("ascii", "replace")
    return head if _HASH.fullmatch(head) else ""
