"""An appeal as a person reads it: its parts, and the pane that stands beside the queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.message import Message

from console.casework.taking import read_ticket
from console.frame import Host, Refusal, Say, Session, Symbols, colour_text, fit, start
from console.widgets import Page, Part, Sheet
from rules.casework import PAPER_NAMES, kept_back
from rules.clocks import Limit, long_instant, short_instant

if TYPE_CHECKING:
    from models.views import DeadlineView, ExclusionView, RoundView, TicketView, TrailLine


INDENT = "\u00a0" * 4
"""Under a step's name; plain blanks at the beginning of a line are lost in folding."""

MEANS = {"import": "随件导入", "callback": "回访", "operator": "登记", "rerating": "核查改评"}


class Sections:
    """Writes the parts of one appeal; instants are shown in the bureau's zone."""

    def __init__(self, view: TicketView, zone: ZoneInfo, symbols: Symbols, sheet: Sheet) -> None:
        """What of ``view`` must not be seen is masked already."""
        self._view = view
        self._zone = zone
        self._symbols = symbols
        self._sheet = sheet

    def title(self) -> None:
        """Who it came from, what it is about, where it stands."""
        view, sheet, dot = self._view, self._sheet, self._symbols.separator
        tags = dot.join(filter(None, (view.nature, view.channel, view.urgency)))
        sheet.line((view.number, "bold $accent"), "  ", (tags, sheet.DIM))
        sheet.line((view.title or "（无标题）", "bold"))
        current = view.round
        n = f"第{current.n}轮" if len(view.rounds) > 1 else ""
        where = dot.join(filter(None, (view.holder, n)))
        sheet.line((view.status, "bold $duban-mark"), dot, where, *self._outlook())
        for told in view.elsewhere:
            sheet.line((told, "$duban-yellow"))
        if view.conflicts:
            sheet.line((f"数据冲突待裁：{len(view.conflicts)}项", "$duban-yellow"))
        if view.accused:
            sheet.line((f"避让 {view.avoided}：不交其办理、不给其看", "$duban-yellow"))

    def facts(self) -> None:
        """Where it lies, what it complains of, who spoke, all masked."""
        view, sheet, citizen = self._view, self._sheet, self._view.citizen
        sheet.heading("来件")
        sheet.fact("属地", " ".join(filter(None, (view.area, citizen.address))) or view.grid)
        sheet.fact("对象", view.object)
        sheet.fact("类别", view.category)
        sheet.fact("诉求人", " ".join(filter(None, (citizen.reporter, citizen.phone))))
        sheet.fact("受理", self._at(view.received_at))
        sheet.fact("渠道编号", view.external_id)
        if view.confidential:
            sheet.line(("保密件", "bold $duban-yellow"))

    def content(self) -> None:
        """What the citizen wrote."""
        self._sheet.heading("诉求内容")
        self._sheet.text(self._view.content or self._view.title)

    def clocks(self, *, unfolded: bool = False, key: str = "") -> None:
        """The deadlines: limit, due, colour, what is left; those done in one line, or unfolded.

        ``key`` says how they are unfolded.
        """
        by_due = sorted(self._view.deadlines, key=lambda d: d.due_at)
        running = [d for d in by_due if d.stopped_at is None]
        done = [d for d in by_due if d.stopped_at is not None]
        if not by_due:
            return
        self._sheet.heading("时限")
        for deadline in (*running, *(done if unfolded else ())):
            self._clock(deadline)
        if done and not unfolded:
            shade = "$duban-red" if any(d.late for d in done) else ""
            self._sheet.line((done_in_short(done), shade), (key, self._sheet.DIM))

    def rounds(self) -> None:
        """Each handling with its acts, reply and rating, the current one first."""
        for one in reversed(self._view.rounds):
            self._round(one)

    def reply(self) -> None:
        """What the unit last answered."""
        answered = [one for one in self._view.rounds if one.reply]
        if answered:
            self._sheet.heading(f"答复 {self._at(answered[-1].replied_at)}")
            self._sheet.text(answered[-1].reply)
            self._sheet.fact("署名", answered[-1].signed)

    def ratings(self) -> None:
        """What the citizen thought of it."""
        if not self._view.ratings:
            return
        self._sheet.heading("评价")
        for rating in self._view.ratings:
            told = (("群众", rating.result_rating), ("工作", rating.work_rating))
            words = [
                (f"{of}{said}  ", "$duban-red" if said == "不满意" else "")
                for of, said in told
                if said
            ]
            self._sheet.line(
                (f"{self._at(rating.at)} ", self._sheet.DIM),
                f"第{rating.round}轮 ",
                *words,
                (MEANS.get(rating.means, rating.means), self._sheet.DIM),
            )

    def reviews(self, *, settled: bool = False) -> None:
        """What was verified of each round, by whom; ``settled``: not what is under way."""
        told = [
            v for v in self._view.reviews if v.exclusions or not (settled and v.state == "open")
        ]
        if not told:
            return
        self._sheet.heading("核查")
        for one in told:
            at = one.decided_at or one.opened_at
            who = one.decided_by or (f"{one.holder}在核" if one.holder else "")
            said = "，".join(filter(None, (one.cause_words, one.reason)))
            self._sheet.line(
                (f"{self._at(at)} ", self._sheet.DIM),
                f"第{one.round}轮 ",
                (one.status, "bold $duban-mark"),
                f"：{said}" if said else "",
                (f"  {who}" if who else "", self._sheet.DIM),
            )
            for asked in one.exclusions:
                self._exclusion(asked)

    def _exclusion(self, asked: ExclusionView) -> None:
        sheet = self._sheet
        answer = "，".join(filter(None, (asked.answer, asked.decision, asked.decided_by)))
        sheet.line(f"{INDENT}{asked.words}", (f"  证据 {asked.evidence}", sheet.DIM))
        sheet.line((f"{INDENT}{asked.asked_by}申请 · {answer}", sheet.DIM))

    def orders(self) -> None:
        """The papers it is on."""
        if not self._view.orders:
            return
        self._sheet.heading("督办文书")
        for paper in self._view.orders:
            over = paper.state in ("closed", "void")
            due = "" if over or not paper.due_at else f"  反馈期限 {self._due(paper.due_at)}"
            name = f"{PAPER_NAMES[paper.kind]} {paper.name} "
            self._sheet.line(name, (paper.status, "$duban-mark"), (due, self._sheet.DIM))

    def trail(self, most: int | None = None) -> None:
        """The record as it was written, oldest first; of a long one the last ``most`` lines."""
        lines = self._view.trail
        left = len(lines) - most if most is not None else 0
        self._sheet.heading("留痕" if left <= 0 else f"留痕（最近{most}条，共{len(lines)}条）")
        for line in lines[max(0, left) :]:
            reason = f"：{line.reason}" if line.reason else ""
            happened = f"（发生 {self._happened(line)}）" if line.happened_at else ""
            who = f" {line.who}" if line.who else ""
            self._sheet.line(
                (f"{short_instant(self._minute(line.recorded_at))} ", self._sheet.DIM),
                f"{line.text}{reason}".replace("\n", f"\n{INDENT}"),
                (f"{happened}{who}", self._sheet.DIM),
            )

    def _outlook(self) -> tuple[Part, ...]:
        """Return how the matter kept its limit, or the clock that breaks first."""
        dot, closing = self._symbols.separator, self._view.closing
        if closing is not None:
            return dot, (closing.kept, "$duban-red" if closing.late else self._sheet.DIM)
        running = (d for d in self._view.deadlines if d.leads and d.stopped_at is None)
        leading = next(running, None)
        return (dot, f"{leading.step_name} ", self._standing(leading)) if leading else ()

    def _standing(self, deadline: DeadlineView) -> tuple[str, str]:
        """Return the colour of a running clock and what is left, with their shade."""
        shade = f"$duban-{deadline.colour}" if deadline.colour else self._sheet.DIM
        state = colour_text(deadline.colour, deadline.level, self._symbols)
        return f"{state} {deadline.remaining}", shade

    def _happened(self, line: TrailLine) -> str:
        """Return when it happened, with the year where that is another one."""
        at, recorded = self._minute(line.at), self._minute(line.recorded_at)
        return short_instant(at) if at.year == recorded.year else long_instant(at)

    def _minute(self, instant: datetime) -> datetime:
        return instant.astimezone(self._zone).replace(second=0)

    def _clock(self, deadline: DeadlineView) -> None:
        sheet = self._sheet
        if deadline.stopped_at is None:
            said, shade = self._standing(deadline)
        else:
            shade = "$duban-red" if deadline.late else sheet.DIM
            said = f"{deadline.kept} {self._at(deadline.stopped_at)}"
        name = fit(deadline.step_name, max(9, cell_len(deadline.step_name) + 1))
        sheet.line((name, "bold" if deadline.leads else ""), (said, shade))
        limit = Limit.parse(deadline.limit_text).label
        due = f"{limit} 到期 {self._due(deadline.due_at)}{self._notes(deadline)}"
        sheet.line((f"{INDENT}{due}", sheet.DIM))

    def _notes(self, deadline: DeadlineView) -> str:
        notes = (
            "暂定" if deadline.provisional else "",
            f"挂起至 {self._due(deadline.until_at)}" if deadline.until_at else "",
            f"原 {self._due(deadline.original_due_at)}"
            if deadline.original_due_at != deadline.due_at
            else "",
        )
        return "".join(f"（{note}）" for note in notes if note)

    def _round(self, one: RoundView) -> None:
        sheet = self._sheet
        sheet.heading(f"第{one.n}轮 {one.status}")
        helpers = f"  协办 {'、'.join(one.co_units)}" if one.co_units else ""
        nobody = "" if self._view.for_analysis else "待派"
        sheet.fact("主办", f"{one.unit or nobody}{helpers}")
        sheet.fact("首办", one.first_handler)
        assumed = "（交办时间缺，按受理时间计）" if one.dispatch_assumed else ""
        for label, instant in one.times:
            sheet.fact(label, self._at(instant) + (assumed if label == "交办" else ""))
        sheet.fact("结果", one.outcome)
        if one.reply:
            sheet.line("")
            sheet.text(one.reply)
            sheet.fact("署名", one.signed)

    def _at(self, instant: datetime | None) -> str:
        return "" if instant is None else short_instant(instant.astimezone(self._zone))

    def _due(self, instant: datetime) -> str:
        return short_instant(instant.astimezone(self._zone), ends=True)


def done_in_short(done: Sequence[DeadlineView]) -> str:
    """Return the deadlines that are done in one line: ``已完成：签收 联系 2项，均按时``."""
    late = [d.step_name for d in done if d.late]
    kept = f"逾期{len(late)}项（{_counted(late)}）" if late else "均按时" if done[1:] else "按时"
    return f"已完成：{_counted([d.step_name for d in done])} {len(done)}项，{kept}"


def _counted(names: Sequence[str]) -> str:
    """Return names apart by blanks, each once, with its count where it comes again."""
    return " ".join(f"{name}{n}次" if n > 1 else name for name, n in Counter(names).items())


def covered(view: TicketView) -> TicketView:
    """Return an appeal as it may stand beside a list: no word of one that is kept back."""
    kept = kept_back(view.nature, view.confidential)
    if not kept:
        return view
    rounds = tuple(replace(one, reply="") for one in view.rounds)
    content = f"{kept}：内容打开后查看（回车）"
    return replace(view, title=kept, content=content, object="", rounds=rounds, trail=())


TRAIL = 8
"""Lines of the record shown beside the queue; the ticket screen has them all."""


class TicketPane(Page):
    """One appeal in short; it stays until another one has been read."""

    @dataclass
    class Read(Message):
        """An appeal was read."""

        view: TicketView

    def __init__(self, *, id: str | None = None) -> None:
        """Empty until ``show``."""
        super().__init__(id=id)
        self._wanted: int | None = None
        self._view: TicketView | None = None

    def tell(self, content: Content) -> None:
        """Show what is said of a matter that is no appeal."""
        self._wanted = self._view = None
        self.put(content)

    def show(self, session: Session, ticket_id: int) -> None:
        """Read an appeal and show it."""
        self._wanted = ticket_id

        def job(say: Say) -> None:
            say(self.Read(read_ticket(session, ticket_id)))

        start(self, "detail", job)

    @on(Read)
    def _read(self, message: Read) -> None:
        message.stop()
        if message.view.id == self._wanted:
            moved = self._view is None or self._view.id != message.view.id
            self._view = message.view
            self._show()
            if moved:
                self.scroll_home(animate=False)

    @on(Refusal)
    def _gone(self, message: Refusal) -> None:
        message.stop()
        self.put(Content(message.line))

    def on_resize(self) -> None:
        """Draw the rules of the headings anew."""
        if self._view is not None:
            self._show()

    def _show(self) -> None:
        host = cast("Host", self.app)
        if self._view is None or host.session is None:
            return
        sheet = Sheet(self.content_size.width - 2, host.symbols.rule)
        parts = Sections(covered(self._view), host.session.bureau.zone, host.symbols, sheet)
        parts.title()
        parts.content()
        parts.clocks()
        parts.reply()
        parts.facts()
        parts.ratings()
        parts.reviews()
        parts.orders()
        parts.trail(TRAIL)
        self.put(sheet.content())
