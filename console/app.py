"""The console: it wires screens, theme, keys and the store together, and nothing else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, on
from textual.actions import ActionParseResult
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.message import Message

from console import (
    bureau,
    casework,
    frame,
    insight,
    intake,
    orders,
    ranking,
    review,
    store,
    views,
    widgets,
)
from console.frame import Again, FullScreen, Refusal, Seen, Session, start
from console.unkeyed import show_matter, show_over
from models import views as model_views
from rules.errors import DubanError

if TYPE_CHECKING:
    from models.store import Reader

T = TypeVar("T")
STYLES = ("duban.tcss", "views/queue/queue.tcss")
"""Those of the app and of its first screen, which would else have all parsed once more."""
TICK, RECOUNT = 5, 30  # seconds between two looks at the clock, two counts of the desk


class DubanApp(frame.EndingApp, inherit_bindings=False):
    """The app. ``session`` is None until the store is open; ``failure`` is why it could not be."""

    TITLE = "督办台"
    CSS_PATH: ClassVar[Any] = [Path(__file__).parent / name for name in STYLES]
    BINDINGS: ClassVar[list[BindingType]] = frame.bindings(frame.EVERYWHERE)
    ENABLE_COMMAND_PALETTE = False
    MODES: ClassVar[dict[str, Any]] = {  # each is read from its file when first gone to
        "queue": lambda: views.QueueScreen(),
        "ranking": lambda: ranking.RankingScreen(),
        "orders": lambda: orders.OrdersScreen(),
        "review": lambda: review.ReviewScreen(),
        "calls": lambda: review.CallerScreen(),
        "insight": lambda: insight.InsightScreen(),
        "units": lambda: bureau.UnitsScreen(),
        "record": lambda: views.RecordScreen(),
        "desk": lambda: views.DeskScreen(),
    }
    DEFAULT_MODE, emergency = "queue", ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 as Textual declares it

    @dataclass
    class Opened(Message):
        """The store is open."""

        session: Session

    @dataclass
    class Cautioned(Message):
        """The store says something beside its answers."""

        line: str

    @dataclass
    class Recounted(Message):
        """So many decisions wait for the centre; what is said of 特殊时期 that last."""

        waiting: int
        emergency: str

    def __init__(
        self,
        opener: frame.Opener,
        config: frame.Config | None = None,
        driver: type[Driver] | None = None,
    ) -> None:
        """``opener`` opens the store; it is called in a worker after the first frame."""
        super().__init__(driver_class=driver)
        self.config = config or frame.Config()
        self.symbols = frame.ASCII if self.config.ascii else frame.UNICODE
        self.input_method = frame.InputMethod(time.monotonic)
        self.session: Session | None = None
        self.waiting: int | None = None
        self.writing = False
        self.pressed_at = 0.0
        self.failure: str | None = None
        self._opener = opener
        self._plain = [frame.Plain()] if self.config.ascii else []
        self.set_class(self.config.ascii, "-ascii")
        for theme, _ in frame.THEMES.values():
            self.register_theme(theme)
        self.theme = frame.THEMES[self.config.theme][0].name
        self.set_keymap(dict(self.config.keys))

    def on_ready(self) -> None:
        """Open the store once the first frame has been painted."""
        self.call_after_refresh(
            start, self, "open", lambda say: say(self.Opened(frame.open_session(self._opener)))
        )

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        self.session = message.session
        self.session.store.caution = self._caution
        self.set_timer(frame.SETTLED, frame.collect_again)
        self.set_interval(TICK, self._tick)
        self.set_interval(RECOUNT, self.recount)
        if self.session.bureau.outside:
            self.switch_mode("calls")
            return
        self.recount()
        for screen in self.screen_stack:
            if isinstance(screen, FullScreen):
                screen.meet(self.session)
        if self.session.bureau.empty:
            self.push_screen(store.FirstScreen())

    def tell(self, line: str, *, warning: bool = False) -> None:
        """Say in the status line what came of an act; it stands there until the next key."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, FullScreen):
                screen.result(line, warning=warning)
                return

    def recount(self) -> None:
        """Count anew what waits for a decision; every header shows it."""
        session = self.session
        if session is None or session.bureau.outside:
            return

        def job(say: frame.Say) -> None:
            with session.store.reading() as reader:
                say(self.Recounted(*model_views.standing_counts(reader)))

        start(self, "waiting", job)

    @on(Recounted)
    def _recounted(self, message: Recounted) -> None:
        self.waiting, self.emergency = message.waiting, message.emergency
        for screen in self.screen_stack:
            if isinstance(screen, FullScreen):
                screen.count(message.waiting, message.emergency)

    def _caution(self, line: str) -> None:
        self.post_message(self.Cautioned(line))

    @on(Cautioned)
    def _cautioned(self, message: Cautioned) -> None:
        self.tell(message.line, warning=True)

    @on(Refusal)
    def _refused(self, message: Refusal) -> None:
        """Leave, if there is no store to work on; say why an act came to nothing."""
        if message.group == "open":
            self.failure = message.line
            self.exit()
            return
        self.writing = False
        self.tell(message.line, warning=True)
        if message.again is not None:
            message.again()

    def write(self, act: Callable[[], T], then: Callable[[T], object], again: Again | None) -> None:
        """Do what changes the store in a worker of the app's own: it outlives the screen."""
        self.writing = True
        start(self, "write", lambda say: say(FullScreen.Fetched(then, act())), again)

    @on(FullScreen.Fetched)
    def _written(self, message: FullScreen.Fetched) -> None:
        self.writing = False
        message.then(message.brought)

    def _tick(self) -> None:
        """Show the time, but never while somebody types: it drags the input method about."""
        if self.session is None or not self.screen_stack:  # at the end a last tick may still come
            return
        if not isinstance(self.focused, widgets.Entry):
            for screen in self.screen_stack:
                if isinstance(screen, FullScreen):
                    screen.tick(self.session.now())

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor stands and an input method opens: in the field in use.

        It is asked anew for every frame, so that it goes along when a field moves or scrolls.
        """
        focused = self.focused
        return focused.cursor_screen_offset if isinstance(focused, widgets.Entry) else Offset()

    @cursor_position.setter
    def cursor_position(self, _: Offset) -> None:
        """Heed no widget: it speaks before it is laid out."""

    async def on_event(self, event: events.Event) -> None:
        """Hear keys that speak of what is shown; one that is heard takes a result away.

        An Esc that belongs to the input method passes by.
        """
        if isinstance(event, events.Key | events.MouseDown | events.MouseUp) and self.screen_stack:
            if isinstance(self.screen, Seen) and not self.screen.hears(event):
                return
            if not isinstance(event, events.MouseUp):
                self.pressed_at = event.time
                self.tell("")
        if not (isinstance(event, events.Key) and self.input_method.takes(event)):
            await super().on_event(event)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what is done with each line before it is drawn."""
        return [*super().get_line_filters(), *self._plain]

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Take an action; what may not be written here is refused before anything opens."""
        bureau = self.session.bureau if self.session is not None else None
        if isinstance(action, str) and (why := frame.barred(action, bureau)):
            self.tell(why, warning=True)
            return True
        return await super().run_action(action, default_namespace, namespaces)

    # everywhere

    def action_open(self, mode: str) -> None:
        """Go to the screen of an F key, as it was left."""
        if not self.screen.is_modal:
            self.switch_mode(mode)

    def open_ticket(self, ticket_id: int) -> None:
        """Show one appeal over the present screen."""
        self.push_screen(casework.TicketScreen(ticket_id))

    def open_matters(self, origin: str, given: Callable[[Reader], Sequence[int]]) -> None:
        """Show the matters behind a number over the present screen."""
        self.push_screen(views.MattersScreen(origin, given))

    def open_order(self, order_id: int) -> None:
        """Go to the orders, the cursor on this one."""
        self.action_open("orders")
        for screen in self.screen_stack:
            if isinstance(screen, orders.OrdersScreen):
                screen.seek(order_id)

    def open_unit(self, unit_id: int) -> None:
        """Show one unit over the present screen."""
        self.push_screen(bureau.UnitScreen(unit_id))

    def action_units(self) -> None:
        """Show the unit the hand is on, or else all units."""
        screen = self.screen
        unit_id = screen.unit_here() if isinstance(screen, FullScreen) else None
        if unit_id is not None:
            self.open_unit(unit_id)
        else:
            self.action_open("units")

    def action_help(self) -> None:
        """Show the live keys; enter runs one."""
        self.push_screen(widgets.help_screen(self.screen), widgets.run_command(self))

    def action_palette(self, typed: str = "") -> None:
        """Choose a command by typing, or whatever has a number or a name."""
        find = partial(views.find_anything, self.session) if self.session is not None else None
        palette = widgets.palette_screen(self.screen, find, typed)
        self.push_screen(palette, widgets.run_command(self))

    def action_open_hit(self, kind: str, id: int) -> None:
        """Open what was found."""
        {"ticket": self.open_ticket, "order": self.open_order, "unit": self.open_unit}[kind](id)

    def action_new(self) -> None:
        """Register a new appeal."""
        intake.open_form(self)

    def action_over(self, name: str) -> None:
        """Show a screen that no F key leads to over the present one."""
        show_over(self, name)

    def open_over(self, name: str, kind: str, id: int) -> None:
        """Show such a screen, the cursor on one matter of a kind."""
        show_matter(self, name, kind, id)

    def action_theme(self, name: str) -> None:
        """Change the theme for this session."""
        self.theme = frame.THEMES[name][0].name

    async def action_back(self) -> None:
        """Take one step back; never quit."""
        screen = self.screen
        if isinstance(screen, FullScreen) and (screen.cover() or screen.step_back()):
            return
        if len(self.screen_stack) > 1:
            self.pop_screen()


def run(settings: frame.Settings) -> int:
    """Open the console, stay until it is left, and return the exit code.

    Errors are raised once the terminal is sane.
    """
    driver = None if sys.platform == "win32" else frame.Terminal
    app = DubanApp(lambda: frame.open_settled(settings), frame.read_config(), driver)
    try:
        app.run()
    finally:
        if app.session is not None:
            with suppress(DubanError):
                app.session.leave()
            app.session.store.close()
    if app.failure is not None:
        raise DubanError(app.failure)
    if (fault := app.fault) is not None:
        raise fault
    return frame.SIGNALLED + app.ended_by if app.ended_by is not None else 0
