"""被反映主体: firms and suggestions in a list, beside it names over time, reasons, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.content import Content

from console import frame
from console.entities.entity_acts import EntityActs
from console.entities.entity_page import Told, entity_page
from console.frame import Session, bindings
from console.orders import KindList
from console.widgets import Cell, Column
from models import entities, views

if TYPE_CHECKING:
    from models.entities import EntityView, SuggestionView


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


class EntitiesScreen(KindList[Row]):
    """Firms under several names."""

    TITLE = "被反映主体"
    EMPTY = "没有主体和别名建议：按 s 查找换名，按 n 登记"
    CSS_PATH = Path(__file__).with_name("entities.tcss")
    BINDINGS = bindings(frame.ENTITIES)
    MARKABLE = False

    COLUMNS = (
        Column("状态", 8, frozen=True),
        Column("名称", 18, most=22),
        Column("又名", 18, most=22),
        Column("最早可知", 10),
        Column("依据", 12, most=60),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        "open": "待确认",
        "entity": "主体",
        "refused": "已否认",
    }

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._acts = EntityActs(self)

    def cells(self, row: Row) -> list[Cell]:
        """Return the cells of a line."""
        return row.cells

    def kinds_of(self, row: Row) -> tuple[str]:
        """Return what kind of line it is."""
        return (row.kind,)

    @staticmethod
    def listed(session: Session) -> list[Row]:
        """Return what waits for a decision, the firms, then what was decided."""
        masking = session.store.policy.privacy.on_screen
        with session.reading("list") as reader:
            firms = entities.known_entities(reader)
            found = entities.suggestions(reader, ["open", "refused", "lapsed"])
        rows = [alias_row(one, masking.text(one.words[0]) if one.words else "") for one in found]
        waiting = [row for row in rows if row.kind == "open"]
        return [*waiting, *map(firm_row, firms), *(row for row in rows if row.kind != "open")]

    # the pane

    def read_paper(self) -> None:
        """Show the line under the cursor, as far as it is still that one when it is read."""
        if (row := self.current) is None:
            return

        def drawn(told: Told, session: Session, room: int) -> Content:
            return entity_page(told, room, self.host.symbols, session.bureau.masking)

        self.show_beside(row.id, lambda session: _told(session, row), drawn)

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
        firms = [one.entity for one in self.every if one.entity is not None]
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
