"""A file of days off in whatever form it comes: a notice's text, Word, a web page, ICS, JSON."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from models.store import plain_file
from rules.errors import CalendarError
from seed.reference.announced import announced
from seed.reference.holidays import YearNotice, read_notice
from seed.reference.icalendar import calendar_years
from seed.workbook import Parts

MOST = 16 << 20
"""Bytes of a file that is held in memory as a whole."""

_BODY = "word/document.xml"

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_SAVE_AS = "请复制全文，存成 .txt，或用文字处理软件另存为 .docx"


def holidays_of(path: Path, year: int | None = None) -> list[YearNotice]:
    """Read a file of days off, whatever its form; ``year`` for a notice that names none.

    CalendarError says what could not be read; nothing of such a file is taken.
    """
    with plain_file(path) as file:
        content = file.read(MOST + 1)
    return holidays_in(content, path.name, year)


def holidays_in(content: bytes, name: str, year: int | None = None) -> list[YearNotice]:
    """Read days off from the bytes of a file of this name, or from what was pasted."""
    if len(content) > MOST:
        raise CalendarError(f"{name} 超过{MOST >> 20} MB，不像放假通知或日历：请核对文件")
    if content.startswith(b"PK\x03\x04"):
        return [announced(_word_text(content, name), name, year)]
    if content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise CalendarError(f"{name} 不是能读的形式：{_SAVE_AS}")
    text = _decoded(content, name)
    if not text.strip("\ufeff \t\r\n"):
        raise CalendarError(f"{name} 是空的：请核对文件")
    start = text.lstrip("\ufeff \t\r\n")[:500].lower()
    if start.startswith("{"):
        return [read_notice(text, name)]
    if start.startswith("begin:vcalendar"):
        return calendar_years(text, name)
    if start.startswith("<"):
        text = _page_text(text)
    return [announced(text, name, year)]


def _decoded(content: bytes, name: str) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CalendarError(f"{name} 不是文字：{_SAVE_AS}")


def _word_text(content: bytes, name: str) -> str:
    """Return the paragraphs of a Word document, those in tables too."""
    parts = Parts(io.BytesIO(content), len(content))
    for part, pieces in parts.in_order((_BODY,)):
        body = b"".join(pieces) if part.lower() == _BODY else b""
        break
    if not body or len(body) > MOST or b"<!DOCTYPE" in body:
        raise CalendarError(f"{name} 不是 Word 文档：{_SAVE_AS}")
    try:
        tree = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        raise CalendarError(f"{name} 损坏：{_SAVE_AS}") from None
    paragraphs = tree.iter(f"{_WORD}p")
    return "\n".join("".join(t.text or "" for t in p.iter(f"{_WORD}t")) for p in paragraphs)


class _Page(HTMLParser):
    """The words of a web page."""

    SILENT = frozenset(("script", "style", "title", "head", "noscript"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0
        self.handle_data = self._keep  # type: ignore[method-assign, assignment]  # its name for it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave out what is not shown."""
        self._silent += tag in self.SILENT

    def handle_endtag(self, tag: str) -> None:
        """Go on after what is not shown."""
        self._silent -= tag in self.SILENT and self._silent > 0

    def _keep(self, words: str) -> None:
        if not self._silent:
            self.words.append(words)


def _page_text(text: str) -> str:
    page = _Page()
    page.feed(text)
    page.close()
    return "".join(page.words)
