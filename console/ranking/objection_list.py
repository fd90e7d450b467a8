"""异议 of a period: what each unit disputes, how it was ruled, and ruling on one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from console.frame import FullScreen, Session, barred
from console.ranking.behind import Behind
from console.widgets import Dialog, Writing
from models import review
from rules.casework import OBJECTIONS
from rules.clocks import short_instant
from rules.text import Masking, half_width

if TYPE_CHECKING:
    from models.review import ObjectionView
    from rules.ranking import Period

Ruling = tuple["ObjectionView", bool]
"""What is to be ruled on, and whether it is accepted."""

RULED = {"1": True, "2": False}


def ask_ruling(screen: FullScreen, id: int, kind: str, *, accepted: bool) -> None:
    """Ask for the reason of a ruling and give it; ``kind`` is what the objection is called."""
    bureau = screen.session.bureau if screen.session is not None else None
    if why := barred("rule", bureau):
        screen.say(why)
        return
    word = "成立" if accepted else "不成立"
    wanted = "成立的理由，写明要改正什么" if accepted else "不成立的理由"

    def rule(reason: str) -> None:
        def act(session: Session) -> str:
            ruled = review.rule_objection(session.store, id, accepted=accepted, decision=reason)
            place = ruled.effect.words if ruled.effect else ""
            return f"异议{id}号裁定{word} · {ruled.unit} {ruled.period} {place}"

        screen.work(act)

    screen.ask(Writing(f"{kind} {id}号 · 裁定{word}，不能撤销", wanted), rule)


def read_objections(session: Session, period: Period) -> list[tuple[ObjectionView, Text]]:
    """Return what is not ruled yet, whatever it touches, and what else touches a period, in words.

    A dispatch of the running week is disputed before that week can be shown.
    """
    zone = session.bureau.zone
    masking = session.store.policy.privacy.on_screen
    with session.reading("objections") as reader:
        waiting = review.undecided_objections(reader)
        touching = review.objections_of(reader, period, zone)
    found = [*waiting, *(one for one in touching if one.accepted is not None)]
    return [(one, _words(one, masking, zone)) for one in found]


def _words(one: ObjectionView, masking: Masking, zone: tzinfo) -> Text:
    about = one.number or "对数字"
    head = f"{one.unit} · {OBJECTIONS[one.kind]} {one.id}号 · {about} · {one.period}"
    words = Text(head, "bold")
    raised = short_instant(one.raised_at.astimezone(zone))
    by = f" {one.raised_by}" if one.raised_by else ""
    words.append(f"\n  {raised}{by}：{one.told(masking, one.reason)}", "not bold")
    if one.effect is not None:
        ruled = f"裁定{'成立' if one.accepted else '不成立'}（{one.decider}）"
        decision = one.told(masking, one.decision)
        words.append(f"\n  {ruled}：{decision} · {one.effect.words}", "not bold dim")
    return words


class ObjectionList(Dialog[Ruling]):
    """The objections of a period; gives back the one to be ruled on, and how."""

    FRAME = "dialog wide"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c,i,ｉ", "give_up", "返回", id="objections.back"),
        Binding("j", "move(1)", "下一条", id="objections.down"),
        Binding("k", "move(-1)", "上一条", id="objections.up"),
    ]

    def __init__(
        self,
        label: str,
        found: Sequence[tuple[ObjectionView, Text]],
        show: Callable[[Behind], object],
    ) -> None:
        """``found`` in the order listed; ``show`` opens the appeal of one."""
        waiting = sum(one.accepted is None for one, _ in found)
        title = f"异议 {len(found)}件 · 未裁定{waiting}件 · {label}"
        keys = "1 成立 · 2 不成立 · 回车看诉求 · Esc 返回"
        super().__init__(title, keys if found else "Esc 返回")
        self._found = tuple(found)
        self._show = show

    def inside(self) -> ComposeResult:
        """Lay out the objections."""
        if self._found:
            yield OptionList(*(Option(words) for _, words in self._found), markup=False)
        else:
            yield Static(Text("没有未裁定的异议，这一期也没有裁定过的"))

    def _here(self) -> ObjectionView | None:
        for options in self.query(OptionList):
            if options.highlighted is not None:
                return self._found[options.highlighted][0]
        return None

    def action_move(self, by: int) -> None:
        """Go to the next or the one before."""
        for options in self.query(OptionList):
            options.action_cursor_down() if by > 0 else options.action_cursor_up()

    def on_key(self, event: events.Key) -> None:
        """Rule on the one under the cursor."""
        typed, here = half_width(event.character or ""), self._here()
        if typed not in RULED or here is None:
            return
        event.stop()
        if here.accepted is None:
            self.dismiss((here, RULED[typed]))
        else:
            self.say("这一件已经裁定，一次为准")

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        here = self._here()
        if here is None or here.ticket_id is None:
            self.say("这一件是对数字提的，没有诉求可打开")
        else:
            self._show(Behind(f"异议 · {here.unit} · {OBJECTIONS[here.kind]}", (here.ticket_id,)))
