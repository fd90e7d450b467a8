"""登记: a new appeal typed into a form, with what is known of it as it is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import App
from textual.timer import Timer
from textual.widgets import Static

from console.casework import adviser_of
from console.frame import ENTRY, Refusal, Session, bindings
from console.intake.advice import Advice, advise, dues_of, long_lines, repeats_of, short_lines
from console.intake.box_rows import BoxRow
from console.intake.entry_words import kept_words, registered, understood
from console.intake.form import BoxForm
from console.intake.keeping import FormFile
from console.intake.offers import Begun, First, read_begun
from console.widgets import Confirming, Picking, StepMenu
from models import intake, problems
from rules.errors import DubanError
from rules.intake import Reading, read_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.intake.keeping import Kept
    from models.intake import Entered
    from models.views import LikeMatter
    from rules.intake import Entry

REST = 0.3
"""Seconds after the last keystroke before what is typed is looked at and kept."""


class EntryScreen(BoxForm):
    """A new appeal: the form, and beside it what is known of it."""

    TITLE = "登记"
    CSS_PATH = Path(__file__).with_name("entry.tcss")
    BINDINGS = bindings(ENTRY)

    def __init__(self) -> None:
        """Nothing is typed yet."""
        super().__init__()
        self._file: FormFile | None = None
        self._opened_at: datetime | None = None
        self._run = 0
        self._rest: Timer | None = None
        self._advice = Advice()
        self._advised = True
        self._asking = False
        self._tried = False
        self._over = False

    # beginning, and going on with a form that was left

    def begin(self, session: Session) -> None:
        """Read what the boxes may say, and whether a form was left."""
        self._file = FormFile(session.store)
        self._opened_at = session.store.now()
        self.facts(session.now())
        self.fetch("begin", read_begun, self._begin)

    def _begin(self, begun: Begun) -> None:
        assert self.session is not None
        self.begun = begun
        if begun.channel and not self.row("channel").typed:
            self.row("channel").put(begun.channel)
        self.offer()
        self._look()
        if begun.left:
            title, about = kept_words(begun.left[0], begun.keeper)
            note = "选取消则先放着，下次再问；放满7天即销毁"
            question = Confirming(title, about, act="继续", undo=note)
            self.ask(question, lambda _: self._go_on(begun.left[0]))

    def _go_on(self, kept: Kept) -> None:
        assert self._file is not None
        self._file.go_on(kept)
        self._opened_at = kept.opened_at
        for row in self.query(BoxRow):
            row.put(kept.typed.get(row.box.name, ""))
        self._look()

    # what is typed

    def changed(self) -> None:
        """Look at what is typed once the hand rests."""
        self._run += 1
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._look)

    def moved(self) -> None:
        """Say how what is typed is understood."""
        if self.begun is not None and not self._over:
            self._show_told(self._read())

    def first(self, box: str) -> Sequence[First]:
        """Return the units suggested, that of the place, and whom the text seems to be against."""
        advice = self._advice
        match box:
            case "unit":
                suggested = [First("建议", one.unit, one.why) for one in advice.suggested]
                return [*suggested, First("属地", advice.seat)] if advice.seat else suggested
            case "accused":
                return [First("推测", unit, words) for unit, words in advice.against]
        return ()

    def _look(self) -> None:
        """Read what is typed, keep it, and ask what is known of it."""
        session, begun = self.session, self.begun
        if session is None or begun is None or self._over:
            return
        self.show_boxes()
        reading, run = self._read(), self._run
        self._show_told(reading)
        self._keep()
        self._advised = False
        unit = begun.words.units.codes.get(reading.entry.unit_id or 0)
        dues = dues_of(begun.keeper, reading.entry, unit, session.store.now())
        self._advice = replace(self._advice, dues=dues)
        self._show_advice()
        if not self._asking:  # one at a time: the memories are read at the first question
            self._asking = True
            self.fetch(
                "advice",
                lambda session: advise(session, begun, reading.entry),
                partial(self._know, run),
            )

    def _read(self) -> Reading:
        assert self.session is not None and self.begun is not None
        now, zone = self.session.store.now(), self.begun.keeper.zone
        return read_entry(self.typed, self.begun.words.register(self._opened_at or now, now, zone))

    @property
    def _unsaved(self) -> bool:
        """Whether a person has typed anything worth keeping."""
        return any(text for name, text in self.typed.items() if name not in ("kind", "channel"))

    def _keep(self) -> None:
        """Keep what is typed in the file of this form."""
        file, session = self._file, self.session
        if file is None or session is None or self._over or not self._unsaved:
            return
        run, now, typed = self._run, session.store.now(), self.typed
        opened = self._opened_at or now
        self.fetch("keep", lambda _: file.keep(run, opened, now, typed), lambda _: None)

    def _know(self, run: int, advice: Advice) -> None:
        self._asking = False
        if run != self._run:
            self._look()
            return
        self._advice, self._advised = advice, True
        self._show_advice()
        self.offer()

    @on(Refusal)
    def _refused(self, message: Refusal) -> None:
        """Let another question be asked where one came to nothing."""
        if message.group == "advice":
            self._asking = False

    # what is shown

    def _show_told(self, reading: Reading) -> None:
        """Say beside each box how it is understood; what is wrong once the hand has left it."""
        assert self.session is not None and self.begun is not None
        typed, keeper = self.typed, self.begun.keeper
        for name in typed:
            row = self.row(name)
            fault = reading.faults.get(name) or (reading.missing.get(name) if self._tried else None)
            if fault is None:
                row.tell(understood(row.box, typed, reading.entry, self.begun.words, keeper))
            elif self._tried or row is not self.here:
                row.tell(fault, fault=True)

    def _show_advice(self) -> None:
        aside = self.query_one("#aside")
        lines = long_lines if self.has_class("-wide") else short_lines
        width = max(20, aside.content_size.width)
        self.query_one("#advice", Static).update(lines(self._advice, width, not self._advised))
        accused = self.row("accused")
        if self._advice.against and not accused.typed:
            accused.tell(f"推测是{self._advice.against[0][0]}：请确认")

    def on_resize(self, event: events.Resize) -> None:
        """Cut what is known at the new width."""
        self.call_after_refresh(self._show_advice)

    # to look at like matters

    def action_like(self) -> None:
        """Offer the open matters like this one; the form stays as it is."""
        alike = self._advice.alike
        if not alike:
            self.say("没有相似的在办件" if self._advised else "正在找相似的在办件：稍候再按")
            return
        choices = [
            (one.ticket_id, f"{one.number} {one.title} {one.unit or '待派'} {one.status}")
            for one in alike
        ]
        picking = Picking("相似的在办件", choices, note="回车或数字打开 · Esc 回到登记")
        self.ask(picking, self.host.open_ticket)

    # to save

    def action_save(self) -> None:
        """Register the appeal, after a look at open matters that are probably the same."""
        if self.begun is None or self._over:
            self.say("正在读取：稍候再按 Ctrl+O")
            return
        self.settle()
        self._tried = True
        reading = self._read()
        self._show_told(reading)
        wrong = [name for name in self.typed if name in {**reading.missing, **reading.faults}]
        if wrong:
            field = self.row(wrong[0]).field
            field.focus()
            self.told(f"还有{len(wrong)}处要改，先改{self.row(wrong[0]).box.label}", warning=True)
            return
        entry, typed = reading.entry, self.typed
        self.question(
            lambda session: adviser_of(session).like(entry.appeal),
            partial(self._confirm, entry, typed),
        )

    def _confirm(self, entry: Entry, typed: dict[str, str], alike: Sequence[LikeMatter]) -> None:
        if typed != self.typed:
            self.say("刚又写了字：看清以后再按 Ctrl+O")
            return
        sentence = repeats_of(alike)
        if not sentence:
            self._register(entry)
            return
        question = Confirming("像是重复的诉求", sentence, act="仍然登记", undo="登记后不能撤销")
        self.ask(question, lambda _: self._register(entry))

    def _register(self, entry: Entry) -> None:
        def register(session: Session) -> Entered | str:
            try:
                entered = intake.enter(session.store, entry)
            except DubanError as refusal:
                return str(refusal)
            problems.link_or_leave(session.store)
            return entered

        self.write(register, self._registered)

    def _registered(self, entered: Entered | str) -> None:
        assert self.begun is not None
        if isinstance(entered, str):
            self.told(entered, warning=True)
            return
        self._end()
        self.told(registered(entered, self.begun.keeper))
        self.host.recount()

    def _end(self) -> None:
        """Close the form; what is kept of it goes, unless it was left to be gone on with."""
        self._over = True
        if self._file is not None:
            self._file.destroy()
        if self.is_current:
            self.app.pop_screen()

    def resumed(self) -> None:
        """Go away, where the appeal was registered while another screen was shown."""
        if self._over and self.is_current:
            self.app.pop_screen()

    # to leave

    def step_back(self) -> bool:
        """Ask what shall become of what is typed."""
        if not self._unsaved:
            self._end()
            return True
        steps = [("keep", "先放着，下次打开登记时继续"), ("drop", "放弃：填写的内容销毁，找不回来")]
        self.ask(StepMenu("还没登记 · Esc 接着写", steps), self._leave)
        return True

    def _leave(self, chosen: str) -> None:
        if chosen == "drop":
            self._end()
            self.told("已放弃，没有登记")
            return
        assert self._file is not None
        file, run, typed = self._file, self._run + 1, self.typed

        def leave(session: Session) -> None:
            now = session.store.now()
            file.keep(run, self._opened_at or now, now, typed)
            file.leave()

        self.fetch("keep", leave, self._left)

    def _left(self, _: None) -> None:
        self._end()
        self.told("已放着，没有登记 · 按 + 继续")


def open_form(app: App[Any]) -> None:
    """Show the form of a new appeal; one that is open already is gone back to."""
    for mode, stack in app._screen_stacks.items():
        if any(isinstance(screen, EntryScreen) for screen in stack):
            if mode != app.current_mode:
                app.switch_mode(mode)
            while not isinstance(app.screen, EntryScreen):
                app.pop_screen()
            return
    app.push_screen(EntryScreen())
