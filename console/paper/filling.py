"""Filling a template: its tags give way to the values of a paper, everything else stays.

docxtpl puts tags that Word split over runs together again and gives paragraphs and table rows to
loops; the sandbox of Jinja renders them. This runs in the child process that ``press`` keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from console.paper.charting import marked, place_charts
from console.paper.language import read_source, refuse_odd_tags
from console.paper.package import Package, refuse_fields
from console.paper.settling import settle
from console.paper.styles import named_styles, set_by_style
from console.paper.writing import frozen_zip
from rules.errors import Refused
from rules.paper import FIELDS, Row, Value
from rules.text import printable

LONGEST = 40_000_000  # characters of a filled part

_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_TAG_SIGNS = ("{{", "{%", "{#")


class Form:
    """One template of a kind, read and compiled, to be filled many times."""

    def __init__(self, content: bytes, kind: str) -> None:
        """Read a template; ``Refused`` in one line for what it must not hold."""
        package = Package(content)
        environment = _environment()
        self.parts, self.main, self.properties = package.parts, package.main, package.properties
        self.styles = {} if package.styles is None else named_styles(package.styles)
        self.words: frozenset[str] = frozenset()
        self.sources: dict[str, Any] = {}
        self.charts = [field.word for field in FIELDS[kind] if field.form == "chart"]
        joined = DocxTemplate(BytesIO())
        for name, tree in package.texts.items():
            _refuse_odd_places(tree)
            text = etree.tostring(tree, encoding="unicode")
            letters = _letters(tree)
            if not any(sign in letters for sign in _TAG_SIGNS):
                continue
            refuse_odd_tags(letters)
            source = read_source(joined.patch_xml(text), kind, environment)
            self.words |= source.words
            self.sources[name] = environment.from_string(source.tree)

    def fill(self, values: Mapping[str, Value], made: datetime | None = None) -> bytes:
        """Return the paper's bytes; equal values give equal bytes.

        ``made`` is the paper's own time, aware UTC, for the file's properties.
        """
        charts: dict[str, tuple[Row, ...]] = {
            word: tuple(row for row in values.get(word, ()) if not isinstance(row, str))
            for word in self.charts
        }
        clean = {word: _clean(value) for word, value in values.items()}
        clean |= {word: marked(word) if rows else "" for word, rows in charts.items()}
        parts = dict(self.parts)
        for name, source in self.sources.items():
            root = _filled(source, clean)
            if name == self.main:
                place_charts(root, charts, self.main, parts)
                set_by_style(root, self.styles, str(clean.get("成文日期", "")))
                settle(root)
            parts[name] = etree.tostring(root, encoding="UTF-8", standalone=True)
        if self.properties:
            parts[self.properties] = _properties(clean, made)
        return frozen_zip(parts)


def _environment() -> ImmutableSandboxedEnvironment:
    """Return a sandbox without a loader, without globals, that escapes every value."""
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, finalize=_printed, cache_size=0
    )
    environment.globals.clear()
    return environment


def _printed(value: object) -> object:
    """Return a value as it stands in a text: lines of a list and line breaks break the line."""
    if isinstance(value, dict) or (
        isinstance(value, tuple) and value and isinstance(value[0], dict)
    ):
        raise Refused("模板中的清单须用 {%tr for 行 in 清单 %} 逐行取出各栏：请改正")
    if isinstance(value, tuple):
        value = "\n".join(map(str, value))
    return _BREAK.join(value.split("\n")) if isinstance(value, str) else value


def _clean(value: Value) -> Value:
    """Return a value of which nothing steers what shows it."""
    if isinstance(value, str):
        return printable(value)
    return tuple(  # type: ignore[return-value]  # a list holds texts or rows, never both
        printable(one) if isinstance(one, str) else {k: printable(v) for k, v in one.items()}
        for one in value
    )


def _refuse_odd_places(tree: Any) -> None:
    """Refuse a tag that stands anywhere but in the text that is read."""
    for element in tree.iter():
        beside = (element.tail or "") + ("" if element.tag == f"{_W}t" else element.text or "")
        within = any(sign in text for sign in _TAG_SIGNS for text in element.attrib.values())
        if within or "{" in beside or "}" in beside:
            raise Refused("模板标签写在了正文文字以外（域、属性、图片说明等）：请移到正文中")


def _letters(tree: Any) -> str:
    return "".join(text.text or "" for text in tree.iter(f"{_W}t"))


def _filled(source: Any, values: Mapping[str, Value]) -> Any:
    """Return a part's XML, filled; ``Refused`` where tags tore it apart or made it too long."""
    pieces, length = [], 0
    for piece in source.generate(values):
        length += len(piece)
        if length > LONGEST:
            raise Refused("按模板填出的文书过长：请检查模板中的循环")
        pieces.append(piece)
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring("".join(pieces).encode(), reader)
    except etree.XMLSyntaxError as fault:
        raise Refused(
            "模板标签的开头与结尾不在同一层：请让 {%p for %} 与 {%p endfor %} 各占一段，"
            "{%tr for %} 与 {%tr endfor %} 各占一行"
        ) from fault
    refuse_fields(root)
    for cell in root.iter(f"{_W}tc"):
        if cell[-1].tag != f"{_W}p":
            etree.SubElement(cell, f"{_W}p")
    return root


def _properties(values: Mapping[str, Value], made: datetime | None) -> bytes:
    """Return a paper's properties: what it is, who issued it, its own time in UTC."""
    title = "".join(values.get("标题", ()))  # type: ignore[arg-type]  # lines of text
    author = str(values.get("印发机关", ""))
    moment = f"{made.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if made else ""
    stamps = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
        if made
    )
    return _PROPERTIES.format(title=escape(title), author=escape(author), stamps=stamps).encode()


_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
    "<dc:language>zh-CN</dc:language><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
    "<cp:revision>1</cp:revision>{stamps}</cp:coreProperties>"
)
