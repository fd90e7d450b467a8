"""回访: one citizen to be called after the other; the only screen of who does nothing but call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from console.casework import LookingScreen
from console.frame import CALLING, Drawn, Refusal, Session, bindings
from console.review.case_pages import flowing
from console.widgets import Asking, Page, Part, Sheet, StepMenu, Writing
from models import casework, privacy, review
from rules.casework import CALL_QUESTIONS, CALLBACKS, RATINGS
from rules.clocks import short_instant
from rules.errors import DubanError

if TYPE_CHECKING:
    from models.privacy import Seen
    from models.review import NextCall

WIDE = 100
"""Cells from which the appeal and what came of it stand beside each other."""

NEUTRAL = "照原样问，按原话记；不解释、不劝说、不许诺。"

NOTHING = "现在没有要打的回访。\nr 再看一次 · q 退出"

UNRATED = "没有给评价"

KEYS = tuple((key.keys, key.label) for key in CALLING if key.keys.isdigit())


class CallerScreen(LookingScreen):
    """The call drawn, its number on a key, and the digits that say what came of it."""

    TITLE = "回访"
    CSS_PATH = Path(__file__).with_name("caller.tcss")
    BINDINGS = bindings(CALLING)

    def __init__(self) -> None:
        """No call is drawn before there is a session."""
        super().__init__()
        self._call: NextCall | None = None
        self._drawn: Drawn[NextCall] = Drawn()
        self._run = 0
        self._made = 0
        self._looked = 0
        self._skipped: list[int] = []
        self._said: dict[int, dict[str, Any]] = {}

    def body(self) -> ComposeResult:
        """Lay out the head, the two pages, whose number it is, and the digits."""
        yield Static(id="call-head", markup=False)
        with Horizontal(id="call-pages"):
            yield Page(id="asked")
            yield Page(id="done")
        yield Static(id="call-foot", markup=False)
        yield Static(id="call-keys", markup=False)

    def on_mount(self) -> None:
        """Put the hand on the first page."""
        self.query_one("#asked").focus()
        self._blank("正在领取")

    def begin(self, session: Session) -> None:
        """Take the first call."""
        self.facts(session.now())
        self.take_next()

    # taking

    def take_next(self) -> None:
        """Read the call to make now; a late answer to an earlier question is dropped."""
        self._run += 1
        self._drawn.clear()
        self.cover()
        skipped = tuple(self._skipped)

        def read(session: Session) -> NextCall | None:
            return review.next_call(session.store, skipped)

        self.fetch("call", read, partial(self._taken, self._run))

    def _taken(self, run: int, call: NextCall | None) -> None:
        if run != self._run:
            return
        self._call = call
        if call is not None:
            self._draw()
            for page in self.query(Page):
                page.scroll_home(animate=False)
        elif self._skipped:
            self._blank(f"跳过的{len(self._skipped)}件还在：按 0 再看一遍\nr 再看一次 · q 退出")
        else:
            self._blank(NOTHING)

    def on_refusal(self, message: Refusal) -> None:
        """Say also where a call would stand why there is none; look again where a look failed."""
        if message.group == "call":
            self._call = None
            self._blank(f"{message.line}\nr 再看一次 · q 退出")
        elif message.group == "look":
            self.take_next()

    def action_refresh(self) -> None:
        """Look again which call is to be made now."""
        self.take_next()

    def action_skip(self) -> None:
        """Pass over the call drawn for now; with none left, look at those passed over again."""
        if self._call is None and self._skipped:
            self._skipped.clear()
            self.take_next()
        elif (call := self._at_hand()) is not None:
            self._skipped.append(call.id)
            self.told(f"已跳过 {call.number}")
            self.take_next()

    def _at_hand(self) -> NextCall | None:
        """Return the call that was drawn when the key was pressed; say so if none was."""
        call = self._drawn.at(self.host.pressed_at)
        if call is None or call is not self._call:
            self.say("没有要打的回访" if self._call is None else "还没画完：看清以后再按")
            return None
        return call

    # drawing

    def on_resize(self) -> None:
        """Lay the pages out anew."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        """Draw the call; only once that is painted may anything be done with it."""
        session, call = self.session, self._call
        if session is None or call is None:
            return
        wide = self.size.width >= WIDE
        asked, done = self.query_one("#asked", Page), self.query_one("#done", Page)
        done.set_class(not wide, "-spare")
        room = self.size.width // (2 if wide else 1) - 4
        sheets = [Sheet(room, self.host.symbols.rule) for _ in range(1 + wide)]
        clock = partial(_minute, session)
        _write_asked(call, sheets[0], clock)
        _write_done(call, sheets[-1], clock)
        for page, sheet in zip((asked, done), sheets, strict=False):
            page.put(sheet.content())
        self._line("head", self._head(call))
        whose: list[Part] = [("诉求人 ", Sheet.DIM), f"{call.reporter or '未留姓名'}  "]
        self._line("foot", Content.assemble(*whose, call.phone or "未留电话"))
        digits: list[list[Part]] = [[(digit, "bold $accent"), label] for digit, label in KEYS]
        self._line("keys", flowing(digits, self.size.width - 2, "  "))
        self._drawn.put(self, call)

    def _head(self, call: NextCall | None) -> Content:
        made: Part = (f"本次已登记{self._made}件", "bold")
        if call is None:
            return Content.assemble(made)
        tried = f" · 第{call.attempts + 1}次打"
        return Content.assemble(
            made, "   ", (f"{call.purpose_name}{tried}  {call.number}", "bold $accent")
        )

    def _blank(self, line: str) -> None:
        """Show one text instead of a call."""
        self._drawn.clear()
        self.query_one("#done").add_class("-spare")
        self.query_one("#asked", Page).put(Content(line))
        self._line("head", self._head(None))
        self._line("foot", Content(""))
        self._line("keys", Content(""))

    def _line(self, name: str, content: Content) -> None:
        self.query_one(f"#call-{name}", Static).update(content)

    # the number

    def looked_at(self) -> tuple[int, str] | None:
        """Return the appeal that the call is about."""
        call = self._call
        return None if call is None else (call.ticket_id, call.number)

    def action_call(self) -> None:
        """Show the number of the call drawn, once the look is on record."""
        call = self._at_hand()
        if call is not None:
            self.cover()
            shown = partial(self._show_number, self._asked, call.id)
            self.fetch("look", lambda s: privacy.look_to_call(s.store, call.id), shown)

    def _show_number(self, asked: int, call_id: int, seen: Seen) -> None:
        self._looked = call_id
        self._show_whose(asked, seen)

    # what came of it

    def action_attempt(self, which: int) -> None:
        """Record that the citizen answered, did not, or would not speak."""
        call, result = self._at_hand(), CALLBACKS[which - 1]
        if call is None:
            return
        if self._looked != call.id:
            self.told("还没看号码：先按 8 显示号码拨打，再登记结果", warning=True)
        elif result == "接通":
            self._ask_words(call)
        else:
            self._record(call, {"result": result})

    def _ask_words(self, call: NextCall) -> None:
        """Ask what the citizen said; what was typed for a refused record stands there again."""
        typed = self._said.get(call.id, {}).get("text", "")
        prompt = "诉求人的原话；不要写个人信息"
        title = f"接通 · {call.number} · 诉求人的话"
        note = "回车到下一步 · Ctrl+N 换行 · Esc 返回"
        self.ask(Writing(title, prompt, value=typed, note=note), partial(self._ask_rating, call))

    def _ask_rating(self, call: NextCall, text: str) -> None:
        """Ask what the citizen thinks of the result now; in a recheck that is why one calls."""
        choices = [(one, one) for one in RATINGS]
        if call.purpose != "recheck":
            choices.append(("", UNRATED))
        said = {"result": "接通", "text": text}

        def rated(rating: str) -> None:
            if rating:
                self._ask_recording(call, said | {"rating": rating})
            else:
                self._record(call, said)

        self.ask(StepMenu(f"{call.number} · 诉求人自己说的评价", choices), rated)

    def _ask_recording(self, call: NextCall, said: dict[str, Any]) -> None:
        """Ask which recording holds the rating: without one it does not count."""
        typed = self._said.get(call.id, {}).get("recording", "")
        title = f"{call.number} · {said['rating']} · 录音编号"
        asking = Asking(title, "录音系统里这一通的编号", value=typed, note="回车登记 · Esc 返回")
        self.ask(asking, lambda number: self._record(call, said | {"recording": number}))

    def _record(self, call: NextCall, said: dict[str, Any]) -> None:
        """Record the attempt; where it is refused, what was typed is kept for the next try."""
        self._said[call.id] = said

        def record(session: Session) -> Callable[[], None]:
            ids, seen = [call.ticket_id], {call.ticket_id: call.version}
            try:
                casework.take(
                    session.store, "callback", ids, seen=seen, purpose=call.purpose, **said
                )
            except DubanError as refusal:
                return partial(self._refused, str(refusal))
            return partial(self._recorded, call, said)

        self.write(record, lambda tell: tell())

    def _refused(self, line: str) -> None:
        """Say why, and show what is true now."""
        self.told(line, warning=True)
        self.take_next()

    def _recorded(self, call: NextCall, said: dict[str, Any]) -> None:
        self._made += 1
        self._said.pop(call.id, None)
        rated = f"，{said['rating']}" if "rating" in said else ""
        self.told(f"已登记{said['result']}{rated} {call.number} · u 撤销")
        self.take_next()

    def acted(self) -> None:
        """Show the call to make after something was taken back."""
        self.take_next()


Clock = Callable[[Any], str]


def _minute(session: Session, instant: Any) -> str:
    local = instant.astimezone(session.bureau.zone).replace(second=0)
    return short_instant(local)


def _write_asked(call: NextCall, sheet: Sheet, clock: Clock) -> None:
    """What it is about, and what to ask, word by word."""
    sheet.line((call.title, "bold"))
    sheet.line((f"{clock(call.received_at)} 受理  {clock(call.closed_at)} 办结", sheet.DIM))
    sheet.heading("问")
    for n, question in enumerate(CALL_QUESTIONS[call.purpose], 1):
        sheet.line((f"{n} ", "bold $accent"), question)
    sheet.line((NEUTRAL, "$duban-yellow"))
    sheet.heading("诉求")
    sheet.text(call.content or call.title)


def _write_done(call: NextCall, sheet: Sheet, clock: Clock) -> None:
    """What was answered to the appeal, and what came of earlier calls."""
    sheet.heading(f"答复 {call.unit}".rstrip())
    sheet.text(call.reply or "没有答复")
    if call.calls:
        sheet.heading("以前的回访")
    for one in call.calls:
        said = f"：{one.said}" if one.said else ""
        sheet.line((f"{clock(one.at)} ", sheet.DIM), one.result, said)
