"""What 1, 2 and 3 mean in each queue of the desk (UX.md, keys of F9), and how they decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from console.casework import CaseworkList, Chosen, begun, parted, take
from console.frame import Drawn
from console.orders import OrderActs
from console.ranking import ask_ruling
from console.views.desk.waiting import (
    ORDERS,
    Detail,
    Groups,
    decide_reports,
    dispatch_suggested,
    orders_of,
    settle_conflicts,
    suggested,
)
from console.widgets import Asking, Confirming
from rules.casework import LIMITS_AFTER

if TYPE_CHECKING:
    from console.casework import Adviser
    from console.frame import Session
    from models.orders import OrderView
    from models.views import DeskRow


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision: the verb of casework or of orders, its word, and a line begun for it."""

    verb: str
    name: str
    begun: str = ""


AMEND = "请补正："

KINDS = 4
"""How many kinds of conflicts a sentence names that decides many: the commonest."""

VERDICTS: dict[str, tuple[Verdict, ...]] = {
    "return": (
        Verdict("grant_return", "同意退单"),
        Verdict("refuse_return", "不同意退单"),
        Verdict("refuse_return", "退回补正", AMEND),
    ),
    "extension": (
        Verdict("grant_extension", "同意延期"),
        Verdict("refuse_extension", "不同意延期"),
        Verdict("refuse_extension", "退回补正", AMEND),
    ),
    "pause": (
        Verdict("grant_pause", "同意挂起"),
        Verdict("refuse_pause", "不同意挂起"),
        Verdict("refuse_pause", "退回补正", AMEND),
    ),
    "account": (
        Verdict("grant_account", "同意挂账"),
        Verdict("refuse_account", "不同意挂账"),
        Verdict("refuse_account", "退回补正", AMEND),
    ),
    "untold": (Verdict("begin_account", "告知并挂账"), Verdict("refuse_account", "撤回")),
    "up": (Verdict("resume", "恢复"),),
    "judge": (
        Verdict("close", "认可并办结"),
        Verdict("send_back", "退回"),
        Verdict("send_back", "退回补正", AMEND),
    ),
    "conflict": (Verdict("keep", "保留本库的值"), Verdict("take", "采用来件的值")),
    "limit": tuple(Verdict("relimit", words) for words in LIMITS_AFTER.values()),
    "report": (
        Verdict("credit", "采信所报时间"),
        Verdict("as_received", "按收到时间登记"),
        Verdict("discredit", "不采信"),
    ),
    "accused": (Verdict("accuse", "确认"), Verdict("absolve", "排除")),
    "objection": (Verdict("accept", "成立"), Verdict("refuse", "不成立")),
    "exclusion": (
        Verdict("review.approve", "同意剔除"),
        Verdict("review.refuse", "不同意剔除"),
        Verdict("review.refuse", "退回补正", AMEND),
    ),
    "sign": (Verdict("sign", "签发"), Verdict("amend", "修改"), Verdict("void", "作废")),
    "deliver": (Verdict("deliver", "送达"), Verdict("void", "作废")),
    "feedback": (
        Verdict("accept", "销号"),
        Verdict("reject", "退回重报"),
        Verdict("reject", "退回补正", AMEND),
    ),
}
"""待派 is not here: there 1, 2 and 3 are the suggested units."""

ONE_BY_ONE = ("amend", "void")
"""What is done to one paper at a time: its own words, its own number to type."""

ARBITRATION = (
    Verdict("arbitrate", "裁定由其他单位办理"),
    Verdict("arbitrate", "裁定由原单位办理"),
)
"""A second return is not answered but ruled on, once and for all."""


RULED = "裁定连同目录一起改：duban dispute show 看经过，duban dispute rule 裁定"
"""How a dispute is decided, which no digit does."""


def verdicts(key: str, mark: str) -> tuple[Verdict, ...]:
    """Return what may be decided on a matter of a queue."""
    return ARBITRATION if (key, mark) == ("return", "末次退单") else VERDICTS.get(key, ())


def choices_of(key: str, detail: Detail) -> tuple[str, ...]:
    """Return what each digit does on a matter of a queue, in a word."""
    if key == "dispatch":
        return tuple(f"建议{place}" for place, _ in enumerate(detail.suggestions, 1))
    return tuple(verdict.name for verdict in verdicts(key, detail.row.mark))


def chosen_of(rows: Sequence[DeskRow]) -> list[Chosen]:
    """Return the appeals of rows, each once, as they were seen."""
    found = {
        row.ticket_id: Chosen(row.ticket_id, row.version, row.number, row.unit)
        for row in rows
        if row.ticket_id is not None
    }
    return list(found.values())


class DecidingScreen(CaseworkList["DeskRow"]):
    """A screen on which a digit decides: it knows what is waited for, and who might take it."""

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self.drawn: Drawn[Detail] = Drawn()
        self.adviser: Adviser | None = None
        self._orders = OrderActs(self)

    def decide(self, key: str, rows: Sequence[DeskRow], place: int) -> None:
        """Decide as a digit says: at once on the one matter drawn, on marks after a sentence."""
        marked = bool(self.table.marks.ids)
        detail = self.drawn.at(self.host.pressed_at)
        if not marked and (detail is None or detail.row != rows[0]):
            self.say("这一件还没读完：看清右边的内容再按")
        elif key == "dispatch" and marked:
            self._suggest_many(rows, place)
        elif key == "dispatch" and detail is not None:
            self._suggest_one(detail, place)
        elif key == "dispute":
            self.say(RULED)
        elif place > len(found := verdicts(key, rows[0].mark)):
            self.say("这一类没有这个选项：可选的写在右边")
        elif key == "conflict":
            self._conflict(found[place - 1], rows, sure=not marked)
        elif key == "report":
            self._report(found[place - 1], rows, sure=not marked)
        elif key == "accused":
            self._accused(found[place - 1], rows, sure=not marked)
        elif key == "objection":
            self._objection(found[place - 1], rows)
        elif key in ORDERS:
            ids, decide = [row.id for row in rows], partial(self._decide_orders, found[place - 1])
            self.question(lambda session: orders_of(session, ids), partial(decide, rows))
        else:
            self._step(found[place - 1], rows, place, detail)

    # 待派

    def _suggest_one(self, detail: Detail, place: int) -> None:
        """Hand the matter drawn to the unit that is drawn beside it."""
        if place > len(detail.suggestions):
            self.say(f"没有第{place}个建议：按 t 选择单位")
            return
        unit, matters = detail.suggestions[place - 1], chosen_of([detail.row])
        self._hand_out({(unit.unit_id, unit.unit): [(one, unit.why) for one in matters]})

    def _suggest_many(self, rows: Sequence[DeskRow], place: int) -> None:
        """Find the unit of each marked matter, say how many go where, and hand them out on yes."""
        adviser, chosen = self.adviser, chosen_of(rows)
        if adviser is not None:
            self.question(
                lambda _: suggested(adviser, chosen, place),
                lambda found: self._confirm_units(place, *found),
            )

    def _confirm_units(self, place: int, groups: Groups, without: list[Chosen]) -> None:
        count = sum(map(len, groups.values()))
        if not count:
            self.say(f"没有第{place}个建议：按 t 选择单位")
            return
        listed = "、".join(f"{unit} {len(group)}件" for (_, unit), group in groups.items())
        left = f"；{len(without)}件没有第{place}个建议，不派" if without else ""
        self.ask(
            Confirming(
                f"按建议派单 · {count}件",
                f"将按建议{place}派出{count}件：{listed}{left}。",
                act="派出",
                undo="24小时内可按 u 一次撤销",
            ),
            lambda _: self._hand_out(groups),
        )

    def _hand_out(self, groups: Groups) -> None:
        def hand(session: Session) -> str:
            done = dispatch_suggested(session, groups)
            skipped = "".join(f"；{number} {why}" for number, why in done.skipped[:3])
            units = "、".join(unit for _, unit in groups)
            whom = f" {matters[0][0].number}" if len(done.done) == 1 else f" {len(done.done)}件"
            return f"已派给{units}{whom}{skipped} · u 撤销"

        matters = [one for group in groups.values() for one in group]
        self.work(hand)

    # 退单 延期 挂起 答复

    def _step(
        self, verdict: Verdict, rows: Sequence[DeskRow], place: int, detail: Detail | None
    ) -> None:
        said = begun(*parted(verdict.verb), verdict.begun)
        if verdict.verb == "arbitrate" and place == 2:
            unit_id = self._unit(rows[0].unit)
            said = {"unit_id": unit_id} if unit_id is not None else {}
        elif verdict.verb == "review.approve":
            said = {"decision": None}
        elif verdict.verb == "relimit":
            how = tuple(LIMITS_AFTER)[place - 1]
            said = {"limits": how} if how == "dispatch" else {"limits": how, "reason": None}
        elif verdict.verb == "close" and detail is not None and [detail.row] == list(rows):
            said = {"outcome": detail.claimed} if detail.claimed else {}
        self.ask_and_take(verdict.verb, verdict.name, chosen_of(rows), said)

    def _unit(self, short_name: str) -> int | None:
        session = self.session
        assert session is not None
        return next((u.id for u in session.bureau.units if u.short_name == short_name), None)

    # 数据冲突

    def _conflict(self, verdict: Verdict, rows: Sequence[DeskRow], *, sure: bool) -> None:
        def settle(session: Session) -> str:
            settle_conflicts(session, rows, verdict.verb)
            return f"{verdict.name} {len(rows)}处 · u 撤销"

        if sure:
            self.work(settle)
            return
        kinds = Counter(" ".join(row.said.split()) for row in rows)
        listed = "；".join(f"{said} {count}处" for said, count in kinds.most_common(KINDS))
        more = f"；等{len(kinds)}种" if len(kinds) > KINDS else ""
        sentence = f"将对{len(rows)}处数据冲突{verdict.name}。{listed}{more}。"
        self.ask(
            Confirming("数据冲突", sentence, act=verdict.name, undo="24小时内可按 u 撤销"),
            lambda _: self.work(settle),
        )

    # 补录待核

    def _report(self, verdict: Verdict, rows: Sequence[DeskRow], *, sure: bool) -> None:
        """Decide times that units report; what is not believed needs a reason."""

        def settle(reason: str | None) -> None:
            def act(session: Session) -> str:
                decide_reports(session, rows, verdict.verb, reason)
                return f"{verdict.name} {len(rows)}条自报 · u 撤销"

            self.work(act)

        if verdict.verb == "discredit":
            self.ask(Asking(f"不采信{len(rows)}条自报", "不采信的理由"), settle)
        elif sure:
            settle(None)
        else:
            sentence = f"将对{len(rows)}条单位自报{verdict.name}。"
            self.ask(
                Confirming("补录待核", sentence, act=verdict.name, undo="24小时内可按 u 撤销"),
                lambda _: settle(None),
            )

    # 避让待认

    def _accused(self, verdict: Verdict, rows: Sequence[DeskRow], *, sure: bool) -> None:
        """Say of the unit of each row that the matter is against it, or that it is not."""
        own = {
            row.ticket_id: {"unit_id": self._unit(row.unit)}
            for row in rows
            if row.ticket_id is not None
        }

        def settle(session: Session) -> str:
            done = take(session, verdict.verb, chosen_of(rows), {}, own)
            skipped = "".join(f"；{number} {why}" for number, why in done.skipped[:3])
            return f"{verdict.name}被举报单位 {len(done.done)}件{skipped} · u 撤销"

        if sure:
            self.work(settle)
            return
        sentence = f"将对{len(own)}件诉求{verdict.name}所列的被举报单位。"
        self.ask(
            Confirming("避让待认", sentence, act=verdict.name, undo="24小时内可按 u 撤销"),
            lambda _: self.work(settle),
        )

    # 异议

    def _objection(self, verdict: Verdict, rows: Sequence[DeskRow]) -> None:
        """Rule on the one objection drawn, with a reason."""
        if len(rows) > 1:
            self.say("异议要逐件裁定：先按 Esc 清除标记")
        else:
            ask_ruling(self, rows[0].id, rows[0].mark, accepted=verdict.verb == "accept")

    # 待签发 待送达 反馈待审

    def _decide_orders(
        self, verdict: Verdict, rows: Sequence[DeskRow], orders: list[OrderView]
    ) -> None:
        """Take the step of a digit on papers, if they are as they were seen."""
        seen = {row.id: row.version for row in rows}
        if any(order.version != seen[order.id] for order in orders):
            self.told("刚被他人改动：已重新读取，请看过再办", warning=True)
            self.refused()
        elif verdict.verb == "sign":
            self._orders.sign(orders)
        elif verdict.verb in ONE_BY_ONE and len(orders) > 1:
            self.say("这一步要逐份办：先按 Esc 清除标记")
        elif verdict.verb == "amend":
            self._orders.amend(orders[0])
        else:
            self._orders.ask_and_take(orders, verdict.verb, verdict.begun)
