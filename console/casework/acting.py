"""Acts that more than one screen offers: every lawful next step, two keys away, and new orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from console import merging, widgets
from console.casework.forms import Forms, line_of, unit_choice
from console.casework.retagging import Retagging
from console.casework.taking import (
    Chosen,
    Lawful,
    Offer,
    Said,
    as_now,
    offer,
    parted,
    take,
)
from console.casework.telephone import LookingScreen
from console.frame import Session
from models import orders
from rules.casework import PAPER_NAMES
from rules.errors import DubanError

if TYPE_CHECKING:
    from console.casework.reminding import Drafted as Reminding
    from console.widgets import When
    from models.casework import Done
    from models.orders import Drafted
    from models.views import UnitChoice


MANY = 20
"""An act on more matters than this asks first (UX.md, danger classes)."""

SKIPPED = 3
"""How many of the matters an act left out are named."""


@dataclass(frozen=True, slots=True)
class Which:
    """How many matters an act would fall on, how to read them in a worker, and their name."""

    count: int
    read: Callable[[Session], list[Chosen]]
    number: str = ""

    @property
    def name(self) -> str:
        """The number of the one, or how many there are."""
        return self.number if self.count == 1 and self.number else f"{self.count}件"


FAMILIES: dict[str, tuple[str, ...]] = {
    "extension": ("grant_extension", "refuse_extension", "ask_extension"),
    "pause": ("grant_pause", "refuse_pause", "resume", "ask_pause"),
    "close": ("close",),
    "note": ("note",),
    "urge": ("urge",),
}
"""The steps behind one key: what is asked for, or what answers it."""


class CaseworkScreen(LookingScreen):
    """A screen on which every step of an appeal can be taken; more than ``SURE`` are confirmed."""

    FAMILIES: ClassVar[dict[str, tuple[str, ...]]] = FAMILIES
    SURE: ClassVar[int] = MANY

    def which(self) -> Which:
        """Return what an act would fall on."""
        raise NotImplementedError

    # to choose a step

    def action_steps(self, family: str = "") -> None:
        """Offer the lawful steps of what is chosen, all or those of one key."""
        which = self.which()
        count, read = which.count, which.read
        if self.session is None or not count:
            self.say("没有可办的诉求：先把光标移到一件诉求上")
            return
        wanted = self.FAMILIES.get(family, ())

        def look(session: Session) -> Offer | None:
            chosen = read(session)
            return offer(session, chosen, wanted) if chosen else None

        self.question(look, self._choose_step)

    def _choose_step(self, found: Offer | None) -> None:
        if found is None:
            self.say("选中的不是诉求：督办单请到 F4 办理")
            return
        chosen, steps = found.chosen, {step.verb: step for step in found.steps}
        whom = chosen[0].number if len(chosen) == 1 else f"{len(chosen)}件"
        if not steps:
            self.say(f"{whom} {found.why}")
            return
        if len(steps) == 1 and found.single:
            step = next(iter(steps.values()))
            self.ask_and_take(step.verb, step.name, chosen)
            return
        title = f"办理 {whom} · {found.status}" if len(chosen) == 1 else f"办理 {whom}"
        labels = [(verb, _label(step, len(chosen))) for verb, step in steps.items()]
        assert self.session is not None
        when = widgets.When(self.session.now)
        self.ask(
            widgets.StepMenu(title, labels, when),
            lambda verb: self.ask_and_take(verb, steps[verb].name, chosen, when.said),
        )

    # to take a step

    def ask_and_take(
        self,
        verb: str,
        name: str,
        chosen: Sequence[Chosen],
        said: Said | None = None,
        *,
        again: bool = False,
    ) -> None:
        """Ask what a step needs, or ``again`` what of it was refused; then take it."""
        whom = chosen[0].number if len(chosen) == 1 else f"{len(chosen)}件"
        then = partial(self.take, verb, name, chosen)
        if verb == "amend" and not again:
            Retagging(self, f"{name} · {whom}", chosen, then).ask(said or {})
            return
        Forms(self, *parted(verb), f"{name} · {whom}", then).ask(said, again=again)

    def take(self, verb: str, name: str, chosen: Sequence[Chosen], said: Said) -> None:
        """Take a step on the chosen, after one confirmation if they are many."""
        if verb == "urge" and not said.get("answered_by"):
            if said.get("at"):
                self.told("文字催办从现在起算：发生时间只用于电话催办", warning=True)
            else:
                self._remind(chosen)
            return
        line = line_of(*parted(verb))
        typed = bool(line) and (not line[0].without or line[0].name in said)
        # whoever typed a line has read how many it falls on
        if len(chosen) <= (MANY if typed else self.SURE):
            self._take(verb, name, chosen, said)
            return
        sentence = f"将对{len(chosen)}件诉求登记“{name}”，不能办的会跳过并列出。"
        self.ask(
            widgets.Confirming(
                f"{name} · {len(chosen)}件", sentence, act=name, undo="24小时内可按 u 撤销"
            ),
            lambda _: self._take(verb, name, chosen, said),
        )

    def _take(self, verb: str, name: str, chosen: Sequence[Chosen], said: Said) -> None:
        def job(session: Session) -> Callable[[], None]:
            try:
                done = take(session, verb, chosen, said)
            except DubanError as refusal:
                seen = as_now(session, chosen)
                return partial(self._refused, str(refusal), verb, name, seen, said)
            told = _outcome(session, verb, name, chosen, said, done)
            return partial(self._took, told, done)

        if chosen:
            self.write(job, lambda tell: tell())

    def _took(self, told: str, done: Done) -> None:
        self.told("\n".join((told, *_skipped(done.skipped))))
        self.acted()
        self.host.recount()

    def _remind(self, chosen: Sequence[Chosen]) -> None:
        """Show what each unit would be told; it is on record once somebody takes it."""
        from console.casework.reminding import Reminders, draft_reminders

        self.question(
            lambda session: draft_reminders(session, chosen),
            lambda drafted: self.ask(Reminders(drafted), partial(self._record, drafted)),
        )

    def _record(self, drafted: Reminding, way: str) -> None:
        from console.casework.reminding import record_reminders

        count = f"已催办{len(drafted.done.done)}件"

        def recorded(folder: Path | None) -> None:
            if folder is None:
                self.app.copy_to_clipboard(drafted.text)
            where = "文字已复制" if folder is None else f"通知在 {folder}"
            self._took(f"{count}，{where} · u 撤销", drafted.done)

        self.write(
            lambda session: record_reminders(session, drafted, on_paper=way == "paper"), recorded
        )

    def _refused(
        self, line: str, verb: str, name: str, chosen: Sequence[Chosen], said: Said
    ) -> None:
        """Say why, show what changed, and give back what was typed."""
        self.told(line, warning=True)
        self.refused()
        if any(said.get(name) for name in ("at", *(ask.name for ask in line_of(*parted(verb))))):
            self.ask_and_take(verb, name, chosen, said, again=True)

    def refused(self) -> None:
        """Show what is true now, the marks left as they are."""
        self.acted()

    # to dispatch

    def action_dispatch(self) -> None:
        """Hand matters to a unit chosen by typing; the picker is there at once."""
        session, which = self.session, self.which()
        count, read = which.count, which.read
        if session is None:
            return
        if not count:
            self.say("没有可派单的诉求：先把光标移到一件诉求上")
            return
        note = "回车或数字即派出，承办单位的时限从派出起算 · Esc 返回"
        if count > self.SURE:
            note = f"选定后再确认一次才派出这{count}件 · Esc 返回"
        choices = [unit_choice(unit, unit) for unit in session.bureau.units]
        prompt = "单位名称的一部分或拼音首字母"
        title = f"派单 · {which.name} → 承办单位"
        when = widgets.When(session.now)
        self.ask(
            widgets.Choosing(title, prompt, choices, note=note, numbered=True, when=when),
            lambda unit: self.question(read, partial(self._dispatch, unit, when)),
        )

    def _dispatch(self, unit: UnitChoice, when: When, chosen: list[Chosen]) -> None:
        if not chosen:
            self.say("标记的都不是诉求，没有派单")
            return
        self.take("dispatch", f"派给{unit.short_name}", chosen, {"unit_id": unit.id, **when.said})

    def action_merge(self) -> None:
        """Merge what is chosen under a lead; of one that is merged, split it, tell or object."""
        self.question(self.which().read, partial(merging.offer_chosen, self))

    # to hand over on paper

    def action_hand_over(self) -> None:
        """Write the 交办单 of what is chosen, once that is confirmed: names leave the house."""
        which = self.which()
        if which.count:
            self.question(which.read, self._confirm_handing)
        else:
            self.say("没有可交办的诉求：先把光标移到一件诉求上")

    def _confirm_handing(self, chosen: list[Chosen]) -> None:
        if not chosen:
            self.say("选中的不是诉求：交办单按诉求制发")
            return
        whom = chosen[0].number if len(chosen) == 1 else f"{len(chosen)}件"
        self.ask(
            widgets.Confirming(
                f"制发交办单 {whom}",
                "每件一份，交给承办单位；除保密件、举报件外载有诉求人姓名、电话、地址，逐件留痕。",
                act="制发",
            ),
            lambda _: self.work(partial(_hand_over, [one.ticket_id for one in chosen])),
        )

    # to draft orders

    def action_draft(self) -> None:
        """Draft orders, one per lead unit."""
        which = self.which()
        count, read = which.count, which.read
        if count:
            self.question(read, self._confirm_draft)

    def _confirm_draft(self, chosen: list[Chosen], kind: str = "order") -> None:
        from console.casework.drafting import Drafting

        if not chosen:
            self.say("没有可拟督办单的诉求：先把光标移到一件诉求上")
            return
        seen = {one.ticket_id: one.version for one in chosen}

        def draft(session: Session) -> Drafted:
            return orders.draft(session.store, list(seen), kind=kind, seen=seen)

        def agreed(_: bool) -> None:
            if question.other:
                menu = widgets.StepMenu("拟制哪一种文书", Drafting.KINDS)
                self.ask(menu, lambda other: self._confirm_draft(chosen, other))
            else:
                self.write(draft, partial(self._drafted, kind, question.to_sign))

        question = Drafting(chosen, kind)
        self.ask(question, agreed)

    def _drafted(self, kind: str, to_sign: bool, drafted: Drafted) -> None:
        count, name = len(drafted.orders), PAPER_NAMES[kind]
        told = f"已拟{count}份{name} · F4 查看签发" if count else f"没有拟制{name}"
        skipped = _skipped([(one.number, one.reason) for one in drafted.skipped])
        self.acted()
        if to_sign and drafted.orders and self.is_current:
            self.host.open_order(drafted.orders[0].id)
        self.told("\n".join((told, *skipped)), warning=not count)


def _hand_over(ticket_ids: Sequence[int], session: Session) -> str:
    """Write the 交办单 of matters, and say where they are and what was left out."""
    from console.casework.handed_papers import handover_folder, write_handovers

    folder = handover_folder()
    made = write_handovers(session.store, ticket_ids, folder)
    told = f"已制发交办单{len(made.files)}份，在 {folder}"
    return "\n".join((told, *_skipped(made.handed.skipped)))


def _outcome(
    session: Session, verb: str, name: str, chosen: Sequence[Chosen], said: Said, done: Done
) -> str:
    """Return what is said of a step that was taken: ``已签收 · u 撤销``."""
    whom = f" {chosen[0].number}" if len(chosen) == 1 else f" {len(done.done)}件"
    happened = widgets.When(session.now, said.get("at")).happened
    if verb in ("dispatch", "transfer"):
        unit = next((u.short_name for u in session.bureau.units if u.id == said["unit_id"]), "")
        return f"已派给{unit} {len(done.done)}件{happened} · u 撤销"
    registered = "登记" if name.startswith(("不", "未", "群众", "时限", "新")) else ""
    return f"已{registered}{name}{whom}{happened} · u 撤销"


def _skipped(skipped: Sequence[tuple[str, str]]) -> list[str]:
    """Return lines that name what an act left out and why."""
    if not skipped:
        return []
    shown = [f"{number}：{reason}" for number, reason in skipped[:SKIPPED]]
    more = [f"等{len(skipped)}件"] if len(skipped) > SKIPPED else []
    return [f"跳过{len(skipped)}件：", *shown, *more]


def _label(step: Lawful, of: int) -> str:
    """Return a step's line in the menu; of many matters, on how many it may be taken."""
    return step.name if step.count == of or of == 1 else f"{step.name}（{step.count}件可办）"
