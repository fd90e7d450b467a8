"""A .docx from outside as its parts; what could run, fetch or fill the memory is refused.

Nothing is opened by python-docx before it went through here.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from lxml import etree

from rules.errors import Refused
from rules.text import harmless_line

LARGEST = 5_000_000  # bytes of a template

PARTS = 300

UNPACKED = 40_000_000  # bytes of all parts

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."

_OFFICE = "application/vnd.openxmlformats-officedocument."

_TEXTS = frozenset(
    {MAIN, *(f"{_WORD}{name}+xml" for name in ("header", "footer", "footnotes", "endnotes"))}
)
"""The parts that hold text, hence tags."""

_PROPERTIES = "application/vnd.openxmlformats-package.core-properties+xml"

_HARMLESS = frozenset(
    {
        *_TEXTS,
        *(
            f"{_WORD}{name}+xml"
            for name in ("styles", "settings", "webSettings", "fontTable", "numbering")
        ),
        *(f"{_OFFICE}{name}+xml" for name in ("theme", "extended-properties", "custom-properties")),
        f"{_OFFICE}customXmlProperties+xml",
        _PROPERTIES,
        "application/vnd.openxmlformats-package.relationships+xml",
        "application/vnd.ms-word.stylesWithEffects+xml",
        "application/xml",
        "image/png",
        "image/jpeg",
    }
)
"""What a template may be made of; all else is refused by its name."""

_NAME = re.compile(r"[\w\[\]. /()-]+", re.ASCII)

_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "SEQ"})
"""The fields a template may hold: none of them reads or runs anything outside the file."""

_ELEMENTS = frozenset(
    {
        "altChunk",
        "attachedTemplate",
        "control",
        "dataSource",
        "embed",
        "mailMerge",
        "movie",
        "object",
        "OLEObject",
        "script",
        "subDoc",
    }
)
"""Elements that bring in, run or show something else than the text of the template."""

_CONTENT_TYPES = "[Content_Types].xml"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Package:
    """The parts of one .docx that was found harmless; ``texts`` are the parts that hold tags."""

    def __init__(self, content: bytes) -> None:
        """Read and look through a file; ``Refused`` with what to mend."""
        self.parts = _unpacked(content)
        types = _types(self.parts)
        self.texts: dict[str, Any] = {}
        self.styles: Any = None
        self.main = self.properties = ""
        for name, part in self.parts.items():
            kind = types(name)
            if kind not in _HARMLESS:
                raise Refused(
                    f"模板中有不能接受的部件 {_told(name)}（宏、控件、嵌入对象等）："
                    "请在 Word 中删去，另存为 .docx 后再装入"
                )
            tree = _harmless_xml(name, part) if kind.endswith("xml") else None
            if kind in _TEXTS:
                self.texts[name] = tree
            if kind == MAIN:
                self.main = name
            elif kind == f"{_WORD}styles+xml":
                self.styles = tree
            elif kind == _PROPERTIES:
                self.properties = name
        if not self.main:
            raise Refused("模板不是 Word 文档（.docx）：请在 Word 中另存为 .docx 后再装入")


def _unpacked(content: bytes) -> dict[str, bytes]:
    """Return the parts of a zip by their names, each no larger than it says it is."""
    if len(content) > LARGEST:
        raise Refused(f"模板超过 {LARGEST // 1_000_000} MB：请压缩其中的图片后再装入")
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = [one for one in packed.infolist() if not one.is_dir()]
            if len(parts) > PARTS or sum(one.file_size for one in parts) > UNPACKED:
                raise Refused("模板解压后过大，不像一份文书：请重新制作后再装入")
            names = [one.filename for one in parts]
            strange = [n for n in names if not _NAME.fullmatch(n) or ".." in n or n.startswith("/")]
            if strange or len({name.casefold() for name in names}) < len(names):
                raise Refused("模板的内部结构有重名或越界的部件：请在 Word 中另存后再装入")
            return {one.filename: packed.read(one) for one in parts}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as fault:
        raise Refused(
            "模板不是完好、未加密的 Word 文档（.docx）：请在 Word 中另存为 .docx 后再装入"
        ) from fault


def _types(parts: Mapping[str, bytes]) -> Any:
    """Return what gives the content type of a part by its name."""
    if _CONTENT_TYPES not in parts:
        raise Refused("模板不是 Word 文档（.docx）：请在 Word 中另存为 .docx 后再装入")
    by_name, by_ending = {}, {}
    for one in _parsed(_CONTENT_TYPES, parts[_CONTENT_TYPES]):
        kind = str(one.get("ContentType", ""))
        if one.get("PartName"):
            by_name[str(one.get("PartName")).lstrip("/").casefold()] = kind
        elif one.get("Extension"):
            by_ending[str(one.get("Extension")).casefold()] = kind

    def of(name: str) -> str:
        if name == _CONTENT_TYPES:
            return "application/xml"
        lower = name.casefold()
        return by_name.get(lower) or by_ending.get(lower.rpartition(".")[2], "")

    return of


def _parsed(name: str, part: bytes) -> Any:
    """Return the root of a part's XML; no document type, no entity is read."""
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(part, reader)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Refused(f"模板的部件 {_told(name)} 已损坏：请在 Word 中打开后另存，再装入") from fault
    if root.getroottree().docinfo.doctype:
        raise Refused(f"模板的部件 {_told(name)} 带有文档类型定义（DTD）：请在 Word 中另存后再装入")
    return root


def _harmless_xml(name: str, part: bytes) -> Any:
    root = _parsed(name, part)
    for element in root.iter():
        if not isinstance(element.tag, str):
            if isinstance(element, etree._Entity):
                raise Refused(f"模板的部件 {_told(name)} 带有实体：请在 Word 中另存后再装入")
            continue
        word = etree.QName(element).localname
        if word in _ELEMENTS:
            raise Refused(
                f"模板中有 {word}（嵌入、链接的对象或另一份文件）：请在 Word 中删去后再装入"
            )
        if word == "Relationship" and element.get("TargetMode", "").casefold() == "external":
            raise Refused(
                f"模板链接了外部内容 {_told(element.get('Target', ''))}："
                "请在 Word 中断开链接、取消超链接后再装入"
            )
    refuse_fields(root)
    return root


def refuse_fields(root: Any) -> None:
    """Refuse every field but those that only count or point within the paper."""
    for told in _field_codes(root):
        name = told.split()[0].upper() if told.split() else ""
        if name not in _FIELDS:
            raise Refused(
                f"模板中有域 {_told(told) or '（空）'}，域可以读取或运行外部内容："
                "请在 Word 中删去，或用 Ctrl+Shift+F9 转为普通文字后再装入"
            )


def _field_codes(root: Any) -> Iterator[str]:
    """Yield the code of every field, put together where it is split over runs or paragraphs."""
    open_codes: list[list[str] | None] = []
    for element in root.iter(
        f"{_W}fldSimple", f"{_W}fldChar", f"{_W}instrText", f"{_W}delInstrText"
    ):
        if element.tag == f"{_W}fldSimple":
            yield element.get(f"{_W}instr", "")
        elif element.tag != f"{_W}fldChar":
            code = open_codes[-1] if open_codes else None
            if code is None:
                yield element.text or ""
            else:
                code.append(element.text or "")
        elif element.get(f"{_W}fldCharType") == "begin":
            open_codes.append([])
        elif open_codes:
            code = open_codes[-1]
            if code is not None:
                yield "".join(code)
                open_codes[-1] = None
            if element.get(f"{_W}fldCharType") == "end":
                open_codes.pop()
    for code in open_codes:
        if code is not None:
            yield "".join(code)


def _told(name: str) -> str:
    """Return a name from outside as a line may show it."""
    return harmless_line(name)[:60]
