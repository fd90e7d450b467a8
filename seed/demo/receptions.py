"""大接访 of the demo city: a reception a month, one of them as large as the model city's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from models.receptions import plan, take_parties
from models.store import Store
from rules.casework import Appeal
from rules.intake import first_sentence
from rules.receptions import Party, Planned
from seed.demo.chance import pick
from seed.demo.people import People
from seed.demo.places import Place
from seed.demo.pledges import settle_promises
from seed.demo.topics import read_text

PLACES, CITIZENS, SOLVED, PLEDGED = 200, 5_077, 398, 1_061
"""Of the great day of a city of its real size; its other days are a tenth of that."""

FEW = 60
"""How much smaller the days of a small city are."""

LEADERS = (("市级", "副市长"), ("区级", "区长"), ("区级", "副区长"), ("单位", "主任"))

SAID = (
    ("{小区}加装电梯有住户不同意，希望街道出面协调。已等了半年", "求助"),
    ("{小区}二次供水水压不足，楼上住户用水困难。多次反映没有结果", "投诉"),
    ("{小区}物业收费没有公示，住户要求说明去向。请查一查", "投诉"),
    ("{小区}门口占道经营，早晚通行困难。希望长期管起来", "投诉"),
    ("{街}还建房迟迟不交付，在外租房已三年。请给个准话", "求助"),
    ("{小区}房产证办不下来，开发商说在补手续。影响孩子入学", "求助"),
    ("{街}拆迁补偿有两户算法不同，请说明依据", "投诉"),
    ("工地拖欠工资四个月，{街}附近项目，工友一起来问", "求助"),
    ("{小区}楼下餐饮油烟直排，开窗就是烟。请环保来测一测", "投诉"),
    ("建议{街}增设老年食堂，独居老人吃饭不便", "建议"),
)

DONE = ("接访领导当场协调，单位现场答应并已办好", "查明情况，当场向来访人说清并取得理解")

ANSWERED = 0.98
"""How many of the matters that were handed on are answered by the time they are due."""

REPLY = "已到现场核实并办理完毕，来访人已当面告知。"

SENT = ("区人民法院", "区人民检察院", "市自然资源和规划局")


def hold_receptions(
    store: Store, dice: Random, places: Sequence[Place], now: datetime, *, large: bool
) -> int:
    """Hold a reception late in each of the last two months, and one on the working day before.

    What was promised there is settled too; return how many appeals came of it all.
    """
    today = store.timekeeper().local(now).date()
    month = today.replace(day=1)
    last, before = _late_in(month - timedelta(days=1)), _late_in(month - timedelta(days=35))
    less = 1 if large else FEW
    received = 0
    for day, part in ((before, 10 * less), (last, less), (_working(today), 10 * less)):
        received += _hold(store, dice, places, day, part, now)
    settle_promises(store, dice, now)
    return received


def _late_in(day: date) -> date:
    """Return the first day of the week's work from the 24th of a month."""
    found = day.replace(day=24)
    return found + timedelta(days=7 - found.weekday() if found.weekday() > 4 else 0)


def _working(today: date) -> date:
    """Return the last day of the week's work before a day."""
    found = today - timedelta(days=1)
    return found - timedelta(days=max(0, found.weekday() - 4))


def _hold(
    store: Store, dice: Random, places: Sequence[Place], day: date, part: int, now: datetime
) -> int:
    """Hold one day, and return how many appeals came of it."""
    words = read_text("phrases")["names"]
    people = People(dice, words["surnames"], words["given"])
    tables = [places[int(dice.random() * len(places))] for _ in range(max(2, PLACES // part))]
    lines = [_planned(dice, people, at, day, n) for n, at in enumerate(tables, 2)]
    plan(store, lines)
    zone = store.timekeeper().zone
    opens = datetime.combine(day, time(9), zone).astimezone(UTC)
    return take_parties(store, day, _parties(dice, people, tables, lines, opens, part, now)).new


def _planned(dice: Random, people: People, at: Place, day: date, n: int) -> Planned:
    rank, post = LEADERS[0] if n % 20 == 2 else LEADERS[1 + n % 3]
    return Planned(
        day,
        f"{at.street}第{n - 1}接访点",
        people.name(),
        post,
        rank,
        at.district,
        units=(at.district,),
        closes=time(17),
        line=n,
    )


def _parties(
    dice: Random,
    people: People,
    tables: Sequence[Place],
    lines: Sequence[Planned],
    opens: datetime,
    part: int,
    now: datetime,
) -> Iterator[Party]:
    """Yield so many parties that as many citizens came as the day is large."""
    left, line = CITIZENS // part, 1
    outcomes = ["solved"] * (SOLVED // part) + ["pledged"] * (PLEDGED // part)
    outcomes += ["referred" if dice.random() < 0.95 else "transferred" for _ in range(left // 5)]
    dice.shuffle(outcomes)
    for outcome in outcomes:
        line += 1
        table = int(dice.random() * len(tables))
        crowd = 5 + int(dice.random() * 12) if dice.random() < 0.04 else 1
        people_came = min(max(1, left), crowd + (dice.random() < 0.3))
        left -= people_came
        yield _party(
            dice, people, tables[table], lines[table], opens, outcome, people_came, line, now
        )
    while left > 0:
        line += 1
        table = int(dice.random() * len(tables))
        came = min(left, 1 + (dice.random() < 0.2))
        left -= came
        yield _party(dice, people, tables[table], lines[table], opens, "referred", came, line, now)


def _party(
    dice: Random,
    people: People,
    at: Place,
    planned: Planned,
    opens: datetime,
    outcome: str,
    came: int,
    line: int,
    now: datetime,
) -> Party:
    said, nature = pick(dice.random, SAID)
    text = said.format(小区=at.compound, 街=at.street)
    who = people.citizen(shy=False)
    appeal = Appeal(
        channel="大接访",
        title=first_sentence(text),
        content=f"{text}。",
        nature=nature,
        reporter=who.name,
        phone=None if who.phone is None else f"{who.phone[:6]}{line:05d}",
        grid=at.grid,
        unit=at.district,
        received_at=opens + timedelta(minutes=int(dice.random() * 450)),
        line=line,
    )
    if outcome in ("referred", "pledged") and dice.random() < ANSWERED:
        appeal = _answered(dice, appeal, now)
    return Party(
        appeal,
        outcome,
        people=came,
        again=dice.random() < 0.15,
        lead=planned.leader if outcome == "pledged" else "",
        words=pick(dice.random, DONE) if outcome == "solved" else "",
        sent_to=pick(dice.random, SENT) if outcome == "transferred" else "",
        lawsuit=outcome == "transferred" and dice.random() < 0.7,
        place=planned.place,
        key=str(line),
        line=line,
    )


def _answered(dice: Random, appeal: Appeal, now: datetime) -> Appeal:
    """Return an appeal as its unit has answered it, as far as there was time for that by now."""
    received = appeal.received_at
    assert received is not None
    closed = received + timedelta(days=1 + int(dice.random() * 4), minutes=int(dice.random() * 90))
    if closed >= now:
        return appeal
    taken = received + timedelta(minutes=20 + int(dice.random() * 60))
    return replace(
        appeal,
        acknowledged_at=taken,
        contacted_at=taken,
        reply=REPLY,
        replied_at=closed - timedelta(minutes=30),
        closed_at=closed,
        outcome="已解决",
    )
