"""A signed paper's copy that says on every page whose copy it is."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from console.documents.faces import HEI
from console.documents.frozen import frozen_zip
from console.documents.page import RIGHT, Span, shape, write
from console.documents.words import chinese_moment
from models.orders import CopyMark


def marked_copy(content: bytes, mark: CopyMark) -> bytes:
    """Return the .docx with serial, exporter and time in the head of every page."""
    document = Document(BytesIO(content))
    told = f"副本第{mark.serial}号　导出人：{mark.exporter}　{chinese_moment(mark.at)}"
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        paragraph = header.paragraphs[0]
        shape(paragraph, RIGHT, 0, 0, 0, 0, 0, None)
        write(paragraph, Span(told, HEI, 9, red=True))
    out = BytesIO()
    document.save(out)
    return frozen_zip(out.getvalue())
