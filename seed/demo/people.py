"""Invented citizens and handlers, and the firms complained of; their numbers are nobody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from seed.demo.chance import Dice, pick


@dataclass(frozen=True, slots=True)
class Person:
    """One citizen as a ticket names them; who wants no name given has neither."""

    name: str | None
    phone: str | None


class People:
    """A city full of invented people."""

    def __init__(self, dice: Random, surnames: str, given: str) -> None:
        """Make them from surnames and the characters of given names."""
        self._dice = dice.random
        self._surnames = surnames
        self._given = given.replace(" ", "")

    def name(self) -> str:
        """Return a name; common surnames more often."""
        dice = self._dice
        surname = self._surnames[int(dice() * dice() * len(self._surnames))]
        second = pick(dice, self._given) if dice() < 0.7 else ""
        return f"{surname}{pick(dice, self._given)}{second}"

    def citizen(self, *, shy: bool) -> Person:
        """Return a citizen; the ``shy`` (whistle-blowers) often stay unnamed."""
        dice = self._dice
        if dice() < (0.3 if shy else 0.03):
            return Person(None, None)
        phone = f"130000{int(dice() * 100_000):05d}"
        chance = dice()
        if chance < 0.12:
            surname = self._surnames[int(dice() * 40)]
            return Person(f"{surname}{'女士' if dice() < 0.5 else '先生'}", phone)
        return Person(self.name(), phone)


Names = tuple[str, ...]
"""The names one firm goes by; the first is its full one."""

KINDS: dict[str, tuple[int, Names]] = {  # how many, and the forms of their names
    "物业": (40, ("武汉{0}物业服务有限公司", "{0}物业", "{0}物业公司", "武汉{0}物业管理公司")),
    "开发商": (20, ("武汉{0}房地产开发有限公司", "{0}地产", "{0}置业")),
    "公寓": (2, ("{0}公寓", "武汉{0}公寓管理有限公司", "{0}长租", "{0}优家", "武汉{0}住房租赁")),
    "中介": (12, ("武汉{0}房地产经纪有限公司", "{0}房产", "{0}地产中介")),
    "培训": (22, ("武汉{0}教育咨询有限公司", "{0}教育", "{0}培训学校")),
    "健身": (18, ("武汉{0}健身管理有限公司", "{0}健身", "{0}健身会所")),
    "商家": (30, ("武汉{0}商贸有限公司", "{0}商贸", "{0}电器")),
    "企业": (40, ("武汉{0}科技有限公司", "武汉{0}实业有限公司", "{0}公司")),
    "旅行社": (8, ("武汉{0}国际旅行社有限公司", "{0}旅行社")),
    "养老": (10, ("武汉{0}养老服务有限公司", "{0}养老院", "{0}颐养中心")),
    "停车": (8, ("武汉{0}停车管理有限公司", "{0}停车")),
    "单车": (3, ("{0}单车", "{0}出行")),
    "热力": (4, ("武汉{0}热力有限公司", "{0}热力")),
    "店铺": (90, ("{1}",)),
    "工地": (60, ("{2}项目", "{2}项目部")),
}

SITES = ("一期", "二期", "商业综合体", "还建房", "安置房", "道路改造", "雨污分流改造", "产业园")


class Registry:
    """Every firm of the demo city, by kind."""

    def __init__(self, dice: Random, words: Mapping[str, Sequence[str]]) -> None:
        """Invent the firms from the name parts."""
        self._dice = dice.random
        self._words = words
        self.firms: dict[str, tuple[Names, ...]] = {
            kind: tuple(self._firm(forms, n) for n in range(many))
            for kind, (many, forms) in KINDS.items()
        }

    def draw(self, kind: str, dice: Dice) -> Names:
        """Return one firm of a kind; a few are heard of far more often than the rest."""
        firms = self.firms[kind]
        return firms[int(dice() * dice() * len(firms))]

    def _firm(self, forms: Names, n: int) -> Names:
        dice, words, stems = self._dice, self._words, self._words["firms"]
        stem = stems[n % len(stems)]
        if n >= len(stems) or dice() < 0.4:
            stem += pick(dice, stems)[0]
        shop = pick(dice, words["shops"]) + pick(dice, words["shop_end"])
        site = pick(dice, words["compound"]) + pick(dice, SITES)
        return tuple(form.format(stem, shop, site) for form in forms)


def spoken(names: Names, dice: Dice) -> str:
    """Return the name a citizen uses: the short ones more often than the full one."""
    if len(names) == 1 or dice() < 0.3:
        return names[0]
    return pick(dice, names[1:])
