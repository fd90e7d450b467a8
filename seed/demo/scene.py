"""What one appeal's texts are about: slots such as ``{小区}``, each filled once and then kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from seed.demo.chance import Dice, pick
from seed.demo.people import Registry, spoken
from seed.demo.places import Place


def _number(low: int, high: int, form: str = "{}") -> Callable[[Dice], str]:
    span = high - low + 1
    return lambda dice: form.format(low + int(dice() * span))


def _rounded(low: int, high: int, step: int) -> Callable[[Dice], str]:
    span = (high - low) // step + 1
    return lambda dice: str(low + int(dice() * span) * step)


def _one_of(*options: str) -> Callable[[Dice], str]:
    return lambda dice: options[int(dice() * len(options))]


FREE: dict[str, Callable[[Dice], str]] = {  # slots that depend on nothing
    "栋": _number(1, 28, "{}栋"),
    "单元": _number(1, 4, "{}单元"),
    "楼层": _number(2, 32, "{}楼"),
    "天": _number(2, 20, "{}天"),
    "月数": _one_of("两个月", "三个月", "四个月", "半年", "近一年", "五个月"),
    "年数": _one_of("一年多", "两年", "三年", "五年", "四年多", "近两年"),
    "小时": _number(2, 12, "{}个小时"),
    "分钟": _one_of("十几分钟", "二十分钟", "半小时", "四十分钟", "一个小时", "五十分钟"),
    "次": _one_of("两次", "三次", "四五次", "多次", "七八次", "十余次"),
    "两三": _one_of("两", "三", "四", "五", "六"),
    "人数": _number(4, 36),
    "户": _number(20, 480, "{}户"),
    "面积": _rounded(10, 260, 5),
    "零钱": _one_of("0.8", "1.2", "1.5", "1.68", "1.8", "2.2", "2.5"),
    "小额": _rounded(20, 400, 10),
    "中额": _rounded(500, 9800, 100),
    "大额": _rounded(10_000, 180_000, 1000),
    "点": _one_of("9", "10", "11", "6", "7", "8"),
    "秒": _one_of("15", "18", "20", "25", "30"),
    "分贝": _number(56, 78),
    "温度": _number(11, 15),
    "暖温": _number(18, 21),
    "高龄": _number(80, 93),
    "日": lambda dice: f"{1 + int(dice() * 28)}日",
    "昨": _one_of("昨天", "昨天晚上", "前天", "今天早上", "上周末", "本周一", "昨天下午"),
    "时段": _one_of(
        "晚上十点到凌晨两点",
        "凌晨一点到五点",
        "每天早上六点",
        "晚上八点以后",
        "下午五点到九点",
        "深夜",
        "早晚高峰",
        "周末全天",
    ),
    "公交": _number(501, 809, "{}路"),
    "医院": _one_of("市级某三甲医院", "区人民医院", "社区卫生服务中心", "区中医院", "某妇幼保健院"),
    "公园": _one_of("社区公园", "湖滨公园", "街心公园", "体育公园", "口袋公园", "江滩"),
}


class Scene(dict[str, str]):
    """The slots of one appeal; a slot is filled when a text first asks for it."""

    __slots__ = ("_dice", "_registry", "_words", "place")

    def __init__(
        self, dice: Dice, place: Place, registry: Registry, words: Mapping[str, Sequence[str]]
    ) -> None:
        """Set the scene at a place; ``words`` are the name parts as lists."""
        super().__init__()
        self._dice, self._registry, self._words = dice, registry, words
        self.place = place

    def __missing__(self, slot: str) -> str:
        """Fill a slot; KeyError for one that no text may use."""
        free = FREE.get(slot)
        value = free(self._dice) if free is not None else PLACED[slot](self)
        self[slot] = value
        return value

    def firm(self, kind: str) -> str:
        """Return the name by which a firm of a kind is called here."""
        dice = self._dice
        if kind == "物业":
            firms = self._registry.firms[kind]
            at = self.place.firms.get(kind)
            if at is None:
                at = self.place.firms[kind] = int(dice() * len(firms))
            return spoken(firms[at], dice)
        return spoken(self._registry.draw(kind, dice), dice)

    def word(self, key: str) -> str:
        """Return one of the words of a list of name parts."""
        return pick(self._dice, self._words[key])


PLACED: dict[str, Callable[[Scene], str]] = {  # slots that depend on the place or the firms
    "区": lambda scene: scene.place.district,
    "街": lambda scene: scene.place.street,
    "社区": lambda scene: scene.place.community,
    "小区": lambda scene: scene.place.compound,
    "路": lambda scene: scene.place.road,
    "路口": lambda scene: f"{scene.place.road}与{scene.place.other_road}路口",
    "学校": lambda scene: scene.place.school,
    "村": lambda scene: f"{scene.place.street}{scene.word('villages')}村",
    "湖": lambda scene: scene.word("lakes"),
    "站": lambda scene: f"{scene.word('stations')}站",
    "楼盘": lambda scene: f"{scene.word('firms')}{scene.word('compound')}",
    "公司": lambda scene: scene.firm("企业"),
    "店": lambda scene: scene.firm("店铺"),
    "项目": lambda scene: scene.firm("工地"),
}
