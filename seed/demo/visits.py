"""政法干部进社区 and the rota of the demo city: visits of weeks, what they left, who is on duty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random

from models import casework, rota, visits
from models.bureau import UnitDirectory
from models.grid import places_by_code
from models.store import Store
from rules.grid import COMMUNITY, DISTRICT
from rules.visits import VisitLine
from seed.demo.chance import pick
from seed.demo.people import People
from seed.demo.staff import DRAFTER, OPERATORS, SIGNER, at_work
from seed.demo.topics import read_text
from seed.reference import reference

VISITS, FEW_VISITS = 320, 14
"""Visits of the last weeks in a city of its real size, and in a small one."""

DAYS = 42

COMING = 4
"""Visits that are planned."""

ORGANS = ("市司法局", "市公安局", "市检察院", "市法院", "市委政法委")

GIVEN = (
    ("法律咨询", "普法宣传"),
    ("纠纷调解", "法律咨询"),
    ("法律援助", "办事指引"),
    ("普法宣传",),
)

HAPPENED = (
    "在党群服务中心设点半天，物业与业主的停车纠纷当场约定再谈",
    "与社区、物业一起看了反映集中的楼道堆物，议定清理办法",
    "开反诈和防非法集资课一场",
    "为三起邻里纠纷做了调解，两起达成协议",
)

TOLD = (
    ("3号楼下水管堵了半个月，物业说没有维修资金", "求助"),
    ("小区大门外的摊贩占了盲道，请管一管", "投诉"),
    ("能不能在路口装一个减速带，放学时车太快", "建议"),
)

LEFT = (
    ("补装楼道感应灯", "10wd", 16),
    ("与物业议定停车收费公示", "5wd", 6),
    ("清理地下室堆物，整改消防通道", "10wd", 12),
    ("为独居老人集中的楼栋加装扶手", "15wd", 4),
)
"""What a visit left to do, its limit, and how many days ago it was set."""


def visit_communities(store: Store, dice: Random, now: datetime, *, large: bool) -> int:
    """Let organs go to communities, units do what was left, and somebody be on duty.

    Return how many appeals were told on the visits.
    """
    with store.reading() as reader:
        codes = [code for code in places_by_code(reader) if len(code) == COMMUNITY]
        units = UnitDirectory(reader)
    names = read_text("phrases")["names"]
    people = People(dice, names["surnames"], names["given"])
    today = store.timekeeper().local(now).date()
    organs = [id for word in ORGANS if (id := units.find(word, today)) is not None]
    short = [units.names[id] for id in organs]
    with at_work(store, DRAFTER):
        held = [
            _held(store, dice, people, now, pick(dice.random, codes), pick(dice.random, short), n)
            for n in range(VISITS if large else FEW_VISITS)
        ]
        taken = visits.take_visits(store, held)
        for n in range(COMING):
            visits.plan_visit(
                store,
                place=pick(dice.random, codes),
                unit_id=pick(dice.random, organs),
                at=_at(store, now, -3 - n, dice),
                cadres=people.name(),
            )
        _follow(store, now, units)
    _duty(store, people, now)
    return taken.appeals


def _at(store: Store, now: datetime, ago: int, dice: Random) -> datetime:
    """Return a working morning or afternoon about so many days ago."""
    local = store.timekeeper().local(now) - timedelta(days=ago)
    local = local.replace(hour=pick(dice.random, (9, 10, 14, 15)), minute=30, second=0)
    return local - timedelta(days=max(0, local.weekday() - 4)) if ago > 0 else local


def _held(
    store: Store, dice: Random, people: People, now: datetime, code: str, organ: str, n: int
) -> VisitLine:
    at = _at(store, now, 1 + n * (DAYS - 1) // max(FEW_VISITS, n + 1), dice)
    content, nature = TOLD[n % len(TOLD)] if n < len(TOLD) else ("", "")
    citizen = people.citizen(shy=False)
    return VisitLine(
        line=n + 2,
        number=f"ZF{n + 1:04d}",
        place=code,
        unit=organ,
        cadres="\n".join(people.name() for _ in range(dice.randint(1, 3))),
        at=at,
        ends_at=at + timedelta(hours=2),
        services="\n".join(pick(dice.random, GIVEN)),
        summary=pick(dice.random, HAPPENED),
        content=content,
        nature=nature,
        reporter=(citizen.name or "") if content else "",
        phone=(citizen.phone or "") if content else "",
        task="",
        task_unit="",
        task_limit="",
    )


def _follow(store: Store, now: datetime, units: UnitDirectory) -> None:
    """Hand on what was told, and set what was left, some of it done, some late."""
    with store.reading() as reader:
        found = visits.visits_in(reader, now - timedelta(days=DAYS + 3), now)
        masking = store.policy.privacy.on_screen
        told = {v.id: visits.visit_appeals(reader, v.id, masking) for v in found if v.appeals}
    seats = {one.grid: one.name for one in reference().units if one.grid}
    today = store.timekeeper().local(now).date()
    districts = {v.id: _district(seats, units, v.code, today) for v in found}
    for visit in found:
        for appeal in told.get(visit.id, ()):
            unit_id = districts[visit.id]
            if unit_id is not None:
                at = visit.at + timedelta(hours=3)
                casework.take(store, "dispatch", [appeal.id], at=min(at, now), unit_id=unit_id)
    for n, (title, limit, ago) in enumerate(LEFT):
        at = now - timedelta(days=ago)
        before = [v for v in found if v.at < at and districts[v.id] is not None]
        if not before:
            continue
        with store.reading() as reader:
            visit = visits.visit_of(reader, before[-1 - n % len(before)].id)
        unit_id = districts[visit.id]
        assert unit_id is not None
        task = visits.add_visit_task(store, visit, unit_id, title, limit_text=limit, at=at)
        if n == 1:
            visits.finish_visit_task(store, task, "已公示，业主代表签字", at=at + timedelta(days=3))


def _duty(store: Store, people: People, now: datetime) -> None:
    """Put units on duty for the weekend, and let a leader and an operator be stood in for."""
    with store.reading() as reader:
        units = UnitDirectory(reader)
    local = store.timekeeper().local
    today = local(now).date()
    midnight = local(now).replace(hour=0, minute=0, second=0)
    leaders = [one.name for one in store.policy.leaders]
    with at_work(store, SIGNER):
        for n, word in enumerate(("洪山区", "武昌区", "市水务局", "市城管委")):
            unit_id = units.find(word, today)
            if unit_id is not None:
                start = midnight + timedelta(days=n % 2)
                rota.set_duty(
                    store,
                    unit_id=unit_id,
                    person=people.name(),
                    phone=f"027-0000{n:04d}",
                    from_at=start,
                    to_at=start + timedelta(days=2),
                )
        left, back = midnight + timedelta(days=3), midnight + timedelta(days=8)
        rota.set_deputy(
            store, leader=leaders[1], person=leaders[0], reason="出差", from_at=left, to_at=back
        )
        login, by = OPERATORS[1].login, OPERATORS[2].login
        rota.set_deputy(store, login=login, person=by, reason="休假", from_at=left, to_at=back)


def _district(seats: Mapping[str, str], units: UnitDirectory, code: str, on: date) -> int | None:
    """Return the unit of the district in which a community lies."""
    return units.find(seats.get(code[:DISTRICT], ""), on)
