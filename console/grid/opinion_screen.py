"""我要参与: topics with how many answered; beside it the choices counted, the proposals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.content import Content

from console import frame
from console.frame import Session, Symbols, bindings
from console.grid.cell_facts import place_meant
from console.orders import KindList
from console.widgets import Asking, Cell, Column, Sheet, StepMenu
from models import grid
from models.problems import link_or_leave
from rules.errors import Refused
from rules.text import MASKED

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from models.grid import ChoiceCount, OpinionView, TopicView

BAR = 24
"""Cells of the longest bar."""


class Told(NamedTuple):
    """What is read for the pane."""

    topic: TopicView
    counted: Sequence[ChoiceCount]
    proposals: Sequence[OpinionView]


class OpinionsScreen(KindList["TopicView"]):
    """What residents are asked."""

    TITLE = "我要参与"
    EMPTY = "没有议题：按 n 发起投票或征集；收意见用 duban opinion load"
    CSS_PATH = Path(__file__).with_name("cells.tcss")
    BINDINGS = bindings(frame.OPINIONS)
    MARKABLE = False

    COLUMNS = (
        Column("状态", 8, frozen=True),
        Column("议题", 18, most=40),
        Column("种类", 6),
        Column("意见", 7, align="right"),
        Column("地方", 12, most=24),
        Column("截止", 12),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        "running": "进行中",
        "over": "已截止",
        "closed": "已结束",
    }

    @staticmethod
    def listed(session: Session) -> list[TopicView]:
        """Return every topic, those not closed first."""
        with session.reading("list") as reader:
            return grid.opinion_topics(reader)

    def cells(self, row: TopicView) -> list[Cell]:
        """Return the cells of a topic."""
        assert self.session is not None
        state, zone = row.state(self.session.now()), self.session.bureau.zone
        closes = f"{row.closes_at.astimezone(zone):%m-%d %H:%M}" if row.closes_at else "不限"
        return [
            (state, "" if state == "进行中" else "dim"),
            (MASKED.text(row.title), ""),
            (row.kind_name, "dim"),
            (f"{row.opinions:,}", ""),
            (row.place, ""),
            (closes, "dim"),
        ]

    def kinds_of(self, row: TopicView) -> list[str]:
        """Return how a topic stands."""
        assert self.session is not None
        words = {"进行中": "running", "已截止": "over", "已结束": "closed"}
        return [words[row.state(self.session.now())]]

    def aside(self) -> str:
        """Return what is not kept."""
        return "    只计数，不记是谁"

    def read_paper(self) -> None:
        """Show the topic under the cursor, as far as it is still that one when it is read."""
        if (row := self.current) is None:
            return

        def drawn(told: Told, session: Session, room: int) -> Content:
            return topic_page(told, room, self.host.symbols, session.now(), session.bureau.zone)

        self.show_beside(row.id, partial(_told, row=row), drawn)

    # acts

    def action_open_topic(self, typed: str = "") -> None:
        """Ask where and what, then for the choices of a vote."""

        def said(line: str) -> None:
            place, _, title = line.strip().partition(" ")
            prompt = "选项，用空格隔开，例如 同意 不同意；征集建议就空着"
            asking = Asking(f"“{title.strip()}”的选项", prompt, optional=True)
            self.ask(asking, partial(self._opened_with, line, place, title))

        prompt = "社区的代码或名称，空一格，问什么：420111005012 装不装充电棚"
        self.ask(Asking("发起我要参与", prompt, value=typed), said)

    def _opened_with(self, line: str, place: str, title: str, choices: str) -> None:
        def act(session: Session) -> str:
            if not title.strip():
                raise Refused("先写社区再写议题，中间空一格")
            words = choices.split()
            with session.reading("act") as reader:
                code = place_meant(reader, place)
            made = grid.open_topic(
                session.store,
                code,
                title,
                kind="vote" if words else "proposal",
                choices=words,
            )
            return f"已发起{made.kind_name}#{made.id} {made.place} · u 撤销"

        self.work(act, partial(self.action_open_topic, line))

    def action_close_topic(self, typed: str = "") -> None:
        """End the topic under the cursor with an answer."""
        row = self.current
        if row is None:
            return
        if row.closed_at is not None:
            self.told(f"议题#{row.id} 已结束", warning=True)
            return

        def said(answer: str) -> None:
            def act(session: Session) -> str:
                done = grid.close_topic(session.store, row, answer)
                return f"议题#{done.id} 已结束，共{done.opinions}条意见 · u 撤销"

            self.work(act, partial(self.action_close_topic, answer))

        self.ask(Asking(f"结束：{MASKED.text(row.title)}", "社区怎么回应", value=typed), said)

    def action_take_up(self) -> None:
        """Register one of the proposals under the cursor as an appeal."""
        row = self.current
        if row is None:
            return

        def chosen(id: str) -> None:
            def act(session: Session) -> str:
                entered = grid.take_up(session.store, int(id))
                link_or_leave(session.store)
                return f"建议#{id} 已登记为 {entered.number}，不能撤销"

            self.work(act)

        def found(told: Told) -> None:
            waiting = [one for one in told.proposals if one.ticket is None]
            if not waiting:
                self.told("这个议题没有可转的建议", warning=True)
                return
            steps = [(str(one.id), MASKED.text(one.text)) for one in waiting]
            self.ask(StepMenu("把哪一条登记为诉求（登记后不能撤销）", steps), chosen)

        self.question(partial(_told, row=row), found)


def _told(session: Session, row: TopicView) -> Told:
    with session.reading("paper") as reader:
        topic = grid.topic_of(reader, row.id)
        return Told(topic, grid.counted(reader, topic), grid.proposals_of(reader, row.id))


def topic_page(told: Told, width: int, signs: Symbols, now: datetime, zone: ZoneInfo) -> Content:
    """Return the page of a topic, to be shown in so many cells."""
    sheet, topic = Sheet(width, signs.rule), told.topic
    sheet.line((MASKED.text(topic.title), Sheet.STRONG))
    sheet.fact("地方", f"{topic.place} {topic.code}")
    sheet.fact("发起", f"{topic.opened_at.astimezone(zone):%Y-%m-%d %H:%M}")
    sheet.fact("状态", f"{topic.state(now)} · {topic.kind_name} · {topic.opinions:,}条")
    if topic.kind == "vote":
        sheet.heading("票数")
        most = max((one.count for one in told.counted), default=0)
        for one in told.counted:
            bar = signs.bars[-1] * round(BAR * one.count / most) if most else ""
            sheet.line(f"{one.choice} ", (bar, "$accent"), f" {one.count:,}")
    else:
        sheet.heading("建议")
        for proposal in told.proposals:
            become = f"  已转 {proposal.ticket}" if proposal.ticket else ""
            sheet.line(
                (f"{proposal.at.astimezone(zone):%m-%d} {proposal.cell} ", Sheet.DIM),
                MASKED.text(proposal.text),
                (become, Sheet.DIM),
            )
        if not told.proposals:
            sheet.line(("还没有人提建议", Sheet.DIM))
    if topic.answer:
        sheet.heading("社区答复")
        sheet.text(MASKED.text(topic.answer))
    return sheet.content()
