"""The rows under a header: which are rows, which repeat the header, which close the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from seed.channels.headers import Head, compact
from seed.channels.table import Record

_TOTAL = re.compile(
    r"(?:[本全当各以上分]{1,2}[页月表期部年日周项类组]?)?"
    r"(?:合计|总计|小计|共计|累计|总和|总数|汇总|平均值?|计数)[数值]?"
    r"(?:\(.{1,6}\))?:?(?:共?[\d,.]+[件条起宗个项次人户]?)?"
    r"|共(?:计)?[\d,.]+[件条起宗个项次]"
)

_SUBTOTAL = re.compile(r".{1,20}(?:汇总|计数|小计|合计|总计|平均值)")

_NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?[%件条起宗个项次人户]?|-+|/")

_MADE = re.compile(
    r"(?:制表|填表|填报|审核|复核|审批|审签|核对|校对|打印|导出|制单|签发|报送|数据来源|数据截止"
    r"|统计截止|统计时间|统计日期)[^:\d]{0,10}:.*"
)

_LABELLED = re.compile(r"[\u4e00-\u9fff()]{2,12}:.*")

_NOTED = re.compile(
    r"(?:备注|说明|注释?|附注|附|填表说明|填报说明|特别说明|数据说明|情况说明)(?:\d|[一二三])?:.*"
)

_PAGE = re.compile(
    r"第?\d+页(?:[,/、]?共\d+页)?|共\d+页(?:[,/、]?第\d+页)?|-\d+-|—\d+—|\d+/\d+|page\d+(?:of\d+)?",
    re.IGNORECASE,
)

_END = re.compile(r"[-—(]*(?:以下空白|以下无正文|此表完|表完|完|end)[-—)]*", re.IGNORECASE)

_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?.{0,12}")

_HAN = re.compile(r"[\u4e00-\u9fff]")

_OPENS = frozenset(
    "合总小共累本全当各以上分平计汇制填审复核校打导签报数统备说注附特情第表完-—(（ \u3000"
)
"""How a cell may begin that closes a table."""

_OPENING = re.compile(
    r"[\s\-—(（]*(?:.{0,3}[合总小共累平汇计]\s*[计和数均总]|共\s*\d|第\s*\d|.{2,14}[:：]"
    r"|以下|表?\s*完|\d)"
)

_LONGEST = 60  # signs of a line that somebody signs with

_THIN = 3
"""Fields from which on a row that fills one only is more likely a line under the table."""

_NAMED = 3  # closing lines that are quoted


@dataclass(slots=True)
class Skipped:
    """Rows under a header that are none: repetitions of it, and what closes the table."""

    repeated: int = 0
    closing: int = 0
    quoted: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Begin again."""
        self.repeated = self.closing = 0
        self.quoted.clear()

    def close(self, texts: Sequence[str]) -> None:
        """Count a row that closes the table."""
        self.closing += 1
        if len(self.quoted) < _NAMED:
            self.quoted.append(texts[0][:20])

    def told(self) -> str:
        """Say in one Chinese line what was passed over, "" for nothing."""
        parts = []
        if self.closing:
            parts.append(f"表尾{self.closing}行（{'、'.join(self.quoted)}）")
        if self.repeated:
            parts.append(f"重复的表头{self.repeated}行")
        return "、".join(parts) + "没有当作诉求" if parts else ""


class Body:
    """Tells the rows of a table from what else stands under its header.

    ``texts`` are the columns of title and content, ``others`` those of the other fields.
    """

    def __init__(self, head: Head, texts: Sequence[int], others: Sequence[int]) -> None:
        self._head = head
        self._texts = frozenset(texts)
        self._anchors = (texts[0], others[0]) if texts and others else (0, 0)
        self._thin = len(texts) + len(others) >= _THIN

    def rows(self, records: Iterable[Record], skipped: Skipped) -> Iterator[Record]:
        """Yield the rows below the header, in order; what is none is counted in ``skipped``.

        A line that may close the table is held back until it is known whether rows follow.
        """
        line, said, opens, opening = self._head.line, self._head.cells, _OPENS, _OPENING.match
        title, other = self._anchors
        held: list[Record] = []
        for record in records:
            if record.line <= line:
                continue
            cells = record.cells
            first = cells[0] if cells else None
            if (
                record.fault is None
                and first
                and (text := cells[title])
                and cells[other]
                and first not in said
                and not (isinstance(first, str) and first[0] in opens and opening(first))
                and not (isinstance(text, str) and text[0] in opens and opening(text))
            ) or not self._is_aside(record, held, skipped):
                if held:
                    yield from held
                    held.clear()
                yield record
        yield from self._not_closing(held, skipped)

    def _is_aside(self, record: Record, held: list[Record], skipped: Skipped) -> bool:
        """Whether a record is blank, repeats the header, closes the table or may do so."""
        cells = record.cells
        filled = [cell for cell in cells if cell is not None and cell != ""]
        if not any(map(compact, filled)):
            return True
        if any(cell in self._head.cells for cell in filled) and self._head.repeats(cells):
            skipped.repeated += 1
            return True
        texts = [text for cell in filled if (text := compact(cell))]
        if _closes(texts) or self._is_banner(texts):
            skipped.close(texts)
            return True
        if len(set(texts)) == 1 and self._thin:
            held.append(record)
            return True
        return False

    def _is_banner(self, texts: Sequence[str]) -> bool:
        """Whether one text fills a row merged across, or is the heading of the table again."""
        if len(set(texts)) > 1:
            return False
        return texts[0] in self._head.above or (len(texts) >= _THIN and bool(_HAN.search(texts[0])))

    def _not_closing(self, held: Sequence[Record], skipped: Skipped) -> Iterator[Record]:
        """Yield what was held back at the end and is a row all the same."""
        closed = skipped.closing > 0
        for record in held:
            place = next(n for n, cell in enumerate(record.cells) if compact(cell))
            text = compact(record.cells[place])
            if _NOTED.fullmatch(text) or (
                len(_HAN.findall(text)) > 3 and (closed or place not in self._texts)
            ):
                closed = True
                skipped.close([text])
            else:
                yield record


def _closes(texts: Sequence[str]) -> bool:
    """Whether a row holds nothing but totals, page numbers or who made the table."""
    if all(map(_PAGE.fullmatch, texts)) or (len(texts) == 1 and _END.fullmatch(texts[0])):
        return True
    totals = sum(1 for text in texts if _TOTAL.fullmatch(text))
    numbers = sum(1 for text in texts if _NUMBER.fullmatch(text))
    if totals and totals + numbers == len(texts):
        return True
    if numbers and numbers + 1 == len(texts) and _SUBTOTAL.fullmatch(texts[0]):
        return True
    return _signs(texts)


def _signs(texts: Sequence[str]) -> bool:
    """Whether a row says who made the table and when: labels, each with its value or before it."""
    made = labels = 0
    open_label = False
    for text in texts:
        if len(text) > _LONGEST:
            return False
        if _LABELLED.fullmatch(text):
            labels += 1
            made += bool(_MADE.fullmatch(text))
            open_label = text.endswith(":")
        elif open_label or (labels and (_DATE.fullmatch(text) or _PAGE.fullmatch(text))):
            open_label = False
        else:
            return False
    return made > 0 or labels > 1
