"""The other papers of the demo city: reminders, notices, talks and a record, referrals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from models import orders
from models.casework import late_matters, matters_in_hand
from models.orders import Drafted, OrderView
from models.paper import Press
from models.store import Store
from seed.demo.papers import OPEN, Clock, Life
from seed.demo.staff import DRAFTER, at_work

ANSWER = "已逐件核实，责任到人，正在办理的将于本周内办结并回访诉求人。"

TALK = {
    "批准领导": "周正",
    "约谈地点": "市民之家三楼会议室",
    "约谈对象": "分管负责人、承办科室负责人",
    "约谈人": "张明、李华",
}

RECORD = {
    "约谈情况": "通报所督办事项的办理情况，指出责任不落实、反馈不及时的问题。\n要求限期整改。",
    "被约谈方意见和整改承诺": "认可通报的问题。\n承诺由分管负责人包案，十个工作日内报送整改报告。",
    "记录人": DRAFTER.name,
}

CRIME = {
    "接收机关": "市公安局",
    "线索情况": "群众反映某经营者以预付费名义收款后停业失联，涉及人数较多。",
    "证据材料清单": "群众提供的收款凭证复印件\n工单办理材料",
}

DUTY = {
    "接收机关": "市纪委监委",
    "线索情况": "办理中多次以“正在办理”答复而未到现场，反馈情况与核查不符。",
    "证据材料清单": "历次答复和退回记录\n现场核查照片",
}


@dataclass(frozen=True, slots=True)
class Course:
    """How far a paper comes: when it is drafted, and each later act so many working days ago."""

    drafted: float
    signed: float | None = None
    acts: tuple[tuple[str, float], ...] = ()


DRAFT, SIGNED = Course(0.15), Course(0.3, 0.28)

DELIVERED = Course(0.4, 0.38, (("deliver", 0.3),))

RECEIVED = Course(0.45, 0.4, (("deliver", 0.35), ("receive", 0.25)))

REPLIED = Course(0.48, 0.46, (("deliver", 0.44), ("receive", 0.4), ("feedback", 0.1)))

RECORDED = Course(0.15, 0.12, (("deliver", 0.1), ("receive", 0.05)))

SAID = {"receive": {"received_by": "办公室值班员"}, "feedback": {"text": ANSWER}}


NOTICES = 3  # matters that a 提示函 is about: late ones, then such as run


def issue_papers(store: Store, press: Press) -> None:
    """Draft papers of each other kind, and lead each as far as its course goes."""
    clock = Clock(store)
    life = Life(store, clock, press, ANSWER)
    with store.reading() as reader:
        listed = orders.listing(reader, store.operator)
        late = late_matters(reader, clock.ago(0.6), len(OPEN) + NOTICES)
        running = matters_in_hand(reader, clock.ago(0.6), store.now(), NOTICES)
    issued = [one for one in listed if one.kind == "order" and one.status in ("received", "closed")]
    waiting = [one for one in listed if one.kind == "order" and one.status == "received"]
    tickets = [one.ticket_id for one in (*late[len(OPEN) :], *running)][:NOTICES]
    tickets += [one.ticket_id for one in late[:2]]  # an order beside them is no matter
    for course, order in zip((REPLIED, DRAFT), waiting, strict=False):
        _lead(life, course, partial(orders.draft_reminder, store, order.id))
    kinds = (
        ("notice", RECEIVED, None),
        ("notice", SIGNED, None),
        ("notice", DRAFT, None),
        ("referral_duty", RECEIVED, DUTY),
        ("referral_crime", DRAFT, CRIME),
    )
    for (kind, course, said), ticket in zip(kinds, tickets, strict=False):
        _lead(life, course, partial(orders.draft, store, [ticket], kind=kind, details=said))
    _talks(life, issued)


def _talks(life: Life, issued: Sequence[OrderView]) -> None:
    """Notify two talks; of the second, which was held, there is the record."""
    store, clock = life.store, life.clock
    talks: list[OrderView] = []
    for order, held in zip(issued, (clock.ago(-1.2), clock.ago(0.2)), strict=False):
        said = {**TALK, "约谈时间": f"{store.timekeeper().local(held):%Y-%m-%d %H:%M}"}
        talks += _lead(life, RECEIVED, partial(orders.draft_talk, store, order.id, details=said))
    for talk in talks[1:]:
        _lead(life, RECORDED, partial(orders.draft_record, store, talk.id, details=RECORD))


def _lead(life: Life, course: Course, draft: Callable[..., Drafted | OrderView]) -> list[OrderView]:
    """Draft a paper and let its course be taken; return it once it is signed."""
    clock = life.clock
    with at_work(life.store, DRAFTER):
        made = draft(at=clock.ago(course.drafted))
    if course.signed is None:
        return []
    drafted = made.orders if isinstance(made, Drafted) else (made,)
    signed = [life.sign(one, clock.ago(course.signed)) for one in drafted]
    with at_work(life.store, DRAFTER):
        for one in signed:
            for verb, days in course.acts:
                life.step(one, verb, days, **SAID.get(verb, {}))
    return signed
