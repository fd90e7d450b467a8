"""What a document says in plain words: a text, Word, a web page."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from models.store import plain_file
from rules.errors import DubanError
from seed.workbook import Parts

MOST = 16 << 20
"""Bytes of a file that is held in memory as a whole."""

_BODY = "word/document.xml"

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_SAVE_AS = "请复制全文，存成 .txt，或用文字处理软件另存为 .docx"


def document_of(path: Path, error: type[DubanError]) -> str:
    """Return the words of a document; ``error`` says what kind of file was not read."""
    with plain_file(path) as file:
        return document_text(file.read(MOST + 1), path.name, error)


def document_text(content: bytes, name: str, error: type[DubanError]) -> str:
    """Return the words of a document's bytes; ``error`` says what kind of file was not read."""
    if len(content) > MOST:
        raise error(f"{name} 超过{MOST >> 20} MB，不像一份通知或办法：请核对文件")
    if content.startswith(b"PK\x03\x04"):
        return _word_text(content, name, error)
    if content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise error(f"{name} 不是能读的形式：{_SAVE_AS}")
    text = _decoded(content, name, error)
    if not text.strip("\ufeff \t\r\n"):
        raise error(f"{name} 是空的：请核对文件")
    return _page_text(text) if text.lstrip("\ufeff \t\r\n").startswith("<") else text


def _decoded(content: bytes, name: str, error: type[DubanError]) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise error(f"{name} 不是文字：{_SAVE_AS}")


def _word_text(content: bytes, name: str, error: type[DubanError]) -> str:
    """Return the paragraphs of a Word document, those in tables too."""
    parts = Parts(io.BytesIO(content), len(content))
    for part, pieces in parts.in_order((_BODY,)):
        body = b"".join(pieces) if part.lower() == _BODY else b""
        break
    if not body or len(body) > MOST or b"<!DOCTYPE" in body:
        raise error(f"{name} 不是 Word 文档：{_SAVE_AS}")
    try:
        tree = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        raise error(f"{name} 损坏：{_SAVE_AS}") from None
    paragraphs = tree.iter(f"{_WORD}p")
    return "\n".join("".join(t.text or "" for t in p.iter(f"{_WORD}t")) for p in paragraphs)


class _Page(HTMLParser):
    """The words of a web page."""

    SILENT = frozenset(("script", "style", "title", "head", "noscript"))

    ENDING = frozenset(("p", "div", "li", "tr", "h1", "h2", "h3", "h4"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0
        self.handle_data = self._keep  # type: ignore[method-assign, assignment]  # its name for it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave out what is not shown; end a line where the page does."""
        if tag == "br":
            self.words.append("\n")
        self._silent += tag in self.SILENT

    def handle_endtag(self, tag: str) -> None:
        """Go on after what is not shown; a paragraph is a line."""
        if tag in self.ENDING:
            self.words.append("\n")
        self._silent -= tag in self.SILENT and self._silent > 0

    def _keep(self, words: str) -> None:
        if not self._silent:
            self.words.append(words)


def _page_text(text: str) -> str:
    page = _Page()
    page.feed(text)
    page.close()
    return "".join(page.words)
