"""Marks on papers that are there already: a line in the head of every page, 作废 across it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.oxml import parse_xml

from console.paper.page import RIGHT, Span, shape, write
from console.paper.writing import HEI, frozen_zip
from rules.clocks import chinese_date

if TYPE_CHECKING:
    from models.orders import VoidMark

SMALL_MARK = 9.0  # pt

_ACROSS = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
     xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>
<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>
<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>
<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="void{n}" o:spid="_x0000_s{id}" type="#_x0000_t136" stroked="f" fillcolor="#E60012"
 style="position:absolute;margin-left:0;margin-top:0;width:330pt;height:165pt;rotation:315;\
z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
mso-position-vertical:center;mso-position-vertical-relative:margin">
<v:fill opacity="19661f"/><v:textpath style="font-family:&quot;黑体&quot;" string="作废"/>
</v:shape></w:pict></w:r>
"""
"""作废 in red letters across the page, behind the text, as word processors draw a watermark."""


def in_every_head(content: bytes, told: str) -> bytes:
    """Return a .docx with a small red line at the right of the head of every page."""
    document = Document(BytesIO(content))
    for header in _heads(document):
        _tell(header, told)
    return _saved(document)


def void_copy(content: bytes, mark: VoidMark) -> bytes:
    """Return a .docx that says on every page that it is void, since when and why."""
    document = Document(BytesIO(content))
    told = f"{mark.number}已于{chinese_date(mark.at)}作废，文号不再使用"
    if mark.reason:
        told += f"　理由：{mark.reason}"
    for n, header in enumerate(_heads(document), 1):
        _tell(header, told)
        across = parse_xml(_ACROSS.format(n=n, id=2048 + n))
        header.paragraphs[0]._p.append(across)
    return _saved(document)


def _heads(document: Any) -> Iterator[Any]:
    """Yield every head that some page shows, each once."""
    for at, section in enumerate(document.sections):
        heads = [section.header, section.even_page_header]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        yield from (head for head in heads if at == 0 or not head.is_linked_to_previous)


def _tell(header: Any, told: str) -> None:
    first = header.paragraphs[0]
    line = first.insert_paragraph_before() if first.text else first
    shape(line, RIGHT, 0, 0, 0, 0, 0, None)
    write(line, Span(told, HEI, SMALL_MARK, red=True))


def _saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return frozen_zip(out.getvalue())
