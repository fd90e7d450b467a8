"""p: whose an appeal is, shown for a reason on record until it is left; then it is masked again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from console import widgets
from console.frame import FullScreen, StatusLine
from models import privacy
from rules.text import OTHER_REASON

if TYPE_CHECKING:
    from models.privacy import Seen


UNCOVERED = 60
"""Seconds after which what was shown is masked again."""


class Whose(Static):
    """A line over the status line: name, telephone number and address, in plain words."""

    DEFAULT_CSS = """
    Whose {
        height: auto; width: 100%; padding: 0 1;
        background: $duban-cursor; color: $duban-cursor-text;
    }
    """

    def __init__(self, seen: Seen) -> None:
        """``seen`` is whose it is."""
        citizen = seen.citizen
        said = (citizen.reporter or "未留姓名", citizen.phone or "未留电话", citizen.address)
        super().__init__(
            Content("\n").join(
                (
                    Content.assemble((f"{seen.number}  ", ""), ("  ".join(said).rstrip(), "bold")),
                    Content(f"{seen.reason} · 已记入留痕 · Esc 遮起（{UNCOVERED}秒后自动遮起）"),
                )
            ),
            markup=False,
        )
        self.ticket_id = seen.ticket_id


class LookingScreen(FullScreen):
    """A screen of appeals on which p shows whose the one at hand is."""

    _asked = 0
    _until: Timer | None = None

    def looked_at(self) -> tuple[int, str] | None:
        """Return id and number of the appeal at hand."""
        raise NotImplementedError

    def action_phone(self) -> None:
        """Ask why, record it, show name, telephone number and address."""
        at = self.looked_at()
        if at is None:
            self.told("这里没有诉求可查看：先把光标移到一件诉求上", warning=True)
        else:
            self.cover()
            self.fetch(
                "look",
                lambda session: session.store.policy.privacy.look_reasons,
                partial(self._ask_why, self._asked, *at),
            )

    def _ask_why(self, asked: int, ticket_id: int, number: str, reasons: tuple[str, ...]) -> None:
        if asked != self._asked or not self.is_current:
            return
        labels = [(one, f"{one}（另写一句）" if one == OTHER_REASON else one) for one in reasons]
        look = partial(self._look, ticket_id)

        def chosen(reason: str) -> None:
            if reason == OTHER_REASON:
                title, prompt = f"查看联系方式 · {number}", "为什么要看，一句话；不要写个人信息"
                self.ask(widgets.Asking(title, prompt), partial(look, OTHER_REASON))
            else:
                look(reason)

        self.ask(widgets.StepMenu(f"查看联系方式 · {number} · 事由记入留痕", labels), chosen)

    def _look(self, ticket_id: int, reason: str, said: str | None = None) -> None:
        self.fetch(
            "look",
            lambda session: privacy.look(session.store, ticket_id, reason, said),
            partial(self._show_whose, self._asked),
        )

    def _show_whose(self, asked: int, seen: Seen) -> None:
        at = self.looked_at()
        if asked != self._asked or not self.is_current or at is None or at[0] != seen.ticket_id:
            self.told(f"已离开 {seen.number}，联系方式没有显示（查看已记入留痕）", warning=True)
            return
        self.mount(Whose(seen), before=self.query_one(StatusLine))
        self._until = self.set_timer(UNCOVERED, self.cover)
        self.looked()

    def looked(self) -> None:
        """Show that the trail has grown; nothing on a screen that shows none."""

    def cover(self) -> bool:
        """Mask again what was shown; an answer still under way will not be."""
        self._asked += 1
        if self._until is not None:
            self._until.stop()
        shown = self.query(Whose)
        found = bool(shown)
        shown.remove()
        return found

    def cover_if_left(self) -> None:
        """Mask again what was shown of an appeal that is no longer at hand."""
        at = self.looked_at()
        if any(at is None or one.ticket_id != at[0] for one in self.query(Whose)):
            self.cover()

    def on_screen_suspend(self) -> None:
        """Mask again what was shown: another screen comes over this one."""
        if self.query(Whose):
            self.cover()
