"""In which encoding a text file is written."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from models.store import plain_file
from seed.channels.table import ImportFileError, explained

_BLOCK = 1 << 20

_SAMPLE = 1 << 16

ESCAPED = re.compile("[\udc80-\udcff]")  # bytes that surrogateescape could not decode

_FOREIGN = re.compile("[^\x00-\x7f\udc80-\udcff]")


class Encoding(NamedTuple):
    """A codec's name, and whether some bytes of the file do not belong to it."""

    name: str
    damaged: bool


def encoding_of(path: Path) -> Encoding:
    """Return how to decode ``path``: UTF-8, UTF-16 (with or without BOM) or GB18030.

    A few wrong bytes (one for ten signs beyond ASCII, or one in a hundred of all) leave the file
    readable, damaged rows aside; more than that, or an empty file, raises ImportFileError.
    """
    with explained(path), plain_file(path) as file:
        sample = file.read(_SAMPLE)
    if not sample:
        raise ImportFileError(f"{path} 是空文件，没有可导入的内容")
    if wide := _wide(sample):
        return Encoding(wide, damaged=False)
    if _is_utf8(_blocks(path)):
        return Encoding(_with_bom(sample, "utf-8"), damaged=False)
    counts = {name: _count(path, name) for name in ("utf-8", "gb18030")}
    for name, count in counts.items():
        if count.wrong * 10 <= count.foreign:
            return Encoding(_with_bom(sample, name), count.wrong > 0)
    name, count = min(counts.items(), key=lambda each: each[1].wrong)
    if count.wrong * 100 <= count.all:
        return Encoding(_with_bom(sample, name), damaged=True)
    raise ImportFileError(f"认不出 {path} 的文字编码，请另存为 UTF-8 的 .csv 或 .xlsx 再导入")


def _with_bom(sample: bytes, name: str) -> str:
    """Return the codec that also swallows a byte order mark, where there is one."""
    return "utf-8-sig" if name == "utf-8" and sample.startswith(codecs.BOM_UTF8) else name


def _wide(sample: bytes) -> str | None:
    """Return the UTF-16 codec of ``sample`` by its BOM, or by zeros all on one side of its pairs.

    ASCII commas and digits of a Chinese table are enough; a damaged file has zeros on both sides.
    """
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd, pairs = sample[0::2].count(0), sample[1::2].count(0), len(sample) // 2
    if (even + odd) * 4 < len(sample) and _is_utf8([sample]):
        return None
    if odd * 20 >= pairs and odd > 4 * even:
        return "utf-16-le"
    if even * 20 >= pairs and even > 4 * odd:
        return "utf-16-be"
    return None


def _is_utf8(blocks: Iterable[bytes]) -> bool:
    """Whether blocks decode as UTF-8; an empty one is the end, where no sign may be cut."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in blocks:
            decoder.decode(block, final=not block)
    except UnicodeDecodeError:
        return False
    return True


class _Count(NamedTuple):
    """Signs of a file under one codec: not decodable, beyond ASCII, all."""

    wrong: int
    foreign: int
    all: int


def _count(path: Path, name: str) -> _Count:
    """Count what ``name`` makes of a file."""
    decoder = codecs.getincrementaldecoder(name)("surrogateescape")
    wrong = foreign = count = 0
    for block in _blocks(path):
        text = decoder.decode(block, final=not block)
        count += len(text)
        if not text.isascii():
            wrong += len(ESCAPED.findall(text))
            foreign += len(_FOREIGN.findall(text))
    return _Count(wrong, foreign, count)


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file, a megabyte at a time, and nothing at its end."""
    with explained(path), plain_file(path) as file:
        while block := file.read(_BLOCK):
            yield block
    yield b""
