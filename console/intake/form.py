"""The form of a new appeal: its boxes, and what the one under the hand offers as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from console.frame import FullScreen, Session
from console.intake.box_rows import BoxRow, TablePasted
from console.intake.offers import (
    CLOSED,
    Begun,
    First,
    Offered,
    exact,
    known_names,
    offers_for,
)
from console.widgets import Entry, TextField, TypedEarly
from rules.intake import BOXES, ENTRY_KINDS, Box, boxes_of, kind_of


class BoxForm(TypedEarly, FullScreen):
    """The boxes of a new appeal; those that have words to choose from offer them."""

    AUTO_FOCUS = "#box-reporter Input"
    ONWARD = ("tab", "enter")
    BOXES: ClassVar[Sequence[Box]] = BOXES
    FOOT: ClassVar[str] = "Ctrl+O 登记：给出编号，不能撤销 · 回车、Tab 下一栏 · Ctrl+N 换行"
    TABLES: ClassVar[str] = "导入"
    """Where a table that is pasted belongs instead."""

    DECIDES: ClassVar[str] = "kind"
    """The box whose word decides which others there are."""

    def __init__(self) -> None:
        """Nothing is typed and nothing known yet."""
        super().__init__()
        self.begun: Begun | None = None
        self._offered: Offered = ()
        self._moved = False

    def body(self) -> ComposeResult:
        """Lay out the form, and what stands beside or under it."""
        with Container(id="entry"):
            with VerticalScroll(id="boxes", can_focus=False):
                for box in self.BOXES:
                    yield BoxRow(box)
                yield Static(self.FOOT, id="foot", markup=False)
            with Vertical(id="aside"):
                yield OptionList(id="offers", markup=False)
                yield Static("", id="advice", markup=False)

    def on_mount(self) -> None:
        """Show the boxes that there are at first."""
        self.query_one(OptionList).can_focus = False
        self.first_words()
        self.show_boxes()

    def first_words(self) -> None:
        """Write into the boxes what stands in them at first: the kind of an ordinary appeal."""
        self.row("kind").put(ENTRY_KINDS["appeal"])

    def changed(self) -> None:
        """Look at what is typed now, soon."""
        raise NotImplementedError

    def moved(self) -> None:
        """Say what is wrong with the box that the hand has left."""
        raise NotImplementedError

    def first(self, box: str) -> Sequence[First]:
        """Return what a box offers before its other words, for what is typed in the others."""
        raise NotImplementedError

    # the boxes

    def row(self, name: str) -> BoxRow:
        """Return the row of a box."""
        return self.query_one(f"#box-{name}", BoxRow)

    @property
    def here(self) -> BoxRow | None:
        """The row the hand is in."""
        row = self.focused.parent if isinstance(self.focused, Entry) else None
        return row if isinstance(row, BoxRow) else None

    def asked(self) -> Sequence[Box]:
        """Return the boxes that there are now: those of the kind of entry that is typed."""
        return boxes_of(kind_of(self.row("kind").typed))

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the boxes that there are now."""
        return {box.name: self.row(box.name).typed for box in self.asked()}

    def show_boxes(self) -> None:
        """Show the boxes that there are now."""
        names = {box.name for box in self.asked()}
        for row in self.query(BoxRow):
            if row.display != (row.box.name in names):
                row.display = row.box.name in names

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Settle the box that the hand leaves, and offer what the next one has."""
        left = self.here
        if widget is not self.focused:
            self.settle()
        super().set_focus(widget, scroll_visible, from_app_focus)
        for row in (left, self.here):
            if row is not None:
                row.set_class(row is self.here, "-here")
        self._moved = False
        self.offer()
        self.moved()

    def focus_next(self, selector: str | type[Widget] = "*") -> Widget | None:
        """Go to the next box, as they are once the one under the hand is settled."""
        self.settle()
        return super().focus_next(selector)

    def focus_previous(self, selector: str | type[Widget] = "*") -> Widget | None:
        """Go to the box before."""
        self.settle()
        return super().focus_previous(selector)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._moved = False
        self.offer()
        self.changed()

    @on(Input.Submitted)
    @on(TextField.Submitted)
    def _entered(self) -> None:
        last = [row for row in self.query(BoxRow) if row.display][-1]
        if self.here is last:
            self.settle()
            self.say("写完了：按 Ctrl+O 登记")
        else:
            self.focus_next(".box")

    @on(TablePasted)
    def _pasted_table(self, message: TablePasted) -> None:
        self.told(
            f"粘贴了{message.lines:,}行，像是一张表，没有填入：存成文件，用{self.TABLES}收",
            warning=True,
        )

    # what the box under the hand offers

    def offer(self) -> None:
        """List what the box under the hand offers for what is typed."""
        row = self.here
        if row is not None and row.box.kind == "object":
            typed = row.typed.strip()
            self.fetch("objects", partial(_known, typed), partial(self._offer_objects, typed))
            return
        self._list(() if row is None else self._offers(row))

    def _offers(self, row: BoxRow) -> Offered:
        if self.begun is None:
            return ()
        listed = self.begun.offered.get(row.box.name, ())
        if row.box.kind == "choice" and exact(row.typed, listed):
            return listed
        if row.typed and exact(row.typed, listed):
            return ()
        return offers_for(row.box, row.typed, listed, self.first(row.box.name))

    def _offer_objects(self, typed: str, names: Offered) -> None:
        row = self.here
        if row is not None and row.box.kind == "object" and row.typed.strip() == typed:
            self._list(() if exact(typed, names) else names)

    def _list(self, offered: Offered) -> None:
        options = self.query_one(OptionList)
        if [choice.value for choice in offered] != [choice.value for choice in self._offered]:
            options.clear_options()
            options.add_options([Option(choice.shown) for choice in offered])
        self._offered = offered
        if not self._moved:
            row = self.here
            options.highlighted = (
                0 if row is not None and offered and _means(row, offered) else None
            )
        self.set_class(bool(offered), "-offering")

    def action_move(self, by: int) -> None:
        """Go over what is offered, or to the next box where nothing is."""
        options, at = self.query_one(OptionList), self.query_one(OptionList).highlighted
        if not self._offered:
            self.focus_next(".box") if by > 0 else self.focus_previous(".box")
            return
        last = len(self._offered) - 1
        start = (-1 if by > 0 else last + 1) if at is None else at
        options.highlighted = max(0, min(last, start + by))
        self._moved = True

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        row = self.here
        if row is not None:
            row.put(self._offered[event.option_index].value)
            self.focus_next(".box")

    def settle(self) -> None:
        """Write out in the box under the hand what is offered for it, where that is meant."""
        row, at = self.here, self.query_one(OptionList).highlighted
        if row is None:
            return
        if self._moved and at is not None and at < len(self._offered):
            row.put(self._offered[at].value)
        elif (offered := self._offers(row)) and _means(row, offered):
            row.put(offered[0].value)
        if row.box.name == self.DECIDES:
            self.show_boxes()


def _means(row: BoxRow, offered: Offered) -> bool:
    """Return whether what is typed stands for the first thing that is offered for it."""
    typed = row.typed.strip()
    return bool(typed) and row.box.kind in CLOSED and not exact(typed, offered)


def _known(typed: str, session: Session) -> Offered:
    with session.reading("objects") as reader:
        return known_names(reader, typed)
