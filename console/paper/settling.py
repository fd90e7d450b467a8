"""The end of a filled paper: its imprint at the foot of the last even page (GB/T 9704, 7.4).

Sections that begin on an even page see to it in every office program. How many pages stand before
is reckoned, so that the slip takes one face or two and no page is left blank for it; should a
program break lines otherwise, it leaves a page blank and the imprint still stands on an even one.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from console.paper.page import HAIR, WIDTH
from console.paper.reckoning import (
    EDGE,
    HEIGHT,
    Block,
    W,
    blocks_of,
    framed,
    height_of,
    is_on,
    number,
    reckon,
    row_height,
    text_height,
)

SLACK = 8.0  # pt left over, for what programs reckon otherwise

FREE = 40.0  # pt: an empty cell this high is one to write in, and may be higher or lower

LEAST = 30.0  # pt such a cell is left at least

ROWS = 6
"""Children of a table that has rows enough for two to go over: its properties and four rows."""

BLANK_LEAST = 0.3  # of a blank line, where the end must be drawn together


def settle(document: Any) -> None:
    """Put the imprint of a filled document (its root element) where it belongs."""
    body = document.find(f"{W}body")
    _tuck_section_ends(body)
    *earlier, last = _sections(body)
    for section in (*earlier, last):
        _keep_signature(section)
    before = sum(reckon(_keep_last_rows(section)).pages for section in earlier)
    imprint = framed(last)
    if not imprint:
        return
    foot = sum(height_of(one, WIDTH) for one in imprint)
    if not any(one.find(f"{W}pPr/{W}shd") is not None for one in imprint):
        _settle_letter(body, last, foot)
        return
    slip = _slip(last) if earlier else None
    if slip is not None:
        _settle_slip(body, last, slip, foot, turned=before % 2 == 0)
    else:
        _settle_text(body, last, before, foot, imprint[0])


def _tuck_section_ends(body: Any) -> None:
    """Let the paragraph before end a section, not an empty one that may fall on a page alone."""
    for ending in [one.getparent().getparent() for one in body.iter(f"{W}sectPr")][:-1]:
        before = ending.getprevious()
        if not _text(ending) and before is not None and _ends_nothing(before):
            _shape(before).append(ending.find(f"{W}pPr/{W}sectPr"))
            body.remove(ending)


def _ends_nothing(element: Any) -> bool:
    """Return whether it is a paragraph that may end a section."""
    return element.tag == f"{W}p" and element.find(f"{W}pPr/{W}sectPr") is None


def _shape(paragraph: Any) -> Any:
    """Return a paragraph's properties, made where it has none."""
    found = paragraph.find(f"{W}pPr")
    if found is None:
        found = paragraph.makeelement(f"{W}pPr")
        paragraph.insert(0, found)
    return found


def _sections(body: Any) -> list[list[Any]]:
    """Return the blocks of each section; the paragraph that ends one belongs to it."""
    sections: list[list[Any]] = [[]]
    for element in body:
        if element.tag in (f"{W}p", f"{W}tbl"):
            sections[-1].append(element)
            if element.find(f"{W}pPr/{W}sectPr") is not None:
                sections.append([])
    return sections


def _keep_signature(section: Sequence[Any]) -> None:
    """Let the last paragraph of the text stay with the white and the signature below it."""
    texts = [one for one in section if one.tag == f"{W}p" and one not in framed(section)]
    while texts and not _text(texts[-1]):
        texts.pop()
    if not texts:
        return
    *rest, end = texts
    while rest and is_on(rest[-1], "keepNext"):
        end = rest.pop()
    if not rest or end is texts[-1] or _text(end) or end.getprevious() is not rest[-1]:
        return
    shape = rest[-1].find(f"{W}pPr")
    for name in ("keepLines", "keepNext"):
        for mark in shape.findall(f"{W}{name}"):
            shape.remove(mark)
        shape.insert(len(shape.findall(f"{W}pStyle")), shape.makeelement(f"{W}{name}"))


def _keep_last_rows(section: Sequence[Any]) -> list[Block]:
    """See to it that no table ends with a single row on a page, and return the section's blocks.

    The row before the last is made so high that it goes over too.
    """
    blocks = list(blocks_of(section))
    for at, block in enumerate(blocks):
        row = block.element
        if row.tag != f"{W}tr" or row.getnext() is not None or len(row.getparent()) < ROWS:
            continue
        before = reckon(blocks[:at])
        if reckon(blocks[: at + 1]).pages > before.pages:
            height = blocks[at - 1].height + before.room + 2 * EDGE
            _set_height(blocks[at - 1].element, height - EDGE)
            blocks[at - 1] = replace(blocks[at - 1], height=height)
    return blocks


def _set_height(row: Any, height: float) -> None:
    """Make a table row at least so high."""
    shape = row.find(f"{W}trPr")
    asked = shape.find(f"{W}trHeight")
    if asked is None:
        asked = shape.makeelement(f"{W}trHeight")
        shape.insert(len(shape.findall(f"{W}cantSplit")), asked)
    asked.set(f"{W}val", str(round(height * 20)))


def _slip(section: Sequence[Any]) -> Any | None:
    """Return the only table of a section if it has cells to write in."""
    tables = [one for one in section if one.tag == f"{W}tbl"]
    return tables[0] if len(tables) == 1 and _free_rows(tables[0]) else None


def _free_rows(table: Any) -> list[Any]:
    """Return the rows with an empty cell to write in."""
    return [
        row
        for row in table.iter(f"{W}tr")
        if number(row.find(f"{W}trPr/{W}trHeight"), "val") >= FREE
        and any(not _text(cell) for cell in row.iter(f"{W}tc"))
    ]


def _settle_slip(body: Any, section: list[Any], table: Any, foot: float, *, turned: bool) -> None:
    """Set the slip on one face, or on two where an odd number of pages must follow."""
    alone = not turned and _least(section) + foot > HEIGHT
    if turned or alone:
        second = _torn(table, _free_rows(table)[0])
        at = section.index(table)
        turning = _section_end(body, table)
        _fill_face([*section[: at + 1]], table, 0.0)
        _fill_face([second, *section[at + 1 :]], second, 0.0 if alone else foot)
        table.addnext(turning)
        turning.addnext(second)
        if alone:
            imprint = framed(section)[0]
            imprint.addprevious(_section_end(body, imprint))
            _tuck_section_ends(body)
    else:
        _fill_face(section, table, foot)
    _begin(body.find(f"{W}sectPr"), "evenPage")


def _least(section: Sequence[Any]) -> float:
    """Return the height of a face whose rows to write in are as low as they may be."""
    (table,) = (one for one in section if one.tag == f"{W}tbl")
    spare = sum(row_height(row) - _lowest(row) for row in _free_rows(table))
    return sum(block.height for block in blocks_of(section)) - spare + SLACK


def _lowest(row: Any) -> float:
    return max(LEAST, text_height(row)) + EDGE


def _torn(table: Any, row: Any) -> Any:
    """Move what stands below a row into a table of its own, and return it."""
    second = table.makeelement(f"{W}tbl")
    for part in (f"{W}tblPr", f"{W}tblGrid"):
        second.append(deepcopy(table.find(part)))
    for below in list(row.itersiblings(f"{W}tr")):
        second.append(below)
    return second


def _fill_face(elements: Sequence[Any], table: Any, foot: float) -> None:
    """Share the height left on a face among the rows to write in, or take from them."""
    rows = _free_rows(table)
    if not rows:
        return
    used = sum(block.height for block in blocks_of(elements)) - sum(map(row_height, rows))
    share = (HEIGHT - foot - SLACK - used - sum(map(_lowest, rows))) / len(rows)
    for row in rows:
        height = _lowest(row) - EDGE + max(0.0, share)
        _set_height(row, height)


def _settle_text(body: Any, section: list[Any], before: int, foot: float, first: Any) -> None:
    """End a paper without a slip: on its last page, if that is even, or on the next one."""
    found = reckon(_keep_last_rows(section))
    even, room = (before + found.pages) % 2 == 0, found.room
    if even and room < foot + SLACK:
        _draw_together(section, foot + SLACK - room)
        room = reckon(list(blocks_of(section))).room
    if not even or room < foot:
        first.addprevious(_section_end(body, first))
        _begin(body.find(f"{W}sectPr"), "evenPage")
        _tuck_section_ends(body)


def _settle_letter(body: Any, section: Sequence[Any], foot: float) -> None:
    """End a letter, whose imprint has no rules: on its last page, whether even or odd (10.1)."""
    room = reckon(_keep_last_rows(section)).room
    if room < foot + SLACK:
        _draw_together(section, foot + SLACK - room)
        blocks = list(blocks_of(section))
        room = reckon(blocks).room
        if room < foot + SLACK:
            _send_over(blocks, room)
    first, *others = body.iter(f"{W}sectPr")
    for other in others:
        for mark in other.findall(f"{W}titlePg"):
            first.append(mark) if first.find(f"{W}titlePg") is None else other.remove(mark)


def _send_over(blocks: Sequence[Block], room: float) -> None:
    """Have the end of a section begin a new page: its last two rows, or what stays together."""
    *rest, end = [block for block in blocks if block.height > HAIR]
    if end.element.tag == f"{W}tr":
        _set_height(rest[-1].element, rest[-1].height + end.height + room + 2 * EDGE)
        return
    first = end
    while rest and rest[-1].keep:
        first = rest.pop()
    shape = first.element.find(f"{W}pPr")
    mark = shape.makeelement(f"{W}pageBreakBefore")
    shape.insert(sum(one.tag in _BEFORE_BREAK for one in shape), mark)


_BEFORE_BREAK = (f"{W}pStyle", f"{W}keepNext", f"{W}keepLines")


def _draw_together(section: Sequence[Any], missing: float) -> None:
    """Make the blank lines after the last text of a section lower by as much in all."""
    blanks = [one for one in section if one.tag == f"{W}p" and not _text(one) and _line(one) > 20]
    last = blanks[-3:]
    for blank in last:
        spacing = blank.find(f"{W}pPr/{W}spacing")
        lower = max(_line(blank) * BLANK_LEAST, _line(blank) - missing / len(last))
        spacing.set(f"{W}line", str(round(lower * 20)))


def _line(paragraph: Any) -> float:
    return number(paragraph.find(f"{W}pPr/{W}spacing"), "line")


def _section_end(body: Any, near: Any) -> Any:
    """Return a paragraph of no height that ends a section like the last one."""
    section = deepcopy(body.find(f"{W}sectPr"))
    ending = near.makeelement(f"{W}p")
    shape = ending.makeelement(f"{W}pPr")
    ending.append(shape)
    spacing = shape.makeelement(f"{W}spacing")
    for key, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(f"{W}{key}", value)
    shape.extend((spacing, section))
    return ending


def _begin(section: Any, kind: str) -> None:
    """Say where a section begins."""
    found = section.find(f"{W}type")
    if found is None:
        found = section.makeelement(f"{W}type")
        at = len([one for one in section if one.tag.endswith("Reference")])
        section.insert(at, found)
    found.set(f"{W}val", kind)


def _text(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t")).strip()
