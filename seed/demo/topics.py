"""What citizens of the demo city appeal about, by which channel, and who answers it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from random import Random
from typing import Any

from seed.demo.chance import Weighted

FILES = ("housing", "utilities", "streets", "people")

Weights = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """One kind of appeal: its words, its weight in the year, and the roles that answer it.

    ``units`` weighs roles (see :mod:`seed.demo.answerers`), ``natures`` the natures; ``season``,
    ``hours`` and ``trend`` name curves of :mod:`seed.demo.seasons`. ``urgent`` and ``grave`` are
    the chances of 紧急 and 特急. The texts hold slots such as ``{小区}``, filled by a scene.
    """

    category: str
    units: Weights
    natures: Weights
    weight: float
    titles: tuple[str, ...]
    facts: tuple[str, ...]
    effects: tuple[str, ...]
    done: tuple[str, ...]
    season: str = "even"
    hours: str = "any"
    trend: str = "steady"
    object: str | None = None
    urgent: float = 0.02
    grave: float = 0.002

    @property
    def consults(self) -> bool:
        """Whether it mostly asks a question rather than complains."""
        return max(self.natures, key=lambda pair: pair[1])[0] == "咨询"


def read_text(name: str) -> dict[str, Any]:
    """Return one text file of the demo city as tables."""
    folder = files("seed.demo") / "texts"
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def read_topics() -> tuple[Topic, ...]:
    """Return every topic, in the order of the files."""
    return tuple(_topic(raw) for name in FILES for raw in read_text(name)["topic"])


def _topic(raw: dict[str, Any]) -> Topic:
    read: dict[str, Any] = dict(raw)
    read |= {key: tuple(raw[key]) for key in ("titles", "facts", "effects", "done")}
    read |= {key: _weights(raw[key]) for key in ("units", "natures")}
    return Topic(**read)


def _weights(text: str) -> Weights:
    """Read ``"属地 9, 城管 1"``."""
    pairs = (part.split() for part in text.split(","))
    return tuple((name, int(weight)) for name, weight in pairs)


SHARES = {
    "12345电话": 60.0,
    "微信": 9.0,
    "城市留言板": 7.5,
    "移动客户端": 6.5,
    "微邻里": 5.0,
    "市长信箱": 2.5,
    "阳光信访": 1.6,
    "手机短信": 1.6,
    "人民网": 1.5,
    "12315": 5.0,
    "房管热线": 3.0,
    "社区警务群": 1.2,
    "大接访": 0.5,
    "媒体": 0.2,
    "上级交办": 0.7,
    "其他": 0.4,
}

ONLY = {"12315": ("市场监管",), "房管热线": ("住房与物业",), "社区警务群": ("公共安全", "生态环境")}
"""Channels for appeals of some first-level categories alone."""

FIXES = {"阳光信访": "20d", "人民网": "10wd", "上级交办": "10wd"}
"""Channels that fix the close date themselves, and the limit they set."""

LETTERS = {
    "12345电话": "RX",
    "微信": "WX",
    "城市留言板": "LY",
    "移动客户端": "KH",
    "微邻里": "WL",
    "市长信箱": "XX",
    "阳光信访": "XF",
    "手机短信": "DX",
    "人民网": "RM",
    "12315": "XB",
    "房管热线": "FG",
    "社区警务群": "JW",
    "大接访": "JF",
    "媒体": "MT",
    "上级交办": "SJ",
    "其他": "QT",
}


class Doors:
    """Draws the channel of an appeal."""

    def __init__(self, dice: Random) -> None:
        """Take the dice."""
        self._dice = dice
        self._made: dict[tuple[str, bool], Weighted[str]] = {}

    def draw(self, category: str, day: date) -> str:
        """Return a channel open to a category on a date; receptions are held late in a month."""
        reception = 24 <= day.day <= 26 and day.weekday() < 5
        key = (category.partition("/")[0], reception)
        if key not in self._made:
            self._made[key] = self._open(*key)
        return self._made[key].draw(self._dice.random)

    @staticmethod
    def _open(first: str, reception: bool) -> Weighted[str]:
        shares = {c: s for c, s in SHARES.items() if first in ONLY.get(c, (first,))}
        shares["大接访"] = 6.0 if reception else 0.0
        return Weighted(shares.items())
