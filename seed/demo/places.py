"""Where appeals lie: real districts and streets, invented compounds, roads and villages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from models.bureau import GridRecord
from seed.demo.chance import Dice, Weighted, pick

PEOPLE = {  # how much of the city's appeals a district brings; others bring 4
    "江岸区": 10,
    "江汉区": 9,
    "硚口区": 8,
    "汉阳区": 9,
    "武昌区": 13,
    "青山区": 6,
    "洪山区": 16,
    "东西湖区": 7,
    "汉南区": 2,
    "蔡甸区": 5,
    "江夏区": 6,
    "黄陂区": 5,
    "新洲区": 4,
}

RURAL = ("420113", "420114", "420115", "420116", "420117")

COMPOUNDS = 11  # a street

SCHOOLS = ("小学", "第一小学", "第二小学", "中学", "实验小学", "幼儿园")

MORE_COMMUNITIES = (
    *("锦绣", "春和", "园林", "江滨", "丰华", "民安", "万松", "长虹"),
    *("友谊", "向阳", "翠微", "东亭", "望湖", "金地", "康乐", "五福"),
)
"""Of a street that has more communities than those that appeals speak of."""

COMMUNITIES = ("东", "西", "南", "北", "中", "新", "一", "二", "三", "花园", "兴业", "和美")


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One compound: where it lies, down to the community's 12 digits and its cell's last 3."""

    grid: str
    cell: str
    district: str
    street: str
    community: str
    compound: str
    road: str
    other_road: str
    school: str
    rural: bool
    firms: dict[str, int]  # the place's own firm of a kind, as an index into the kind's firms

    def address(self, dice: Dice) -> str:
        """Return an address in it, to the flat."""
        block, gate, floor = int(dice() * 30) + 1, int(dice() * 4) + 1, int(dice() * 28) + 1
        flat = f"{block}栋{gate}单元{floor}{int(dice() * 4) + 1:02d}室"
        return f"{self.district}{self.street}{self.compound}{flat}"


def community_name(street: str, n: int) -> str:
    """Return what the n-th community of a street is called, from 0."""
    stem = street.removesuffix("街道")
    if n < len(COMMUNITIES):
        return f"{stem}{COMMUNITIES[(n * 5 + len(stem)) % 12]}社区"
    return f"{stem}{MORE_COMMUNITIES[(n - 12 + len(stem)) % 16]}社区"


class Map:
    """Every place of the demo city, with how often each is heard of."""

    def __init__(
        self,
        dice: Random,
        grids: Sequence[GridRecord],
        words: Mapping[str, Sequence[str]],
        *,
        crowded: bool = False,
    ) -> None:
        """Invent compounds in each street of the grid reference; ``words`` are the name parts.

        In a ``crowded`` city nearly everything happens in the densest districts.
        """
        self._dice = dice
        self._words = words
        self._taken: set[str] = set()
        districts = {grid.code: grid.name for grid in grids if len(grid.code) == 6}
        streets = [grid for grid in grids if len(grid.code) == 9]
        many = {code: sum(s.code.startswith(code) for s in streets) for code in districts}
        self.places: list[Place] = []
        weights: list[float] = []
        for street in streets:
            district = districts[street.code[:6]]
            people = PEOPLE.get(district, 4) ** (2 if crowded else 1)
            share = people / many[street.code[:6]] * dice.uniform(0.6, 1.5)
            for n in range(COMPOUNDS):
                self.places.append(self._place(street, district, n))
                weights.append(share * dice.lognormvariate(0, 0.8))
        self.all = Weighted(zip(self.places, weights, strict=True))
        self.rural = Weighted(
            (place, weight)
            for place, weight in zip(self.places, weights, strict=True)
            if place.rural
        )

    def _place(self, street: GridRecord, district: str, n: int) -> Place:
        dice = self._dice.random
        stem = street.name.removesuffix("街道")
        community = n % 6
        return Place(
            grid=f"{street.code}{community + 1:03d}",
            cell=f"{n // 6 + 1:03d}",
            district=district,
            street=street.name,
            community=community_name(street.name, community),
            compound=self._compound(stem),
            road=self._road(),
            other_road=self._road(),
            school=stem + pick(dice, SCHOOLS),
            rural=street.code[:6] in RURAL,
            firms={},
        )

    def _compound(self, stem: str) -> str:
        dice, words = self._dice.random, self._words
        while True:
            head = pick(dice, words["compound"])
            name = (stem if dice() < 0.2 else "") + head + pick(dice, words["compound_end"])
            if name in self._taken and dice() < 0.3:
                name += pick(dice, ("一期", "二期", "三期", "东区", "西区", "南区"))
            if name not in self._taken:
                self._taken.add(name)
                return name

    def _road(self) -> str:
        dice, words = self._dice.random, self._words
        return pick(dice, words["roads"]) + pick(dice, words["road_end"])
