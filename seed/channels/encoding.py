"""In which encoding a text file is written."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from seed.channels.errors import ImportFileError, explained

_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ESCAPED = re.compile("[\udc80-\udcff]")  # bytes that surrogateescape could not decode
_FOREIGN = re.compile("[^\x00-\x7f\udc80-\udcff]")


class Encoding(NamedTuple):
    """A codec's name, and whether some bytes of the file do not belong to it."""

    name: str
    damaged: bool


def encoding_of(path: Path) -> Encoding:
    """Return how to decode ``path``: UTF-8, UTF-16 (with or without BOM) or GB18030.

    A few wrong bytes (up to one for ten good signs) leave the file readable, damaged rows aside;
    more than that, or an empty file, raises ImportFileError.
    """
    with explained(path), path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if not sample:
        raise ImportFileError(f"{path} 是空文件，没有可导入的内容")
    wide = _wide(sample)
    for name in (wide,) if wide else ("utf-8", "gb18030"):
        wrong, good = _count(path, name)
        if wrong * 10 <= good:
            return Encoding(_with_bom(sample, name), wrong > 0)
    raise ImportFileError(f"认不出 {path} 的文字编码，请另存为 UTF-8 的 .csv 或 .xlsx 再导入")


def _with_bom(sample: bytes, name: str) -> str:
    """Return the codec that also swallows the byte order mark, where there is one."""
    return next((codec for bom, codec in _BOMS if sample.startswith(bom)), name)


def _wide(sample: bytes) -> str | None:
    """Return the UTF-16 codec of ``sample`` by its BOM, or by zeros all on one side of its pairs.

    ASCII commas and digits of a Chinese table are enough; a damaged file has zeros on both sides.
    """
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd, pairs = sample[0::2].count(0), sample[1::2].count(0), len(sample) // 2
    if (even + odd) * 4 < len(sample) and _is_utf8(sample):
        return None
    if odd * 20 >= pairs and odd > 4 * even:
        return "utf-16-le"
    if even * 20 >= pairs and even > 4 * odd:
        return "utf-16-be"
    return None


def _is_utf8(sample: bytes) -> bool:
    """Whether the beginning of a file decodes as UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _count(path: Path, name: str) -> tuple[int, int]:
    """Count bytes that ``name`` cannot decode and non-ASCII signs that it can."""
    errors = "surrogateescape" if name in ("utf-8", "gb18030") else "replace"
    decoder = codecs.getincrementaldecoder(name)(errors)
    wrong = good = 0
    for block in _blocks(path):
        text = decoder.decode(block)
        if not text.isascii():
            wrong += len(ESCAPED.findall(text))
            good += len(_FOREIGN.findall(text))
    return wrong + len(ESCAPED.findall(decoder.decode(b"", final=True))), good


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file, a megabyte at a time."""
    with explained(path), path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
