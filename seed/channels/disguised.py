"""Web pages and XML that go by the name of a workbook: what they are is told by their content."""

from __future__ import annotations

import email
import email.message
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from models.store import plain_file
from seed.channels.encoding import Encoding
from seed.channels.grid import Grid, visible
from seed.channels.opendocument import OpenDocument
from seed.channels.spreadsheetml import XmlSpreadsheet
from seed.channels.table import ImportFileError, explained
from seed.channels.webpage import WebPage
from seed.workbook import MIB, MOST_OLD, WorkbookRefused

_PIECE = 1 << 16

_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|meta|body|table|style|div|title)\b", re.IGNORECASE
)

_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"

_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
"""Of an open document that is not packed (.fods)."""

_MAIL = re.compile(r"MIME-Version:.*?Content-Type:\s*(?:multipart/related|text/html)", re.S | re.I)

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)

_OTHER = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
"""Encodings of Chinese that only the page itself can tell."""


def disguised(
    path: Path, encoding: Encoding, head: str, wanted: str | None
) -> Sequence[Grid] | None:
    """Return the tables of a page or an XML spreadsheet, None where ``head`` begins neither.

    ``wanted`` names the one to be read. A file that is broken, too large or has no table raises
    ImportFileError.
    """
    start = head.lstrip("\ufeff \t\r\n")
    is_sheet = start.startswith("<") and _SPREADSHEET in start
    is_document = start.startswith("<") and _DOCUMENT in start
    is_page = not (is_sheet or is_document) and start.startswith("<") and _PAGE.search(start)
    is_mail = _MAIL.match(start)
    if not (is_sheet or is_document or is_page or is_mail):
        return None
    try:
        with explained(path):
            if path.stat().st_size > MOST_OLD:
                raise WorkbookRefused(f"超过{MOST_OLD // MIB} MB：请另存为 .xlsx 再导入")
            if is_sheet:
                grids = XmlSpreadsheet().tables(_pieces(path, encoding.name))
            elif is_document:
                grids = OpenDocument().tables(_pieces(path, encoding.name))
            elif is_mail:
                grids = _mailed(path)
            else:
                grids = WebPage().tables(_pieces(path, _declared(head.encode()) or encoding.name))
    except WorkbookRefused as refused:
        raise ImportFileError(f"打不开 {path}：{refused}") from refused
    if not grids:
        raise ImportFileError(f"{path} 是网页，里面没有表格：请用表格软件打开，另存为 .xlsx 再导入")
    return visible(path, grids, wanted)


def _pieces(path: Path, encoding: str) -> Iterator[str]:
    """Yield a text file piece by piece; bytes that cannot be decoded are kept apart."""
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    with path.open(encoding=encoding, errors=errors) as file:
        while piece := file.read(_PIECE):
            yield piece


def _declared(head: bytes) -> str | None:
    """Return the encoding that a page declares, where its bytes do not tell it better."""
    found = _CHARSET.search(head)
    return _OTHER.get(found[1].decode().lower()) if found else None


def _mailed(path: Path) -> list[Grid]:
    """Return the tables of a page saved with all its parts in one file."""
    with plain_file(path) as file:
        message = email.message_from_bytes(file.read(os.fstat(file.fileno()).st_size))
    grids = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            grids += WebPage().tables(iter([_decoded(part)]))
    for number, grid in enumerate(grids, start=1):
        grid.name = f"表{number}"
    return grids


def _decoded(part: email.message.Message) -> str:
    """Return the text of one part: UTF-8 if it is that, else the common encoding of Chinese."""
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode(_declared(content[:4096]) or "gb18030", "surrogateescape")
