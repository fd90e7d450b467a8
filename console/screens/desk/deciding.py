"""How a digit becomes a decision: by the suggestion, the verb of casework, or the order's step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.desk.casework import Said
from console.desk.decisions import (
    ORDERS,
    dispatch_suggested,
    orders_of,
    settle_conflicts,
    suggested,
)
from console.desk.orders import take
from console.jobs import Say, start
from console.screens.desk.news import OrdersRead, Suggested
from console.screens.desk.verdicts import Verdict, verdicts
from console.screens.orders.acts import OrderActs
from console.widgets.confirming import Confirming

if TYPE_CHECKING:
    from console.desk import Desk
    from console.screens.desk.screen import DecisionScreen
    from models.orders import OrderView
    from models.views import DeskRow


class Deciding:
    """The decisions of one desk screen."""

    def __init__(self, screen: DecisionScreen) -> None:
        """``screen`` shows the questions and runs the work."""
        self._screen = screen
        self._orders = OrderActs(screen)

    def decide(self, key: str, rows: Sequence[DeskRow], place: int) -> None:
        """Decide on matters of a queue as its digit says."""
        if key == "dispatch":
            self._suggest(rows, place)
            return
        found = verdicts(key, rows[0].mark)
        if place > len(found):
            self._screen.say("这一类没有这个选项：可选的写在右边")
        elif key == "conflict":
            self._conflict(found[place - 1], rows)
        elif key in ORDERS:
            self._read_orders(key, rows, place)
        else:
            self._step(found[place - 1], rows, place)

    # 待派

    def _suggest(self, rows: Sequence[DeskRow], place: int) -> None:
        from console.screens.desk.screen import chosen_of

        adviser, chosen = self._screen.adviser, chosen_of(list(rows))
        if adviser is None:
            return

        def job(say: Say) -> None:
            say(Suggested(place, *suggested(adviser, chosen, place)))

        start(self._screen, "act", job)

    def dispatch(self, news: Suggested) -> None:
        """Hand matters to the units suggested, after one confirmation if they are several."""
        count = sum(map(len, news.groups.values()))
        if not count:
            self._screen.say(f"没有第{news.place}个建议：按 t 选择单位")
            return

        def hand(desk: Desk) -> str:
            taken = dispatch_suggested(desk, news.groups)
            skipped = "".join(f"；{number} {why}" for number, why in taken.skipped[:3])
            units = "、".join(unit for _, unit in news.groups)
            return f"已派给{units} {taken.count}件{skipped} · u 撤销"

        def answered(yes: bool | None) -> None:
            if yes:
                self._screen.work(hand)

        if count == 1 and not news.without:
            self._screen.work(hand)
            return
        listed = "、".join(f"{unit} {len(group)}件" for (_, unit), group in news.groups.items())
        left = f"；{len(news.without)}件没有第{news.place}个建议，不派" if news.without else ""
        sentence = f"将按建议{news.place}派出{count}件：{listed}{left}。"
        undo = "24小时内可按 u 撤销，一次撤销一个单位的"
        self._screen.app.push_screen(
            Confirming("按建议派单", sentence, act="派出", undo=undo), answered
        )

    # 退单 延期 挂起 答复

    def _step(self, verdict: Verdict, rows: Sequence[DeskRow], place: int) -> None:
        from console.screens.desk.screen import chosen_of

        said = Said(text=verdict.begun or None)
        if verdict.verb == "arbitrate" and place == 2:
            said = Said(unit_id=self._unit(rows[0].unit))
        elif verdict.verb == "close" and len(rows) == 1 and self._screen.detail is not None:
            said = Said(outcome=self._screen.detail.claimed)
        self._screen.ask_and_take(verdict.verb, verdict.name, chosen_of(list(rows)), said)

    def _unit(self, short_name: str) -> int | None:
        desk = self._screen.desk
        assert desk is not None
        return next((u.id for u in desk.bureau.units if u.short_name == short_name), None)

    # 数据冲突

    def _conflict(self, verdict: Verdict, rows: Sequence[DeskRow]) -> None:
        ids = [row.id for row in rows]

        def settle(desk: Desk) -> str:
            settle_conflicts(desk, ids, verdict.verb)
            return f"{verdict.name} {len(ids)}处 · u 撤销"

        def answered(yes: bool | None) -> None:
            if yes:
                self._screen.work(settle)

        if len(ids) == 1:
            self._screen.work(settle)
            return
        sentence = f"将对{len(ids)}处数据冲突{verdict.name}。"
        self._screen.app.push_screen(
            Confirming("数据冲突", sentence, act=verdict.name, undo="24小时内可按 u 撤销"), answered
        )

    # 待签发 待送达 反馈待审

    def _read_orders(self, key: str, rows: Sequence[DeskRow], place: int) -> None:
        desk, ids = self._screen.desk, [row.id for row in rows]
        if desk is not None:
            start(self._screen, "act",
                  lambda say: say(OrdersRead(key, place, orders_of(desk, ids))))  # fmt: skip

    def orders(self, news: OrdersRead) -> None:
        """Take the step of a digit on papers."""
        verb = verdicts(news.key, "")[news.place - 1].verb
        if verb == "sign":
            self._orders.sign(news.orders)
        elif verb == "deliver":
            self._deliver(news.orders)
        elif len(news.orders) > 1:
            self._screen.say("这一步要逐份办：先按 Esc 清除标记")
        else:
            self._orders.take(news.orders[0], verb)

    def _deliver(self, orders: Sequence[OrderView]) -> None:
        def deliver(desk: Desk) -> str:
            for order in orders:
                take(desk, order, "deliver", "")
            return f"已送达 {len(orders)}份，签收时限起算"

        self._screen.work(deliver)
