"""The parts of a zip archive, unpacked piece by piece: what the headers claim is not believed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Container, Iterator
from typing import BinaryIO

from seed.workbook.limits import (
    MIB,
    MOST_ENTRIES,
    MOST_RATIO,
    MOST_UNPACKED,
    RATIO_FROM,
    WorkbookRefused,
)

_LOCAL = struct.Struct("<4s22xHH")  # signature, lengths of name and extra field

BROKEN = "文件损坏：请用表格软件打开另存后再导入"

_BOMB = "解压后异常巨大，像是压缩炸弹：请核对来源，另存后再导入"

_ENCRYPTED, _STORED, _DEFLATED = 0x1, 0, 8


class Parts:
    """An archive whose parts are read once, each to its real end."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        """Read the directory of an archive of ``size`` bytes."""
        self._file = file
        try:
            self._infos = zipfile.ZipFile(file).infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            raise WorkbookRefused(BROKEN) from error
        self._left = MOST_UNPACKED
        self._check(size)

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(info.filename for info in self._infos)

    def in_order(self, first: Container[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield every part with its pieces, those named ``first`` (in small letters) at the front.

        A part must be read to its end before the next.
        """
        for info in sorted(self._infos, key=lambda info: info.filename.lower() not in first):
            if not info.is_dir():
                yield info.filename, self._pieces(info)

    def _check(self, size: int) -> None:
        if len(self._infos) > MOST_ENTRIES:
            raise WorkbookRefused(f"里面有{len(self._infos):,}个文件，不像工作簿：请另存后再导入")
        if any(info.flag_bits & _ENCRYPTED for info in self._infos):
            raise WorkbookRefused("有密码：请用表格软件打开，去掉密码另存后再导入")
        if len(self.names) < len(self._infos):
            raise WorkbookRefused(BROKEN)
        if sum(info.compress_size for info in self._infos) > size:
            raise WorkbookRefused(_BOMB)  # parts that share their bytes
        if sum(info.file_size for info in self._infos) > MOST_UNPACKED:
            raise WorkbookRefused(_BOMB)

    def _pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield what a part unpacks to; more than it claims or than any office packs is refused."""
        unpacked = 0
        for piece in self._raw(info):
            unpacked += len(piece)
            self._left -= len(piece)
            if unpacked > RATIO_FROM and unpacked > MOST_RATIO * info.compress_size:
                raise WorkbookRefused(_BOMB)
            if unpacked > info.file_size or self._left < 0:
                raise WorkbookRefused(_BOMB)
            yield piece

    def _raw(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        self._file.seek(info.header_offset)
        head = self._file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
            raise WorkbookRefused(BROKEN)
        _, name, extra = _LOCAL.unpack(head)
        self._file.seek(info.header_offset + _LOCAL.size + name + extra)
        left = info.compress_size
        if info.compress_type not in (_STORED, _DEFLATED):
            raise WorkbookRefused("压缩方式不认识：请用表格软件打开另存后再导入")
        unpack = zlib.decompressobj(-15) if info.compress_type == _DEFLATED else None
        while left and (packed := self._file.read(min(left, MIB))):
            left -= len(packed)
            if unpack is None:
                yield packed
                continue
            try:
                yield from _inflated(unpack, packed)
            except zlib.error as error:
                raise WorkbookRefused(BROKEN) from error


def _inflated(unpack: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
    while packed:
        yield unpack.decompress(packed, MIB)
        packed = unpack.unconsumed_tail
