"""一格一码: codes under the store's key, made for printing and known again when they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.grid.place import require_place
from models.intake import Digester
from models.store import Query, Source, retried
from rules.errors import Refused
from rules.grid import COMMUNITY, code_in, printed_on, require_valid

if TYPE_CHECKING:
    from models.store import Store


@dataclass(frozen=True, slots=True)
class CellCode:
    """A cell with the token its code holds."""

    code: str
    name: str
    token: str


Keep = Callable[[str, Sequence[CellCode]], None]
"""Writes the codes of a community, by its name, to a file."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a community."""

    code: str
    name: str


_CELLS = Query(
    _Cell,
    """
SELECT code, name FROM grid WHERE parent = :code AND (valid_to IS NULL OR valid_to >= :today)
ORDER BY code
""",
)


@retried
def codes_to_print(
    store: Store, community: str, file: str, keep: Keep
) -> tuple[str, list[CellCode]]:
    """Return a community's name and the codes of its cells; on record once they are kept.

    ``keep`` writes them to the ``file``: what it raises leaves nothing on record. ``Refused`` for
    a place that is no community, or has no cells.
    """
    with store.writing() as work:
        work.require(verb="grid.codes")
        today = work.timekeeper().local(work.at).date()
        place = require_place(work, community, today)
        if len(place.code) != COMMUNITY:
            raise Refused(f"{place.code} {place.name} 不是社区：写12位的社区代码")
        cells = work.read(_CELLS, code=place.code, today=today)
        if not cells:
            raise Refused(f"{place.name} 没有网格：先用 duban grid load 装入网格名录")
        digester = Digester(work)
        found = []
        for cell in cells:
            made = printed_on(cell.code, today)
            found.append(CellCode(cell.code, cell.name, made.token(digester.of(made.told))))
        keep(place.name, found)
        told = {"code": place.code, "rows": len(found), "file": file}
        work.event("grid.codes", "grid", None, payload=told)
        return place.name, found


class DoorCodes:
    """Reads codes: each is one of ours, holds still, and its place is in force."""

    def __init__(self, source: Source, years: int) -> None:
        """``years`` is for how long a code holds."""
        self._source = source
        self._digester = Digester(source)
        self._years = years
        self._known: dict[tuple[str, date], str | Refused] = {}

    def place(self, scanned: str, on: date) -> str:
        """Return the place whose code was scanned on a day; ``Refused`` says why it is none."""
        key = scanned, on
        if key not in self._known:
            try:
                self._known[key] = self._read(scanned, on)
            except Refused as refusal:
                self._known[key] = refusal
        found = self._known[key]
        if isinstance(found, Refused):
            raise Refused(str(found))
        return found

    def _read(self, scanned: str, on: date) -> str:
        one, mark = code_in(scanned)
        require_valid(one, mark, self._digester.of(one.told), on, self._years)
        return require_place(self._source, one.code, on).code
