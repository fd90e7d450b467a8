"""派单目录: lines added, changed and ended by people; every change a revision and an event."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.bureau import UnitDirectory
from models.casework import LINES, StoredLine
from models.store import Source, Store, Work, retried
from models.tables import DispatchLine
from rules.dispatch import DISTRICT_OWN, STREET_OWN, Clash, Line, check_line, clashes
from rules.errors import DubanError, Refused


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a directory did, in numbers of lines."""

    added: tuple[int, ...]
    changed: tuple[int, ...]
    unchanged: int


def all_lines(source: Source) -> list[StoredLine]:
    """Return every line as it stands, those ended and drafts too."""
    return source.read(LINES)


def line_by_number(source: Source, number: int) -> StoredLine:
    """Return a line by its number."""
    found = next((one for one in all_lines(source) if one.number == number), None)
    if found is None:
        raise DubanError(f"派单目录没有第{number}条：请用 duban directory list 核对")
    return found


def add_line(store: Store, line: Line, *, reason: str | None = None) -> StoredLine:
    """Add a line under the next number; Refused where it clashes with one in force."""
    return _written(store, lambda work: put_line(work, replace(line, number=0), reason))


def change_line(
    store: Store, number: int, change: Callable[[Line], Line], *, seen: int, reason: str
) -> StoredLine:
    """Write the next revision of a line; ``seen`` is the revision that was looked at."""

    def write(work: Work) -> int:
        before = line_by_number(work, number)
        _require_seen(before, seen)
        changed = change(before.line)
        _require_changed(work, before.line, changed)
        return put_line(work, changed, reason)

    return _written(store, write)


def end_line(
    store: Store, number: int, *, on: date, seen: int, reason: str, replaced_by: int | None = None
) -> StoredLine:
    """End a line with a day, perhaps replaced by another."""

    def write(work: Work) -> int:
        before = line_by_number(work, number)
        _require_seen(before, seen)
        if replaced_by is not None:
            line_by_number(work, replaced_by)
        ended = replace(before.line, until=on, replaced_by=replaced_by)
        _require_changed(work, before.line, ended)
        return put_line(work, ended, reason, verb="line.end")

    return _written(store, write)


@retried
def load_lines(store: Store, lines: Sequence[Line], *, reason: str | None = None) -> Loaded:
    """Load a directory from a file: lines without a number are new, others changed where they are.

    Lines that the file does not name stay as they are: a line is ended, never left out.
    """
    added: list[int] = []
    changed: list[int] = []
    with store.writing() as work:
        known = {one.number: one.line for one in all_lines(work)}
        for line in lines:
            before = known.get(line.number)
            if line.number and before is None:
                raise Refused(f"派单目录没有第{line.number}条：新增的一条请把编号空着")
            if before is not None and _as_told(work, before) == _as_told(work, line):
                continue
            number = put_line(work, line, reason, check=False)
            (changed if line.number else added).append(number)
        _refuse_clashes(work, [*added, *changed])
    return Loaded(tuple(added), tuple(changed), len(lines) - len(added) - len(changed))


def clashes_in(source: Source) -> list[Clash]:
    """Return the lines of the directory that clash."""
    return list(clashes([one.line for one in all_lines(source)]))


def put_line(
    work: Work, line: Line, reason: str | None, *, verb: str = "", check: bool = True
) -> int:
    """Write a line, number 0 as a new one, in an act under way; return its number."""
    before = line_by_number(work, line.number) if line.number else None
    verb = verb or ("line.change" if before is not None else "line.add")
    work.require(verb=verb)
    number = line.number or work.next_number("dispatch_line")
    revision = before.revision + 1 if before is not None else 1
    written = replace(line, number=number, revision=revision, unit_id=_unit_of(work, line))
    check_line(written)
    if before is not None:
        work.update(DispatchLine, before.id, before.version, latest=False)
    work.insert(DispatchLine, **_columns(work, written, reason))
    told = {"revision": revision, "problem": line.problem, "taker": line.taker}
    work.event(verb, "line", number, unit_id=written.unit_id, reason=reason, payload=told)
    if check:
        _refuse_clashes(work, [number])
    return number


def _columns(work: Work, line: Line, reason: str | None) -> dict[str, object]:
    return {
        "number": line.number,
        "revision": line.revision,
        "latest": True,
        "draft": line.draft,
        "problem": line.problem,
        "words": json.dumps(line.words, ensure_ascii=False),
        "category": line.category,
        "nature": line.nature,
        "grid": json.dumps(line.grid),
        "taker": line.taker,
        "unit_id": line.unit_id,
        "co_units": json.dumps(line.co_units, ensure_ascii=False),
        "duty": line.duty,
        "basis_kind": line.basis_kind,
        "basis": line.basis,
        "since": line.since,
        "until": line.until,
        "replaced_by": line.replaced_by,
        "changed_at": work.at,
        "changed_by": work.operator.id,
        "reason": reason,
    }


def _unit_of(work: Work, line: Line) -> int | None:
    """Return the unit that a line names; Refused where its words mean none."""
    units = work.kept.get("line_units")
    if units is None:
        units = work.kept["line_units"] = UnitDirectory(work)
    today = work.timekeeper().local(work.at).date()
    for word in line.co_units:
        if units.find(word, today) is None:
            raise Refused(_unknown(line, word, units))
    if line.taker in (DISTRICT_OWN, STREET_OWN):
        return None
    found: int | None = units.find(line.taker, today)
    if found is None:
        raise Refused(_unknown(line, line.taker, units))
    return found


def _unknown(line: Line, word: str, units: UnitDirectory) -> str:
    near = "、".join(units.near(word))
    which = f"第{line.number}条" if line.number else f"“{line.problem}”一条"
    also = f"，是不是 {near}" if near else ""
    return f"{which}的单位“{word}”不认得{also}；也可写 {DISTRICT_OWN}、{STREET_OWN}"


def _as_told(work: Work, line: Line) -> Line:
    """Return what a line says, whichever revision says it."""
    return replace(line, revision=0, unit_id=_unit_of(work, line))


def _refuse_clashes(work: Work, numbers: Iterable[int]) -> None:
    mine = {*numbers}
    for clash in clashes_in(work):
        if clash.one in mine or clash.other in mine:
            raise Refused(
                f"派单目录{clash.words()}："
                "请把其中一条写得更细，或先停用一条（duban directory end）"
            )


def _require_seen(before: StoredLine, seen: int) -> None:
    if before.revision != seen:
        raise Refused(
            f"第{before.number}条已由{before.changed_by}改到第{before.revision}版：请重新查看后再改"
        )


def _require_changed(work: Work, before: Line, after: Line) -> None:
    if _as_told(work, before) == _as_told(work, after):
        raise Refused(f"派单目录第{before.number}条已经是这样：没有改动，不必再办")


@retried
def _written(store: Store, write: Callable[[Work], int]) -> StoredLine:
    with store.writing() as work:
        number = write(work)
        return line_by_number(work, number)
