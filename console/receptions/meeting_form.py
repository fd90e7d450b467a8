"""接访登记: one party after the other typed in at the table, the form empty again at once.

What is known of whoever sits down stands beside it: whether they came before, which open matters
are theirs. Nothing of it is filled in by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.timer import Timer
from textual.widgets import Static

from console import frame
from console.frame import Session, bindings, typed_due
from console.intake import Begun, BoxForm, read_begun
from console.widgets import Choice, Confirming
from models import problems, receptions
from rules.errors import DubanError
from rules.receptions import (
    MEETING_BOXES,
    OUTCOMES,
    MeetingReading,
    boxes_for,
    outcome_of,
    read_meeting,
)
from rules.text import half_width

if TYPE_CHECKING:
    from models.receptions import Before, Received, ReceptionView
    from rules.intake import Box

REST = 0.3
"""Seconds after the last keystroke before who sits there is looked up."""


class MeetingForm(BoxForm):
    """The form of one place."""

    CSS_PATH = Path(__file__).with_name("meeting_form.tcss")
    BINDINGS = bindings(frame.MEETING)
    BOXES = MEETING_BOXES
    FOOT: ClassVar[str] = "Ctrl+O 登记这一批，接着登下一批 · 回车、Tab 下一栏 · Ctrl+N 换行"
    TABLES: ClassVar[str] = "接访日里的 L "
    DECIDES: ClassVar[str] = "outcome"

    def __init__(self, place: ReceptionView) -> None:
        """``place`` is one of a day."""
        super().__init__()
        self.place = place
        self.title = f"接访登记 · {place.place}"
        self._rest: Timer | None = None
        self._before: Before | None = None
        self._whom = ("", "")
        self._done: list[str] = []
        self._tried = False

    def begin(self, session: Session) -> None:
        """Read what the boxes may say."""
        self.facts(session.now())
        self.fetch("begin", partial(read_begun, boxes=MEETING_BOXES), self._begin)

    def _begin(self, begun: Begun) -> None:
        self.begun = begun
        self.offer()
        self._show_aside()

    # the boxes

    def first_words(self) -> None:
        """Begin with empty boxes."""

    def asked(self) -> Sequence[Box]:
        """Return the boxes that what came of the party asks for."""
        return boxes_for(outcome_of(self.row("outcome").typed))

    def first(self, box: str) -> Sequence[object]:  # type: ignore[override]  # offers none
        """Offer nothing before the other words of a box."""
        return ()

    def changed(self) -> None:
        """Look up who sits there once the hand rests."""
        self.show_boxes()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._look)

    def moved(self) -> None:
        """Say what is wrong with the box that the hand has left."""
        if self.begun is not None and self._tried:
            self._show_wrong(self._read())

    def _read(self) -> MeetingReading:
        assert self.session is not None and self.begun is not None
        now, keeper = self.session.store.now(), self.begun.keeper
        register = self.begun.words.register(now, now, keeper.zone)
        typed, due, why = self.typed, None, ""
        if said := typed.get("promise_due", "").strip():
            try:
                due = keeper.local(
                    typed_due(_ahead(said, keeper.local(now).date()), now, keeper)
                ).date()
            except DubanError as fault:
                why = str(fault)
        reading = read_meeting(typed, register, due)
        wrong = dict(reading.wrong)
        if why:
            wrong["promise_due"] = why
        before = self._before
        if before is not None and before.times and not typed["again"].strip():
            wrong["again"] = f"从前来过{before.times}次：写 1首访 或 2重访"
        order = [box.name for box in self.asked() if box.name in wrong]
        return replace(reading, wrong={name: wrong[name] for name in order})

    def _show_wrong(self, reading: MeetingReading) -> None:
        for box in self.asked():
            fault = reading.wrong.get(box.name, "") if self._tried else ""
            self.row(box.name).tell(fault, fault=bool(fault))

    # who sits there

    def _look(self) -> None:
        """Look up whether whoever is typed came before."""
        typed = self.typed
        whom = (typed["reporter"].strip(), "".join(typed["phone"].split()))
        if whom == self._whom:
            return
        self._whom, self._before = whom, None
        self._show_aside()
        if any(whom):
            self.fetch("before", partial(_before, whom, self.place.day), partial(self._know, whom))

    def _know(self, whom: tuple[str, str], before: Before) -> None:
        if whom != self._whom or self.begun is None:
            return
        self._before = before
        links = [
            Choice(number, Text(number).append(f"  {title}", "dim"), number, "")
            for number, title in before.matters
        ]
        self.begun = replace(self.begun, offered={**self.begun.offered, "link": links})
        self._show_aside()
        self.offer()

    def _show_aside(self) -> None:
        line = Text(no_wrap=False)
        before = self._before
        if before is not None and before.today:
            line.append("今天已登记过：又说一件，在“另一件事”写 是\n", "bold")
        if before is not None and before.times:
            line.append(f"从前来过{before.times}次，最近 {before.last}：写明首访还是重访\n", "bold")
        for number, title in before.matters if before is not None else ():
            line.append(f"在办 {number} {title}\n")
        if not line:
            said = self._done[-3:] or ["还没有登记"]
            line.append("\n".join(said), "dim")
        self.query_one("#advice", Static).update(line)

    def on_resize(self, event: events.Resize) -> None:
        """Lay what is known out at the new width."""
        self.call_after_refresh(self._show_aside)

    # to write down

    def action_save(self) -> None:
        """Write the party down, and begin the next."""
        if self.begun is None:
            self.say("正在读取：稍候再按 Ctrl+O")
            return
        self.settle()
        self._tried = True
        reading = self._read()
        self._show_wrong(reading)
        if reading.wrong:
            first = next(iter(reading.wrong))
            self.row(first).field.focus()
            self.told(
                f"还有{len(reading.wrong)}处要改，先改{self.row(first).box.label}", warning=True
            )
            return
        party, typed, place = reading.party, self.typed, self.place

        def receive(session: Session) -> Received | str:
            try:
                found = receptions.receive(session.store, place, party)
            except DubanError as refusal:
                return str(refusal)
            problems.link_or_leave(session.store)
            return found

        self.write(receive, partial(self._received, typed))

    def _received(self, typed: dict[str, str], received: Received | str) -> None:
        if isinstance(received, str):
            self.told(received, warning=True)
            return
        line = _told(received)
        self._done.append(line)
        self.told(f"{line} · Ctrl+T 撤回")
        if self.is_current and self.typed == typed:
            self._clear()
        self.host.recount()

    def _clear(self) -> None:
        """Empty the form for the next party."""
        for box in MEETING_BOXES:
            self.row(box.name).put("")
            self.row(box.name).tell("")
        self._whom, self._before, self._tried = ("", ""), None, False
        if self.begun is not None:
            self.begun = replace(self.begun, offered={**self.begun.offered, "link": ()})
        self.show_boxes()
        self.row("reporter").field.focus()
        self._show_aside()

    def action_strike(self) -> None:
        """Take back the last party that was written down here, once asked."""
        question = Confirming(
            "撤回最近登记的一批",
            self._done[-1] if self._done else "自己在这个接访点最近登记的一批",
            act="撤回",
            undo="内容和联系方式清除，编号作废，只能重新登记",
        )

        def strike(session: Session) -> str:
            return struck(self.place.id)(session)

        def gone(line: str) -> None:
            self._done.append(line)
            self.told(line)
            self._show_aside()
            self.host.recount()

        self.ask(question, lambda _: self.write(strike, gone))

    # to leave

    def step_back(self) -> bool:
        """Ask what shall become of what is typed."""
        if not any(text.strip() for text in self.typed.values()):
            return False
        question = Confirming("这一批还没登记", "填写的内容会丢掉", act="放弃", undo="Esc 接着写")
        self.ask(question, lambda _: self.app.pop_screen())
        return True


def struck(place_id: int) -> Callable[[Session], str]:
    """Return the act that takes back the last party of a place, and what is said of it."""

    def strike(session: Session) -> str:
        done = receptions.strike_last(session.store, place_id)
        kept = "原有工单不动" if done.linked else "编号作废"
        return f"已撤回第{done.serial}批 {done.number}（{kept}）"

    return strike


def _told(done: Received) -> str:
    """Return what is said of a party: ``已登记第3批 WH… 转办 · 交洪山区``."""
    parts = [f"已登记第{done.serial}批 {done.number} {OUTCOMES[done.outcome]}"]
    if done.linked:
        parts.append("挂到原有工单")
    elif done.aside:
        parts.append("这里不另计时限")
    elif done.withheld:
        parts.append("反映的正是该单位，进待派")
    elif done.outcome != "solved":
        parts.append(f"交{done.unit}" if done.unit else "进待派")
    return " · ".join(parts)


_MONTH_DAY = re.compile(r"(\d{1,2})[-月./](\d{1,2})日?")


def _ahead(typed: str, today: date) -> str:
    """Return a day that is typed without its year as the next one there is, anything else as it is.

    What is promised lies ahead.
    """
    found = _MONTH_DAY.fullmatch(half_width(typed))
    if found is None:
        return typed
    month, day = int(found[1]), int(found[2])
    year = today.year if (month, day) >= (today.month, today.day) else today.year + 1
    return f"{year}-{month:02d}-{day:02d}"


def _before(whom: tuple[str, str], day: date, session: Session) -> Before:
    masking = session.store.policy.privacy.on_screen
    with session.reading("before") as reader:
        return receptions.been_before(reader, whom[0] or None, whom[1] or None, day, masking)
