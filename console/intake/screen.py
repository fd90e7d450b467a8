"""导入: a file is looked at, its columns confirmed, its rows counted, then taken in."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from console.frame import IMPORT, Header, HintLine, Refusal, Session, bindings
from console.intake import columns
from console.intake.accepting import Acceptance
from console.intake.arriving import (
    Agreed,
    Arrival,
    ColumnRow,
    Done,
    Run,
    Sheets,
    look_at,
    redrafted,
    rehearsed,
    taken_in,
)
from console.intake.asking_file import AskingFile
from console.intake.learning import word_told
from console.widgets import ListScreen, Picking, StepMenu, VirtualTable
from rules.errors import DubanError
from rules.intake import LABELS, LISTS

if TYPE_CHECKING:
    from seed.channels import Draft, UnknownWord

T = TypeVar("T")

BLANK = (
    "按 i 写出或粘贴文件的路径（.xlsx .xls .ods .csv .tsv .jsonl），回车。\n"
    "认得的表头直接试读；不认得的，逐列猜给您看：确认、改、存下，以后自动认出。\n"
    "试读不写入；按 y 才导入。"
)

TAKEN = "已导入"


class ImportScreen(ListScreen[ColumnRow]):
    """导入: reached from the palette and from the first steps."""

    TITLE = "导入"
    CSS_PATH = Path(__file__).with_name("import.tcss")
    BINDINGS = bindings(IMPORT)
    EMPTY = "没有列"

    @dataclass
    class Moved(Message):
        """So many of a file's rows have been read in a run."""

        run: Run
        read: int
        total: int

    def __init__(self) -> None:
        """No file has been chosen."""
        super().__init__()
        self.arrival: Arrival | None = None
        self._typed = ""
        self._wish = 0
        self._run: Run | None = None
        self._writing = False

    def body(self) -> ComposeResult:
        """Lay out the file's line, its columns, its rows as read."""
        yield Static("", id="shelf", markup=False)
        yield self.list_of(columns.COLUMNS, columns.cells)
        yield Static("", id="told", markup=False)
        yield Static(BLANK, id="blank", markup=False)

    def begin(self, session: Session) -> None:
        """Ask for a file at once."""
        self.facts(session.now())
        self._show(None)
        self.action_choose()

    # looking

    def action_choose(self) -> None:
        """Ask for the path of a file, and look at it."""
        if self._busy():
            return
        self.ask(
            AskingFile(
                "导入文件",
                "文件的路径，可以拖进来",
                value=self._typed,
                note="回车试读，不写入 · → 补全文件名 · Esc 返回",
            ),
            self._look,
        )

    def _look(self, typed: str, sheet: str | None = None, *, learn: bool = False) -> None:
        self._typed = typed
        self.say("正在读文件..")
        self._asked(lambda session: look_at(session, typed, sheet, learn=learn), self._looked)

    def _asked(self, job: Callable[[Session], T], then: Callable[[T], object]) -> None:
        """Do a job whose answer is dropped if something else was wished for meanwhile."""
        self._wish += 1
        wish = self._wish
        self.fetch("arrival", job, lambda found: then(found) if wish == self._wish else None)

    def _looked(self, found: Arrival | Sheets) -> None:
        self.say("")
        if isinstance(found, Sheets):
            sheets = [(name, name) for name in found.names]
            self.ask(
                StepMenu("要导入哪张工作表", sheets), lambda name: self._look(found.typed, name)
            )
            return
        self._show(found, fresh=True)
        if found.draft is None:
            self._rehearse(self._counted)

    def on_refusal(self, message: Refusal) -> None:
        """Nothing is under way any more."""
        self._run = None
        self.say("")
        super().on_refusal(message)

    def _show(self, arrival: Arrival | None, *, fresh: bool = False) -> None:
        self.arrival = arrival
        self.set_class(arrival is not None, "-arrived")
        self.query_one(HintLine).said = columns.hints(arrival)
        if arrival is None:
            self.query_one("#shelf", Static).update("")
            return
        self.query_one("#shelf", Static).update(columns.shelf(arrival))
        self.query_one("#told", Static).update(columns.below(arrival))
        rows = dict(enumerate(arrival.columns, 1))
        show = self.table.restart if fresh else self.table.show
        show(array("q", rows), rows)
        self.table.focus()

    def _counted(self, done: Done) -> None:
        """Show what a recognised file would come to."""
        if self.arrival is not None and not done.stopped:
            self._show(replace(self.arrival, counted=done.result))
            self.say("回车或 y 导入")

    # changing how columns are read

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        """Ask what a column is; a file that is known is taken in."""
        arrival, row = self.arrival, self.current
        if arrival is None or row is None or self._busy():
            return
        if arrival.draft is None:
            self.action_bring_in()
            return
        place = arrival.columns.index(row)
        self.ask(
            Picking(
                f"“{row.header}”读作",
                columns.fields_for(row, arrival.draft),
                note="打字、拼音首字母、数字选定 · Esc 返回",
            ),
            lambda name: self._change(lambda draft: draft.with_field(place, name or None)),
        )

    def _change(self, how: Callable[[Draft], Draft]) -> None:
        arrival = self.arrival
        if arrival is None or arrival.draft is None:
            return
        changed = replace(arrival, draft=how(arrival.draft))
        self.say("正在试读..")
        self._asked(lambda session: redrafted(session, changed), self._changed)

    def _changed(self, arrival: Arrival) -> None:
        self.say("")
        self._show(arrival)

    def action_channel(self) -> None:
        """Ask through which channel the rows came, where no column says it."""
        arrival, session = self.arrival, self.session
        if arrival is None or session is None or self._busy():
            return
        if arrival.draft is None or "channel" in arrival.draft.fields:
            self.told("来源渠道由文件自己写明：不用另定", warning=True)
            return
        channels = [(name, name) for name in session.bureau.channels]
        self.ask(
            Picking("这份文件的来源渠道", channels),
            lambda name: self._change(lambda draft: draft.with_constant("channel", name)),
        )

    def action_words(self) -> None:
        """Choose one of the file's own words, then say what it means."""
        arrival = self.arrival
        if arrival is None or self._busy():
            return
        if arrival.draft is None or not arrival.words:
            self.told("文件里没有要您解释的词", warning=True)
            return
        words = [(word, word_told(word)) for word in arrival.words]
        self.ask(Picking("改哪个词", words), self._ask_word)

    def _ask_word(self, word: UnknownWord) -> None:
        self.ask(
            Picking(f"{LABELS[word.field]}“{word.word}”是说", meanings(word)),
            lambda ours: self.settle_word(word, ours),
        )

    def settle_word(self, word: UnknownWord, ours: str) -> None:
        """Take a word of the file for one of ours, or leave its rows to be refused."""
        self._change(lambda draft: draft.with_word(word.field, word.word, ours))

    def action_learn(self) -> None:
        """Guess the columns of a file although a profile knows it."""
        if self.arrival is not None and not self._busy():
            self._look(self._typed, self.arrival.sheet, learn=True)

    # taking in

    def action_bring_in(self) -> None:
        """Ask what is still open, then take the file in."""
        arrival = self.arrival
        if self._busy():
            return
        if arrival is None:
            self.told("还没有文件：按 i 选一份", warning=True)
        elif arrival.missing:
            self.told(f"还缺{'、'.join(arrival.missing)}：在那一列上回车指明", warning=True)
        elif arrival.draft is None:
            self._bring(arrival, Agreed())
        else:
            Acceptance(self, arrival).begin()

    def rehearse(self, arrival: Arrival, then: Callable[[Done], object]) -> None:
        """Show an arrival as it is now read, and count what would become of its rows."""

        def shown(again: Arrival) -> None:
            self._show(again)
            self._rehearse(then)

        self.say("正在试读..")
        self._asked(lambda session: redrafted(session, arrival), shown)

    def _rehearse(self, then: Callable[[Done], object]) -> None:
        arrival, run = self.arrival, Run(self._tell_moved)
        assert arrival is not None
        self._run = run
        self.say("正在试读..")

        def rehearsed_it(done: Done) -> None:
            if self._run is run:
                self._run = None
                self.say("")
                then(done)

        self._asked(lambda session: rehearsed(session, arrival, run), rehearsed_it)

    def _bring(self, arrival: Arrival, agreed: Agreed) -> None:
        run = Run(self._tell_moved)
        self._run, self._writing = run, True
        self.say("正在导入..")

        def bring(session: Session) -> Done | DubanError:
            try:
                return taken_in(session, arrival, agreed, run)
            except DubanError as fault:
                return fault

        self.write(bring, lambda done: self._brought(arrival, done))

    def bring(self, arrival: Arrival, agreed: Agreed) -> None:
        """Take a file in as it was agreed."""
        self._bring(arrival, agreed)

    def _brought(self, arrival: Arrival, done: Done | DubanError) -> None:
        self._run, self._writing = None, False
        self.say("")
        if isinstance(done, DubanError):
            self.told(str(done), warning=True)
            return
        if done.stopped:
            self.told(
                f"{arrival.path.name} 没有导完：已完成的批留下了，再导入一次即接上", warning=True
            )
        else:
            rejects = f" · 拒收的行与原因在 {done.rejects}" if done.rejects else ""
            self.told(f"{TAKEN} {arrival.path.name}：{columns.counted(done.result)}{rejects}")
        self._show(None)
        self._typed = ""
        assert self.session is not None
        for screen in self.app.screen_stack:
            for header in screen.query(Header):
                header.bureau = self.session.bureau
        self.host.recount()

    def _tell_moved(self, run: Run, read: int, total: int) -> None:
        """Hear in a worker how far a run is."""
        self.post_message(self.Moved(run, read, total))

    @on(Moved)
    def _moved(self, news: Moved) -> None:
        if news.run is self._run:
            act = "导入" if self._writing else "试读"
            kept = "，已完成的批留下" if self._writing else ""
            share = news.read / max(news.total, 1)
            self.say(f"正在{act} {news.read:,}/{news.total:,}行 {share:.0%} · Esc 停下{kept}")

    def _busy(self) -> bool:
        """Return whether a run is under way; say so."""
        if self._run is not None:
            self.told("正在读这份文件：Esc 停下", warning=True)
        return self._run is not None

    def step_back(self) -> bool:
        """Stop what is under way, else put the file aside."""
        if self._run is not None:
            self._run.stop.set()
            if not self._writing:
                self._run = None
                self._wish += 1
                self.say("")
            return True
        if self.arrival is None:
            return False
        self._wish += 1
        self.say("")
        self._show(None)
        return True


def meanings(word: UnknownWord) -> list[tuple[str, str]]:
    """Return what a word of a listed column may mean."""
    return [*((each, each) for each in LISTS[word.field]), ("", "没有说（当作空着）")]
