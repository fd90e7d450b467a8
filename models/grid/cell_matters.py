"""网格自办 and 自发现: noted by the cell, done there, or passed up with their clock.

Not residents' appeals: no rate and no ranking counts them. A clock that no unit has leads nothing,
so that the queue of supervisors holds only what was passed up to one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from models.clocks import Clocks, Subject, clocks_of
from models.grid.cell_reading import CellMatterView, cell_matter_of
from models.grid.place import require_place
from models.store import Journal, Work, retried
from models.tables import CellMatter
from rules.clocks import Tags
from rules.errors import Refused
from rules.grid import above, code_typed, titled, unnamed

if TYPE_CHECKING:
    from models.store import Store

STEP = "cell"
"""The step of the clock of such a matter."""

SUBJECT = "cell_matter"


@retried
def note_matter(
    store: Store,
    code: str,
    title: str,
    *,
    kind: str = "own",
    content: str = "",
    found_at: datetime | None = None,
) -> CellMatterView:
    """Note a matter of a cell; its clock runs from when it was found."""
    with store.writing(journal=Journal("cell_matter.note")) as work:
        work.require(verb="cell_matter.note")
        id = put_matter(work, code_typed(code), titled(title), kind, content, found_at or work.at)
        return cell_matter_of(work, id)


def put_matter(
    work: Work,
    code: str,
    title: str,
    kind: str,
    content: str,
    found_at: datetime,
    *,
    source: str | None = None,
    external_id: str | None = None,
) -> int:
    """Write a matter with its clock within an act, and return its id."""
    if found_at > work.now:
        raise Refused("发现时间在将来：请核对时间")
    keeper = work.timekeeper()
    place = require_place(work, code, keeper.local(found_at).date())
    tags = Tags(grid=place.code)
    limit = keeper.limit_text(STEP, tags)
    if limit is None:
        raise Refused("规则没有为网格自办设时限：请在 [[limits]] 里写 cell")
    clock = keeper.timed(STEP, limit, found_at, tags)
    id = work.insert(
        CellMatter,
        kind=kind,
        code=place.code,
        at_code=place.code,
        title=title,
        content=unnamed(content),
        found_at=found_at,
        recorded_at=work.now,
        limit_text=limit,
        due_at=clock.due_at,
        source=source,
        external_id=external_id,
        operator_id=work.operator.id,
    )
    clocks = Clocks(work, Subject(SUBJECT, id, grid=place.code), ())
    clocks.put(clock, None)
    clocks.write()
    told = {"kind": kind, "code": place.code, "limit": limit}
    work.event("cell_matter.note", SUBJECT, id, at=found_at, payload=told)
    return id


@retried
def finish_matter(
    store: Store, matter: CellMatterView, result: str, *, at: datetime | None = None
) -> CellMatterView:
    """办结: the matter is settled; its clock stops."""
    with store.writing(at=at, journal=Journal("cell_matter.finish")) as work:
        work.require(verb="cell_matter.finish")
        put_result(work, _seen(work, matter), result, work.at)
        return cell_matter_of(work, matter.id)


def put_result(work: Work, matter: CellMatterView, result: str, at: datetime) -> None:
    """Record within an act that a matter was settled at an instant, and how."""
    result = unnamed(result)
    if matter.done_at is not None:
        raise Refused(f"网格事项#{matter.id} 已办结")
    if not result:
        raise Refused("没有写结果：写一句办成什么样")
    if at < matter.found_at:
        raise Refused("办结时间早于发现时间：请核对时间")
    if at > work.now:
        raise Refused("办结时间在将来：请核对时间")
    work.update(
        CellMatter,
        matter.id,
        matter.version,
        {"done_at": None, "result": None},
        done_at=at,
        result=result,
    )
    clocks = clocks_of(work, Subject(SUBJECT, matter.id))
    for one in clocks.running():
        clocks.stop(one, at)
    clocks.write()
    work.event(
        "cell_matter.finish", SUBJECT, matter.id, unit_id=matter.unit_id, at=at, reason=result
    )


@retried
def pass_up(store: Store, matter: CellMatterView, why: str = "") -> CellMatterView:
    """上报: let the next level have what a cell cannot settle; when it is due stays.

    Where a unit stands for that level, the matter is the unit's and leads in the queue.
    """
    with store.writing(journal=Journal("cell_matter.pass")) as work:
        work.require(verb="cell_matter.pass")
        now = _seen(work, matter)
        if now.done_at is not None:
            raise Refused(f"网格事项#{now.id} 已办结，不用上报")
        if now.unit_id is not None:
            raise Refused(f"网格事项#{now.id} 已交{now.unit}，不再上报")
        code = above(now.at_code)
        if code is None:
            raise Refused(f"网格事项#{now.id} 已在市级，不能再上报：请登记为诉求派单")
        unit_id = _unit_of(work, code, work.timekeeper().local(work.at).date())
        work.update(
            CellMatter,
            now.id,
            now.version,
            {
                "at_code": now.at_code,
                "unit_id": None,
                "passed_at": now.passed_at,
                "passed_why": now.passed_why,
            },
            at_code=code,
            unit_id=unit_id,
            passed_at=work.at,
            passed_why=unnamed(why) or None,
        )
        if unit_id is not None:
            clocks = clocks_of(work, Subject(SUBJECT, now.id))
            for one in clocks.running():
                clocks.change(one, unit_id=unit_id)
            clocks.lead()
            clocks.write()
        work.event(
            "cell_matter.pass",
            SUBJECT,
            now.id,
            unit_id=unit_id,
            reason=unnamed(why) or None,
            payload={"from": now.at_code, "to": code},
        )
        return cell_matter_of(work, now.id)


_UNIT = """
SELECT id FROM unit WHERE grid = :code AND (valid_to IS NULL OR valid_to >= :today)
  AND (valid_from IS NULL OR valid_from <= :today)
ORDER BY id LIMIT 1
"""


def _unit_of(work: Work, code: str, today: date) -> int | None:
    """Return the unit that stands for a place, None where none does."""
    found = work.value(_UNIT, code=code, today=today)
    return None if found is None else int(found)


def _seen(work: Work, matter: CellMatterView) -> CellMatterView:
    """Return a matter as it is now; ``Refused`` where it is not as it was seen."""
    now = cell_matter_of(work, matter.id)
    if now.version != matter.version:
        raise Refused(f"网格事项#{now.id} 刚被他人改动：请刷新后核对再办")
    return now


@retried
def matters_exported(store: Store, rows: int, file: str) -> None:
    """Put it on record that a list of matters was written to a file."""
    with store.writing() as work:
        work.require(verb="export.list")
        work.event("export.list", "store", None, payload={"rows": rows, "file": file})
