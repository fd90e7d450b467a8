"""What citizens of the demo city appeal about, by which channel, and who answers it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from random import Random
from typing import Any, NamedTuple

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


def listed(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Read a table whose values are names with blanks between them."""
    return {key: tuple(names.split()) for key, names in table.items()}


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


class Channel(NamedTuple):
    """One way in: its share of appeals, the letters of its numbers, and what it does to appeals.

    ``only`` are the first-level categories it is for, all if there are none; ``fixes`` is the limit
    it sets to the close itself.
    """

    share: float
    letters: str
    only: tuple[str, ...] = ()
    fixes: str | None = None


CHANNELS = {
    "12345电话": Channel(60.0, "RX"),
    "微信": Channel(9.0, "WX"),
    "城市留言板": Channel(7.5, "LY"),
    "移动客户端": Channel(6.5, "KH"),
    "微邻里": Channel(5.0, "WL"),
    "市长信箱": Channel(2.5, "XX"),
    "阳光信访": Channel(1.6, "XF", fixes="20d"),
    "手机短信": Channel(1.6, "DX"),
    "人民网": Channel(1.5, "RM", fixes="10wd"),
    "12315": Channel(5.0, "XB", only=("市场监管",)),
    "房管热线": Channel(3.0, "FG", only=("住房与物业",)),
    "社区警务群": Channel(1.2, "JW", only=("公共安全", "生态环境")),
    "大接访": Channel(0.5, "JF"),
    "媒体": Channel(0.2, "MT"),
    "上级交办": Channel(0.7, "SJ", fixes="10wd"),
    "其他": Channel(0.4, "QT"),
}


class Doors:
    """Draws the channel of an appeal."""

    def __init__(self, dice: Random) -> None:
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
        shares = {n: c.share for n, c in CHANNELS.items() if not c.only or first in c.only}
        shares["大接访"] = 6.0 if reception else 0.0
        return Weighted(shares.items())
