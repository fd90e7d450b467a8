"""A screen that has matters in hand: taken in order, the next read ahead, given back on leaving."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual._time import get_time

from console.casework import CaseworkScreen, Chosen, Which, chosen_of
from console.frame import Drawn, Refusal, Session
from console.review.at_hand import Hands
from console.widgets import Page

if TYPE_CHECKING:
    from models.views import ReviewCase, ReviewCounts

KEPT_EVERY = 60
"""Seconds between two looks at whether what is in hand is in use, and so kept."""


class HandingScreen(CaseworkScreen):
    """The matter in hand, and the next one, which is there at once when that is decided."""

    def __init__(self) -> None:
        """Nothing is in hand before there is a session."""
        super().__init__()
        self.case: ReviewCase | None = None
        self.drawn: Drawn[ReviewCase] = Drawn()
        self.counts: ReviewCounts | None = None
        self.skipped: list[int] = []
        self.hands: Hands | None = None
        self._ahead: list[ReviewCase] = []
        self._fetching = False
        self._gone = False
        self._asked_again = 0

    def draw(self) -> None:
        """Draw the matter in hand."""
        raise NotImplementedError

    def draw_head(self) -> None:
        """Draw how much there is to do."""
        raise NotImplementedError

    def blank(self, line: str) -> None:
        """Show one text instead of a matter."""
        raise NotImplementedError

    def nothing(self) -> None:
        """Say that nothing is left, and what to press."""
        raise NotImplementedError

    def forget(self) -> None:
        """Nothing is drawn now that could be decided."""
        self.drawn.clear()
        self.cover()

    def on_mount(self) -> None:
        """Look now and then whether the hand is at work."""
        self.set_interval(KEPT_EVERY, self._keep)

    def begin(self, session: Session) -> None:
        """Take the first matter."""
        self.hands = Hands(session)
        self.take_next()

    def resumed(self) -> None:
        """Take again what was given back when another screen was gone to."""
        if not self._gone or self.hands is None:
            return
        self._gone = False
        self.hands.open()
        if self.case is not None:
            self.reread()
        else:
            self.take_next()

    def on_screen_suspend(self) -> None:
        """Give everything back, unless only a question or the appeal itself comes over this."""
        hands = self.hands
        if hands is None or self.app.current_mode == "review" or self._gone:
            return
        self._gone = True
        self.forget()
        self._ahead.clear()
        self.fetch("lease", lambda _: hands.give_back(), lambda _: None)

    def take_next(self) -> None:
        """Take and read the next matter ahead of its need, or now where none is shown."""
        hands, case = self.hands, self.case
        if hands is None or self._fetching or self._gone:
            return
        self._fetching = True
        held = [one.review.id for one in (case, *self._ahead) if one is not None]
        skipped = (*held, *self.skipped)

        def job(_: Session) -> tuple[ReviewCase | None, ReviewCounts]:
            return hands.take(skipped), hands.counts()

        self.fetch("ahead", job, partial(self._taken, self._asked_again))

    def _taken(self, run: int, found: tuple[ReviewCase | None, ReviewCounts]) -> None:
        self._fetching = False
        if self._gone:
            return
        case, self.counts = found
        known = [one.review.id for one in (self.case, *self._ahead) if one is not None]
        if case is not None and case.review.id in known:
            case = None
        if case is None and self.case is None:
            self.nothing()
        elif case is not None and self.case is None:
            self.show_case(case)
        elif case is not None:
            self._ahead.append(case)
        self.draw_head()

    def go_on(self) -> None:
        """Show the matter that was read ahead, and read another."""
        self.forget()
        self.case = None
        if self._ahead:
            self.show_case(self._ahead.pop(0))
        else:
            self.blank("正在领取")
            self.take_next()

    def show_case(self, case: ReviewCase) -> None:
        """Show a matter from its beginning, and read the next one ahead."""
        self.case = case
        self.draw()
        for page in self.query(Page):
            page.scroll_home(animate=False)
        if not self._ahead:
            self.take_next()

    def reread(self) -> None:
        """Take the matter shown again and read it as it is now; the next where it is gone."""
        hands, case = self.hands, self.case
        if hands is None or case is None:
            self.take_next()
            return
        self._asked_again += 1
        again = partial(self._read_again, self._asked_again)
        self.fetch("case", lambda _: hands.take_again(case.ticket.id), again)

    def _read_again(self, run: int, case: ReviewCase | None) -> None:
        if run != self._asked_again or self._gone:
            return
        if case is None:
            number = self.case.ticket.number if self.case is not None else ""
            self.told(f"{number} 已由他人核查或不再待核：换下一件", warning=True)
            self.go_on()
        else:
            self.show_case(case)

    def _keep(self) -> None:
        """Keep what is in hand, if somebody has been at work since the last look."""
        hands = self.hands
        if hands is None or self._gone:
            return
        held = [one.review.id for one in (self.case, *self._ahead) if one is not None]
        if not held:
            self.take_next()
        elif get_time() - self.host.pressed_at < 2 * KEPT_EVERY:
            self.fetch("keep", lambda _: hands.keep(held), self._lost)

    def _lost(self, lost: list[int]) -> None:
        self._ahead = [one for one in self._ahead if one.review.id not in lost]
        case = self.case
        if case is not None and case.review.id in lost:
            self.told(f"{case.ticket.number} 久未办理，已由他人领取：按 0 换下一件", warning=True)

    def put_back(self, case: ReviewCase) -> None:
        """Show a matter that came back into the hand; what was shown comes after it."""
        if self.case is not None and self.case.review.id != case.review.id:
            self._ahead.insert(0, self.case)
        self.forget()
        self.show_case(case)

    def on_refusal(self, message: Refusal) -> None:
        """Say why nothing could be taken where a matter would stand."""
        if message.group == "ahead":
            self._fetching = False
            if self.case is None:
                self.blank(message.line)
            self._count()

    def _count(self) -> None:
        """Count what waits, for one who may not take it."""
        hands = self.hands
        if hands is not None and self.counts is None:
            self.fetch("counts", lambda _: hands.counts(), self._counted)

    def _counted(self, counts: ReviewCounts) -> None:
        self.counts = counts
        self.draw_head()

    def looked_at(self) -> tuple[int, str] | None:
        """Return the matter that is shown."""
        case = self.case
        return None if case is None else (case.ticket.id, case.ticket.number)

    def unit_here(self) -> int | None:
        """Return the unit that answered."""
        return self.case.ticket.round.unit_id if self.case is not None else None

    def which(self) -> Which:
        """Return the matter that is drawn."""
        case = self.drawn.at(self.host.pressed_at)
        if case is None:
            return Which(0, lambda session: [])
        chosen: list[Chosen] = [chosen_of(case.ticket)]
        return Which(1, lambda session: chosen, case.ticket.number)
