"""The faces official papers are set in, and what stands in where a machine lacks them.

仿宋_GB2312, 楷体_GB2312 and 方正小标宋简体 are licensed and cannot be carried along: the paper
names them, and names the faces every office machine has as their substitutes.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

FANG, HEI, KAI, BIAO, SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"


SUBSTITUTES = {
    FANG: "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    KAI: "楷体,KaiTi,STKaiti,Noto Serif CJK SC",
    BIAO: "华文中宋,STZhongsong,宋体,Noto Serif CJK SC",
    HEI: "SimHei,Noto Sans CJK SC",
    SONG: "SimSun,Noto Serif CJK SC",
}


_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def name_substitutes(document: Any) -> None:
    """Replace a document's font table by our faces, each with its substitutes."""
    fonts = "".join(
        f'<w:font w:name={quoteattr(face)}><w:altName w:val={quoteattr(others)}/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for face, others in SUBSTITUTES.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    table = f'{head}<w:fonts xmlns:w="{_SPACE}">{fonts}</w:fonts>'
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = table.encode()
