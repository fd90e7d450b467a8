"""Who answers: the roles of the topics as units, and how well each unit works."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from models.bureau import UnitRecord
from seed.demo.chance import Weighted
from seed.demo.places import Place
from seed.demo.topics import Topic, listed

LOCAL, RURAL, ANY = "属地", "新城", "任一"
"""The unit of the place; the same in the countryside; any department or enterprise."""


ROLES: dict[str, tuple[str, ...]] = {  # a role and the short names of the units that fill it
    "房管": ("市住更局", "武汉安居集团"),
    "住建": ("市资建局", "武汉城建集团"),
    "自然资源": ("市资建局",),
    "市场监管": ("市市场监管局",),
    "城管": ("市城管执法委", "武汉环投集团"),
    "生态环境": ("市生态环境局",),
    "城建投": ("武汉城建集团", "市政集团", "市停车公司", "市路桥中心"),
    "水务集团": ("市水务集团",),
    "水务局": ("市水务局", "市排水公司", "市碧水集团", "武汉生态集团"),
    "供电": ("国网武汉供电",),
    "燃气": ("武汉能源集团",),
    "热力": ("市热力公司", "武汉能源集团"),
    "电信": ("武汉电信", "武汉广电网络"),
    "移动": ("武汉移动", "武汉铁塔"),
    "联通": ("武汉联通",),
    "公交": ("市公交集团", "市公交集团", "市公交集团", "市轮渡公司", "武汉通公司"),
    "交通": ("市交通运输局", "市交通运输局", "武汉铁路局", "武汉天河机场", "武汉机场路公司"),
    "地铁": ("武汉地铁集团",),
    "交管": ("市交管局",),
    "公安": ("市公安局",),
    "消防": ("市消防救援支队",),
    "应急": ("市应急局",),
    "园林": ("市园林局",),
    "教育": ("市教育局",),
    "文旅": ("市文旅局", "武汉文旅集团"),
    "体育": ("市体育局",),
    "卫健": ("市卫健委",),
    "疾控": ("市卫健委", "市红十字会"),
    "医保": ("市医保局",),
    "人社": ("市人社局",),
    "民政": ("市民政局", "市残联"),
    "商务": ("市商务局", "武汉商贸集团"),
    "政务": ("市数据局",),
    "公积金": ("市公积金中心",),
    "税务": ("市税务局",),
    "财政": ("市财政局",),
    "银行": ("武汉农商行", "武汉邮政"),
    "金融": ("市委金融办",),
    "发改": ("市发改委",),
    "经信": ("市经信局", "市科创局"),
    "招商": ("市贸促会", "市工商联"),
    "农业": ("市农业农村局", "市供销总社"),
}

ZONES = listed(
    {  # streets that a zone looks after, by its short name
        "东湖高新区": "关山街道 关东街道 花山街道 左岭街道 九峰街道 佛祖岭街道 豹澥街道",
        "武汉经开区": "沌口街道 军山街道 沌阳街道",
        "东湖风景区": "梨园街道",
        "长江新区": "滠口街道 六指街道",
        "武汉新港": "双柳街道",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Answerer:
    """One unit and its latent ways.

    ``satisfies`` is the usual share of its citizens who are satisfied, ``late`` the chance that a
    close is late, ``pace`` the usual part of a limit it uses, ``empty`` the chance of an empty
    reply.
    """

    unit: UnitRecord
    satisfies: float
    late: float
    pace: float
    empty: float
    people: tuple[str, ...]


class Answerers:
    """Every responsible unit of the demo city."""

    def __init__(self, dice: Random, units: Sequence[UnitRecord], people: Sequence[str]) -> None:
        """Give each unit its ways; ``people`` are names to be its first handlers."""
        named = iter(people)
        self.all = [
            _answerer(dice, unit, tuple(next(named) for _ in range(3)))
            for unit in units
            if not unit.is_centre
        ]
        by_name = {answerer.unit.short_name: answerer for answerer in self.all}
        self._roles = {
            role: Weighted((by_name[name], 1) for name in names if name in by_name)
            for role, names in ROLES.items()
            if any(name in by_name for name in names)
        }
        self._local = {
            street: by_name[zone]
            for zone, streets in ZONES.items()
            for street in streets
            if zone in by_name
        }
        self._named = by_name
        self._any = Weighted((a, 1) for a in self.all if a.unit.group in ("市直部门", "公共企业"))
        self._topics: dict[Topic, Weighted[str]] = {}

    def of(self, topic: Topic, place: Place, dice: Random) -> Answerer:
        """Return who answers a topic at a place."""
        if topic not in self._topics:
            self._topics[topic] = Weighted(topic.units)
        role = self._topics[topic].draw(dice.random)
        if role in (LOCAL, RURAL):
            return self._local.get(place.street) or self._named[place.district]
        if role == ANY:
            return self._any.draw(dice.random)
        return self._roles[role].draw(dice.random)

    def groups(self) -> Mapping[str, list[Answerer]]:
        """Return the units by group."""
        groups: dict[str, list[Answerer]] = defaultdict(list)
        for answerer in self.all:
            groups[answerer.unit.group or ""].append(answerer)
        return groups


def _answerer(dice: Random, unit: UnitRecord, people: tuple[str, ...]) -> Answerer:
    bad = dice.random() < 0.06
    quality = 0.35 if bad else dice.betavariate(6, 2)
    return Answerer(
        unit=unit,
        satisfies=0.855 + 0.06 * quality,
        late=min(0.3, max(0.02, 0.20 - 0.13 * quality + dice.uniform(-0.03, 0.03))),
        pace=0.97 - 0.18 * quality + dice.uniform(-0.08, 0.06),
        empty=0.15 if bad else 0.05 * (1 - quality),
        people=people,
    )
