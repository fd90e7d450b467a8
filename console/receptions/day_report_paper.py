"""大接访情况通报 as pages: what became of promises first, then the figures, each promise last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console.paper import BIAO, CENTRE, KAI, LEFT, TITLE, OfficialPage, Span
from models.receptions import export_report, publish_day, sums_by_unit
from rules.clocks import chinese_date, chinese_moment, due_day
from rules.receptions import FATES
from seed.putting import one_paper

if TYPE_CHECKING:
    from models.receptions import DayReport, PlaceFigures, PledgeView
    from models.store import Store

Local = Callable[[datetime], datetime]

HEADS = ("批次", "人次", "集体访", "首访", "重访", "现场解决", "承诺", "转办", "移送")

WIDTHS = (34, 22, 11, 11, 13, 11, 11, 16, 11, 11, 11)  # mm: the place, its leader, the figures

UNKEPT = (12, 30, 70, 24, 20)  # mm

MADE = (14, 30, 88, 24)  # mm


def report_pages(found: DayReport, bureau: str, local: Local) -> bytes:
    """Return the .docx; ``local`` gives an instant in the bureau's zone. No citizen is named."""
    title = f"{_when(found)}大接访情况通报"
    page = OfficialPage(title, bureau, local(found.made_at))
    page.paragraph(Span(bureau, BIAO, TITLE), align=CENTRE, line=35)
    page.paragraph(Span(title, BIAO, TITLE), align=CENTRE, line=35, after=6)
    until = chinese_moment(local(found.made_at))
    page.paragraph(Span(f"承诺的情况截至{until}", KAI, 12), align=CENTRE, line=20)
    _before(page, found, local)
    _received(page, found)
    if found.whole_year:
        _months(page, found)
        return page.save()
    _places(page, found)
    page.heading("四、这一天的承诺")
    if not found.made:
        page.body("没有作出承诺。")
    else:
        rows = [("编号", "责任单位", "承诺事项", "期限")]
        rows += [(str(one.id), one.unit, _line(one), _due(one, local)) for one in found.made]
        page.table(MADE, rows, size=9, aligns=(CENTRE, LEFT, LEFT))
    return page.save()


def _before(page: OfficialPage, found: DayReport, local: Local) -> None:
    before = found.before
    if before is None:
        page.heading("一、此前承诺的兑现情况")
        page.body("此前没有作出承诺。")
        return
    month = f"{before.first.year}年{before.first.month}月"
    page.heading(f"一、{'全年' if found.whole_year else month}接访承诺的兑现情况")
    told = "，".join(f"{FATES[met]}{count:,}份" for met, count in _shown(before.fates))
    page.body(f"承诺{before.count:,}份：{told}。" if told else "没有作出承诺。")
    if not before.unkept:
        return
    units = "、".join(f"{unit}{count}份" for unit, count in sums_by_unit(before.unkept))
    page.body(f"逾期未办和未兑现的：{units}。")
    rows = [("编号", "责任单位", "承诺事项", "期限", "情况")]
    for one in before.unkept:
        met = FATES[one.fate(found.made_at)]
        rows.append((str(one.id), one.unit, _line(one), _due(one, local), met))
    page.table(UNKEPT, rows, size=9, aligns=(CENTRE, LEFT, LEFT))


def _shown(fates: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the fates that some have met, what is kept first."""
    return [(met, fates[met]) for met in reversed(FATES) if met != "void" and fates[met]]


def _received(page: OfficialPage, found: DayReport) -> None:
    total, places = found.total, len(found.places)
    page.heading("二、接访情况")
    days = f"{len({one.day for one in found.places})}天" if found.whole_year else ""
    where = f"{days}{places:,}个接访点"
    page.body(
        f"{where}接待群众{total.batches:,}批{total.people:,}人次，其中集体访{total.collective:,}批"
        f"{total.collective_people:,}人次；首访{total.first:,}批，重访{total.again:,}批。"
    )
    guarantees = f"（其中单位保证书{found.guarantees:,}份）" if found.guarantees else ""
    lawsuits = f"（其中涉法涉诉{total.lawsuit:,}批）" if total.lawsuit else ""
    page.body(
        f"现场解决{total.solved:,}批，签订承诺{len(found.made):,}份{guarantees}，"
        f"转办{total.referred:,}批，移送{total.transferred:,}批{lawsuits}。"
    )
    if found.unwritten:
        page.body(f"另有{found.unwritten:,}批答应了群众，还没有登记承诺书。")


def _places(page: OfficialPage, found: DayReport) -> None:
    page.heading("三、各接访点")
    rows: list[tuple[str, ...]] = [("接访点", "接访领导", *HEADS)]
    made = Counter(one.reception_id for one in found.made)
    for one in found.places:
        rows.append((one.place, one.leader, *_figures(one, made[one.reception_id])))
    rows.append((found.total.place, "", *_figures(found.total, len(found.made))))
    page.table(WIDTHS, rows, size=8, aligns=(LEFT, LEFT))


def _months(page: OfficialPage, found: DayReport) -> None:
    page.heading("三、各月")
    rows: list[tuple[str, ...]] = [("月份", "接访点", *HEADS)]
    for one in found.months:
        rows.append((f"{one.first.month}月", f"{one.places:,}", *_figures(one.sums, one.made)))
    rows.append(("合计", f"{len(found.places):,}", *_figures(found.total, len(found.made))))
    page.table(WIDTHS, rows, size=8)


def _figures(one: PlaceFigures, made: int) -> tuple[str, ...]:
    counts = (one.batches, one.people, one.collective, one.first, one.again)
    ends = (one.solved, made, one.referred, one.transferred)
    return tuple(f"{count:,}" for count in (*counts, *ends))


def _line(one: PledgeView) -> str:
    return " ".join(one.text.split("\n"))


def _due(one: PledgeView, local: Local) -> str:
    return due_day(local(one.due_at)).isoformat()


def _when(found: DayReport) -> str:
    return f"{found.first.year}年" if found.whole_year else chinese_date(found.first)


def write_report(store: Store, found: DayReport, path: Path) -> Path:
    """Write a report; the file appears once it is on record."""
    return one_paper(
        path.parent, lambda keep: export_report(store, found, path.name, _draw(store), keep)
    )


def write_published(store: Store, day: date, path: Path) -> Path:
    """Publish the report of a day into a file."""
    return one_paper(
        path.parent, lambda keep: publish_day(store, day, path.name, _draw(store), keep)
    )


def _draw(store: Store) -> Callable[[DayReport], bytes]:
    bureau, local = store.policy.bureau.name, store.timekeeper().local
    return lambda found: report_pages(found, bureau, local)
