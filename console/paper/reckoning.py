"""How high the blocks of a paper print and how many pages they take, reckoned from its XML.

The body stands on the grid of 22 lines of 28 characters, every line of an exact height, so pages
can be counted without an office program. Where lines break is known to within a sign: programs
differ in what they let hang over the edge. Heights and widths are in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from console.paper.page import BODY, WIDTH

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

HEIGHT = 225 / 25.4 * 72  # of the type area

DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"

EMU = 12_700  # a point of a drawing's measures

ALIKE = 0.5  # pt by which programs round otherwise

GAP = 0.22  # of the size: the white between a Chinese character and a digit

EDGE = 0.5  # the border of a table row

_CLOSING = r"[”’》）〕】，。、；：！？\u2026—]"

_UNIT = re.compile(rf"[“‘《（〔【]*(?:[A-Za-z0-9.:/%+]+|.){_CLOSING}*", re.DOTALL)
"""What is not torn at a line's end: a word, number or sign with the marks that cling to it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table row: its height, and whether it may not part from the next one.

    ``lines`` is how many equal parts it may be torn into, ``head`` what stands again above it on
    a new page; what ``begins`` stands at the top of one in any case. ``element`` is the paragraph
    or the row it is.
    """

    height: float
    lines: int = 1
    keep: bool = False
    head: float = 0.0
    begins: bool = False
    element: Any = None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The pages that blocks take, and the height left on the last of them."""

    pages: int
    room: float


def reckon(blocks: Sequence[Block]) -> Reckoned:
    """Count the pages of blocks that begin on a new page."""
    pages, left, at = 1, HEIGHT, 0
    while at < len(blocks):
        end = at
        while blocks[end].keep and end + 1 < len(blocks):
            end += 1
        group = blocks[at : end + 1]
        needed = sum(block.height for block in group[:-1]) + group[-1].height / group[-1].lines
        parted = len(group) > 1 and left + ALIKE < needed <= HEIGHT
        if left < HEIGHT and (parted or group[0].begins):
            pages, left = pages + 1, HEIGHT
        for block in group:
            turned, left = _placed(block, left)
            pages += turned
        at = end + 1
    return Reckoned(pages, left)


def _placed(block: Block, left: float) -> tuple[int, float]:
    """Return how many pages are turned to place a block, and what is left of the last."""
    if block.height <= left + ALIKE:
        return 0, left - block.height
    if block.lines == 1:
        return 1, HEIGHT - block.head - block.height
    turned, line = 0, block.height / block.lines
    for _ in range(block.lines):
        if line > left + ALIKE:
            turned, left = turned + 1, HEIGHT
        left -= line
    return turned, left


def blocks_of(elements: Sequence[Any]) -> Iterator[Block]:
    """Yield the blocks of paragraphs and tables; what stands in a frame takes no room of theirs."""
    for element in elements:
        if element.tag == f"{W}tbl":
            yield from _rows(element)
        elif element.tag == f"{W}p" and element.find(f"{W}pPr/{W}framePr") is None:
            yield _paragraph(element)


def framed(elements: Sequence[Any]) -> list[Any]:
    """Return the paragraphs that stand in a frame."""
    return [one for one in elements if one.find(f"{W}pPr/{W}framePr") is not None]


def _paragraph(element: Any) -> Block:
    lines = line_count(element, WIDTH)
    keep = is_on(element, "keepNext")
    whole = is_on(element, "keepLines")
    begins = is_on(element, "pageBreakBefore") or any(
        piece.get(f"{W}type") == "page" for piece in element.iter(f"{W}br")
    )
    height = height_of(element, WIDTH)
    return Block(height, 1 if whole else lines, keep, begins=begins, element=element)


def _rows(table: Any) -> Iterator[Block]:
    heads = 0.0
    for row in table.iter(f"{W}tr"):
        height = row_height(row)
        if row.find(f"{W}trPr/{W}tblHeader") is not None:
            heads += height
            yield Block(height, keep=True, element=row)
        else:
            yield Block(height, head=heads, element=row)


def row_height(row: Any) -> float:
    """Return the height of a table row: what it asks for, or what its fullest cell needs."""
    return max(number(row.find(f"{W}trPr/{W}trHeight"), "val"), text_height(row)) + EDGE


def text_height(row: Any) -> float:
    """Return the height that the fullest cell of a table row needs."""
    heights = [0.0]
    for cell in row.iter(f"{W}tc"):
        width = number(cell.find(f"{W}tcPr/{W}tcW"), "w") - 6.5
        heights.append(sum(height_of(one, width) for one in cell.iter(f"{W}p")))
    return max(heights)


def height_of(paragraph: Any, width: float) -> float:
    """Return the height of a paragraph set ``width`` points wide."""
    spacing = paragraph.find(f"{W}pPr/{W}spacing")
    before, after, line = (number(spacing, key) for key in ("before", "after", "line"))
    if spacing is None or spacing.get(f"{W}lineRule", "auto") == "auto":
        line = 1.45 * max((_size(run) for run in paragraph.iter(f"{W}r")), default=BODY)
    edges = paragraph.iterfind(f"{W}pPr/{W}pBdr/*")
    drawn = max((int(one.get("cy")) / EMU for one in paragraph.iter(DRAWN)), default=0.0)
    ruled = sum(int(one.get(f"{W}sz")) / 8 + int(one.get(f"{W}space")) for one in edges)
    return before + after + ruled + max(drawn, line * line_count(paragraph, width))


def line_count(paragraph: Any, width: float) -> int:
    """Return how many lines the text of a paragraph takes."""
    indent = paragraph.find(f"{W}pPr/{W}ind")
    first, left, right = (number(indent, key) for key in ("firstLine", "left", "right"))
    first -= number(indent, "hanging")
    room = width - left - right
    texts = list(_texts(paragraph))
    if all(text is not None for text, _ in texts):
        widest = sum(len(text or "") * face.size for text, face in texts) * (1 + GAP / 2)
        if first + widest < room:
            return 1
    lines, used, before = 1, first, ""
    for text, face in texts:
        if text is None:
            lines, used = lines + 1, 0.0
            continue
        for unit in _UNIT.findall(text):
            wide = face.width(unit) + GAP * face.size * sum(map(_parted, before + unit, unit))
            before = unit[-1]
            if wide > room:
                lines, used = lines + int((used + wide) // room), (used + wide) % room
            elif used + wide > room + ALIKE:
                lines, used = lines + 1, wide
            else:
                used += wide
    return lines


@dataclass(frozen=True, slots=True)
class _Face:
    """How wide characters are set: their size, what stands between them, and their share."""

    size: float
    wider: float
    share: float

    def width(self, text: str) -> float:
        """Return the width of a text; what is not Chinese is half as wide."""
        halves = len(text) + sum(sign > "\xff" for sign in text)
        return halves * self.size / 2 * self.share + len(text) * self.wider


def _texts(paragraph: Any) -> Iterator[tuple[str | None, _Face]]:
    """Yield the texts of a paragraph with their faces; no text where a line is ended."""
    for run in paragraph.iter(f"{W}r"):
        scale = run.find(f"{W}rPr/{W}w")
        share = 1.0 if scale is None else float(scale.get(f"{W}val")) / 100
        face = _Face(_size(run), number(run.find(f"{W}rPr/{W}spacing"), "val"), share)
        for piece in run:
            if piece.tag == f"{W}br":
                yield None, face
            elif piece.tag == f"{W}t":
                yield piece.text or "", face


def _parted(before: str, after: str) -> bool:
    """Return whether programs set a little white between two signs: Chinese and Latin."""
    return before.isascii() != after.isascii() and (before + after).isalnum()


def _size(run: Any) -> float:
    found = run.find(f"{W}rPr/{W}sz")
    return BODY if found is None else float(found.get(f"{W}val")) / 2


def is_on(paragraph: Any, name: str) -> bool:
    """Return whether a paragraph has a property such as ``keepNext``."""
    found = paragraph.find(f"{W}pPr/{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false")


def number(element: Any, key: str) -> float:
    """Return an attribute in twentieths of a point as points, 0 where there is none."""
    return 0.0 if element is None else float(element.get(f"{W}{key}", 0)) / 20
