"""What can be done with orders: each act asks for what it needs, then works in a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from console import widgets
from console.casework import Forms, Said, begun
from console.frame import FullScreen, Session
from console.orders.over import OVER, Amendable, amend, amendables, over_choices
from console.orders.signing import Asked, asked, sign
from console.widgets import Asking, Confirming, Picking, StepMenu, When
from models import orders, views
from models.store import StoreError
from rules.casework import PAPER_NAMES, STEPS, allowed_steps
from rules.errors import DubanError

if TYPE_CHECKING:
    from models.casework import Done
    from models.orders import Drafted, OrderView


class OrderActs:
    """The acts of a screen that shows orders."""

    def __init__(self, screen: FullScreen, shown: Mapping[int, str] | None = None) -> None:
        """``screen`` shows the questions and runs the work.

        ``shown`` are the digests of the templates its papers were made with, by order.
        """
        self._screen = screen
        self._shown = {} if shown is None else shown

    # signing

    def sign(self, orders: Sequence[OrderView]) -> None:
        """Ask who signed on what basis, then for the count of the orders; then sign."""
        drafts = [order for order in orders if order.status == "draft"]
        if not drafts:
            self._refuse("没有可签发的草稿：请标记或移到待签发的督办单上")
            return
        found = partial(asked, drafts, self._shown)
        self._screen.question(found, partial(self._ask_changed, drafts))

    def _ask_changed(self, drafts: Sequence[OrderView], found: Asked) -> None:
        """Ask whether what is another than it was is signed as it is now; show it first."""
        if not found.changed:
            self._ask_signer(drafts, found, as_changed=False)
            return
        self._screen.refused()
        self._screen.ask(
            Picking(
                "；".join(found.changed[:3]),
                [(False, "不签：先看现在的文书"), (True, "按现稿签发，留痕写明")],
            ),
            lambda go_on: self._ask_signer(drafts, found, as_changed=True) if go_on else None,
        )

    def _ask_signer(self, drafts: Sequence[OrderView], found: Asked, *, as_changed: bool) -> None:
        choices = [((name, basis), words) for name, basis, words in found.signers]
        self._screen.ask(
            Picking(
                f"签发{_whom(drafts)}：谁签的、凭什么", choices, note="签发依据记入留痕和正式文件"
            ),
            lambda signed_by: self._confirm(drafts, found, *signed_by, as_changed=as_changed),
        )

    def _confirm(
        self,
        drafts: Sequence[OrderView],
        found: Asked,
        signer: str,
        basis: str,
        *,
        as_changed: bool,
    ) -> None:
        units = "、".join(dict.fromkeys(order.unit for order in drafts))
        seen = {order.id: order.version for order in drafts}

        def act(session: Session) -> str:
            done, folder = sign(
                session, seen, found.templates, signer, basis, as_changed=as_changed
            )
            numbers = "、".join(str(order.number) for order in done[:3])
            more = f"等{len(done)}份" if len(done) > 3 else ""
            return f"已签发 {numbers}{more} · 正式文件在 {folder}"

        self._screen.ask(
            Confirming(
                f"签发{_whom(drafts)}",
                f"由{signer}签发，发给：{units}。编定文号并生成正式文件。",
                undo="签发后不能撤销，只能作废；文号不再使用",
                type_this=str(len(drafts)),
            ),
            lambda _: self._screen.work(act),
        )

    # editing and drafting

    def amend(self, order: OrderView) -> None:
        """Ask which field of a draft to change, then for its new words."""
        if order.status != "draft":
            self._refuse(f"{order.name} {order.label}，不能再改：请作废后重新拟制")
            return
        self._screen.question(partial(amendables, order), partial(self._ask_which, order))

    def _ask_which(self, order: OrderView, found: Sequence[Amendable]) -> None:
        fields = {one.name: one for one in found}
        self._screen.ask(
            StepMenu(f"修改 {order.name}", [(one.name, one.label) for one in found]),
            lambda name: self._ask_field(order, fields[name], fields[name].value),
        )

    def _ask_field(self, order: OrderView, field: Amendable, current: str) -> None:
        def change(text: str) -> None:
            self._do(
                [order],
                lambda session: f"已修改 {amend(session, order, field.name, text).name}",
                lambda now: self._ask_field(now[0], field, text),
            )

        asking = widgets.Writing if field.several else Asking
        title = f"修改 {order.name} · {field.label}"
        self._screen.ask(asking(title, "", value=current), change)

    def over(self, order: OrderView) -> None:
        """Offer the papers that may be drafted over one that was issued, then draft one."""
        assert self._screen.session is not None
        choices = over_choices(order, self._screen.session.now())
        if not choices:
            self._refuse(f"{order.name} {order.label}，没有可据此拟制的文书：已送达的可催办、约谈")
            return

        def drafted(session: Session, kind: str) -> str:
            view = OVER[kind](session.store, order.id)
            return f"已拟 {PAPER_NAMES[kind]} {view.name} · 按 e 补写，按 s 签发"

        self._screen.ask(
            StepMenu(f"据 {order.name} 拟制", choices),
            lambda kind: self._do([order], partial(drafted, kind=kind), lambda _: None),
        )

    def draft(self, typed: str = "") -> None:
        """Ask for tickets by number, ``typed`` already there; draft one order per lead unit."""
        asking = Asking(
            "新拟督办单",
            "工单编号，可写多个，用逗号或空格隔开",
            note="每个主办单位一份；也可在督办队列标记后按 d · 回车拟制 · Esc 返回",
            value=typed,
        )
        self._screen.ask(
            asking,
            lambda numbers: self._do(
                [],
                lambda session: _drafted(draft_numbers(session, numbers)),
                lambda _: self.draft(numbers),
            ),
        )

    # the other steps

    def steps(self, order: OrderView) -> None:
        """Offer the lawful next steps, numbered."""
        assert self._screen.session is not None
        allowed = allowed_steps(order.position, self._screen.session.bureau.roles)
        lawful = [(step.verb, step.name) for step in allowed]
        if not lawful:
            self._refuse(f"{order.name} {order.label}，没有可办的下一步")
            return
        now = order.status == "draft"  # signing and what comes before it are done when recorded
        when = None if now else When(self._screen.session.now)
        self._screen.ask(
            StepMenu(f"办理 {order.name}", lawful, when),
            lambda verb: self.take(order, verb, when.said if when is not None else {}),
        )

    def take(self, order: OrderView, verb: str, said: Said) -> None:
        """Take one step, asking for what it needs and what is not ``said`` yet."""
        if verb == "sign":
            self.sign([order])
        elif verb == "amend":
            self.amend(order)
        else:
            self._ask([order], verb, said)

    def ask_and_take(self, chosen: Sequence[OrderView], verb: str, text: str = "") -> None:
        """Ask what a step needs, ``text`` in its line already, then take it on one or many."""
        self._ask(chosen, verb, begun("order", verb, text))

    def _ask(
        self, chosen: Sequence[OrderView], verb: str, said_before: Said, *, again: bool = False
    ) -> None:
        name = step_name(verb)
        whom = chosen[0].name if len(chosen) == 1 else f"{len(chosen)}份"

        def said(answer: Said) -> None:
            if verb == "void" and chosen[0].number:
                self._confirm_void(chosen[0], answer)
            else:
                self._take(chosen, verb, answer)

        forms = Forms(self._screen, "order", verb, f"{name} {whom}", said)
        forms.ask(said_before, again=again)

    def _confirm_void(self, order: OrderView, said: Said) -> None:
        serial = str(order.number).rpartition("〕")[2].removesuffix("号")
        self._screen.ask(
            Confirming(
                f"作废 {order.number}",
                f"{order.unit} 的督办单作废，理由：{said['reason']}",
                undo="作废后不能撤销；文号保留，不再使用",
                type_this=serial,
            ),
            lambda _: self._take([order], "void", said),
        )

    def _take(self, chosen: Sequence[OrderView], verb: str, said: Said) -> None:
        def again(now: Sequence[OrderView]) -> None:
            if any(said.values()):
                self._ask(now, verb, said, again=True)

        def act(session: Session) -> str:
            happened = When(session.now, said.get("at")).happened
            return outcome_line(verb, *take(session, chosen, verb, said), happened)

        self._do(chosen, act, again)

    def _do(
        self,
        chosen: Sequence[OrderView],
        act: Callable[[Session], str],
        again: Callable[[Sequence[OrderView]], object],
    ) -> None:
        """Do an act in a worker; where it is refused, say why and ask again on the orders as now.

        Nothing that was typed is lost.
        """

        def job(session: Session) -> Callable[[], None]:
            try:
                return partial(self._did, act(session))
            except DubanError as refusal:
                return partial(self._refused, str(refusal), again, _as_now(session, chosen))

        self._screen.write(job, lambda tell: tell())

    def _did(self, told: str) -> None:
        self._screen.told(told)
        self._screen.done()

    def _refused(
        self,
        line: str,
        again: Callable[[Sequence[OrderView]], object],
        now: Sequence[OrderView],
    ) -> None:
        self._screen.told(line, warning=True)
        self._screen.refused()
        again(now)

    def _refuse(self, line: str) -> None:
        self._screen.told(line, warning=True)


def _whom(orders: Sequence[OrderView]) -> str:
    """Return the name of the one order, or how many there are."""
    return f" {orders[0].name}" if len(orders) == 1 else f"{len(orders)}份督办单"


def _drafted(drafted: Drafted) -> str:
    """Say what was drafted and what was left out."""
    skipped = "；".join(f"{one.number} {one.reason}" for one in drafted.skipped[:3])
    told = f"已拟制{len(drafted.orders)}份草稿" if drafted.orders else "没有拟制"
    return told + (f"，跳过{len(drafted.skipped)}件：{skipped}" if skipped else "")


def take(
    session: Session, chosen: Sequence[OrderView], verb: str, said: Said
) -> tuple[list[OrderView], Done]:
    """Take one step on orders as they were seen; return those on which it was done, as they are."""
    seen = {order.id: order.version for order in chosen}
    done = orders.follow(session.store, verb, list(seen), seen=seen, **said)
    with session.reading("orders") as reader:
        return orders.orders_by_id(reader, list(done.done)), done


def outcome_line(verb: str, after: Sequence[OrderView], done: Done, happened: str = "") -> str:
    """Say what became of the orders of an act, and when; name those that were left out."""
    skipped = "".join(f"；{name} {why}" for name, why in done.skipped[:3])
    which = f" · {after[0].name} {after[0].label}" if len(after) == 1 else ""
    return f"已{step_name(verb)} {len(after)}份{which}{happened}{skipped}"


def _as_now(session: Session, chosen: Sequence[OrderView]) -> Sequence[OrderView]:
    """Return orders as they are now; as they were, while the store cannot be read either."""
    try:
        with session.reading("orders") as reader:
            return orders.orders_by_id(reader, [order.id for order in chosen])
    except StoreError:
        return chosen


def step_name(verb: str) -> str:
    """Return the name of a step of orders."""
    return next(step.name for step in STEPS if (step.kind, step.verb) == ("order", verb))


def draft_numbers(session: Session, numbers: str) -> Drafted:
    """Draft orders for tickets by number, parted by commas or blanks."""
    words = numbers.replace("，", " ").replace(",", " ").replace("、", " ").split()
    with session.reading("draft") as reader:
        ids = views.ticket_ids(reader, words)
    return orders.draft(session.store, ids)
