"""每日快报 on one page, as .docx and as Markdown: the same sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console.paper import (
    BIAO,
    CENTRE,
    HEI,
    KAI,
    LEFT,
    TITLE,
    WIDTH,
    OfficialPage,
    Span,
    blocks_of,
    reckon,
    rule,
)
from models import reports
from rules.clocks import chinese_date, chinese_due
from rules.ranking import growth
from rules.text import MASKED
from seed.putting import one_paper

if TYPE_CHECKING:
    from models.reports import Daily
    from models.store import Store
    from rules.ranking import Risen

MOST = 4
"""Lines of a part: the others are counted."""

SIZES = ((14.0, 23.0), (12.0, 18.0), (10.5, 14.5))
"""Points of the text and of a line: the largest with which the whole stands on one page."""

LONGEST, NAME = 60, 24
"""Signs of a line, and of a name in it."""


def parts(daily: Daily) -> list[tuple[str, list[str]]]:
    """Return the parts of a brief: a heading and its lines, of which it says how many there are."""
    risen = [_risen(one) for one in daily.risen]
    return [
        ("一、当日情况" + ("（未满一日）" if daily.partly else ""), _totals(daily)),
        _most("二、新出现和上升的", risen, "没有新出现或上升的问题。"),
        ("三、红黄件", [_colours(daily)]),
        _most("四、到期批示", _due(daily), "没有次日前到期的批示。"),
        _most("五、专报批示待办", _waiting(daily), "没有待办的专报批示。"),
    ]


def _totals(daily: Daily) -> list[str]:
    flow, before = daily.flow, daily.before
    change = growth(flow.received, before.received)
    return [
        f"受理{flow.received}件（前一日{before.received}件，{change}），"
        f"转办{flow.dispatched}件次，办结{flow.closed}件次，群众评价不满意{daily.unsatisfied}件。"
    ]


def _risen(one: Risen) -> str:
    name = one.name if len(one.name) <= NAME else f"{one.name[:NAME]}.."
    return (
        f"{name}（{'、'.join(one.signs)}）：近7天内{one.count}件、{one.reporters}人，"
        f"{one.known_on.month}月{one.known_on.day}日起可发现。"
    )


def _colours(daily: Daily) -> str:
    hand = daily.hand
    return (
        f"在办{hand.all}件次，其中红{hand.red}、黄{hand.yellow}，待派{hand.waiting}、"
        f"答复待审{hand.held}；逾期未答复{hand.overdue}件次，次日到期{hand.soon}件次。"
    )


def _due(daily: Daily) -> list[str]:
    return [
        f"{one.leader}对{one.number}“{one.title}”的批示，{_until(daily, one.due_at)}。"
        for one in daily.due
    ]


def _waiting(daily: Daily) -> list[str]:
    return [
        f"{one.leader}对{one.report}《{MASKED.text(one.title)}》的批示，"
        f"{_until(daily, one.due_at)}。"
        for one in daily.waiting
    ]


def _until(daily: Daily, due_at: datetime) -> str:
    due = due_at.astimezone(daily.made_at.tzinfo)
    late = "已逾期" if due_at < daily.through else ""
    return f"{chinese_due(due, due.date())}到期{'，' + late if late else ''}"


def _most(heading: str, lines: list[str], none: str) -> tuple[str, list[str]]:
    """Return a part of so many lines at most; ``none`` where there is no line."""
    told = [one if len(one) <= LONGEST else f"{one[:LONGEST]}（下略）" for one in lines[:MOST]]
    of = f"（共{len(lines)}项，列{MOST}项）" if len(lines) > MOST else ""
    return heading + of, told or [none]


def _title(daily: Daily) -> str:
    return f"{chinese_date(daily.day)}民情快报"


def _note(daily: Daily) -> str:
    return (
        f"统计截至{daily.through:%m-%d %H:%M}，{daily.made_at:%m-%d %H:%M}编制；"
        "举报件、保密件不列内容。"
    )


def daily_page(daily: Daily) -> bytes:
    """Return a brief as one page of Word."""
    for size, line in SIZES:
        page = _drawn(daily, size, line)
        if reckon(list(blocks_of(list(page.document.element.body)))).pages == 1:
            break
    return page.save()


def _drawn(daily: Daily, size: float, line: float) -> OfficialPage:
    page = OfficialPage(_title(daily), daily.bureau, daily.made_at)
    page.paragraph(Span("每日快报", BIAO, 36, red=True, scale=85), align=CENTRE, line=46)
    page.paragraph(
        Span(daily.bureau, size=size),
        Span(f"\t{chinese_date(daily.made_at.date())}", size=size),
        align=LEFT,
        tab=WIDTH,
        line=line,
    )
    rule(page.paragraph("", line=6))
    page.paragraph(Span(_title(daily), BIAO, TITLE), align=CENTRE, line=33, before=6, after=6)
    for heading, lines in parts(daily):
        page.paragraph(Span(heading, HEI, size), first=2 * size, line=line, together=True)
        for one in lines:
            page.paragraph(Span(one, size=size), first=2 * size, line=line)
    page.paragraph(Span(_note(daily), KAI, 10.5), align=LEFT, line=16, before=6)
    return page


def daily_markdown(daily: Daily) -> bytes:
    """Return a brief as Markdown."""
    lines = [f"# {_title(daily)}", "", f"{daily.bureau}"]
    for heading, told in parts(daily):
        lines += ["", f"## {heading}", "", *(f"- {_plain(one)}" for one in told)]
    return ("\n".join([*lines, "", "---", "", _note(daily)]) + "\n").encode()


def _plain(text: str) -> str:
    """Return a text in which nothing is markup."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|~" else sign for sign in text)


FORMS = {".docx": daily_page, ".md": daily_markdown}
"""How a brief is written, by the suffix of its file."""


def write_daily(store: Store, daily: Daily, path: Path) -> Path:
    """Write a brief; the file appears once it is on record."""
    render: Callable[[Daily], bytes] = FORMS[path.suffix.lower()]
    return one_paper(
        path.parent, lambda keep: reports.export_daily(store, daily, path.name, render, keep)
    )
