"""One unit as its page tells of it: every number stands for matters and can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from console.bureau.gathering import (
    BEHIND_WORDS,
    WEEKS,
    Given,
    Standing,
    matter_of,
    of_answered,
    of_load,
    of_period,
    of_reminder,
    of_tickets,
    title_of,
)
from console.frame import SHORT_STEPS, Session, Symbols, colour_word, fit
from console.ranking import movement_words
from console.widgets import AXIS, Figure, FigureSheet, bar_lines, slots, under
from models import orders
from rules.casework import PAPER_NAMES, RATINGS
from rules.clocks import STEP_NAMES, short_due
from rules.ranking import parse_period

if TYPE_CHECKING:
    from models.ranking import UnitPeriod, UnitPlace, UnitPlaces
    from models.views import QueueRow, StepLoad, UnitDone

SHADES = {"red": "bold $duban-red", "yellow": "$duban-yellow", "blue": "$duban-blue"}

HEIGHT = 4
"""Lines of a plot over its ground line."""

Number = Figure | tuple[str, str]

Line = list[Number | str]

MEANS = {"text": "文字", "phone": "电话"}

TICKET = "ticket:"
"""Before the id of an appeal, in the word of a figure that opens one."""

ORDERS = "督办单"


class UnitPage:
    """Writes the parts of a unit's page; ``behind`` finds what each number stands for."""

    def __init__(self, session: Session, standing: Standing, symbols: Symbols, width: int) -> None:
        """Write onto a new sheet of so many cells."""
        self.sheet = FigureSheet(width, symbols.rule)
        self.behind: dict[str, Given] = {}
        self._session = session
        self._standing = standing
        self._now = standing.now
        self._symbols = symbols
        self._keeper = standing.keeper
        self._masking = standing.policy.privacy.on_screen

    def contact(self) -> None:
        """Whom to call."""
        contact, dim = self._now.contact, FigureSheet.DIM
        dot = self._symbols.separator
        self.sheet.line(
            (contact.short_name, "bold $accent"),
            "  ",
            (dot.join((contact.name, contact.group, contact.code)), dim),
        )
        self.sheet.line(
            ("联络员 ", dim),
            (contact.answers or "未登记", "bold"),
            ("  电话 ", dim),
            (contact.phone or "未登记", "bold"),
            ("  分管领导 ", dim),
            contact.leader or "未登记",
        )

    def load(self) -> None:
        """What it has in hand, by colour and step."""
        now = self._now
        line: Line = []
        self.sheet.heading("在办")
        for colour, shade in SHADES.items():
            word = colour_word(colour, self._symbols)
            line += [(f"{word} ", shade), self._load(now.total(colour), colour, shade), "   "]
        self.sheet.line(*line)
        self.sheet.line(
            "超期 ",
            self._load(now.total("late"), "late", "bold $duban-red"),
            "   下一工作日转红 ",
            self._load(now.total("next"), "next", "bold"),
            "   挂起 ",
            self._load(now.paused, "paused", "bold"),
            "   答复待审 ",
            self._figure(now.answered, "答复待审", of_answered(now.contact.id)),
        )
        if now.merged:
            self.sheet.line((f"并入主件 {now.merged:,}件，随主件计在以上各数", FigureSheet.DIM))
        if now.steps:
            titles = [fit(title, 8, align="right") for title in ("红", "黄", "蓝", "将转红")]
            self.sheet.line((fit("步骤", 8) + "".join(titles), FigureSheet.DIM))
        for step in now.steps:
            self._step(step)

    def _step(self, step: StepLoad) -> None:
        name = SHORT_STEPS.get(step.step, STEP_NAMES.get(step.step, step.step))
        line: Line = [fit(name, 8)]
        for kind in ("red", "yellow", "blue", "next"):
            count = getattr(step, kind)
            line.append(" " * (8 - len(f"{count:,}")))
            line.append(self._load(count, kind, SHADES.get(kind, "bold"), step.step))
        self.sheet.line(*line)

    def late(self) -> None:
        """What is late, the longest first."""
        self._matters("超期未结", "late", self._now.late, "没有超期未结的事项")

    def coming(self) -> None:
        """What turns red by the end of the next working day."""
        self._matters("下一工作日转红", "next", self._now.next, "下一工作日没有要转红的事项")

    def _matters(self, title: str, kind: str, rows: Sequence[QueueRow], none: str) -> None:
        total = self._now.total(kind)
        self.sheet.heading(f"{title} {total:,}件" if total else title)
        if not rows:
            self.sheet.line((none, FigureSheet.DIM))
        for row in rows:
            self._matter(row)
        if total > len(rows):
            more = self._load(total, kind, "bold")
            self.sheet.line(("先列最急的", FigureSheet.DIM), f"{len(rows)}件，全部 ", more, " 件")

    def _matter(self, row: QueueRow) -> None:
        one = matter_of(row, self._keeper, self._standing.moment.now, self._masking)
        self.sheet.line(
            (fit(one.remaining, 15), SHADES.get(one.colour or "", "")),
            Figure(one.number, ORDERS if one.ticket_id is None else f"{TICKET}{one.ticket_id}"),
            f" {fit(SHORT_STEPS.get(one.step, one.step_name), 5)}",
            one.title,
        )

    def weeks(self, weeks: Sequence[UnitPeriod]) -> None:
        """How much was done in time, and how satisfied citizens were, week by week."""
        weeks = weeks[-min(WEEKS, slots(self.sheet.width)) :]
        basic = Fraction(self._standing.policy.ranking.basic_weight)
        self.sheet.heading("每周按时办结率")
        self._plot(weeks, [one.tally.on_time_rate for one in weeks], "due")
        self._numbers("逾期件", weeks, [one.tally.late + one.tally.open for one in weeks], "late")
        self.sheet.heading("每周群众满意率")
        self._plot(weeks, [one.tally.result_rate(basic) for one in weeks], "rated")
        self._numbers("不满意", weeks, [one.tally.unsatisfied for one in weeks], "unsatisfied")
        self._verified(weeks, basic)
        self.sheet.line(("已发布的周是通报的数，其余是现在的数", FigureSheet.DIM))

    def _verified(self, weeks: Sequence[UnitPeriod], basic: Fraction) -> None:
        """The same weeks after re-ratings and exclusions, a dash where that was never counted."""
        rates = [one.tally.verified_rate(basic) for one in weeks]
        self._rates("核实后", weeks, rates, "verified")
        for title, what in (("改评", "rerated"), ("剔除", "excluded")):
            counts = [getattr(one.tally, what) if one.tally.verified else "—" for one in weeks]
            self._numbers(title, weeks, counts, what)

    def _plot(
        self, weeks: Sequence[UnitPeriod], rates: Sequence[Fraction | None], what: str
    ) -> None:
        for drawn in bar_lines(rates, HEIGHT, self._symbols):
            self.sheet.line(drawn)
        self._words("", [f"{_place_in_year(one.period.key)}周" for one in weeks])
        self._rates("比率", weeks, rates, what)

    def _rates(
        self, title: str, weeks: Sequence[UnitPeriod], rates: Sequence[Fraction | None], what: str
    ) -> None:
        words = ["—" if rate is None else f"{round(rate * 100)}%" for rate in rates]
        self._numbers(title, weeks, words, what)

    def _numbers(
        self, title: str, weeks: Sequence[UnitPeriod], counts: Sequence[int | str], what: str
    ) -> None:
        line: Line = [(fit(title, AXIS), FigureSheet.DIM)]
        for one, count in zip(weeks, counts, strict=True):
            line += self._under(str(count), one.period.key, what)
        self.sheet.line(*line)

    def _under(self, word: str, key: str, what: str) -> Line:
        """Return a number under its bar, with the blanks around it."""
        before, shown, behind = under(word)
        given = of_period(self._session, self._now.contact.id, key, what)
        label = parse_period(key, self._session.bureau.zone).label
        return [before, self._figure(shown, f"{label} {BEHIND_WORDS[what]}", given), behind]

    def _words(self, title: str, words: Sequence[str]) -> None:
        """Write words under the bars."""
        slots_of = ("".join(under(word)) for word in words)
        self.sheet.line((fit(title, AXIS) + "".join(slots_of), FigureSheet.DIM))

    def places(self, places: UnitPlaces) -> None:
        """Where it stood, and how long it has been last."""
        self.sheet.heading("位次")
        for title, found in (("周", places.weeks), ("月", places.months)):
            self._stood(title, found[-slots(self.sheet.width) :])
        if places.run is not None:
            count = len(places.run.months)
            self.sheet.line((f"连续末位 {count}个月", "bold $duban-red"))
            for line in places.run.evidence:
                self.sheet.line(f"  {line}")

    def _stood(self, title: str, found: Sequence[UnitPlace]) -> None:
        if not found:
            self.sheet.line((f"没有已发布的{title}", FigureSheet.DIM))
            return
        self._words("", [f"{_place_in_year(one.period)}{title}" for one in found])
        line: Line = [(fit("位次", AXIS), FigureSheet.DIM)]
        for one in found:
            word = "—" if one.standing.place is None else f"{one.standing.place}/{one.of}"
            line += self._under(word, one.period, "rated")
        self.sheet.line(*line)
        self._words(
            "升降",
            ["末位" if one.last else movement_words(one.standing.movement) for one in found],
        )
        if found[-1].provisional:
            self.sheet.line((f"最近一{title}未发布，位次为预判", FigureSheet.DIM))

    def ratings(self, done: UnitDone) -> None:
        """What citizens said of late, and who was not satisfied."""
        self.sheet.heading("近90天办结的评价")
        closed = self._figure(len(done.closed), "近90天办结", of_tickets(done.closed))
        alone = len(done.closed) - len(done.merged)
        after = f"件，并单后{alone:,}件" if done.merged else "件"
        self.sheet.line(("办结 ", FigureSheet.DIM), closed, after)
        for title, found in (("群众评价", done.result), ("工作评价", done.work)):
            line: Line = [(f"{title} ", FigureSheet.DIM)]
            for word in RATINGS:
                ids = found[word]
                shade = "bold $duban-red" if word == "不满意" and ids else "bold"
                opens = f"近90天 {title}{word}"
                line += [f" {word} ", self._figure(len(ids), opens, of_tickets(ids), shade)]
            self.sheet.line(*line)
        if done.reviews:
            line = [("核查 ", FigureSheet.DIM)]
            for word, ids in done.reviews.items():
                line += [f" {word} ", self._figure(len(ids), f"近90天 {word}", of_tickets(ids))]
            self.sheet.line(*line)
        for row in done.unsatisfied:
            self.sheet.line(
                (f"{self._day(row.rated_at)} 不满意  ", "$duban-red"),
                Figure(row.number, f"{TICKET}{row.ticket_id}"),
                f" {fit(row.outcome, 9)}",
                title_of(row, self._masking),
            )

    def times(self, done: UnitDone) -> None:
        """How long it takes for what."""
        self.sheet.heading("近90天办理用时（交办到办结，工作小时，中位数）")
        if not done.categories:
            self.sheet.line(("近90天没有办结的事项", FigureSheet.DIM))
        for one in done.categories[:LISTED]:
            ids = one.ticket_ids
            category = one.category or "未分类"
            self.sheet.line(
                fit(category, 30),
                fit(f"{one.seconds / 3600:.1f}小时", 11, align="right"),
                " " * (6 - len(f"{len(ids):,}")),
                self._figure(len(ids), f"近90天办结 {category}", of_tickets(ids)),
                "件",
            )
        if len(done.categories) > LISTED:
            rest = done.categories[LISTED:]
            ids = tuple(id for one in rest for id in one.ticket_ids)
            others = self._figure(len(ids), f"近90天办结 其余{len(rest)}类", of_tickets(ids))
            self.sheet.line((f"另有{len(rest)}类共 ", FigureSheet.DIM), others, "件")

    def orders(self) -> None:
        """Its papers that are not finished."""
        found = self._now.orders
        self.sheet.heading(f"未销号的督办文书 {len(found)}份" if found else "未销号的督办文书")
        if not found:
            self.sheet.line(("没有", FigureSheet.DIM))
        for one in found:
            due = f"  反馈期限 {self._due(one.due_at)}" if one.due_at else ""
            self.sheet.line(
                f"{PAPER_NAMES[one.kind]} ",
                Figure(one.name, ORDERS),
                "  ",
                (orders.STATUSES[one.status], "$duban-mark"),
                (due, FigureSheet.DIM),
            )

    def reminders(self) -> None:
        """How it was reminded of late."""
        self.sheet.heading("催办")
        if not self._now.reminders:
            self.sheet.line(("没有催办过", FigureSheet.DIM))
        for one in self._now.reminders:
            when = self._day(one.at)
            answered = f"  {one.answered_by}：{one.promised}" if one.answered_by else ""
            self.sheet.line(
                f"{when} {MEANS[one.means]} ",
                self._figure(one.matters, f"{when} 催办#{one.id}", of_reminder(one.id)),
                f"件{answered}",
            )

    def waiting(self, title: str, line: str) -> None:
        """Say of a part that is not there yet why."""
        self.sheet.heading(title)
        self.sheet.line((line, FigureSheet.DIM))

    def _load(self, count: int, kind: str, style: str, step: str | None = None) -> Number:
        moment = self._standing.moment
        words = KINDS[kind] if step is None else f"{STEP_NAMES.get(step, step)} {KINDS[kind]}"
        return self._figure(count, words, of_load(self._now.contact.id, moment, kind, step), style)

    def _figure(self, shown: int | str, opens: str, given: Given, style: str = "bold") -> Number:
        """Return a number that opens what it stands for; behind nought there is nothing."""
        text = shown if isinstance(shown, str) else f"{shown:,}"
        if text in ("0", "—"):
            return text, FigureSheet.DIM
        self.behind[opens] = given
        return Figure(text, opens, style)

    def _due(self, instant: datetime) -> str:
        return short_due(self._keeper.local(instant))

    def _day(self, instant: datetime | None) -> str:
        return "" if instant is None else f"{self._keeper.local(instant):%m-%d}"


KINDS = {
    "red": "红",
    "yellow": "黄",
    "blue": "蓝",
    "next": "下一工作日转红",
    "late": "超期未结",
    "paused": "挂起",
}

LISTED = 12
"""Categories that are told one by one."""


def _place_in_year(key: str) -> str:
    """Return the number of a week or a month: ``2026-W46`` gives 46."""
    return str(int(key.rpartition("-")[2].removeprefix("W")))
