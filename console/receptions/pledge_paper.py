"""承诺书 and 保证书 as pages, one each, to be signed at the table by leader and unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from docx.shared import Mm

from console.paper import BIAO, CENTRE, HEI, LEFT, TITLE, OfficialPage, Span
from models.receptions import print_pledges
from rules.clocks import chinese_date, chinese_due
from rules.errors import Refused
from rules.receptions import GUARANTEE
from rules.text import MASKED, file_name
from seed.putting import one_paper

if TYPE_CHECKING:
    from models.receptions import PledgeView
    from models.store import Store

SIGNED_BY = (38, 40, 38, 40)  # mm: who signs, room for the name, twice
MOST = 100
"""Papers in one file: a place signs a handful a day, and a page more takes longer each time."""

ROOM = 28  # mm of height for a name and a seal


def pledge_pages(
    views: Sequence[PledgeView], bureau: str, local: Callable[[datetime], datetime]
) -> bytes:
    """Return the .docx; ``local`` gives an instant in the bureau's zone. No citizen is named."""
    made = max(local(view.made_at) for view in views)
    page = OfficialPage(views[0].noun, bureau, made)
    for n, view in enumerate(views):
        if n:
            page.page_break()
        _page(page, view, bureau, local)
    return page.save()


def _page(
    page: OfficialPage, view: PledgeView, bureau: str, local: Callable[[datetime], datetime]
) -> None:
    organ = view.organ or bureau
    matter = f"　　来访事项 {view.number}" if view.number else ""
    giver = view.unit if view.kind == GUARANTEE else organ
    page.paragraph(Span(giver, BIAO, TITLE), align=CENTRE, line=35)
    page.paragraph(Span(view.noun, BIAO, TITLE), align=CENTRE, line=35, after=6)
    page.paragraph(f"编号 {view.id}{matter}", align=LEFT)
    page.blank()
    day, leader = chinese_date(view.day), f"{view.leader}{_post(view)}"
    if view.kind == GUARANTEE:
        page.paragraph(f"{organ}：", align=LEFT)
        page.body(f"{day}{leader}在{view.place}接待来访。对来访反映的事项，我单位保证：")
    else:
        page.paragraph("来访群众：", align=LEFT)
        page.body(f"{day}{leader}在{view.place}接待来访。对您反映的事项，{organ}承诺：")
    for line in MASKED.about(view).text(view.text).split("\n"):
        page.body(line)
    page.body(Span("责任单位：", HEI), view.unit)
    if view.person:
        page.body(Span("责任人：", HEI), view.person)
    page.body(Span("兑现期限：", HEI), f"{chinese_due(local(view.due_at))}前")
    page.body(f"需要改期的，只由接访的{view.leader}同意。")
    page.blank()
    signed = page.table(
        SIGNED_BY,
        [
            ("接访领导签字", "", "单位盖章、签字", ""),
            ("日期", "年　月　日", "日期", "年　月　日"),
        ],
        head=False,
        size=12,
        aligns=(CENTRE, CENTRE, CENTRE, CENTRE),
    )
    signed.rows[0].height = Mm(ROOM)


def _post(view: PledgeView) -> str:
    return f"（{view.post}）" if view.post and view.post not in view.leader else ""


def write_pledges(store: Store, views: Sequence[PledgeView], folder: Path) -> Path:
    """Write one file of papers to be signed; it appears once each printing is on record."""
    if len(views) > MOST:
        raise Refused(f"一次最多打印{MOST}份，标记了{len(views)}份：请分几次标记打印")
    keeper, bureau = store.timekeeper(), store.policy.bureau.name

    def draw(found: Sequence[PledgeView]) -> tuple[str, bytes]:
        noun = found[0].noun if len({one.kind for one in found}) == 1 else "承诺书和保证书"
        which = f"{found[0].id}" if len(found) == 1 else f"{found[0].id}等{len(found)}份"
        name = file_name(f"{noun}-{which}-{found[0].unit}")
        return f"{name}.docx", pledge_pages(found, bureau, keeper.local)

    return one_paper(folder, lambda keep: print_pledges(store, views, draw, keep))
