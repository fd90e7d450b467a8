"""值班与代理: who answers now and next, beside each entry what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual.content import Content

from console.frame import ROTA, Session, bindings
from console.orders import KindList, PaperPane
from console.rota.rota_span import span_typed, whose_typed
from console.widgets import Asking, Cell, Column, Sheet, StepMenu
from models import rota
from rules.clocks import long_instant, short_due
from rules.rota import KINDS, WHOSE

if TYPE_CHECKING:
    from models.rota import DutyView

PAST = timedelta(days=31)
"""How long an entry is listed after its end."""

FOLLOWS = {
    ("duty", "unit"): "催办写给值班人员和值班电话",
    ("deputy", "unit"): "催办写给代理人；同时有值班的，写给值班人员",
    ("duty", "leader"): "带班期间领导在值班表上",
    ("deputy", "leader"): "签发人里只列代理的领导，不列被代理的",
    ("duty", "operator"): "值班期间在值班表上",
    ("deputy", "operator"): "其联系单位并入代理人的“我的联系单位”；这些单位的核查，代理人也回避",
}
"""What follows from an entry while it is in force."""


class RotaScreen(KindList["DutyView"]):
    """Who is on duty, and who stands in for whom."""

    TITLE = "值班与代理"
    EMPTY = "没有值班和代理：按 n 登记值班，按 d 登记代理"
    CSS_PATH = Path(__file__).with_name("rota.tcss")
    BINDINGS = bindings(ROTA)
    MARKABLE = False

    COLUMNS = (
        Column("状态", 8, frozen=True),
        Column("种类", 10),
        Column("为谁", 10, most=20),
        Column("由谁", 10, most=20),
        Column("电话", 13),
        Column("从", 11),
        Column("到", 11),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {"now": "现在", **WHOSE}

    def cells(self, row: DutyView) -> list[Cell]:
        """Return the cells of an entry."""
        assert self.session is not None
        now, zone = self.session.now(), self.session.bureau.zone
        look = "" if row.holds(now) else "dim"
        return [
            (row.state(now), look),
            (f"{WHOSE[row.of]}{KINDS[row.kind]}", look),
            (row.whom, look),
            (row.person or row.whom, look),
            (row.phone, look),
            (f"{row.from_at.astimezone(zone):%m-%d %H:%M}", look),
            (short_due(row.to_at.astimezone(zone)), look),
        ]

    def kinds_of(self, row: DutyView) -> list[str]:
        """Return for whom an entry is, and whether it is in force."""
        assert self.session is not None
        return [row.of, "now"] if row.holds(self.session.now()) else [row.of]

    @staticmethod
    def listed(session: Session) -> list[DutyView]:
        """Return the entries of late and those to come."""
        with session.reading("list") as reader:
            return rota.rota_since(reader, session.now() - PAST)

    def read_paper(self) -> None:
        """Show the entry under the cursor with what follows from it."""
        row, pane = self.current, self.query_one(PaperPane)
        if row is None or not pane.display or self.session is None:
            return
        now, zone = self.session.now(), self.session.bureau.zone
        pane.put(_page(row, pane.room, self.host.symbols.rule, now, zone))

    # acts

    def action_set_duty(self) -> None:
        """Ask for whom, then who and when."""
        self._ask_whose("登记值班", self._duty)

    def action_set_deputy(self) -> None:
        """Ask for whom, then who stands in and when."""
        self._ask_whose("登记代理", self._deputy)

    def _ask_whose(self, title: str, then: Callable[[str], None]) -> None:
        self.ask(StepMenu(f"{title}：为谁", [*WHOSE.items()]), then)

    def _duty(self, of: str) -> None:
        def said(line: str) -> None:
            def act(session: Session) -> str:
                word, rest = ([*line.split(maxsplit=1), ""])[:2]
                person, phone = "", ""
                if of == "unit":
                    person, rest = ([*rest.split(maxsplit=1), ""])[:2]
                    phone, rest = _phone(rest)
                from_at, to_at = span_typed(rest, session.now(), session.bureau.zone)
                made = rota.set_duty(
                    session.store,
                    **whose_typed(session, of, word),
                    person=person,
                    phone=phone,
                    from_at=from_at,
                    to_at=to_at,
                )
                return f"已登记{made.whom}值班#{made.id} · u 撤销"

            self.work(act, partial(self._duty, of))

        example = {
            "unit": "单位 值班人 电话 从 到，例如 洪山区 张敏 027-87650000 11-21 11-23",
            "leader": "领导 从 到，例如 陈思远 11-21 11-22",
            "operator": "操作员 从 到，例如 liu 11-21 11-22",
        }[of]
        self.ask(Asking(f"登记{WHOSE[of]}值班", example), said)

    def _deputy(self, of: str) -> None:
        def said(line: str) -> None:
            def act(session: Session) -> str:
                word, person, rest = ([*line.split(maxsplit=2), "", ""])[:3]
                from_at, to_at = span_typed(rest, session.now(), session.bureau.zone)
                made = rota.set_deputy(
                    session.store,
                    **whose_typed(session, of, word),
                    person=person,
                    from_at=from_at,
                    to_at=to_at,
                )
                return f"已登记{made.person}代理{made.whom}#{made.id} · u 撤销"

            self.work(act, partial(self._deputy, of))

        example = f"{WHOSE[of]} 代理人 从 到，例如 {_EXAMPLES[of]} 11-23 11-28"
        self.ask(Asking(f"登记{WHOSE[of]}代理", example), said)

    def action_end_duty(self) -> None:
        """Let the entry under the cursor hold no more."""
        row = self.current
        if row is None:
            return

        def said(reason: str) -> None:
            def act(session: Session) -> str:
                done = rota.end_duty(session.store, row, reason)
                return f"{KINDS[done.kind]}#{done.id} {done.whom} 已结束 · u 撤销"

            self.work(act, self.action_end_duty)

        self.ask(Asking(f"提前结束#{row.id} {row.whom}", "理由"), said)


_EXAMPLES = {"unit": "洪山区 张敏", "leader": "周立行 陈思远", "operator": "liu zhou"}


def _phone(rest: str) -> tuple[str, str]:
    """Return the telephone that a line begins with, if it does, and the rest."""
    first, _, after = rest.partition(" ")
    digits = first.replace("-", "")
    return (first, after) if digits.isdecimal() and len(digits) >= 7 else ("", rest)


def _page(row: DutyView, width: int, rule: str, now: datetime, zone: ZoneInfo) -> Content:
    sheet = Sheet(width, rule)
    title = f"{KINDS[row.kind]}#{row.id} {row.whom}"
    sheet.line((title, Sheet.STRONG), (f"  {row.state(now)}", Sheet.DIM))
    sheet.fact("由谁", row.person or row.whom)
    sheet.fact("电话", row.phone)
    sheet.fact("从", long_instant(row.from_at.astimezone(zone)))
    sheet.fact("到", long_instant(row.to_at.astimezone(zone), ends=True))
    sheet.fact("事由", row.reason)
    sheet.heading("期间")
    sheet.line(FOLLOWS[row.kind, row.of])
    return sheet.content()
