"""Acts that more than one screen offers: to take a step on matters, and to draft orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message

from console.casework.forms import Forms, line_of, unit_choice
from console.casework.taking import Chosen, Said, again, reminders_on_paper, take
from console.frame import FullScreen, Say, Session, start
from console.widgets import Choosing, Confirming, Reading
from models import orders
from rules.errors import DubanError

if TYPE_CHECKING:
    from models.casework import Done, Reminded
    from models.orders import Drafted
    from models.views import UnitChoice


MANY = 20
"""An act on more matters than this asks first (UX.md, danger classes)."""

Which = tuple[int, Callable[[Session], list[Chosen]]]
"""How many matters an act would fall on, and how to read them in a worker."""


class ActingScreen(FullScreen):
    """A screen whose matters can be acted on; more than ``SURE`` at once are confirmed."""

    SURE: ClassVar[int] = MANY

    @dataclass
    class ToDispatch(Message):
        """The matters to hand to a unit are known."""

        chosen: list[Chosen]
        unit: UnitChoice

    @dataclass
    class ToDraft(Message):
        """The matters to draft orders on are known."""

        chosen: list[Chosen]

    @dataclass
    class Took(Message):
        """A step was taken."""

        told: str
        verb: str
        done: Done

    @dataclass
    class Written(Message):
        """Reminders were put on paper."""

        folder: str

    @dataclass
    class Failed(Message):
        """A step was refused; what was typed for it is at hand, the matters as they are now."""

        line: str
        verb: str
        name: str
        chosen: list[Chosen]
        said: Said

    @dataclass
    class DraftsMade(Message):
        """Drafts were made."""

        drafted: Drafted

    def which(self) -> Which:
        """Return what an act would fall on."""
        raise NotImplementedError

    # to take a step

    def ask_and_take(
        self, verb: str, name: str, chosen: Sequence[Chosen], said: Said | None = None
    ) -> None:
        """Ask what a step needs, then take it on the chosen."""
        whom = chosen[0].number if len(chosen) == 1 else f"{len(chosen)}件"
        forms = Forms(
            self,
            "ticket",
            verb,
            f"{name} · {whom}",
            lambda answer: self.take(verb, name, chosen, answer),
        )
        forms.ask(said)

    def take(self, verb: str, name: str, chosen: Sequence[Chosen], said: Said) -> None:
        """Take a step on the chosen, after one confirmation if they are many."""
        if not self.may_write():
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._take(verb, name, chosen, said)

        line = line_of("ticket", verb)
        typed = bool(line) and (not line[0].without or line[0].name in said)
        # whoever typed a line has read how many it falls on
        if len(chosen) <= (MANY if typed else self.SURE):
            self._take(verb, name, chosen, said)
            return
        sentence = f"将对{len(chosen)}件诉求登记“{name}”，不能办的会跳过并列出。"
        self.app.push_screen(
            Confirming(f"{name} · {len(chosen)}件", sentence, act=name, undo="24小时内可按 u 撤销"),
            answered,
        )

    def _take(self, verb: str, name: str, chosen: Sequence[Chosen], said: Said) -> None:
        session, matters = self.session, list(chosen)
        if session is None or not matters:
            return

        def job(say: Say) -> None:
            try:
                done = take(session, verb, matters, said)
            except DubanError as refusal:
                seen = again(session, matters)
                say(self.Failed(str(refusal), verb, name, seen, said))
            else:
                say(self.Took(_toast(session, verb, name, matters, said, done), verb, done))

        start(self, "write", job)

    @on(Took)
    def _took(self, message: Took) -> None:
        self.app.notify(message.told, markup=False)
        self._name_skipped([f"{number}：{reason}" for number, reason in message.done.skipped])
        if message.verb == "urge":
            self._show_reminders(message.done.made)
        self.acted()
        self.host.recount()

    def _show_reminders(self, reminders: Sequence[Reminded]) -> None:
        texts = (
            "\n".join(filter(None, (f"联络员 {r.liaison} {r.phone}".rstrip(), r.text)))
            if r.liaison or r.phone
            else r.text
            for r in reminders
        )
        self.app.push_screen(
            Reading(
                f"催办 · {len(reminders)}个单位",
                "\n\n".join(texts),
                lambda: self._on_paper(reminders),
            )
        )

    def _on_paper(self, reminders: Sequence[Reminded]) -> None:
        session = self.session
        if session is not None:
            start(
                self,
                "write",
                lambda say: say(self.Written(str(reminders_on_paper(session, reminders)))),
            )

    @on(Written)
    def _written(self, message: Written) -> None:
        self.app.notify(f"已写入 {message.folder}", timeout=12, markup=False)

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        """Say why, show what changed, and give back what was typed."""
        self.app.notify(message.line, severity="warning", timeout=12, markup=False)
        self.refused()
        if any(message.said.get(ask.name) for ask in line_of("ticket", message.verb)):
            self.ask_and_take(message.verb, message.name, message.chosen, message.said)

    def refused(self) -> None:
        """Show what is true now, the marks left as they are."""
        self.acted()

    # to dispatch

    def action_dispatch(self) -> None:
        """Hand matters to a unit chosen by typing."""
        self.pick_unit(self.which())

    def pick_unit(self, which: Which) -> None:
        """Let a unit be typed for matters; the picker is there at once."""
        session, (count, read) = self.session, which
        if session is None or not self.may_write():
            return
        if not count:
            self.say("没有可派单的诉求：先把光标移到一件诉求上")
            return

        def picked(unit: UnitChoice | None) -> None:
            if unit is not None:
                start(self, "act", lambda say: say(self.ToDispatch(read(session), unit)))

        note = f"回车即派出这{count}件，承办单位的时限从现在起算 · Esc 返回"
        if count > MANY:
            note = f"回车后再确认一次才派出这{count}件 · Esc 返回"
        choices = [unit_choice(unit, unit) for unit in session.bureau.units]
        prompt = "单位名称的一部分或拼音首字母"
        title = f"派单 · {count}件 → 承办单位"
        self.app.push_screen(Choosing(title, prompt, choices, note=note), picked)

    @on(ToDispatch)
    def _confirm_dispatch(self, message: ToDispatch) -> None:
        chosen, unit = message.chosen, message.unit
        if not chosen:
            self.say("标记的都不是诉求，没有派单")
            return
        self.take("dispatch", f"派给{unit.short_name}", chosen, {"unit_id": unit.id})

    # to draft orders

    def action_draft(self) -> None:
        """Draft orders, one per lead unit."""
        session, (count, read) = self.session, self.which()
        if session is not None and count and self.may_write():
            start(self, "act", lambda say: say(self.ToDraft(read(session))))

    @on(ToDraft)
    def _confirm_draft(self, message: ToDraft) -> None:
        chosen, session = message.chosen, self.session
        if not chosen or session is None:
            self.say("没有可拟督办单的诉求：先把光标移到一件诉求上")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                ids = [one.ticket_id for one in chosen]
                start(
                    self,
                    "write",
                    lambda say: say(self.DraftsMade(orders.draft(session.store, ids))),
                )

        undo = "只拟草稿，不编文号；已有未销号督办单的诉求会跳过并列出。草稿可以作废。"
        self.app.push_screen(
            Confirming("拟制督办单", _by_unit(chosen), act="拟稿", undo=undo), answered
        )

    @on(DraftsMade)
    def _drafts_made(self, message: DraftsMade) -> None:
        drafted = message.drafted
        if drafted.orders:
            self.app.notify(f"已拟{len(drafted.orders)}份督办单 · F4 查看签发", markup=False)
        self._name_skipped([f"{one.number}：{one.reason}" for one in drafted.skipped])
        self.acted()

    def _name_skipped(self, skipped: Sequence[str]) -> None:
        if skipped:
            more = f"\n… 等{len(skipped)}件" if len(skipped) > 5 else ""
            self.app.notify(
                "\n".join(skipped[:5]) + more,
                title=f"跳过{len(skipped)}件",
                severity="warning",
                timeout=12,
                markup=False,
            )


def _toast(
    session: Session, verb: str, name: str, chosen: Sequence[Chosen], said: Said, done: Done
) -> str:
    """Return what a toast says of a step that was taken: ``已签收 · u 撤销``."""
    whom = f" {chosen[0].number}" if len(chosen) == 1 else f" {len(done.done)}件"
    if verb in ("dispatch", "transfer"):
        unit = next((u.short_name for u in session.bureau.units if u.id == said["unit_id"]), "")
        return f"已派给{unit} {len(done.done)}件 · u 撤销"
    return f"已{'登记' if name.startswith('不') else ''}{name}{whom} · u 撤销"


def _by_unit(chosen: Sequence[Chosen]) -> str:
    units = Counter(one.unit for one in chosen if one.unit)
    listed = "、".join(f"{unit} {count}件" for unit, count in units.most_common(6))
    more = " 等" if len(units) > 6 else ""
    left = sum(not one.unit for one in chosen)
    waiting = f"；另有{left}件尚未派单，不拟" if left else ""
    orders = f"将对{len(chosen) - left}件诉求拟{len(units)}份督办单，每个主办单位一份"
    return f"{orders}：{listed}{more}{waiting}。"
