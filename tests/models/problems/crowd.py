"""Appeals of one matter by many citizens, and others beside them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from models.problems import ProblemLine, link_new, problems
from models.store.store import Store
from rules.casework.appeal import Appeal
from tests.models.appeals import appeal, taken, wuhan

PLANT = (
    "丽发新城旁搅拌站噪音扰民",
    "投诉丽发新城小区附近搅拌站粉尘污染",
    "丽发新城搅拌站灰尘大，噪音扰民",
    "请拆除丽发新城附近的搅拌站",
    "搅拌站噪音让丽发新城居民无法休息",
    "丽发新城业主反对搅拌站，粉尘污染严重",
)
"""One problem as six citizens tell it."""

OTHERS = (
    "丽发新城道路坑洼不平",
    "银杉路公交班次太少",
    "翡翠华庭电梯经常停运",
    "咨询医保报销手续",
    "望月湖公园路灯不亮",
)
"""Matters of their own, one at the same estate."""


def about(title: str, citizen: int, day: int = 1, **changes: Any) -> Appeal:
    """Return an appeal of a citizen, received on a day of November at nine."""
    told = {
        "title": title,
        "content": f"{title}，希望尽快处理。",
        "reporter": f"网友{citizen}",
        "phone": f"1380000{citizen:04d}",
        "received_at": wuhan("2026-11-01 09:00") + timedelta(days=day - 1),
    }
    return appeal(f"{title}/{citizen}", **{**told, **changes})


def plant(*citizens: int) -> list[Appeal]:
    """Return what some citizens tell of the plant, each a day after the one before."""
    return [about(PLANT[n % len(PLANT)], n, day=1 + n) for n in citizens]


def linked(store: Store, *appeals: Appeal) -> list[ProblemLine]:
    """Take appeals in, link them, and return the problems."""
    taken(store, *appeals)
    link_new(store)
    with store.reading() as reader:
        return problems(reader)
