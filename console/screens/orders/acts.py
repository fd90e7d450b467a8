"""What can be done with orders: each act asks for what it needs, then works in a worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from console.desk.orders import amend, draft, sign, signers, steps, take
from console.widgets.asking import Asking
from console.widgets.choosing import Choice, Choosing
from console.widgets.confirming import Confirming
from console.widgets.steps import StepMenu

if TYPE_CHECKING:
    from console.screens.desk.screen import DecisionScreen
    from console.screens.orders.screen import OrdersScreen
    from models.orders import OrderView


ASKED = {
    "receive": ("签收", "单位的签收人"),
    "feedback": ("反馈", "单位的办理情况"),
    "accept": ("销号", "核实情况，可不填"),
    "reject": ("退回重报", "退回的理由"),
    "void": ("作废", "作废的理由"),
}


FIELDS = {
    "title": "督办事项",
    "cause": "督办事由",
    "demands": "督办要求（多条用；隔开）",
    "limit_text": "反馈时限（例如 3wd）",
    "level": "级别（1 蓝色，2 黄色，3 红色）",
}


class OrderActs:
    """The acts of a screen that shows orders."""

    def __init__(self, screen: OrdersScreen | DecisionScreen) -> None:
        """``screen`` shows the questions and runs the work."""
        self._screen = screen

    # signing

    def sign(self, orders: Sequence[OrderView]) -> None:
        """Ask who signed on what basis, then for the count of the orders; then sign."""
        drafts = [order for order in orders if order.status == "draft"]
        desk = self._screen.desk
        if not drafts or desk is None:
            self._refuse("没有可签发的草稿：请标记或移到待签发的督办单上")
            return
        choices = [
            Choice((name, basis), Text(words), words) for name, basis, words in signers(desk)
        ]
        title = f"签发{len(drafts)}份：谁签的、凭什么"

        def chosen(signed_by: tuple[str, str] | None) -> None:
            if signed_by is not None:
                self._confirm(drafts, *signed_by)

        note = "签发依据记入留痕和正式文件"
        self._screen.app.push_screen(Choosing(title, "姓名", choices, note=note), chosen)

    def _confirm(self, drafts: Sequence[OrderView], signer: str, basis: str) -> None:
        units = "、".join(dict.fromkeys(order.unit for order in drafts))
        ids = [order.id for order in drafts]

        def confirmed(yes: bool | None) -> None:
            if yes:
                self._screen.work(lambda desk: signed(*sign(desk, ids, signer, basis)))

        def signed(done: Sequence[OrderView], folder: object) -> str:
            numbers = "、".join(str(order.number) for order in done[:3])
            more = f"等{len(done)}份" if len(done) > 3 else ""
            return f"已签发 {numbers}{more} · 正式文件在 {folder}"

        self._screen.app.push_screen(
            Confirming(
                f"签发{len(drafts)}份督办单",
                f"由{signer}签发，发给：{units}。编定文号并生成正式文件。",
                undo="签发后不能撤销，只能作废；文号不再使用",
                type_this=str(len(drafts)),
            ),
            confirmed,
        )

    # editing and drafting

    def amend(self, order: OrderView) -> None:
        """Ask which field of a draft to change, then for its new words."""
        if order.status != "draft":
            self._refuse(f"{order.name} {order.label}，不能再改：请作废后重新拟制")
            return
        current = {
            "title": order.title,
            "cause": order.cause,
            "demands": "；".join(order.demands),
            "limit_text": order.limit_text,
            "level": str(order.level),
        }

        def chosen(field: str | None) -> None:
            if field is not None:
                self._ask_field(order, field, current[field])

        self._screen.app.push_screen(StepMenu(f"修改 {order.name}", list(FIELDS.items())), chosen)

    def _ask_field(self, order: OrderView, field: str, current: str) -> None:
        def said(text: str | None) -> None:
            if text is not None:
                self._screen.work(lambda desk: changed(amend(desk, order, field, text)))

        def changed(after: OrderView) -> str:
            return f"已修改 {after.name}"

        self._screen.app.push_screen(Asking(FIELDS[field], "", value=current), said)

    def draft(self) -> None:
        """Ask for tickets by number and draft one order per lead unit."""

        def said(numbers: str | None) -> None:
            if numbers:
                self._screen.work(lambda desk: _drafted(draft(desk, numbers)))

        asking = Asking(
            "新拟督办单",
            "工单编号，可写多个，用逗号或空格隔开",
            note="每个主办单位一份；也可在督办队列标记后按 d · 回车拟制 · Esc 返回",
        )
        self._screen.app.push_screen(asking, said)

    # the other steps

    def steps(self, order: OrderView) -> None:
        """Offer the lawful next steps, numbered."""
        assert self._screen.desk is not None
        lawful = steps(self._screen.desk, order)
        if not lawful:
            self._refuse(f"{order.name} {order.label}，没有可办的下一步")
            return

        def taken(verb: str | None) -> None:
            if verb is not None:
                self.take(order, verb)

        self._screen.app.push_screen(StepMenu(f"办理 {order.name}", lawful), taken)

    def take(self, order: OrderView, verb: str) -> None:
        """Take one step, asking for what it needs."""
        if verb == "sign":
            self.sign([order])
        elif verb == "amend":
            self.amend(order)
        elif verb in ASKED:
            self._ask_step(order, verb)
        else:
            self._do(order, verb, "")

    def _ask_step(self, order: OrderView, verb: str) -> None:
        name, prompt = ASKED[verb]

        def said(text: str | None) -> None:
            if text is None:
                return
            if verb == "void" and order.number:
                self._confirm_void(order, text)
            else:
                self._do(order, verb, text)

        asking = Asking(f"{name} {order.name}", prompt, optional=verb == "accept")
        self._screen.app.push_screen(asking, said)

    def _confirm_void(self, order: OrderView, reason: str) -> None:
        serial = str(order.number).rpartition("〕")[2].removesuffix("号")

        def confirmed(yes: bool | None) -> None:
            if yes:
                self._do(order, "void", reason)

        self._screen.app.push_screen(
            Confirming(
                f"作废 {order.number}",
                f"{order.unit} 的督办单作废，理由：{reason}",
                undo="作废后不能撤销；文号保留，不再使用",
                type_this=serial,
            ),
            confirmed,
        )

    def _do(self, order: OrderView, verb: str, said: str) -> None:
        def told(after: OrderView) -> str:
            return f"{after.name} {after.label}"

        self._screen.work(lambda desk: told(take(desk, order, verb, said)))

    def _refuse(self, line: str) -> None:
        self._screen.app.notify(line, severity="warning", markup=False)


def _drafted(drafted: object) -> str:
    """Say what was drafted and what was left out."""
    from models.orders import Drafted

    assert isinstance(drafted, Drafted)
    skipped = "；".join(f"{one.number} {one.reason}" for one in drafted.skipped[:3])
    told = f"已拟制{len(drafted.orders)}份草稿" if drafted.orders else "没有拟制"
    return told + (f"，跳过{len(drafted.skipped)}件：{skipped}" if skipped else "")
