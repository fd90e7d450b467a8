"""The ranking as its screen shows it and acts on it; every act blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from console.frame import Session, exports_dir
from console.ranking.columns import Row, counted, verified_counts
from console.ranking.draft import draft_workbook
from console.ranking.edition import render_edition, render_one
from console.ranking.risen import risen_in
from console.ranking.standings import INDICATORS, columns_named, group_name, printed
from models import orders, ranking, review
from rules.errors import DubanError
from rules.ranking import (
    REMARKS,
    MonthTable,
    Tally,
    last_complete,
    last_places,
    parse_period,
    period_after,
    period_before,
    running,
)
from seed.putting import papers

if TYPE_CHECKING:
    from models.orders import Drafted
    from models.ranking import EditionView, FlagView, Issue
    from rules.ranking import Kind, Period, Standing


TITLES = ("群众满意率", "核实后群众满意率", "工作满意率", "核实后工作满意率", "按时办结率")


@dataclass(frozen=True, slots=True)
class Board:
    """One period's ranking: its rows by group, and for each unit every indicator in words.

    ``latest``: it is of the last complete period; ``replaced``: a revision was published since.
    """

    view: EditionView
    rows: tuple[Row, ...]
    details: Mapping[int, tuple[tuple[str, str], ...]]
    latest: bool
    replaced: bool = False

    @property
    def units(self) -> int:
        """How many units stand in it."""
        return len(self.view.rows)


def opening_period(session: Session, kind: Kind) -> Period:
    """Return the last complete period, which is the one to be published next."""
    return last_complete(kind, session.store.now(), session.bureau.zone)


def board(session: Session, period: Period, revision: int | None = None) -> Board:
    """Return a published edition of a period, the latest if none is named, else it as it is now."""
    view = ranking.edition_of(session.store, period, revision)
    runs = _runs(session, period)
    last = last_complete(period.kind, session.store.now(), session.bureau.zone)
    rows = tuple(_rows(view, runs, _last(session, view)))
    replaced = (
        revision is not None and revision < ranking.edition_of(session.store, period).revision
    )
    return Board(view, rows, _details(view), period == last, replaced)


def issues(session: Session) -> list[tuple[Issue, str]]:
    """Return the editions that were published, each in words, the newest first."""
    zone = session.bureau.zone
    with session.reading("issues") as reader:
        found = ranking.published_issues(reader)
    return [(one, _issue_words(one, zone)) for one in found]


def _issue_words(one: Issue, zone: tzinfo) -> str:
    revised = f"（第{one.revision}次修订）" if one.revision > 1 else ""
    replaced = " · 已被后来的修订取代" if one.replaced else ""
    label = parse_period(one.period, zone).label
    day = f"{one.published_at.astimezone(zone):%Y-%m-%d}"
    return f"{label} · 第{one.issue}期{revised} · {day}发布{replaced}"


def period_named(session: Session, key: str) -> Period:
    """Return the week or month of a key."""
    return parse_period(key, session.bureau.zone)


def neighbour(session: Session, period: Period, by: int) -> Period | None:
    """Return the period before or after; ``None`` beyond the last complete one."""
    zone = session.bureau.zone
    if by < 0:
        return period_before(period, zone)
    last = last_complete(period.kind, session.store.now(), zone)
    return period_after(period, zone) if period.to_at < last.to_at else None


def waits(session: Session, period: Period) -> str:
    """Return what the publication of a period would have to wait for now, nothing if it may be."""
    return ranking.publication_waits(session.store, period).words


def publish(session: Session, period: Period, reason: str | None) -> tuple[EditionView, Path]:
    """Freeze a period's ranking and write its files; return it with their folder."""
    view = ranking.publish_edition(
        session.store,
        period,
        render=render_edition,
        reason=reason,
        risen=risen_in(session.store, period),
    )
    return view, export(session, view)


def export(session: Session, view: EditionView) -> Path:
    """Write every form of an edition into its own folder; published files come as stored.

    Refused where the figures are no longer those of ``view``.
    """
    files: Mapping[str, bytes] = {}
    if view.id is not None:
        with session.reading("export") as reader:
            files = ranking.files_of(reader, view.id)
    else:
        whole = ranking.whole_edition(
            session.store, view.period, risen=risen_in(session.store, view.period)
        )
        if whole.digest != view.digest:
            raise DubanError("导出前数据有变动，没有导出：请按 r 刷新，看过再导出")
        files = render_edition(whole)
    folder = _folder(view)
    with papers(folder) as written:
        for name, content in files.items():
            written.add(name, content)
    return folder


def written(session: Session, period: Period, kind: str) -> str:
    """Return what was last written for a period's bulletin: 点评 or 下步要求."""
    return ranking.remark_now(session.store, period, kind)


def write(session: Session, period: Period, kind: str, text: str) -> str:
    """Keep what is written for a period's bulletin, and say what has become of it."""
    version = ranking.write_remark(session.store, period, kind, text)
    name = REMARKS[kind]
    if not text.strip():
        return f"{period.titled}的{name}已清空：发布时不印"
    return f"{period.titled}的{name}已存（第{version}稿）：发布或修订时印入通报"


def export_draft(session: Session, period: Period) -> Path:
    """Write what units may check, a sheet each, into the folder of the draft edition."""
    made = review.make_draft(session.store, period)
    folder = _folder(made.view)
    with papers(folder) as written:
        return written.add(f"{period.key} 核对稿.xlsx", draft_workbook(made))


def export_view(view: EditionView) -> Path:
    """Write the ranking alone as a workbook."""
    folder = _folder(view)
    with papers(folder) as written:
        return written.add(f"{view.period.key}.xlsx", render_one(view, ".xlsx"))


def flags(session: Session, period: Period) -> tuple[str, list[FlagView]]:
    """Return a month, or the last complete one, and who must be supervised by its ranking."""
    if period.kind != "month":
        period = last_complete("month", session.store.now(), session.bureau.zone)
    return period.label, ranking.flags_of(session.store, period)


def draft(session: Session, flag: FlagView) -> Drafted:
    """Draft the order a flag asks for; one that is only found so far is raised first."""
    id, zone = flag.id, session.bureau.zone
    if id is None:
        last = last_complete("month", session.store.now(), zone)
        month = parse_period(flag.period, zone) if flag.period else last
        raised = ranking.raise_flags(session.store, month)
        id = next((one.id for one in raised if one.key == flag.key), None)
    if id is None:
        raise DubanError(f"{flag.unit} 的预警已不成立：请刷新后查看")
    return orders.draft_flag(session.store, id)


def _runs(session: Session, period: Period) -> dict[int, int]:
    """Return how many months each unit has stood last running, up to a month."""
    if period.kind != "month":
        return {}

    tables = ranking.month_tables(session.store, period)
    with session.reading("runs") as reader:
        heirs = ranking.successors(reader)
    found = running(tables, session.store.policy.flags, heirs)
    return {run.unit_id: len(run.months) for run in found if run.months[-1].period == period.key}


def _folder(view: EditionView) -> Path:
    issue = f"第{view.issue}期" if view.published else "核对稿"
    return exports_dir() / "通报" / f"{view.period.key} {issue}"


def _last(session: Session, view: EditionView) -> frozenset[int]:
    """Return who stands last in its table, as flags count it."""
    policy = session.store.policy
    table = MonthTable(view.period.key, view.rows, grouped=policy.ranking.groups)
    return frozenset(last_places(table, policy.flags))


def _rows(view: EditionView, runs: Mapping[int, int], last: frozenset[int]) -> Iterator[Row]:
    if len(view.groups) > 1:
        yield _sum(0, "全部单位", f"{len(view.rows)}个单位", view.rows)
    for number, (group, table) in enumerate(view.groups.items(), 1):
        ranked = sum(s.ranked for s in table)
        yield _sum(
            -number, group_name(group), f"{ranked}/{len(table)}排位" if ranked else "不排位", table
        )
        for s, rates in zip(table, _rates(table), strict=True):
            yield _row(s, rates, s.unit_id in last, runs.get(s.unit_id, 0))


def _sum(id: int, name: str, beside: str, table: Sequence[Standing]) -> Row:
    """Return the line of units together: their counts; rates are compared within groups only."""
    t = sum((s.tally for s in table), Tally())
    cells = [
        ("", ""),
        ("", ""),
        (name, "head"),
        ("", ""),
        (beside, "dim"),
        ("", ""),
        (_of_rated(t), "head"),
        (str(t.unsatisfied), "head"),
        *((text, "head") for text, _ in verified_counts(t)),
        ("", ""),
        ("", ""),
        ("", ""),
        (str(t.after_extension), "head"),
        (str(t.carried), "head"),
        *((text, "head") for text, _ in counted(t)),
    ]
    return Row(id, cells, name, tuple(s.unit_id for s in table), t)


def _of_rated(t: Tally) -> str:
    """Return how many ratings are satisfied, of how many."""
    return f"{t.result_satisfied + t.result_basic}/{t.rated}"


def _rates(table: Sequence[Standing]) -> list[list[str]]:
    """Return the rates of each unit, with a third decimal where two would look alike."""
    return printed(columns_named(TITLES), table)


def _row(s: Standing, rates: Sequence[str], lowest: bool, run: int) -> Row:
    """Return a unit's line: red for a last place, pale without a place."""
    t, (rate, verified, work, verified_work, on_time) = s.tally, rates
    tone = "red" if lowest else "" if s.ranked else "dim"
    pale = tone if tone == "dim" else ""
    cells = [
        (str(s.place) if s.place is not None else "—", tone),
        (_arrow(s.movement), "dim"),
        (s.unit, tone),
        (f"连{run}月" if run > 1 else "末位" if lowest else "", "red"),
        (rate or "—", pale if s.by_verified else tone),
        (verified or "—", tone if s.by_verified else pale),
        (_of_rated(t), "dim"),
        (str(t.unsatisfied), "" if t.unsatisfied else "dim"),
        *verified_counts(t),
        (work or "—", pale),
        (verified_work or "—", pale),
        (on_time or "—", pale),
        (str(t.after_extension), "dim"),
        (str(t.carried), "yellow" if t.carried else "dim"),
        *counted(t),
    ]
    return Row(s.unit_id, cells, s.unit, (s.unit_id,), t)


def _arrow(movement: int | None) -> str:
    if movement is None:
        return ""
    return "＝" if movement == 0 else f"{'↑' if movement > 0 else '↓'}{abs(movement)}"


def _details(view: EditionView) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return every indicator of every unit as (title, words)."""
    titles = [column.title for column in INDICATORS]
    return {
        s.unit_id: tuple((title, text) for title, text in zip(titles, cells, strict=True) if text)
        for table in view.groups.values()
        for s, cells in zip(table, printed(INDICATORS, table), strict=True)
    }
