"""被反映主体: firms and suggestions in a list, beside it names over time, reasons, decisions."""

from __future__ import annotations

from array import array
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from console import frame
from console.entities.entity_acts import EntityActs
from console.entities.entity_page import Told, entity_page
from console.frame import Session, bindings
from console.orders import PaperList, PaperPane
from console.widgets import Cell, Column
from models import entities, views

if TYPE_CHECKING:
    from models.entities import EntityView, SuggestionView

COLUMNS = (
    Column("状态", 8, frozen=True),
    Column("名称", 18, most=22),
    Column("又名", 18, most=22),
    Column("最早可知", 10),
    Column("依据", 12, most=60),
)

FILTERS = {"open": "待确认", "entity": "主体", "refused": "已否认"}


class Row(NamedTuple):
    """One line of the list: a firm, or two names that may be one; a suggestion's id is minus its.

    ``kind`` is one of ``FILTERS``, or a state that none of them shows.
    """

    id: int
    kind: str
    cells: list[Cell]
    entity: EntityView | None = None
    suggestion: SuggestionView | None = None

    @property
    def cores(self) -> tuple[str, ...]:
        """Its names as they are compared."""
        if self.entity is not None:
            return self.entity.cores
        assert self.suggestion is not None
        return self.suggestion.earlier, self.suggestion.later

    @property
    def names(self) -> list[str]:
        """Its names as they are shown."""
        if self.entity is not None:
            return [name.written for name in self.entity.current]
        assert self.suggestion is not None
        return [self.suggestion.old_name, self.suggestion.new_name]


def firm_row(one: EntityView) -> Row:
    """Return the line of a firm."""
    decided = "、".join(told.number for told in one.standing)
    others = "、".join(name.written for name in one.current if name.written != one.name)
    cells = [
        ("有决定", "red") if decided else ("主体", ""),
        (one.name, ""),
        (others, ""),
        ("", ""),
        (decided, "dim"),
    ]
    return Row(one.id, "entity", cells, entity=one)


def alias_row(one: SuggestionView, why: str) -> Row:
    """Return the line of a suggestion; ``why`` is its best reason as it may be shown."""
    cells = [
        (one.label, "yellow" if one.state == "open" else "dim"),
        (one.old_name, ""),
        (one.new_name, ""),
        (f"{one.known_on:%Y-%m-%d}", ""),
        (why, "dim"),
    ]
    return Row(-one.id, one.state, cells, suggestion=one)


class EntitiesScreen(PaperList[Row]):
    """Firms under several names."""

    TITLE = "被反映主体"
    EMPTY = "没有主体和别名建议：按 s 查找换名，按 n 登记"
    CSS_PATH = Path(__file__).with_name("entities.tcss")
    BINDINGS = bindings(frame.ENTITIES)
    MARKABLE = False

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._wanted: str | None = None
        self._run = 0
        self._all: list[Row] = []
        self._acts = EntityActs(self)

    def body(self) -> ComposeResult:
        """Lay out the filters, the list and the pane."""
        yield Static("", id="chips", markup=False)
        with Horizontal(id="panes"):
            yield self.list_of(COLUMNS, lambda row: row.cells)
            yield PaperPane()

    def narrowed(self) -> bool:
        """Return whether one kind of line alone is wanted."""
        return self._wanted is not None

    # reading

    def begin(self, session: Session) -> None:
        """Read the list."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the list again; the cursor stays where it is."""
        self._run += 1
        self.fetch("list", _listed, partial(self._show, self._run))

    def action_narrow(self, kind: str) -> None:
        """Show one kind of line, or all."""
        self._wanted = kind or None
        self._lay()

    def _show(self, run: int, found: list[Row]) -> None:
        if run != self._run or self.session is None:
            return
        self._all = found
        self._lay()
        self.facts(self.session.now())

    def _lay(self) -> None:
        rows = {row.id: row for row in self._all if self._wanted in (None, row.kind)}
        self.say_marks()
        self.table.show(array("q", rows), rows)
        counts = Counter(row.kind for row in self._all)
        line = Text(no_wrap=True, overflow="crop")
        for digit, (kind, word) in enumerate(FILTERS.items(), 1):
            look = "reverse" if kind == self._wanted else ""
            line.append(f"{digit} {word} {counts[kind]}", look).append("    ")
        line.append("0 全部", "reverse" if self._wanted is None else "")
        self.query_one("#chips", Static).update(line)
        if not rows:
            self.query_one(PaperPane).blank(self.nothing())

    # the pane

    def read_paper(self) -> None:
        """Show the line under the cursor, as far as it is still that one when it is read."""
        row, pane = self.current, self.query_one(PaperPane)
        if row is None or not pane.display:
            return

        def read(told: Told) -> None:
            if row.id != self.table.current or self.session is None:
                return
            masking = self.session.bureau.masking
            pane.put(entity_page(told, pane.room, self.host.symbols, masking))
            pane.scroll_home(animate=False)

        self.fetch("paper", lambda session: _told(session, row), read)

    def step_back(self) -> bool:
        """Give up, one after the other: the large pane, the marks, the filter."""
        if super().step_back():
            return True
        if self._wanted is None:
            return False
        self.action_narrow("")
        return True

    # acts

    def action_confirm(self) -> None:
        """Make the two names under the cursor one firm's."""
        if (one := self._suggestion()) is not None:
            self._acts.confirm(one)

    def action_refuse(self) -> None:
        """Say that the two names under the cursor are not one firm's."""
        if (one := self._suggestion()) is not None:
            self._acts.refuse(one)

    def _suggestion(self) -> SuggestionView | None:
        row = self.current
        if row is None or row.suggestion is None:
            self.told("这里不是别名建议：移到状态为待确认的行上再按", warning=True)
            return None
        return row.suggestion

    def action_name(self) -> None:
        """Give the firm under the cursor a name, or register one."""
        row = self.current
        self._acts.name(None if row is None else row.entity)

    def action_decision(self) -> None:
        """Name the document of a decision against a name under the cursor."""
        if (row := self.current) is not None:
            self._acts.decide(row.names)

    def action_part(self) -> None:
        """Offer what else can be done with the firm under the cursor."""
        row = self.current
        if row is None or row.entity is None:
            self.told("先把别名建议确认（c）或否认（x），再在主体上办理", warning=True)
            return
        firms = [one.entity for one in self._all if one.entity is not None]
        self._acts.steps(row.entity, [one for one in firms if one.id != row.id])

    def action_tickets(self) -> None:
        """Open the appeals under the names of the line."""
        row = self.current
        if row is None:
            return
        origin = f"被反映主体 · {'、'.join(row.names[:2])}"

        def found(ids: list[int]) -> None:
            self.host.open_matters(origin, partial(views.matter_ids, ticket_ids=tuple(ids)))

        self.question(partial(_appeals, cores=row.cores), found)

    def action_look(self) -> None:
        """Look anew for names that may be one firm's."""

        def look(session: Session) -> str:
            done = entities.suggest(session.store)
            return f"读了{done.read}件诉求 · 新建议{len(done.new)}条 · 不再成立{done.lapsed}条"

        self.work(look)

    def done(self) -> None:
        """Read the list again."""
        self.action_refresh()

    def acted(self) -> None:
        """Show what was taken back or done again."""
        self.action_refresh()


def _listed(session: Session) -> list[Row]:
    """Return what waits for a decision, the firms, then what was decided."""
    masking = session.store.policy.privacy.on_screen
    with session.reading("list") as reader:
        firms = entities.known_entities(reader)
        found = entities.suggestions(reader, ["open", "refused", "lapsed"])
    rows = [alias_row(one, masking.text(one.words[0]) if one.words else "") for one in found]
    waiting = [row for row in rows if row.kind == "open"]
    return [*waiting, *map(firm_row, firms), *(row for row in rows if row.kind != "open")]


def _told(session: Session, row: Row) -> Told:
    """Return what the pane shows of a line."""
    with session.reading("paper") as reader:
        courses = entities.courses_of(reader, session.store, row.cores)
        if row.suggestion is not None:
            return Told(courses, [row.suggestion])
        among = entities.suggestions_among(reader, row.cores)
        return Told(courses, among, row.entity)


def _appeals(session: Session, cores: tuple[str, ...]) -> list[int]:
    with session.reading("act") as reader:
        return entities.appeals_named(reader, cores)
