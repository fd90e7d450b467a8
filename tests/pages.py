"""The ruler: papers printed by LibreOffice, their pages measured in millimetres.

The faces a paper names are licensed and are not here. All of them set a digit half as wide as a
Chinese character; the printer is told to use Noto Sans Mono CJK, which does the same, so lines
break where they break in the office though the strokes are others.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from docx import Document
from docx.oxml.ns import qn

from console.paper.writing import BIAO, FANG, HEI, KAI, SONG

MM = 72 / 25.4  # pt

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0  # mm: the edges of the type area

SLACK = 0.6  # mm: what a stroke or a mark of punctuation may stand out

SAME_FACE = "Noto Sans Mono CJK SC"

CONTACT = re.compile(r"^（联系人：")

DAY = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")

HEADING = re.compile(r"^[一二三四五六七八九十]{1,2}、[^：]{1,20}$")

ANNEXES = re.compile(r"^附件：")

ANNEX = re.compile(r"^\d{1,2}\.[^。]+$")

SLIP = re.compile(r"^[^\d：]{2,8}回执$")

IMPRINT = re.compile(r"印发$|^核验码|^抄送：")

FOLIO = re.compile(r"^—\s*\d+\s*—$")

UNREADABLE = re.compile(rb"<!DOCTYPE[^>]*>|[\x00-\x08\x0b\x0c\x0e-\x1f]")


def printer() -> str | None:
    """Return why papers cannot be printed here, or nothing."""
    missing = [name for name in ("soffice", "pdftotext") if shutil.which(name) is None]
    return f"需要 {'、'.join(missing)}" if missing else None


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that stand together, edges in mm from the top left corner of the sheet."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one height, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Return its characters without the white between them."""
        return "".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Return its left edge in mm."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Return its right edge in mm."""
        return max(word.right for word in self.words)

    @property
    def middle(self) -> float:
        """Return the height of its middle in mm."""
        return self.words[0].middle

    @property
    def height(self) -> float:
        """Return the height of its characters in mm, with the white the face leaves."""
        return self.words[0].bottom - self.words[0].top


@dataclass(frozen=True)
class Sheet:
    """One printed page."""

    number: int
    lines: tuple[Line, ...]

    @cached_property
    def told(self) -> tuple[Line, ...]:
        """Return its lines without page number and without the head of a marked copy."""
        inside = (line for line in self.lines if TOP - 3 < line.middle < BOTTOM + 3)
        return tuple(line for line in inside if not FOLIO.match(line.text))

    @cached_property
    def close(self) -> frozenset[int]:
        """Return which of its lines are list of annexes, signature, date, contact or imprint."""
        found: set[int] = set()
        listing = False
        for n, line in enumerate(self.told):
            listing = bool(ANNEXES.match(line.text) or (listing and ANNEX.match(line.text)))
            if listing or IMPRINT.search(line.text) or CONTACT.match(line.text):
                found.add(n)
            elif DAY.match(line.text):
                found |= {n, n - 1} & set(range(len(self.told)))
        return frozenset(found)

    @property
    def alone(self) -> bool:
        """Return whether it holds a close without any text it closes."""
        return bool(self.told) and len(self.close) == len(self.told)

    @property
    def back(self) -> bool:
        """Return whether it holds the imprint alone, as the back of a last odd page may."""
        return self.alone and self.imprint and not any(DAY.match(one.text) for one in self.told)

    @property
    def unsupported(self) -> bool:
        """Return whether it begins with the signature: no text stands before it."""
        days = [n for n, line in enumerate(self.told) if DAY.match(line.text)]
        return any(not [k for k in range(n) if k not in self.close] for n in days)

    @property
    def dangling(self) -> str | None:
        """Return the heading it ends with, if it does."""
        rest = [line for n, line in enumerate(self.told) if n not in self.close]
        return rest[-1].text if rest and HEADING.match(rest[-1].text) else None

    @property
    def imprint(self) -> bool:
        """Return whether the imprint stands on it."""
        return any(line.text.endswith("印发") for line in self.told)


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper: its file and its pages."""

    name: str
    content: bytes
    sheets: tuple[Sheet, ...]

    @property
    def letter(self) -> bool:
        """Return whether it is a letter, whose first page bears no number (10.1)."""
        first = Document(BytesIO(self.content)).sections[0]
        return bool(first.different_first_page_header_footer)

    def faults(self) -> Iterator[str]:
        """Yield what a secretary would send back, one short line each."""
        for sheet in self.sheets:
            yield from _faults_of(sheet, self.sheets)
        numbered = [any(FOLIO.match(line.text) for line in sheet.lines) for sheet in self.sheets]
        numbered[0] = numbered[0] or self.letter
        for sheet in self.sheets:
            if sheet.told and not numbered[sheet.number - 1]:
                yield f"number: none on page {sheet.number} of {len(self.sheets)}"
        with_imprint = [sheet.number for sheet in self.sheets if sheet.imprint]
        if with_imprint:
            yield from _misplaced(self.sheets, with_imprint)
        lost = _characters(self.content) - Counter("".join(map(_all_text, self.sheets)))
        if lost:
            yield f"lost: {''.join(sorted(lost))[:20]}"
        yield from _torn_tables(self)


def _faults_of(sheet: Sheet, sheets: Sequence[Sheet]) -> Iterator[str]:
    page = f"page {sheet.number} of {len(sheets)}"
    if sheet.alone and not (sheet.back and not _slip(sheets)):
        yield f"orphan: {page} holds only {sheet.told[0].text[:12]}"
    elif sheet.unsupported:
        yield f"signature: no text before it on {page}"
    if sheet.dangling:
        yield f"heading: {sheet.dangling} ends {page}"
    for line in sheet.told:
        if line.left < LEFT - SLACK or line.right > RIGHT + SLACK:
            yield f"overflow: {line.left:.1f} to {line.right:.1f} mm on {page}: {line.text[:12]}"
        if not TOP < line.middle < BOTTOM:
            yield f"overflow: {line.middle:.1f} mm from the top on {page}: {line.text[:12]}"


def _slip(sheets: Sequence[Sheet]) -> bool:
    """Return whether a slip to send back is among the pages: its face leaves no page to others."""
    return any(SLIP.match(line.text) for sheet in sheets for line in sheet.told[1:2])


def _misplaced(sheets: Sequence[Sheet], with_imprint: Sequence[int]) -> Iterator[str]:
    if with_imprint != [len(sheets)]:
        yield f"imprint: on pages {with_imprint} of {len(sheets)}"
        return
    if len(sheets) % 2:
        yield f"imprint: on odd page {len(sheets)}"
    end = sheets[-1].told[-1]
    if not BOTTOM - 9 < end.middle < BOTTOM:
        yield f"imprint: ends {end.middle:.1f} mm from the top"


def _all_text(sheet: Sheet) -> str:
    return unicodedata.normalize("NFKC", "".join(line.text for line in sheet.lines))


def _characters(content: bytes) -> Counter[str]:
    """Count the characters a file holds in its body."""
    body = Document(BytesIO(content)).element.body
    text = "".join(node.text or "" for node in body.iter(qn("w:t")))
    return Counter(c for c in unicodedata.normalize("NFKC", text) if not c.isspace())


def _torn_tables(printed: Printed) -> Iterator[str]:
    """Yield heads of tables that stand over fewer than two rows of theirs on a page."""
    for table in Document(BytesIO(printed.content)).tables:
        rows = table.rows
        if len(rows) < 3 or not rows[0]._tr.xpath("w:trPr/w:tblHeader"):
            continue
        head = "".join(_plain(cell.text) for cell in rows[0].cells[:2])
        firsts = [_plain(row.cells[0].text) for row in rows[1:]]
        for sheet in printed.sheets:
            told = sheet.told
            for at in [n for n, line in enumerate(told) if line.text.startswith(head)]:
                below = sum(_begins_row(line, firsts) for line in told[at + 1 :])
                if below < 2:
                    yield f"table: head over {below} rows on page {sheet.number}"


def _begins_row(line: Line, firsts: Sequence[str]) -> bool:
    """Return whether a line begins with what the first cell of a row begins with."""
    return any(first.startswith(line.words[0].text) for first in firsts)


def _plain(text: str) -> str:
    return "".join(text.split())


def measures(sheet: Sheet) -> tuple[float, float, float, float] | None:
    """Return left and right edge, top and bottom of the lines of a page's body text, in mm."""
    lines = [line for line in sheet.told if 6.5 < line.height < 9]
    if len(lines) < 2:
        return None
    half, low = 28.95 / MM / 2, 1.1  # LibreOffice draws a character so much below the middle
    return (
        min(line.left for line in lines),
        max(line.right for line in lines),
        min(line.middle for line in lines) - half - low,
        max(line.middle for line in lines) + half - low,
    )


def printed(papers: Mapping[str, bytes], folder: Path) -> list[Printed]:
    """Print papers through one run of LibreOffice and return their pages; blank ones too."""
    faces = folder / "fonts.conf"
    faces.write_text(_same_faces(folder), "utf-8")
    files = []
    for name, content in papers.items():
        file = folder / f"{name}.docx"
        file.write_bytes(content)
        files.append(str(file))
    told = '{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
    with (Path("/tmp") / "duban-printer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(folder / 'office').as_uri()}",
                "--headless",
                "--convert-to",
                f"pdf:writer_pdf_Export:{told}",
                "--outdir",
                str(folder),
                *files,
            ],
            check=True,
            capture_output=True,
            env={**os.environ, "FONTCONFIG_FILE": str(faces)},
        )
    return [
        Printed(name, content, tuple(_sheets(folder / f"{name}.pdf")))
        for name, content in papers.items()
    ]


def _same_faces(folder: Path) -> str:
    named = "".join(
        f'<match target="pattern"><test name="family" qual="any"><string>{face}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{SAME_FACE}</string></edit>'
        "</match>"
        for face in (FANG, HEI, KAI, BIAO, SONG)
    )
    where = f"<dir>/usr/share/fonts</dir><cachedir>{folder / 'faces'}</cachedir>"
    return f'<?xml version="1.0"?><fontconfig>{where}{named}</fontconfig>'


def _sheets(pdf: Path) -> Iterator[Sheet]:
    run = ["pdftotext", "-bbox", str(pdf), "-"]
    told = subprocess.run(run, check=True, capture_output=True).stdout
    root = ElementTree.fromstring(re.sub(UNREADABLE, b"", told))
    space = "{http://www.w3.org/1999/xhtml}"
    for number, page in enumerate(root.iter(f"{space}page"), 1):
        yield Sheet(number, tuple(_lines([_word(one) for one in page.iter(f"{space}word")])))


def _word(node: Any) -> Word:
    edges = (float(node.get(key)) / MM for key in ("xMin", "yMin", "xMax", "yMax"))
    return Word(node.text or "", *edges)


def _lines(words: list[Word]) -> Iterator[Line]:
    """Gather words whose middles are less than a millimetre apart."""
    row: list[Word] = []
    for word in sorted(words, key=lambda word: word.middle):
        if row and word.middle - row[0].middle > 1:
            yield Line(tuple(sorted(row, key=lambda word: word.left)))
            row = []
        row.append(word)
    if row:
        yield Line(tuple(sorted(row, key=lambda word: word.left)))
