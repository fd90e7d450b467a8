"""What the cells of the demo city settle themselves, and what their residents are asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from models.grid import (
    TopicView,
    codes_to_print,
    matters_in,
    open_topic,
    pass_up,
    places_by_code,
    take_coming,
    take_matters,
)
from models.store import Store
from rules.grid import CELL, COMMUNITY, Noted, Voiced

MATTERS, FEW_MATTERS = 2_000, 24
"""Matters of thirty days in a city of its real size, and in a small one."""

DAYS = 30

LEAST, LEFT = 7, 0.1
"""The line up to which matters are not done yet, and the share of the others: the last days'."""

SMALL = (  # what is found, how it ends
    ("楼道堆放纸箱杂物", "户主已搬走，楼道清空"),
    ("井盖松动，车过有响声", "已垫胶圈，加固"),
    ("路灯一盏不亮", "电工已换灯"),
    ("独居老人家中水龙头漏水", "已请志愿者换好"),
    ("广告牌螺丝脱落", "已拆下"),
    ("垃圾桶满溢", "已联系清运，当天清完"),
    ("电动车在楼道充电", "已劝离，推到充电棚"),
    ("树枝垂到人行道", "已修剪"),
)

ASKED = (
    ("楼前空地装不装充电棚", ("同意", "不同意", "再议")),
    ("垃圾投放点挪到北门好不好", ("好", "不好")),
)

WISHES = ("修个小花坛", "装两张长椅", "划几个自行车位", "给孩子留块沙坑", "装一盏感应灯")


def work_in_cells(store: Store, dice: Random, now: datetime, *, large: bool) -> None:
    """Let cells report thirty days of small matters, a few passed up; ask two communities."""
    with store.reading() as reader:
        codes = [code for code, one in places_by_code(reader).items() if not one.valid_to]
    cells = [code for code in codes if len(code) == CELL]
    communities = [code for code in codes if len(code) == COMMUNITY]
    take_matters(store, _matters(dice, cells, now, MATTERS if large else FEW_MATTERS))
    _pass_up(store, now)
    for title, choices in ASKED:
        _ask(store, dice, now, dice.choice(communities), title, choices)
    _wish(store, dice, now, dice.choice(communities))


def _matters(dice: Random, cells: Sequence[str], now: datetime, count: int) -> list[Noted]:
    found = []
    for line in range(2, count + 2):
        title, result = dice.choice(SMALL)
        waits = line <= LEAST or dice.random() < LEFT
        days = dice.random() * (2 if waits else DAYS - 4) + (1 if waits else 4)
        at = (now - timedelta(days=days)).replace(hour=int(dice.random() * 10))
        done = None if waits else at + timedelta(hours=1 + dice.random() ** 3 * 60)
        kind = "own" if dice.random() < 0.4 else "found"
        told = "" if waits else result
        cell = dice.choice(cells)
        found.append(Noted(line, f"W{line}", cell, kind, title, "", _whole(at), _whole(done), told))
    return found


def _whole(at: datetime | None) -> Any:
    return None if at is None else at.replace(microsecond=0)


def _pass_up(store: Store, now: datetime) -> None:
    """Pass two matters up: one to its community, one on to the district."""
    with store.reading() as reader:
        waiting = [one for one in matters_in(reader, now) if one.done_at is None]
    for one, levels in zip(waiting, (1, 3), strict=False):
        for _ in range(levels):
            one = pass_up(store, one, "网格没有这个权限")


def _ask(
    store: Store, dice: Random, now: datetime, code: str, title: str, choices: Sequence[str]
) -> None:
    """Ask a community five days ago, and let some of its homes vote."""
    since = now - timedelta(days=5)
    topic = open_topic(store, code, title, kind="vote", choices=choices, at=since)
    votes = 20 + int(dice.random() * 40)
    weights = [len(choices) - place for place in range(len(choices))]
    said = [(dice.choices(choices, weights)[0], "") for _ in range(votes)]
    _answer(store, dice, topic, said, now)


def _wish(store: Store, dice: Random, now: datetime, code: str) -> None:
    """Ask a community what to do with an empty plot."""
    since = now - timedelta(days=5)
    topic = open_topic(store, code, "楼下空地做什么", kind="proposal", at=since)
    _answer(store, dice, topic, [("", wish) for wish in WISHES], now)


def _answer(
    store: Store, dice: Random, topic: TopicView, said: Sequence[tuple[str, str]], now: datetime
) -> None:
    _, cells = codes_to_print(store, topic.code, "一格一码.docx", lambda name, found: None)
    lines = []
    for n, (choice, text) in enumerate(said, 2):
        at = _whole(now - timedelta(days=dice.random() * 5))
        scanned = dice.choice(cells).token
        lines.append(Voiced(n, (), scanned, f"#{topic.id}", choice, text, f"户{n}", at))
    name = f"参与-{topic.id}.csv"
    take_coming(store, lines, file_name=name, file_digest=name)
