"""派单目录 as a dispatch meets it: which line fits, who its taker is, what streets are spared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from models.casework.doing import tell
from models.matter import Matter
from models.store import Query, Source, Work
from models.tables import DispatchLook, LineUse
from rules.casework import Facts
from rules.dispatch import (
    DISTRICT_OWN,
    STREET_OWN,
    Line,
    best_line,
    is_street_taker,
)
from rules.errors import Refused

DUTY, AUTOMATIC = "duty", "auto"
"""Why a dispatch is looked at again: a street got what is a department's by law; nobody decided."""


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure an automatic dispatch was: the share that came true, of how many, measured when."""

    share: float
    asked: int
    right: int
    measure_id: int

    @property
    def words(self) -> str:
        """How it is told: ``95.0%（近320件同档中对304）``."""
        return f"{self.share:.1%}（近{self.asked}件同档中对{self.right}）"

    def told(self) -> dict[str, int]:
        """Return it as it is kept, the share in thousandths."""
        return {
            "sure": round(self.share * 1000),
            "asked": self.asked,
            "right": self.right,
            "measure_id": self.measure_id,
        }


@dataclass(frozen=True, slots=True)
class StoredLine:
    """The last revision of a line as it is kept, with who wrote it and when."""

    id: int
    version: int
    number: int
    revision: int
    draft: bool
    problem: str
    told_words: str
    category: str | None
    nature: str | None
    told_grid: str
    taker: str
    unit_id: int | None
    told_co_units: str
    duty: bool
    basis_kind: str
    basis: str
    since: date
    until: date | None
    replaced_by: int | None
    changed_at: datetime
    changed_by: str
    reason: str | None

    @property
    def line(self) -> Line:
        """What it says."""
        return Line(
            self.number,
            self.revision,
            self.problem,
            tuple(json.loads(self.told_words)),
            self.category,
            self.nature,
            tuple(json.loads(self.told_grid)),
            self.taker,
            self.unit_id,
            tuple(json.loads(self.told_co_units)),
            self.duty,
            self.basis_kind,
            self.basis,
            self.since,
            self.until,
            self.replaced_by,
            self.draft,
        )


LINES = Query(
    StoredLine,
    """
SELECT l.id, l.version, l.number, l.revision, l.draft, l.problem, l.words AS told_words, l.category,
       l.nature, l.grid AS told_grid, l.taker, l.unit_id, l.co_units AS told_co_units, l.duty,
       l.basis_kind, l.basis, l.since, l.until, l.replaced_by, l.changed_at,
       o.name AS changed_by, l.reason
FROM dispatch_line l JOIN operator o ON o.id = l.changed_by WHERE l.latest ORDER BY l.number
""",
)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A unit by its names and the place it stands for."""

    id: int
    name: str
    short_name: str
    grid: str | None


_PLACED = Query(_Placed, "SELECT id, name, short_name, grid FROM unit WHERE NOT is_centre")


class Directory:
    """The lines in force on a day, and the units that they mean at a place."""

    def __init__(self, source: Source, on: date) -> None:
        """Read them."""
        lines = [stored.line for stored in source.read(LINES)]
        self._lines = [(line, line.rule()) for line in lines if line.in_force(on)]
        placed = source.read(_PLACED) if self._lines else []
        self.streets = {u.id for u in placed if is_street_taker(u.name, u.grid)}
        self._own = {u.grid: u.id for u in placed if u.grid}
        for line, _ in self._lines:
            if line.only_place and line.unit_id is not None:
                self._own |= dict.fromkeys(line.grid, line.unit_id)

    def __bool__(self) -> bool:
        """Whether there is any line."""
        return bool(self._lines)

    def line_for(self, facts: Facts) -> Line | None:
        """Return the line that counts for an appeal."""
        return best_line(self._lines, facts)

    def taker_of(self, line: Line, grid: str | None) -> int | None:
        """Return the unit a line means at a place; None where the place has none."""
        if line.taker not in (DISTRICT_OWN, STREET_OWN):
            return line.unit_id
        for digits in (9, 6) if line.taker == DISTRICT_OWN else (9,):
            own = self._own.get((grid or "")[:digits])
            if own is not None and (own in self.streets) == (line.taker == STREET_OWN):
                return own
        return None


def directory_of(work: Work) -> Directory:
    """Return the directory of the day, read once in an act."""
    day = work.timekeeper().local(work.at).date()
    found: Directory | None = work.kept.get(("directory", day))
    if found is None:
        found = work.kept["directory", day] = Directory(work, day)
    return found


@dataclass(frozen=True, slots=True)
class _Text:
    """What of a ticket a line is compared with, and a matter does not hold."""

    object: str | None
    title: str
    content: str


_TEXT = Query(_Text, "SELECT object, title, content FROM ticket WHERE id = :id")


def line_of(work: Work, matter: Matter) -> Line | None:
    """Return the line of the directory that counts for a matter."""
    directory = directory_of(work)
    told = work.first(_TEXT, id=matter.ticket_id) if directory else None
    if told is None:
        return None
    text = f"{told.title}\n{told.content}"
    tags = matter.tags
    return directory.line_for(
        Facts(
            nature=tags.nature,
            urgency=tags.urgency,
            category=tags.category,
            channel=tags.channel,
            grid=matter.grid,
            object=told.object,
            text=text,
        )
    )


def mind_directory(work: Work, matter: Matter, unit_id: int, reason: str | None) -> None:
    """Keep which line a dispatch went by; let no street have what is a department's by law.

    A person who sends it there all the same gives the reason, and somebody else looks again.
    """
    line = line_of(work, matter)
    if line is None:
        return
    directory = directory_of(work)
    if line.duty and unit_id in directory.streets:
        if not reason:
            raise Refused(
                f"{line.name}（{line.basis}）：部门法定职责，不派街道。"
                "请改派部门；确需派的请写明理由，并由另一人复核"
            )
        look_again(work, matter, DUTY, unit_id, line_number=line.number)
        tell(work, matter, "against_duty", unit_id=unit_id, payload={"line": line.number})
    work.insert(
        LineUse,
        number=line.number,
        ticket_id=matter.ticket_id,
        round_id=matter.round_id,
        unit_id=unit_id,
        at=work.at,
        followed=unit_id == directory.taker_of(line, matter.grid),
    )


def look_again(work: Work, matter: Matter, kind: str, unit_id: int, **told: int) -> None:
    """Put a dispatch on the list of those that somebody looks over afterwards."""
    work.insert(
        DispatchLook,
        kind=kind,
        ticket_id=matter.ticket_id,
        round_id=matter.round_id,
        unit_id=unit_id,
        at=work.at,
        operator_id=work.operator.id,
        **told,
    )
