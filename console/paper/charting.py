"""Charts of a template: a paragraph that holds nothing but a chart's tag becomes the chart.

Office programs keep a chart in a part of its own beside the text; no template may bring one along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from console.paper.page_chart import CHART_TYPE, BarChart, chart_xml, drawing_xml
from rules.errors import Refused
from rules.paper import Row
from rules.text import printable

WIDTH, HEIGHT = 150, 44  # mm

_EMU = 36_000  # a millimetre

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"

_CHART = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"

_MARK = "\ufdd0{}\ufdd0"
"""What a chart's tag prints, until it is found again: signs that no text of a paper may hold."""


def marked(word: str) -> str:
    """Return what stands for a chart while a template is filled."""
    return _MARK.format(word)


def place_charts(
    root: Any, charts: Mapping[str, Sequence[Row]], main: str, parts: dict[str, bytes]
) -> None:
    """Set charts where their marks stand in a document's root.

    ``parts`` get a part for each chart, and what leads to it. ``Refused`` where a mark does not
    stand in a paragraph of its own.
    """
    number = 0
    for paragraph in list(root.iter(f"{_W}p")):
        text = "".join(one.text or "" for one in paragraph.iter(f"{_W}t"))
        for word, rows in charts.items():
            if marked(word) not in text:
                continue
            if text.strip() != marked(word):
                raise Refused(f"模板中的 {{{{ {word} }}}} 是图，须单独占一段：请移开其他文字")
            number += 1
            _place(paragraph, word, rows, number, _kept(parts, main, number, rows))


def _place(paragraph: Any, word: str, rows: Sequence[Row], number: int, link: str) -> None:
    """Put the drawing into the paragraph's first run, which loses its text."""
    first, *others = paragraph.iter(f"{_W}r")
    for run in others:
        run.getparent().remove(run)
    for piece in first.findall(f"{_W}t"):
        first.remove(piece)
    told = f"{word}：" + "、".join(f"{_label(row)} {_count(row)}" for row in rows)
    xml = drawing_xml(told, link, number, WIDTH * _EMU, HEIGHT * _EMU)
    first.append(etree.fromstring(xml))


def _label(row: Row) -> str:
    return printable(next(iter(row.values())))


def _count(row: Row) -> str:
    return printable(list(row.values())[1])


def _kept(parts: dict[str, bytes], main: str, number: int, rows: Sequence[Row]) -> str:
    """Add the part of a chart; return the id by which the document leads to it."""
    folder, _, name = main.rpartition("/")
    part = f"{folder}/charts/chart{number}.xml".lstrip("/")
    parts[part] = chart_xml(_chart(rows)).encode()
    types = etree.fromstring(parts["[Content_Types].xml"])
    etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=CHART_TYPE)
    parts["[Content_Types].xml"] = _bytes(types)
    place = f"{folder}/_rels/{name}.rels".lstrip("/")
    links = (
        etree.fromstring(parts[place])
        if place in parts
        else etree.Element(f"{{{_LINKS}}}Relationships", nsmap={None: _LINKS})
    )
    id = f"duban{number}"
    etree.SubElement(
        links,
        f"{{{_LINKS}}}Relationship",
        Id=id,
        Type=_CHART,
        Target=f"charts/chart{number}.xml",
    )
    parts[place] = _bytes(links)
    return id


def _bytes(root: Any) -> bytes:
    told: bytes = etree.tostring(root, encoding="UTF-8", standalone=True)
    return told


def _chart(rows: Sequence[Row]) -> BarChart:
    """Return rows as bars of their second column, the further columns as lines over them."""
    along, bars, *lines = rows[0]
    return BarChart(
        "",
        tuple(row[along] for row in rows),
        ((bars, tuple(_number(row[bars]) for row in rows)),),
        lines=tuple((name, tuple(_number(row[name]) for row in rows)) for name in lines),
    )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
