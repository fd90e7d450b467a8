"""交办单 written into a folder: of matters, or the list of a unit's day; recorded, then read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from console.casework.handover_paper import (
    Maker,
    handover_list,
    handover_paper,
    handover_workbook,
)
from console.frame import exports_dir
from models.privacy import Handed, hand_over, hand_over_day
from rules.text import file_name
from seed.putting import papers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.store import Store


@dataclass(frozen=True, slots=True)
class HandedPapers:
    """The files that were written, what they tell, and what was left out."""

    handed: Handed
    files: tuple[Path, ...]

    @property
    def left_out(self) -> str:
        """Say which matters were left out and why, "" if none was."""
        skipped = self.handed.skipped
        told = "；".join(f"{number} {why}" for number, why in skipped)
        return f"已跳过{len(skipped)}件：{told}" if skipped else ""


def handover_folder() -> Path:
    """Return where these papers go unless somebody says otherwise."""
    return exports_dir() / "交办"


def write_handovers(store: Store, ticket_ids: Sequence[int], folder: Path) -> HandedPapers:
    """Write the 交办单 of each matter; Refused where none can be handed over."""
    done = hand_over(store, ticket_ids)
    maker = _maker(store)
    with papers(folder) as written:
        files = [
            written.add(file_name(f"交办单-{one.number}", ".docx"), handover_paper(one, maker))
            for one in done.matters
        ]
    return HandedPapers(done, tuple(files))


def write_day(store: Store, unit_id: int, day: date, folder: Path) -> HandedPapers:
    """Write the list of what a unit was given on a day, as paper and as workbook; none if empty."""
    done = hand_over_day(store, unit_id, day)
    if not done.matters:
        return HandedPapers(done, ())
    maker, name = _maker(store), done.matters[0].unit
    stem = f"{name}当日交办清单-{day.isoformat()}"
    with papers(folder) as written:
        paper = handover_list(name, day, done.matters, maker)
        book = handover_workbook(name, day, done.matters, maker)
        files = (
            written.add(file_name(stem, ".docx"), paper),
            written.add(file_name(stem, ".xlsx"), book),
        )
    return HandedPapers(done, files)


def _maker(store: Store) -> Maker:
    local = store.timekeeper().local
    return Maker(store.policy.bureau.name, store.operator.name, local(store.now()), local)
