"""What can be done with firms and suggestions: each act asks for what it needs, then works."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from console.entities.entity_page import BLANK
from console.frame import FullScreen, Session
from console.widgets import Asking, Picking, StepMenu
from models import entities

if TYPE_CHECKING:
    from models.entities import EntityView, SuggestionView


class EntityActs:
    """The acts of the screen of firms."""

    def __init__(self, screen: FullScreen) -> None:
        """``screen`` shows the questions and runs the work."""
        self._screen = screen

    def confirm(self, one: SuggestionView) -> None:
        """Ask on what ground two names are one firm's."""

        def confirmed(reason: str) -> None:
            def act(session: Session) -> str:
                done = entities.confirm_alias(
                    session.store, one.id, reason=reason, seen=one.version
                )
                return f"已归到主体 {done.id} {done.name} · u 撤销"

            self._screen.work(act, lambda: self.confirm(one))

        title = f"确认同一主体：{one.old_name} 与 {one.new_name}"
        note = self._why(one)
        self._screen.ask(Asking(title, "凭什么确认，可不填", note=note, optional=True), confirmed)

    def refuse(self, one: SuggestionView) -> None:
        """Ask why two names are not one firm's."""

        def refused(reason: str) -> None:
            def act(session: Session) -> str:
                entities.refuse_alias(session.store, one.id, reason=reason, seen=one.version)
                return f"已否认 {one.old_name} 与 {one.new_name} · 不再提出 · u 撤销"

            self._screen.work(act, lambda: self.refuse(one))

        title = f"否认同一主体：{one.old_name} 与 {one.new_name}"
        note = self._why(one)
        self._screen.ask(Asking(title, "为什么不是，可不填", note=note, optional=True), refused)

    def _why(self, one: SuggestionView) -> str:
        """Return the reasons that are decided on, as they may be shown, and what enter will do."""
        assert self._screen.session is not None
        masking = self._screen.session.bureau.masking
        lines = [f"{reason.weight}{BLANK}{masking.text(reason.text)}" for reason in one.reasons]
        return "\n".join([*lines, "回车办理 · Esc 返回"])

    def name(self, one: EntityView | None) -> None:
        """Ask for a name: of the firm under the cursor, or of one to be registered."""
        if one is None:
            self._ask_name(None, None)
            return
        steps = [
            ("more", f"{one.name}：加一个名称"),
            *(
                (name.core, f"{name.written} 更名（用到前一日止）")
                for name in one.current
                if name.until is None
            ),
            ("new", "登记另一个主体"),
        ]

        def chosen(step: str) -> None:
            old = next((name.written for name in one.current if name.core == step), None)
            self._ask_name(None if step == "new" else one, old)

        self._screen.ask(StepMenu("登记名称", steps), chosen)

    def _ask_name(self, one: EntityView | None, replaces: str | None) -> None:
        title = f"{replaces} 更名" if replaces else f"{one.name} 的名称" if one else "登记主体"

        def named(written: str) -> None:
            self._ask_day(
                f"{written}：从哪天起用",
                lambda since: self._give(one, written, since, replaces),
                optional=replaces is None,
            )

        self._screen.ask(Asking(title, "单位全称或简称，个体工商户写字号"), named)

    def _give(
        self, one: EntityView | None, written: str, since: date | None, replaces: str | None
    ) -> None:
        def act(session: Session) -> str:
            done = entities.name_entity(
                session.store,
                None if one is None else one.id,
                written,
                since=since,
                replaces=replaces,
                seen=None if one is None else one.version,
            )
            return f"已登记 主体 {done.id} {done.name}"

        self._screen.work(act, lambda: self._ask_name(one, replaces))

    def _ask_day(
        self, title: str, then: Callable[[date | None], object], *, optional: bool
    ) -> None:
        def typed(said: str) -> None:
            try:
                day = date.fromisoformat(said) if said else None
            except ValueError:
                self._refuse(f"日期 {said} 写法不对：请写成 2026-03-01")
                return
            then(day)

        prompt = "例如 2026-03-01" + ("，可不填" if optional else "")
        self._screen.ask(Asking(title, prompt, optional=optional), typed)

    def decide(self, names: list[str]) -> None:
        """Ask which name a decision is against, and for its document."""
        if len(names) == 1:
            self._ask_kind(names[0])
        else:
            choices = [(name, name) for name in names]
            self._screen.ask(Picking("处理决定写的是哪个名称", choices), self._ask_kind)

    def _ask_kind(self, name: str) -> None:
        steps = [(kind, kind) for kind in entities.DECISIONS]
        self._screen.ask(
            StepMenu(f"处理决定：{name}", steps), lambda kind: self._ask_number(name, kind)
        )

    def _ask_number(self, name: str, kind: str) -> None:
        self._screen.ask(
            Asking(f"{kind}：{name}", "文号"),
            lambda number: self._screen.ask(
                Asking(f"{kind} {number}", "作出决定的机关"),
                lambda organ: self._ask_day(
                    f"{kind} {number}：文书日期",
                    lambda day: self._put(name, kind, number, organ, day),
                    optional=False,
                ),
            ),
        )

    def _put(self, name: str, kind: str, number: str, organ: str, day: date | None) -> None:
        def act(session: Session) -> str:
            assert day is not None
            entities.add_decision(
                session.store, name, kind=kind, number=number, organ=organ, day=day
            )
            return f"已登记 {name} 的{kind} {number} · 换名出现时列入应督办"

        self._screen.work(act, lambda: self._ask_number(name, kind))

    def steps(self, one: EntityView, others: list[EntityView]) -> None:
        """Offer to part names, to make two firms one, to take a decision back."""
        menu = [(f"part {name.core}", f"分开名称 {name.written}") for name in one.current]
        if len(menu) < 2:
            menu = []
        menu += [("join", "并入另一个主体")] if others else []
        menu += [(f"revoke {told.id}", f"撤回 {told.kind} {told.number}") for told in one.standing]
        if not menu:
            self._refuse(f"{one.name} 没有可办的下一步：n 登记名称，d 登记处理决定")
            return

        def chosen(step: str) -> None:
            verb, _, what = step.partition(" ")
            if verb == "join":
                choices = [(other, f"{other.id} {other.name}") for other in others]
                self._screen.ask(Picking(f"{one.name} 并入哪个主体", choices), into)
            elif verb == "part":
                name = next(name.written for name in one.current if name.core == what)
                self._reasoned(f"分开名称 {name}", lambda s, why: _part(s, one, name, why))
            else:
                told = next(told for told in one.standing if told.id == int(what))
                self._reasoned(f"撤回 {told.number}", lambda s, why: _revoke(s, told.id, why))

        def into(other: EntityView) -> None:
            self._reasoned(
                f"{one.name} 并入 {other.name}", lambda s, why: _join(s, other, one, why)
            )

        self._screen.ask(StepMenu(f"办理 {one.name}", menu), chosen)

    def _reasoned(self, title: str, act: Callable[[Session, str], str]) -> None:
        """Ask for the reason of an act, then do it."""
        self._screen.ask(
            Asking(title, "理由"),
            lambda why: self._screen.work(
                lambda session: act(session, why), lambda: self._reasoned(title, act)
            ),
        )

    def _refuse(self, line: str) -> None:
        self._screen.told(line, warning=True)


def _part(session: Session, one: EntityView, name: str, why: str) -> str:
    alone = entities.separate_name(session.store, one.id, name, reason=why, seen=one.version)
    return f"已分开 {name}：另立主体 {alone.id}"


def _join(session: Session, into: EntityView, one: EntityView, why: str) -> str:
    done = entities.join_entities(session.store, into.id, one.id, reason=why, seen=into.version)
    return f"已并入主体 {done.id} {done.name}"


def _revoke(session: Session, id: int, why: str) -> str:
    return f"已撤回 {entities.revoke_decision(session.store, id, reason=why).number}"
