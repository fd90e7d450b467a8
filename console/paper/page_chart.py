"""Bar charts as DrawingML parts of a .docx: values cached inside, legible in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm

from console.paper.writing import HEI, SONG
from rules.text import printable

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_INLINE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"

_FILLS = (
    '<a:solidFill><a:srgbClr val="404040"/></a:solidFill>',
    '<a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill>',
)
"""Dark and pale: told apart on any printer."""

_OUTLINE = '<a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars in one or two series over the same labels; the first has its values beside it.

    ``percent``: values are fractions, printed as per cent. A value of None is left out. ``lines``
    are drawn as lines over the bars.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    percent: bool = False
    lines: tuple[tuple[str, tuple[float | None, ...]], ...] = ()

    def __post_init__(self) -> None:
        """Hold every series to the labels."""
        if not 1 <= len(self.series) <= len(_FILLS):
            raise ValueError("a chart has one or two series")
        if any(len(values) != len(self.labels) for _, values in (*self.series, *self.lines)):
            raise ValueError("a series has a value for each label")


def place_chart(
    document: Any, paragraph: Any, chart: BarChart, width: float, height: float
) -> None:
    """Set a chart into a paragraph of a python-docx document; measures in mm."""
    package = document.part.package
    number = 1 + sum(str(p.partname).startswith("/word/charts/") for p in package.iter_parts())
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, CHART_TYPE, chart_xml(chart).encode(), package)
    link = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    run = paragraph.add_run()
    run._r.append(parse_xml(drawing_xml(chart.title, link, number, Mm(width), Mm(height))))


def drawing_xml(title: str, link: str, number: int, width: int, height: int) -> str:
    """Return the drawing that shows a chart in a run; measures in EMU, ``link`` leads to it."""
    told = _text(title).replace('"', "&quot;")
    return f"""<w:drawing xmlns:w="{_WORD}"><wp:inline xmlns:wp="{_INLINE}" distT="0" distB="0"
 distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>
<wp:effectExtent l="0" t="0" r="0" b="0"/>
<wp:docPr id="{number}" name="图{number}" descr="{told}"/><wp:cNvGraphicFramePr/>
<a:graphic xmlns:a="{_DRAWING}"><a:graphicData uri="{_CHART}">
<c:chart xmlns:c="{_CHART}" xmlns:r="{_LINKS}" r:id="{link}"/></a:graphicData></a:graphic>
</wp:inline></w:drawing>"""


def chart_xml(chart: BarChart) -> str:
    """Return the part that holds a chart, its values inside."""
    form = "0.0%" if chart.percent else "0"
    untitled = int(not chart.title)
    series = "".join(_series(chart, n, form) for n in range(len(chart.series)))
    legend = ""
    if len(chart.series) + len(chart.lines) > 1:
        legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text_form(800)}</c:legend>'
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_LINKS}">
<c:roundedCorners val="0"/><c:chart>{_title(chart.title)}<c:autoTitleDeleted val="{untitled}"/>
<c:plotArea><c:layout/><c:barChart><c:barDir val="col"/>
<c:grouping val="clustered"/><c:varyColors val="0"/>{series}
<c:gapWidth val="60"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>
{_lines(chart, form)}
{_axes(chart, form)}</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>
</c:chart><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln>
</c:spPr>{_text_form(800)}</c:chartSpace>"""


def _title(title: str) -> str:
    if not title:
        return ""
    face = f'<a:latin typeface="{HEI}"/><a:ea typeface="{HEI}"/>'
    return f"""<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900" b="0"/></a:pPr>
<a:r><a:rPr lang="zh-CN" sz="900" b="0">{face}</a:rPr><a:t>{_text(title)}</a:t></a:r></a:p></c:rich>
</c:tx><c:overlay val="0"/></c:title>"""


def _series(chart: BarChart, n: int, form: str) -> str:
    name, values = chart.series[n]
    fill, place = (_FILLS[1], '<c:dLblPos val="inBase"/>') if chart.lines else (_FILLS[n], "")
    return f"""<c:ser><c:idx val="{n}"/><c:order val="{n}"/><c:tx><c:v>{_text(name)}</c:v></c:tx>
<c:spPr>{fill}{_OUTLINE}</c:spPr><c:invertIfNegative val="0"/>
<c:dLbls><c:numFmt formatCode="{form}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln>
</c:spPr>{_text_form(700)}{place}<c:showLegendKey val="0"/><c:showVal val="{int(n == 0)}"/>
<c:showCatName val="0"/>
<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>
{_values(chart, values, form)}</c:ser>"""


def _lines(chart: BarChart, form: str) -> str:
    """Return the lines over the bars: dashed, with a mark at each value."""
    if not chart.lines:
        return ""
    series = "".join(
        f"""<c:ser><c:idx val="{n}"/><c:order val="{n}"/><c:tx><c:v>{_text(name)}</c:v></c:tx>
<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>
<a:prstDash val="dash"/></a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="4"/>
<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>{_OUTLINE}</c:spPr></c:marker>
{_values(chart, values, form)}<c:smooth val="0"/></c:ser>"""
        for n, (name, values) in enumerate(chart.lines, len(chart.series))
    )
    return f"""<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}
<c:marker val="1"/><c:axId val="1001"/><c:axId val="1002"/></c:lineChart>"""


def _values(chart: BarChart, values: Sequence[float | None], form: str) -> str:
    labels = _points(list(map(_text, chart.labels)))
    numbers = _points([None if value is None else repr(float(value)) for value in values])
    return f"""<c:cat><c:strLit>{labels}</c:strLit></c:cat>
<c:val><c:numLit><c:formatCode>{form}</c:formatCode>{numbers}</c:numLit></c:val>"""


def _points(values: Sequence[str | None]) -> str:
    told = "".join(
        f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>'
        for n, value in enumerate(values)
        if value is not None
    )
    return f'<c:ptCount val="{len(values)}"/>{told}'


def _axes(chart: BarChart, form: str) -> str:
    low = '<c:min val="0"/>'
    high = '<c:max val="1.2"/>' if chart.percent else ""
    return f"""<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="minMax"/></c:scaling>
<c:delete val="0"/><c:axPos val="b"/><c:majorTickMark val="none"/>
<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_text_form(800)}<c:crossAx val="1002"/>
<c:crosses val="autoZero"/></c:catAx>
<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>{high}{low}</c:scaling>
<c:delete val="1"/><c:axPos val="l"/><c:numFmt formatCode="{form}" sourceLinked="0"/>
<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>
<c:crossAx val="1001"/><c:crosses val="autoZero"/></c:valAx>"""


def _text_form(size: int) -> str:
    return f"""<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}" b="0">
<a:latin typeface="{SONG}"/>
<a:ea typeface="{SONG}"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>"""


def _text(text: str) -> str:
    return escape(printable(text))
