"""社区警务群 of the demo city: groups of its communities, a month of messages, some open now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from models.grid import places_by_code
from models.police import load_groups, take_messages
from models.store import Store
from rules.grid import COMMUNITY, DISTRICT, STREET
from rules.police import CLUE, MESSAGE, Group, Message, Times
from seed.demo.chance import Dice, Weighted, pick
from seed.demo.people import People
from seed.demo.topics import read_text

GROUPS, FEW_GROUPS = 3_170, 12
"""Groups of a city of its real size, and of a small one."""

MESSAGES, FEW_MESSAGES = 6_000, 60

DAYS = 30

CLUES = 0.02

SAID = (  # what is said, and whether somebody has to come
    ("小区门口两车刮擦堵了路，没有伤人，请来疏导", True),
    ("楼上深夜装修扰民，物业劝不住", True),
    ("地下车库有辆车挡住出口，联系不上车主", True),
    ("老人在楼下走不动了，请帮忙送回家", True),
    ("门口捡到一串钥匙和证件，交到哪里", False),
    ("居住证怎么续签，要带什么", False),
    ("最近是不是有冒充物业的推销，请在群里提醒一下", False),
    ("共享单车堵了消防通道", False),
    ("出租屋登记在哪里办", False),
    ("菜场门口摊贩占道，早上车子过不去", False),
)


@dataclass(frozen=True, slots=True)
class _Wait:
    """Something said so many seconds ago that is not finished."""

    ago: int
    wants_visit: bool
    answered: int | None = None


NOW_OPEN = (
    _Wait(40, True),
    _Wait(150, False),
    _Wait(260, True),
    _Wait(500, True, 35),
    _Wait(900, True, 60),
    _Wait(7_200, False, 45),
    _Wait(80_000, False, 90),
    _Wait(95_000, False, 30),
)
"""What stands open as the demo begins, in every colour."""


def enter_groups(store: Store, dice: Random, now: datetime, *, large: bool) -> None:
    """Load the groups, then what was said in them in the last month."""
    groups = _groups(store, dice, GROUPS if large else FEW_GROUPS)
    load_groups(store, groups)
    names = [group.name for group in groups]
    lines: list[Message] = [*_past(dice, names, now, MESSAGES if large else FEW_MESSAGES)]
    lines += _open(dice.random, names, now)
    lines.sort(key=lambda one: one.at)
    take_messages(store, lines)


def _groups(store: Store, dice: Random, most: int) -> list[Group]:
    """Return a group for communities spread over the whole city."""
    with store.reading() as reader:
        places = places_by_code(reader)
    codes = [code for code, one in places.items() if len(code) == COMMUNITY and not one.valid_to]
    step = max(1, len(codes) // most)
    words = read_text("phrases")["names"]
    people = People(dice, words["surnames"], words["given"])
    found = []
    for line, code in enumerate(codes[::step][:most], 2):
        district, street = places[code[:DISTRICT]].name, places[code[:STREET]].name
        name = f"{district.removesuffix('区')}{places[code].name}警务群"
        station = f"{street.removesuffix('街道').removesuffix('街')}派出所"
        found.append(Group(line, name, code, station, people.name(), people.name(), "", ""))
    return found


def _past(dice: Random, names: Sequence[str], now: datetime, count: int) -> Iterator[Message]:
    """Yield what was said and is settled: answered in seconds, visited in minutes."""
    answer = Weighted([(20, 3), (35, 5), (50, 5), (80, 3), (150, 1.2), (400, 0.3)])
    way = Weighted([(120, 3), (200, 5), (280, 5), (420, 2), (900, 0.5)])
    for _ in range(count):
        at = now - timedelta(seconds=100_000 + int(dice.random() * DAYS * 86_400))
        name = pick(dice.random, names)
        if dice.random() < CLUES:
            receipt = f"武公受〔{at.year}〕{int(dice.random() * 9_000) + 1_000}号"
            yield Message(name, CLUE, at, clue_receipt=receipt if dice.random() < 0.8 else "")
            continue
        text, visit = pick(dice.random, SAID)
        answered = _later(dice.random, at, answer)
        arrived = _later(dice.random, answered, way) if visit else None
        told = (arrived or answered) + timedelta(minutes=int(5 + dice.random() * 300))
        yield Message(name, MESSAGE, at, text, visit, Times(answered, arrived, told))


def _later(dice: Dice, at: datetime, seconds: Weighted[int]) -> datetime:
    return at + timedelta(seconds=int(seconds.draw(dice) * (0.7 + 0.6 * dice())))


def _open(dice: Dice, names: Sequence[str], now: datetime) -> Iterator[Message]:
    for wait in NOW_OPEN:
        at = now - timedelta(seconds=wait.ago)
        text = pick(dice, [text for text, visit in SAID if visit == wait.wants_visit])
        answered = None if wait.answered is None else at + timedelta(seconds=wait.answered)
        yield Message(pick(dice, names), MESSAGE, at, text, wait.wants_visit, Times(answered))
