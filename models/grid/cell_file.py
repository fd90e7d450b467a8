"""Matters of cells by file: each line is noted or finished, or refused with why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.grid.cell_matters import put_matter, put_result
from models.grid.cell_reading import CellMatterView, cell_matter_of
from models.store import Work, retried
from rules.errors import DubanError, Refused
from rules.grid import Noted, Untaken

if TYPE_CHECKING:
    from models.store import Store

SOURCE = "网格表"

CHUNK = 500
"""Lines of one transaction."""


@dataclass
class TakenMatters:
    """What became of a file: lines noted, finished since, not changed, and those refused."""

    noted: int = 0
    finished: int = 0
    unchanged: int = 0
    refused: list[Untaken] = field(default_factory=list)

    def add(self, other: TakenMatters) -> None:
        """Count what became of further lines."""
        self.noted += other.noted
        self.finished += other.finished
        self.unchanged += other.unchanged
        self.refused += other.refused


def take_matters(store: Store, lines: Sequence[Noted | Untaken]) -> TakenMatters:
    """Take what a file tells, in transactions of ``CHUNK`` lines; the same file again says nothing.

    A line without a number is known by cell, time and title.
    """
    taken = TakenMatters(refused=[line for line in lines if isinstance(line, Untaken)])
    told = [line for line in lines if isinstance(line, Noted)]
    for start in range(0, len(told), CHUNK):
        taken.add(_take_some(store, told[start : start + CHUNK]))
    taken.refused.sort(key=lambda one: one.line)
    return taken


@retried
def _take_some(store: Store, lines: Sequence[Noted]) -> TakenMatters:
    with store.writing() as work:
        work.require(verb="cell_matter.note")
        taken = TakenMatters()
        for line in lines:
            try:
                _take(work, line, taken)
            except DubanError as refusal:
                taken.refused.append(Untaken(line.line, line.cells, str(refusal)))
        return taken


_KNOWN = "SELECT id FROM cell_matter WHERE source = :source AND external_id = :external_id"


def _take(work: Work, line: Noted, taken: TakenMatters) -> None:
    number = line.external_id or f"{line.code} {line.found_at:%Y%m%d%H%M%S} {line.title}"
    known = work.value(_KNOWN, source=SOURCE, external_id=number)
    if known is not None:
        _again(work, cell_matter_of(work, int(known)), line, taken)
        return
    if line.done_at is not None:
        _require_order(work, line)
    id = put_matter(
        work,
        line.code,
        line.title,
        line.kind,
        line.content,
        line.found_at,
        source=SOURCE,
        external_id=number,
    )
    taken.noted += 1
    if line.done_at is not None:
        put_result(work, cell_matter_of(work, id), line.result, line.done_at)


def _require_order(work: Work, line: Noted) -> None:
    """Refuse before anything is written what could not be finished."""
    assert line.done_at is not None
    if not line.result:
        raise Refused("写了办结时间，没有写结果")
    if not line.found_at <= line.done_at <= work.now:
        raise Refused("办结时间早于发现时间，或在将来：请核对时间")


def _again(work: Work, matter: CellMatterView, line: Noted, taken: TakenMatters) -> None:
    """Take a line of a matter that is noted already: only its end can be new."""
    told = (line.code, line.kind, line.title, line.found_at)
    if told != (matter.code, matter.kind, matter.title, matter.found_at):
        raise Refused(f"编号{line.external_id}已登记为另一事项（#{matter.id}）：请核对编号")
    if line.done_at is None or matter.done_at is not None:
        taken.unchanged += 1
        return
    put_result(work, matter, line.result, line.done_at)
    taken.finished += 1
