"""How Chinese papers are written: faces, dates, text that does no harm, equal bytes."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Mapping
from io import BytesIO

from rules.text import printable

FANG, HEI, KAI, BIAO, SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"

SUBSTITUTES = {
    FANG: "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    KAI: "楷体,KaiTi,STKaiti,Noto Serif CJK SC",
    BIAO: "华文中宋,STZhongsong,宋体,Noto Serif CJK SC",
    HEI: "SimHei,Noto Sans CJK SC",
    SONG: "SimSun,Noto Serif CJK SC",
}
"""仿宋_GB2312, 楷体_GB2312 and 方正小标宋简体 are licensed and cannot be carried along: the
paper names them, and names the faces every office machine has as their substitutes."""


def inert(text: str) -> str:
    """Return text that no spreadsheet runs when a text file is opened in it.

    A first character of ``= + - @`` (also after blanks, also full-width) gets an apostrophe
    before it, as spreadsheets themselves mark text.
    """
    clean = printable(text)
    told = unicodedata.normalize("NFKC", clean).lstrip()
    return "'" + clean if told[:1] in ("=", "+", "-", "@") else clean


_STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold

_FIRST = ("[Content_Types].xml", "_rels/.rels")  # office readers look here first


def frozen_zip(content: bytes | Mapping[str, bytes]) -> bytes:
    """Return an office file, given as a zip or as parts, of which only the parts decide bytes."""
    parts = _parts(content) if isinstance(content, bytes) else content
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as fixed:
        for name in sorted(parts, key=lambda n: (n not in _FIRST, n)):
            part = zipfile.ZipInfo(name, _STAMP)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            fixed.writestr(part, parts[name])
    return out.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as given:
        return {name: given.read(name) for name in given.namelist()}
