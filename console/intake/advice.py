"""What is known of an appeal while it is written down: limits, units, whom it is against, likes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from console.casework import adviser_of
from console.frame import Session, cut
from rules.clocks import STEP_NAMES, Limit, Tags, short_instant
from rules.text import accused_in

if TYPE_CHECKING:
    from console.intake.offers import Begun
    from models.dispatch import Suggestion
    from models.views import LikeMatter
    from rules.clocks import Timekeeper
    from rules.intake import Entry

SAME = 0.45
"""A likeness from which on a matter is probably the same: asked before another is registered."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a step would fall due, and by what limit, both in words."""

    step: str
    limit: str
    told: str
    provisional: bool

    @property
    def line(self) -> str:
        """The due date in words: ``办结 12-03 周四 17:30``."""
        return f"{STEP_NAMES[self.step]} {self.told}" + ("（暂定）" if self.provisional else "")


@dataclass(frozen=True, slots=True)
class Advice:
    """What is known of an appeal as it is written so far.

    ``against`` are the units it seems to be against with the words that say so, ``seat`` is the
    unit of its place.
    """

    dues: Sequence[Due] = ()
    suggested: Sequence[Suggestion] = ()
    alike: Sequence[LikeMatter] = ()
    against: Sequence[tuple[str, str]] = ()
    seat: str = ""


def dues_of(keeper: Timekeeper, entry: Entry, unit: str | None, now: datetime) -> Sequence[Due]:
    """Return when the steps of an appeal would fall due; ``unit`` is the code of who takes it.

    It asks only the rules.

    Without a unit the centre's own clock runs, and the others are as if it were handed on now.
    """
    appeal = entry.appeal
    tags = Tags(
        appeal.nature or "其他",
        appeal.urgency or "一般",
        appeal.category,
        appeal.channel,
        unit,
        appeal.grid,
    )
    clocks = []
    if entry.unit_id is None:
        clocks.append(keeper.clock("dispatch", tags, appeal.received_at or now))
    clocks += [keeper.clock(step, tags, now) for step in ("acknowledge", "contact", "close")]
    if entry.leader and (limit := entry.limit or keeper.limit_text("instruction", tags)):
        clocks.append(keeper.timed("instruction", limit, now, tags))
    return [
        Due(
            one.step,
            Limit.parse(one.limit_text).label,
            short_instant(keeper.local(one.due_at), ends=True),
            one.provisional,
        )
        for one in clocks
        if one is not None
    ]


def advise(session: Session, begun: Begun, entry: Entry) -> Advice:
    """Return what is known of an appeal as it is written so far; it blocks."""
    appeal, units = entry.appeal, begun.words.units
    today = session.now().date()
    pointed = accused_in(appeal.nature or "其他", appeal.title, appeal.content, begun.spoken)
    against = {units.in_force(one.unit_id, today): one.words for one in pointed}
    barred = set() if entry.cleared else {*against}
    if entry.accused_id is not None:
        barred.add(entry.accused_id)
    told = [(units.names[id], words) for id, words in against.items()]
    place = begun.words.place(appeal.grid)
    seat = place.unit if place is not None else ""
    unit = units.codes.get(entry.unit_id or 0)
    dues = dues_of(session.store.timekeeper(), entry, unit, session.store.now())
    advice = Advice(dues, against=() if entry.cleared else told, seat=seat)
    if not (appeal.title or appeal.content):
        return advice
    adviser = adviser_of(session)
    alike = adviser.like(appeal)
    return replace(advice, suggested=adviser.of_appeal(appeal, barred), alike=alike)


HEAD, DIM, WARNING = "bold $accent", "$duban-dim", "$duban-yellow"


def short_lines(advice: Advice, width: int, reading: bool) -> Content:
    """Return what is known in a few lines under the form."""
    lines: list[tuple[str, str]] = []
    close = [due for due in advice.dues if due.step in ("dispatch", "close", "instruction")]
    lines.append((" · ".join(due.line for due in close) or "没有时限", ""))
    units = " · ".join(f"{one.unit} {one.words}" for one in advice.suggested)
    lines.append((f"建议 {units or ('正在读取..' if reading else '暂无')}", ""))
    lines += [(f"避让 反映的是{unit}：{words}", WARNING) for unit, words in advice.against]
    if advice.alike:
        best = advice.alike[0]
        lines.append((f"相似在办{len(advice.alike)}件 · Ctrl+G 看 · {_like(best)}", WARNING))
    elif not reading:
        lines.append(("没有相似的在办件", DIM))
    return _content(lines, width)


def long_lines(advice: Advice, width: int, reading: bool) -> Content:
    """Return what is known, section by section, beside the form."""
    lines: list[tuple[str, str]] = [("时限（如现在登记）", HEAD)]
    lines += [(f"{due.line}  {due.limit}", "") for due in advice.dues]
    lines += [("", ""), ("建议单位", HEAD)]
    lines += [(f"{one.unit}  {one.words}  {one.why}", "") for one in advice.suggested]
    lines += [(one.dropped, DIM) for one in advice.suggested if one.dropped]
    if not advice.suggested:
        lines.append(("正在读取.." if reading else "暂无：写下标题或内容就有", DIM))
    if advice.against:
        lines += [("", ""), ("举报避让 · 不交其办理", HEAD)]
        lines += [(f"{unit}：{words}", WARNING) for unit, words in advice.against]
    lines += [("", ""), ("相似的在办件 · Ctrl+G 打开", HEAD)]
    for one in advice.alike:
        lines.append((f"{one.likeness:.0%} {one.number} {one.unit} {one.status}", ""))
        lines.append((f"    {one.title}", ""))
    if not advice.alike:
        lines.append(("正在读取.." if reading else "没有", DIM))
    return _content(lines, width)


def _like(one: LikeMatter) -> str:
    return f"{one.number} {one.title}（{one.unit or '待派'}）"


def repeats_of(alike: Sequence[LikeMatter]) -> str:
    """Return the question that names the open matters that are probably the same; none: empty."""
    same = [one for one in alike if one.likeness >= SAME]
    if not same:
        return ""
    named = "\n".join(f"{one.likeness:.0%} {_like(one)} {one.status}" for one in same)
    ask = "先看一看？取消后按 Ctrl+G 打开；确是另一件，再登记。"
    return f"有{len(same)}件在办的很像是同一件：\n{named}\n{ask}"


def _content(lines: Sequence[tuple[str, str]], width: int) -> Content:
    """Return lines cut at the width, whatever stands in them."""

    def parts() -> Iterator[Content]:
        for text, style in lines:
            yield Content.styled(cut(text, width), style) if style else Content(cut(text, width))

    return Content("\n").join(parts())
