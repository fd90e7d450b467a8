"""The ranking as its screen shows it and acts on it; every call blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.desk import Desk

if TYPE_CHECKING:
    from models.orders import Drafted
    from models.ranking import EditionView, FlagView
    from rules.ranking import Kind, Period, Standing


TITLES = ("群众满意率", "工作满意率", "按时办结率")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board in words; a group's heading has its name in ``unit``.

    ``tone`` is red for a last place, dim for a unit without a place.
    """

    id: int
    unit: str
    heading: bool = False
    place: str = ""
    movement: str = ""
    rate: str = ""
    counts: str = ""
    work: str = ""
    unsatisfied: str = ""
    on_time: str = ""
    extended: str = ""
    carried: str = ""
    run: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """One period's ranking: its rows by group, and for each unit every indicator in words."""

    view: EditionView
    rows: tuple[Row, ...]
    details: Mapping[int, tuple[tuple[str, str], ...]]
    latest: bool

    @property
    def units(self) -> int:
        """How many units stand in it."""
        return len(self.view.rows)


def opening_period(desk: Desk, kind: Kind) -> Period:
    """Return the last complete period, which is the one to be published next."""
    from rules.ranking import last_complete

    return last_complete(kind, desk.store.now(), desk.bureau.zone)


def board(desk: Desk, period: Period) -> Board:
    """Return the published edition of a period, else the ranking as computed now."""
    from models.ranking import edition_of
    from rules.ranking import last_complete

    view = edition_of(desk.store, period)
    runs = _runs(desk, period)
    last = last_complete(period.kind, desk.store.now(), desk.bureau.zone)
    rows = tuple(_rows(view, runs, _last(desk, view)))
    return Board(view, rows, _details(view), period == last)


def neighbour(desk: Desk, period: Period, by: int) -> Period | None:
    """Return the period before or after; ``None`` beyond the last complete one."""
    from rules.ranking import last_complete, period_after, period_before

    zone = desk.bureau.zone
    if by < 0:
        return period_before(period, zone)
    last = last_complete(period.kind, desk.store.now(), zone)
    return period_after(period, zone) if period.to_at < last.to_at else None


def publish(desk: Desk, period: Period, reason: str | None) -> tuple[EditionView, Path]:
    """Freeze a period's ranking and write its files; return it with their folder."""
    from console.documents.edition import render_edition
    from models.ranking import editions

    view = editions.publish_edition(desk.store, period, render=render_edition, reason=reason)
    return view, export(desk, view)


def export(desk: Desk, view: EditionView) -> Path:
    """Write every form of an edition into its own folder; published files come as stored."""
    from console.documents.edition import render_edition
    from models.ranking import files_of
    from seed.sheets import put

    files = render_edition(view)
    if view.id is not None:
        with desk.reading("export") as reader:
            files = files_of(reader, view.id) or files
    folder = _folder(view)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        put(folder / name, content)
    return folder


def export_view(view: EditionView) -> Path:
    """Write the ranking alone as a workbook."""
    from console.documents.edition import render_one
    from seed.sheets import put

    folder = _folder(view)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{view.period.key}.xlsx"
    put(path, render_one(view, ".xlsx"))
    return path


def flags(desk: Desk, period: Period) -> list[FlagView]:
    """Return who must be supervised by the ranking of a month, or of the last complete one."""
    from models.ranking import flags as store_flags
    from rules.ranking import last_complete

    if period.kind != "month":
        period = last_complete("month", desk.store.now(), desk.bureau.zone)
    return store_flags.flags_of(desk.store, period)


def draft(desk: Desk, flag: FlagView) -> Drafted:
    """Draft the order a flag asks for; one that is only found so far is raised first."""
    from models.orders import draft_flag
    from models.ranking import raise_flags
    from rules.errors import DubanError
    from rules.ranking import last_complete, parse_period

    id, zone = flag.id, desk.bureau.zone
    if id is None:
        last = last_complete("month", desk.store.now(), zone)
        month = parse_period(flag.period, zone) if flag.period else last
        raised = raise_flags(desk.store, month)
        id = next((one.id for one in raised if one.key == flag.key), None)
    if id is None:
        raise DubanError(f"{flag.unit} 的预警已不成立：请刷新后查看")
    return draft_flag(desk.store, id)


def _runs(desk: Desk, period: Period) -> dict[int, int]:
    """Return how many months each unit has stood last running, up to a month."""
    if period.kind != "month":
        return {}
    from models.ranking import month_tables, successors
    from rules.ranking import running

    tables = month_tables(desk.store, period)
    with desk.reading("runs") as reader:
        heirs = successors(reader)
    found = running(tables, desk.store.policy.flags, heirs)
    return {run.unit_id: len(run.months) for run in found if run.months[-1].period == period.key}


def _folder(view: EditionView) -> Path:
    from console.locations import exports_dir

    issue = f"第{view.issue}期" if view.published else "核对稿"
    return exports_dir() / "通报" / f"{view.period.key} {issue}"


def _last(desk: Desk, view: EditionView) -> frozenset[int]:
    """Return who stands last in its table, as flags count it."""
    from rules.ranking import MonthTable, last_places

    policy = desk.store.policy
    table = MonthTable(view.period.key, view.rows, grouped=policy.ranking.groups)
    return frozenset(last_places(table, policy.flags))


def _rows(view: EditionView, runs: Mapping[int, int], last: frozenset[int]) -> Iterator[Row]:
    from console.documents.ranking_lines import group_name

    for number, (group, table) in enumerate(view.groups.items(), 1):
        ranked = sum(s.ranked for s in table)
        yield Row(-number, group_name(group), heading=True, rate=f"{ranked}/{len(table)}排位")
        for s, rates in zip(table, _rates(table), strict=True):
            yield _row(s, rates, s.unit_id in last, runs.get(s.unit_id, 0))


def _rates(table: Sequence[Standing]) -> list[list[str]]:
    """Return the three rates of each unit, with a third decimal where two would look alike."""
    from console.documents.ranking_lines import columns_named, printed

    return printed(columns_named(TITLES), table)


def _row(s: Standing, rates: Sequence[str], lowest: bool, run: int) -> Row:
    t, (rate, work, on_time) = s.tally, rates
    return Row(
        id=s.unit_id,
        unit=s.unit,
        place=str(s.place) if s.place is not None else "—",
        movement=_arrow(s.movement),
        rate=rate or "—",
        counts=f"{t.result_satisfied + t.result_basic}/{t.rated}",
        work=work or "—",
        unsatisfied=str(t.unsatisfied),
        on_time=on_time or "—",
        extended=str(t.after_extension),
        carried=str(t.carried),
        run=f"连{run}月" if run > 1 else "末位" if lowest else "",
        tone="red" if lowest else "" if s.ranked else "dim",
    )


def _arrow(movement: int | None) -> str:
    if movement is None:
        return ""
    return "＝" if movement == 0 else f"{'↑' if movement > 0 else '↓'}{abs(movement)}"


def _details(view: EditionView) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return every indicator of every unit as (title, words)."""
    from console.documents.ranking_lines import COLUMNS, printed

    titles = [column.title for column in COLUMNS]
    return {
        s.unit_id: tuple((title, text) for title, text in zip(titles, cells, strict=True) if text)
        for table in view.groups.values()
        for s, cells in zip(table, printed(COLUMNS, table), strict=True)
    }
