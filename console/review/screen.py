"""F5 核查: one unsatisfied matter after the other, each verdict one to three keys away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from console.casework import Chosen, Said, chosen_of
from console.frame import REVIEW, bindings
from console.letters import ask_dossier
from console.review.case_pages import CasePages, foot, head, keys, parts_of, remarked
from console.review.handing import HandingScreen
from console.widgets import Asking, Page, Sheet, StepMenu
from rules.casework import CALL_PURPOSES, CAUSES, STEPS

if TYPE_CHECKING:
    from models.views import ReviewCase

PAGES = 4

AT_ONCE = ("uphold", "unreached")
"""Verdicts that ask nothing."""

NAMES = {step.verb: step.name for step in STEPS if step.kind == "review"}

NOTHING = """没有待核查的不满意件。

群众评价不满意的会自动转到这里；以前评的，用命令 duban review open --since 日期 补开。
r 刷新 · F2 回队列"""


@dataclass(frozen=True, slots=True)
class Remark:
    """What goes with the next verdict: why the citizen was unsatisfied, and a remark."""

    cause: str | None = None
    text: str = ""


class ReviewScreen(HandingScreen):
    """The matter in hand in its parts, and the digits that decide it."""

    TITLE = "核查"
    CSS_PATH = Path(__file__).with_name("review.tcss")
    BINDINGS = bindings(REVIEW)

    def __init__(self) -> None:
        """Nothing is remarked yet."""
        super().__init__()
        self._remark = Remark()
        self._judging = False
        self._kept = False

    def body(self) -> ComposeResult:
        """Lay out the head, the parts of the matter, its rating, and the digits."""
        yield Static(id="review-head", markup=False)
        with Horizontal(id="review-pages"):
            for place in range(PAGES):
                yield Page(id=f"part{place}")
        yield Static(id="review-foot", markup=False)
        yield Static(id="review-remark", markup=False)
        yield Static(id="review-keys", markup=False)

    def on_mount(self) -> None:
        """Put the hand on the first part."""
        self.query_one("#part0").focus()
        self.blank("正在领取")

    def go_on(self) -> None:
        """Show the next matter; what was remarked was for the last one, unless that was refused."""
        if not self._kept:
            self._remark = Remark()
        self._kept = False
        super().go_on()

    # drawing

    def on_resize(self) -> None:
        """Lay the parts out anew."""
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Draw the matter; only once that is painted may it be decided."""
        session, case = self.session, self.case
        self.draw_head()
        if session is None or case is None:
            return
        self.facts(session.now())
        zone, signs = session.bureau.zone, self.host.symbols
        parts = parts_of(self.size.width)
        room = (self.size.width - len(parts) + 1) // len(parts) - 3
        for place, page in enumerate(self.query(Page)):
            page.set_class(place >= len(parts), "-spare")
            page.set_class(0 < place < len(parts), "-beside")
            if place < len(parts):
                sheet = Sheet(room, signs.rule)
                pages = CasePages(case, zone, signs, sheet)
                for write in parts[place]:
                    write(pages)
                page.put(sheet.content())
        self._line("foot", foot(case, zone, signs, self.size.width - 2))
        self._line("keys", keys(self.size.width - 2))
        self._draw_remark()
        self.drawn.put(self, case)

    def draw_head(self) -> None:
        """Draw how much there is to do, and which matter this is."""
        self._line("head", head(self.case, self.counts, self.size.width - 2))

    def blank(self, line: str) -> None:
        """Show one text instead of a matter."""
        self.forget()
        for place, page in enumerate(self.query(Page)):
            page.set_class(place > 0, "-spare")
            page.put(Content(line if place == 0 else ""))
        self._line("foot", Content(""))
        self._line("keys", Content(""))
        self._draw_remark()

    def nothing(self) -> None:
        """Say that nothing is left, and what to press."""
        others = self.counts.others if self.counts is not None else 0
        lines = [NOTHING]
        if self.skipped:
            lines.append(f"跳过的{len(self.skipped)}件还在：按 0 再看一遍")
        if others:
            lines.append(f"另有{others}件由他人在核")
        self.blank("\n".join(lines))

    def _draw_remark(self) -> None:
        remark = self._remark
        self.set_class(bool(remark.cause or remark.text), "-remarked")
        self._line("remark", remarked(remark.cause, remark.text))

    def _line(self, name: str, content: Content) -> None:
        self.query_one(f"#review-{name}", Static).update(content)

    # verdicts

    def action_verdict(self, verb: str) -> None:
        """Give the matter drawn its verdict, at once or after what it must ask."""
        case = self._at_hand()
        if case is None:
            return
        step, chosen, said = f"review.{verb}", [chosen_of(case.ticket)], self._said(verb, case)
        if verb in AT_ONCE:
            self.take(step, NAMES[verb], chosen, said)
        else:
            self.ask_and_take(step, NAMES[verb], chosen, said)

    def _at_hand(self) -> ReviewCase | None:
        """Return the matter that was drawn when the key was pressed; say so if none was."""
        case = self.drawn.at(self.host.pressed_at)
        if case is None or case is not self.case:
            self.say("没有在手的件" if self.case is None else "这一件还没画完：看清以后再按")
            return None
        return case

    def _said(self, verb: str, case: ReviewCase) -> Said:
        """Return what is said already; a text that is not asked here is said to be none."""
        assert self.session is not None
        remark, said = self._remark, dict[str, Any]()
        if verb in ("uphold", "excuse", "rework", "supervise"):
            said["cause"] = remark.cause
        if remark.text and verb != "unreached":
            name = {"uphold": "text", "rerate": "text", "exclude": "evidence"}.get(verb, "reason")
            said[name] = remark.text
        if verb == "rerate" and case.connected:
            said.setdefault("text", None)
        if verb == "excuse" and self.session.bureau.excused == "counted":
            said["evidence"] = None
        return said

    def _take(self, verb: str, name: str, chosen: Sequence[Chosen], said: Said) -> None:
        self._judging = verb.startswith("review.")
        super()._take(verb, name, chosen, said)

    def _refused(
        self, line: str, verb: str, name: str, chosen: Sequence[Chosen], said: Said
    ) -> None:
        """Keep what was typed: the matter may be somebody else's by now."""
        self._judging, self._kept = False, True
        typed = next((str(said[key]) for key in _TYPED if said.get(key)), "")
        if typed:
            self._remark = replace(self._remark, text=typed)
        super()._refused(line, verb, name, chosen, said)

    def acted(self) -> None:
        """Show the next matter after a verdict, else the same one as it is now."""
        judged, self._judging = self._judging, False
        if judged:
            self._kept = False
            self.go_on()
        else:
            self.reread()

    def refused(self) -> None:
        """Show what is true now."""
        self.reread()

    def action_take_back(self) -> None:
        """Take back one's own last verdict, and take its matter in hand again."""
        self._undo("review.")

    def action_undo(self) -> None:
        """Take back the last act; the matter of a verdict comes back into the hand."""
        self._undo("")

    def _undo(self, of: str) -> None:
        hands = self.hands
        if hands is not None:
            self.write(lambda _: hands.undo(of), self._undone)

    def _undone(self, done: tuple[str, ReviewCase | None]) -> None:
        words, case = done
        self.told(f"已撤销：{words} · Ctrl+R 重做")
        self.host.recount()
        if case is None:
            self.reread()
        else:
            self.put_back(case)

    def action_skip(self) -> None:
        """Pass over the matter drawn for now, and give it back; those passed over come last."""
        if self.case is None and self.skipped:
            self.skipped.clear()
            self.take_next()
            return
        case, hands = self._at_hand(), self.hands
        if case is None or hands is None:
            return
        self.skipped.append(case.review.id)
        self.fetch("skip", lambda _: hands.give_back(case.review.id), lambda _: None)
        self.told(f"已跳过 {case.ticket.number}")
        self.go_on()

    # besides

    def action_remark(self) -> None:
        """Choose why the citizen was unsatisfied, or write a remark, for the next verdict."""
        case = self._at_hand()
        if case is None:
            return
        steps = [*CAUSES.items(), ("", "写备注..")]
        title = f"不满意原因 · {case.ticket.number} · 随下一结论记入"
        self.ask(StepMenu(title, steps), self._remarked)

    def _remarked(self, cause: str) -> None:
        if cause:
            self._remark = replace(self._remark, cause=cause)
            self._draw_remark()
            return

        def written(text: str) -> None:
            self._remark = replace(self._remark, text=text)
            self._draw_remark()

        asking = Asking(
            "备注 · 随下一结论记入",
            "核实到的情况；不要写个人信息",
            value=self._remark.text,
            note="回车记下 · Esc 返回",
            optional=True,
        )
        self.ask(asking, written)

    def action_call(self) -> None:
        """Show whom to call, for the reason that is on record."""
        case = self._at_hand()
        if case is not None:
            self.cover()
            self._look(case.ticket.id, CALL_PURPOSES["review"])

    def action_dossier(self) -> None:
        """Ask for a year and perhaps a unit, then write the dossier."""
        ask_dossier(self)

    def action_open(self) -> None:
        """Show the whole appeal over this screen."""
        if self.case is not None:
            self.host.open_ticket(self.case.ticket.id)

    def action_refresh(self) -> None:
        """Read the matter again, or look whether there is one now."""
        self.reread()


_TYPED = ("reason", "evidence", "text")
"""What of a verdict is typed; it is kept where the verdict is refused."""
