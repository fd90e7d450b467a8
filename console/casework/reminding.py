"""催办 on screen: what each unit will be told is read first, and on record once it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from console import paper
from console.casework.taking import Chosen
from console.frame import Session, exports_dir
from console.widgets import Scrolled
from models import casework
from rules.errors import Refused
from rules.text import file_name
from seed.putting import papers

if TYPE_CHECKING:
    from models.casework import Done, Reminded
    from models.store import WholeFiles


@dataclass(frozen=True, slots=True)
class Drafted:
    """Reminders as they would be recorded at ``at``, nothing of them written yet."""

    chosen: tuple[Chosen, ...]
    done: Done
    at: datetime

    @property
    def text(self) -> str:
        """What is copied: for each unit whom to call, and what to tell."""
        return "\n\n".join(map(_told, self.done.made))


def draft_reminders(session: Session, chosen: Sequence[Chosen]) -> Drafted:
    """Return what each unit would be told of the chosen; nothing is recorded."""
    at = session.store.now()
    seen = {one.ticket_id: one.version for one in chosen}
    done = casework.rehearse(session.store, "urge", list(seen), at=at, seen=seen)
    return Drafted(tuple(chosen), done, at)


def record_reminders(session: Session, drafted: Drafted, *, on_paper: bool) -> Path | None:
    """Record reminders just as they were shown, on paper too where that is wanted.

    Return the folder of the papers. ``Refused`` if the same words would not be recorded any more.
    """
    folder = exports_dir() / "催办"
    seen = {one.ticket_id: one.version for one in drafted.chosen}
    bureau, made = session.bureau.name, session.now()
    with papers(folder) if on_paper else nullcontext() as written:

        def ready(done: Done) -> None:
            if [one.text for one in done.made] != [one.text for one in drafted.done.made]:
                raise Refused("催办的内容已有变化，没有登记：请重新按 b 看过再办")
            if written is not None:
                add_reminders(written, done.made, bureau, made)

        casework.take(session.store, "urge", list(seen), at=drafted.at, seen=seen, ready=ready)
    return folder if on_paper else None


def _told(reminder: Reminded) -> str:
    whom = f"联络员 {reminder.liaison} {reminder.phone}".rstrip()
    return "\n".join(
        [whom, reminder.text] if reminder.liaison or reminder.phone else [reminder.text]
    )


class Reminders(Scrolled[str]):
    """What each unit will be told; taking it, ``copy`` or ``paper``, is what puts it on record."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n,ｎ,ctrl+c", "give_up", "不催办", id="reminders.back"),
        Binding("y,ｙ", "take('copy')", "复制并登记", id="reminders.copy"),
        Binding("o,ｏ", "take('paper')", "存成文件并登记", id="reminders.paper"),
        Binding("left,shift+tab", "app.focus_previous", "换按钮", id="reminders.left"),
        Binding("right,tab", "app.focus_next", "换按钮", id="reminders.right"),
    ]

    def __init__(self, drafted: Drafted) -> None:
        """``drafted`` is not on record yet."""
        matters, units = len(drafted.done.done), len(drafted.done.made)
        super().__init__(f"催办 · {units}个单位 {matters}件 · 取走文字才登记", "")
        self._drafted = drafted

    def inside(self) -> ComposeResult:
        """Lay out what is left out, the texts and the ways to take them."""
        left_out = self._drafted.done.skipped
        with VerticalScroll(can_focus=False):
            if left_out:
                named = "；".join(f"{number} {why}" for number, why in left_out[:3])
                yield Static(Content(f"不催{len(left_out)}件：{named}"), classes="dialog-undo")
            yield Static(Content(self._drafted.text.replace(" ", "\u00a0")))
        with Horizontal(classes="dialog-buttons"):
            yield Button("不催办 n", id="none", compact=True)
            yield Button("复制并登记 y", id="copy", variant="warning", compact=True)
            yield Button("存成文件并登记 o", id="paper", variant="warning", compact=True)

    def on_mount(self) -> None:
        """Put the focus where nothing is recorded by pressing enter."""
        self.query_one("#none").focus()

    def action_take(self, way: str) -> None:
        """Give back how the texts are taken."""
        self.dismiss(way)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(None if event.button.id == "none" else event.button.id)


NAME = "催办通知"


def reminder_paper(reminder: Reminded, bureau: str, made: datetime) -> bytes:
    """Return the page of one reminder: whom it goes to, the appeals, who reminds and when."""
    to, *lines, signed = reminder.text.splitlines()
    page = paper.OfficialPage(f"{NAME} {reminder.unit}", bureau, made)
    page.paragraph(paper.Span(NAME, paper.BIAO, paper.TITLE), align=paper.CENTRE, line=35)
    page.blank()
    page.paragraph(to, align=paper.LEFT)
    for line in lines[:-1]:
        page.body(line)
    for line in lines[-1:]:
        page.closing(line)
    page.blank(together=True)
    bureau_name, _, day = signed.partition("　")
    page.signature(bureau_name, day)
    return page.save()


def add_reminders(
    written: WholeFiles, reminders: Sequence[Reminded], bureau: str, made: datetime
) -> list[Path]:
    """Write one page a unit aside, to appear once the reminders are on record."""
    found = []
    for reminder in reminders:
        name = file_name(f"{NAME}-{reminder.unit}", f"-{made:%Y%m%d}-{reminder.id}.docx")
        found.append(written.add(name, reminder_paper(reminder, bureau, made)))
    return found
