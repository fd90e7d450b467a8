"""网格自办 and 自发现 as values: matters with their clock and places, and their counts apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.store import Query, Source
from rules.errors import DubanError, Refused
from rules.grid import MATTER_KINDS

RECENT = timedelta(days=30)
"""For how long a matter that is done stays on the list."""

MOST = 5000
"""Matters of the list; those that are not done come first."""


@dataclass(frozen=True, slots=True)
class CellMatterView:
    """One matter; instants are aware UTC.

    ``place`` names where it lies, from street to cell, ``holder`` who has it now: a place, or the
    unit it was passed up to. The instants of colour are of its clock.
    """

    id: int
    version: int
    kind: str
    code: str
    cell: str
    community: str
    street: str
    at_code: str
    at_place: str
    title: str
    content: str
    found_at: datetime
    recorded_at: datetime
    limit_text: str
    due_at: datetime
    unit_id: int | None
    unit: str | None
    passed_at: datetime | None
    passed_why: str | None
    done_at: datetime | None
    result: str | None
    yellow_at: datetime
    red_at: datetime

    @property
    def kind_name(self) -> str:
        """Return 网格自办 or 自发现."""
        return MATTER_KINDS[self.kind]

    @property
    def place(self) -> str:
        """Return where it lies, without what it lies in twice."""
        return "".join(dict.fromkeys(filter(None, (self.street, self.community, self.cell))))

    @property
    def near(self) -> str:
        """Return community and cell it lies in: the street goes without saying."""
        return "".join(dict.fromkeys(filter(None, (self.community, self.cell))))

    @property
    def holder(self) -> str:
        """Return who has it now."""
        return self.unit or ("本网格" if self.at_code == self.code else self.at_place)

    @property
    def on_time(self) -> bool:
        """Whether it was done when it fell due."""
        return self.done_at is not None and self.done_at <= self.due_at

    def colour(self, now: datetime) -> str | None:
        """Return its colour; None of one that is done."""
        if self.done_at is not None:
            return None
        if now > self.red_at:
            return "red"
        return "yellow" if now >= self.yellow_at else "blue"


_SELECT = """
SELECT m.id, m.version, m.kind, m.code, coalesce(g.name, m.code) AS cell,
       coalesce(k.name, '') AS community, coalesce(s.name, '') AS street, m.at_code,
       coalesce(h.name, m.at_code) AS at_place, m.title, m.content, m.found_at, m.recorded_at,
       m.limit_text, d.due_at, m.unit_id, u.short_name AS unit, m.passed_at, m.passed_why,
       m.done_at, m.result, d.yellow_at, d.red_at
FROM cell_matter m
JOIN deadline d ON d.subject_kind = 'cell_matter' AND d.subject_id = m.id
LEFT JOIN grid g ON g.code = m.code
LEFT JOIN grid k ON k.code = substr(m.code, 1, 12)
LEFT JOIN grid s ON s.code = substr(m.code, 1, 9)
LEFT JOIN grid h ON h.code = m.at_code
LEFT JOIN unit u ON u.id = m.unit_id
"""
_WITHIN = "m.code >= :code AND m.code < :beyond"
_OPEN = Query(
    CellMatterView,
    f"{_SELECT} WHERE m.done_at IS NULL AND {_WITHIN} ORDER BY d.red_at, m.id LIMIT :most",
)
_DONE = Query(
    CellMatterView,
    f"""{_SELECT} WHERE m.done_at >= :since AND {_WITHIN} ORDER BY m.done_at DESC, m.id DESC
LIMIT :most""",
)
_BY_ID = Query(CellMatterView, f"{_SELECT} WHERE m.id = :id")


def beyond(code: str) -> str:
    """Return the first code behind those that lie in a place; both are compared as text.

    ``Refused`` for what is no beginning of a code.
    """
    if not (code.isascii() and code.isdecimal()):
        raise Refused(f"“{code[:20]}”不是网格代码：写数字，用 duban grid find 查")
    return str(int(code) + 1).rjust(len(code), "0")


def matters_in(source: Source, now: datetime, code: str = "4") -> list[CellMatterView]:
    """Return the matters of a place: those not done by when they turn red, then those just done.

    ``code`` is that of the place, or how the codes begin.
    """
    within = {"code": code, "beyond": beyond(code)}
    found = source.read(_OPEN, most=MOST, **within)
    done = source.read(_DONE, since=now - RECENT, most=MOST, **within)
    return [*found, *done][:MOST]


def cell_matter_of(source: Source, id: int) -> CellMatterView:
    """Return one matter; ``DubanError`` for an id that is none."""
    found = source.first(_BY_ID, id=id)
    if found is None:
        raise DubanError(f"没有编号为 {id} 的网格事项：请用 duban cell list 查看")
    return found


@dataclass(frozen=True, slots=True)
class CellCounts:
    """What a place settled itself, counted apart from residents' appeals, and never by officer.

    ``own`` and ``seen`` are the two kinds, ``late`` those open past due, ``on_time`` those done by
    then, ``passed`` those that a unit has.
    """

    own: int
    seen: int
    open: int
    late: int
    done: int
    on_time: int
    passed: int


_COUNTS = Query(
    CellCounts,
    f"""
SELECT coalesce(sum(CASE WHEN m.kind = 'own' THEN 1 ELSE 0 END), 0) AS own,
       coalesce(sum(CASE WHEN m.kind = 'found' THEN 1 ELSE 0 END), 0) AS seen,
       coalesce(sum(CASE WHEN m.done_at IS NULL THEN 1 ELSE 0 END), 0) AS open,
       coalesce(sum(CASE WHEN m.done_at IS NULL AND d.due_at < :now THEN 1 ELSE 0 END), 0) AS late,
       coalesce(sum(CASE WHEN m.done_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS done,
       coalesce(sum(CASE WHEN m.done_at <= d.due_at THEN 1 ELSE 0 END), 0) AS on_time,
       coalesce(sum(CASE WHEN m.unit_id IS NOT NULL THEN 1 ELSE 0 END), 0) AS passed
FROM cell_matter m
JOIN deadline d ON d.subject_kind = 'cell_matter' AND d.subject_id = m.id
WHERE m.found_at >= :since AND {_WITHIN}
""",
)


def cell_counts(
    source: Source, code: str, now: datetime, since: datetime | None = None
) -> CellCounts:
    """Return the counts of a place, of what was found in the last thirty days or since then."""
    start = since or now - RECENT
    (found,) = source.read(_COUNTS, code=code, beyond=beyond(code), now=now, since=start)
    return found
