"""What the cells of a column look like: moments, telephone numbers, ratings, names, long texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from rules.intake import INSTANTS
from seed.channels.instants import Instants
from seed.channels.table import Cell, RowRefused, cell_text
from seed.channels.words import NATURES, URGENCIES

_HAN = "\u4e00-\u9fff"

_PHONE = re.compile(r"\+?(86)?-?1[3-9]\d[\d*]{8}|(0\d{2,3}[-—])?\d{7,8}(-\d{1,6})?")

_CLOCK = re.compile(
    r"(上午|下午|晚上|中午|凌晨)?\s*\d{1,2}\s*[:：时点]\s*(\d{1,2}\s*分?)?(:\d{1,2})?"
)

_NUMBER = re.compile(r"(?=.*\d)[\w\-/.〔〕()（）\[\]]{1,40}")

_PERSON = re.compile(rf"[{_HAN}]([{_HAN}·]{{1,3}}|[*某]{{1,2}})|[{_HAN}]{{1,2}}(先生|女士|师傅)")

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤欧诸司"
)

_ADDRESS = re.compile(
    r"[^，。；！？,]*([路街巷道号栋楼室村组里]|小区|花园|广场|大厦)[^，。；！？,]*"
)

_UNIT = re.compile(r"(局|委|办|公室|中心|公司|集团|街道|事处|区|乡|镇|大队|支队|所|处|院)$")

_CHANNEL = re.compile(
    r"电话|热线|12345|12315|微信|网站|网络|留言|短信|app|邮箱|信箱|来信|来访|平台|小程序|公众号|媒体",
    re.IGNORECASE,
)

_GRID = re.compile(rf"\d{{6}}|\d{{9}}|\d{{12}}|\d{{15}}|[{_HAN}]{{2,8}}(区|街道|社区|乡|镇|网格)")

_OUTCOME = re.compile(r"解决|办结|办理中|处理中|已办|未办|结案|解释")

_YES_NO = frozenset(("是", "否", "保密", "不保密", "公开", "true", "false", "y", "n", "√", "×"))

_LATEST_YEAR = 2200

_AS_INSTANT = Instants(zone=UTC, latest_year=_LATEST_YEAR, day_first=True)

SHORTEST_TEXT = 14  # signs, on average, of what people write at length


@dataclass(frozen=True, slots=True)
class Looks:
    """What the filled cells of a column amount to.

    ``shares`` says by kind how many of them look so, 0 to 1: instant, day (a date alone), clock,
    phone, number, rating, outcome, urgency, nature, channel, unit, grid, address, person, yes.
    ``length`` is their average in signs, ``variety`` the share of different ones.
    """

    filled: int
    shares: Mapping[str, float]
    length: float
    variety: float
    counts: bool

    def __getitem__(self, kind: str) -> float:
        return self.shares.get(kind, 0.0)


def looks_of(cells: Sequence[Cell], is_unit: Callable[[str], bool]) -> Looks:
    """Look at the filled cells of a column; ``is_unit`` says whether the bureau knows a unit."""
    filled = [cell for cell in cells if cell_text(cell).strip()]
    texts = [cell_text(cell).strip() for cell in filled]
    if not texts:
        return Looks(0, {}, 0.0, 0.0, False)
    by_cell = {kind: sum(map(test, filled)) for kind, test in _BY_CELL.items()}
    by_text = {kind: sum(map(test, texts)) for kind, test in _BY_TEXT.items()}
    shares = {kind: count / len(texts) for kind, count in {**by_cell, **by_text}.items()}
    known = sum(map(is_unit, texts)) / len(texts)
    shares["unit"] = max(known, sum(bool(_UNIT.search(text)) for text in texts) / len(texts) * 0.8)
    length = sum(map(len, texts)) / len(texts)
    return Looks(len(texts), shares, length, len(set(texts)) / len(texts), _counts_up(texts))


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether a column only numbers the rows."""
    numbers = [int(text) for text in texts if text.isdecimal()]
    return len(numbers) == len(texts) > 1 and numbers == list(
        range(numbers[0], numbers[0] + len(numbers))
    )


def _instant(cell: Cell) -> bool:
    if isinstance(cell, time | timedelta | bool):
        return False
    try:
        return _AS_INSTANT.read(cell) is not None
    except RowRefused:
        return False


def _day(cell: Cell) -> bool:
    if not _instant(cell):
        return False
    stamp = _AS_INSTANT.read(cell)
    return stamp is not None and (stamp.date_only or _midnight(cell))


def _midnight(cell: Cell) -> bool:
    return isinstance(cell, datetime) and not (cell.hour or cell.minute)


def _clock(cell: Cell) -> bool:
    return isinstance(cell, time) or bool(_CLOCK.fullmatch(cell_text(cell).strip()))


def _person(text: str) -> bool:
    return text[0] in _SURNAMES and bool(_PERSON.fullmatch(text))


_BY_CELL: Mapping[str, Callable[[Cell], bool]] = {
    "instant": _instant,
    "day": _day,
    "clock": _clock,
}

_BY_TEXT: Mapping[str, Callable[[str], bool]] = {
    "phone": lambda text: bool(_PHONE.fullmatch(text)),
    "number": lambda text: bool(_NUMBER.fullmatch(text)),
    "rating": lambda text: "满意" in text or text in ("未评价", "未评", "好评", "差评"),
    "outcome": lambda text: len(text) <= 10 and bool(_OUTCOME.search(text)),
    "urgency": lambda text: text in URGENCIES or text in ("普通", "急件", "加急", "平件"),
    "nature": lambda text: text.rstrip("类件") in NATURES,
    "channel": lambda text: len(text) <= 16 and bool(_CHANNEL.search(text)),
    "grid": lambda text: bool(_GRID.fullmatch(text)),
    "address": lambda text: 5 <= len(text) <= 40 and bool(_ADDRESS.fullmatch(text)),
    "person": _person,
    "yes": lambda text: text.lower() in _YES_NO,
}


def likeness(name: str, looks: Looks) -> float:
    """Return how much a column looks like a field, 0 to 1; 1 where looks tell nothing."""
    if name.endswith("_at"):
        return max(looks["instant"], 0.6 * looks["clock"])
    if kind := _KIND.get(name):
        return looks[kind]
    if name == "reporter":
        return max(0.5, looks["person"])
    if name in ("content", "reply"):
        return min(1.0, looks.length / SHORTEST_TEXT) * (1 - looks["instant"])
    if name == "title":
        return 0.0 if looks["instant"] > 0.5 or looks.length < 3 else min(1.0, 40 / looks.length)
    return 1.0


_KIND = {
    "number": "number",
    "external_id": "number",
    "phone": "phone",
    "result_rating": "rating",
    "work_rating": "rating",
    "confidential": "yes",
}
"""Fields that always look so, whoever wrote them."""

PLAIN_KINDS = INSTANTS | _KIND.keys()
"""Fields whose cells tell at once that they are something else."""


def _long_number(looks: Looks) -> float:
    """Return how far a column of numbers is none that counts rows, or calls somebody."""
    if looks.counts or looks.length < _SHORTEST_NUMBER or looks["instant"] > 0.5:
        return 0.0
    return 1 - looks["phone"]


_SHORTEST_NUMBER = 5  # signs


def telling(name: str, looks: Looks) -> float:
    """Return how surely looks alone make a column a field, 0 to 1."""
    distinct = {
        "external_id": 0.0
        if looks.counts
        else looks["number"] * looks.variety * (1 - looks["phone"]),
        "phone": looks["phone"],
        "result_rating": looks["rating"],
        "work_rating": looks["rating"] * 0.9,
        "outcome": looks["outcome"],
        "urgency": looks["urgency"],
        "nature": looks["nature"],
        "channel": looks["channel"],
        "unit": looks["unit"],
        "received_at": looks["instant"],
        "address": looks["address"] * (looks.length > 5) * (looks.length < 40),
        "content": min(1.0, looks.length / 40) if looks.length > SHORTEST_TEXT else 0.0,
        "title": 0.9 * looks.variety * (5 <= looks.length <= 40) * (1 - looks["instant"]),
        "reporter": looks["person"] * 0.8,
    }
    return distinct.get(name, 0.0)
