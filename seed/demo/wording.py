"""Titles, contents and replies in the register of real ones, composed from topics and phrases.

Texts hold slots such as ``{小区}``; a scene fills each once for one appeal and then keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from seed.demo.chance import Dice, pick
from seed.demo.people import Registry, spoken
from seed.demo.places import Place
from seed.demo.topics import Topic


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


SPOKEN = frozenset({"12345电话", "12315", "房管热线"})
"""Channels whose content an operator of the line wrote down."""

BARE = ("咨询", "建议", "举报", "表扬", "感谢", "关于", "为", "向")
"""Words with which a title begins that no place is put before."""

PHRASES = {"部分解决": "partial", "未解决": "unresolved", "解释说明": "explained"}

SLOT = re.compile(r"\{\w+\}")


class Fit:
    """Which of a topic's sentences belong together, by the words they share."""

    def __init__(self, topic: Topic) -> None:
        """Rank facts for each title, and replies for each fact."""
        self.facts = {title: _closest(title, topic.facts) for title in topic.titles}
        self.done = {fact: _closest(fact, topic.done) for fact in topic.facts}


def _closest(text: str, others: Sequence[str]) -> tuple[str, ...]:
    """Return those of the others that share most with a text: all that share as much."""
    shared = [len(_pairs(text) & _pairs(other)) for other in others]
    return tuple(o for o, n in zip(others, shared, strict=True) if n == max(shared))


def _pairs(text: str) -> set[str]:
    plain = SLOT.sub("", text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)} | set(SLOT.findall(text))


@dataclass(frozen=True, slots=True)
class Said:
    """What a citizen said, and the fact it rests on."""

    title: str
    content: str
    fact: str


class Wording:
    """Writes what citizens say and what units answer."""

    def __init__(self, phrases: Mapping[str, Mapping[str, Sequence[str]]], dice: Dice) -> None:
        """Take the tables ``appeal`` and ``answer`` of ``phrases.toml``."""
        self._appeal, self._answer = phrases["appeal"], phrases["answer"]
        self._dice = dice
        self._fits: dict[Topic, Fit] = {}

    def say(self, topic: Topic, scene: Scene, *, nature: str, channel: str) -> Said:
        """Write what the citizen says."""
        title = pick(self._dice, topic.titles)
        fact = pick(self._dice, self._fit(topic).facts[title])
        body = f"{fact}，{pick(self._dice, topic.effects)}。"
        opening = pick(self._dice, self._appeal["phone" if channel in SPOKEN else "written"])
        content = f"{opening}{body}{self._ending(nature)}".format_map(scene)
        return Said(self._titled(title.format_map(scene), scene), content, fact)

    def _ending(self, nature: str) -> str:
        dice, words = self._dice, self._appeal
        if nature in ("咨询", "表扬"):
            return pick(dice, words["ask" if nature == "咨询" else "thanks"])
        return pick(dice, words["history"]) + pick(dice, words["want"])

    def _titled(self, title: str, scene: Scene) -> str:
        """Return a title, some of them led by the street or the district."""
        chance = self._dice()
        if chance < 0.25 and title.startswith(scene.place.compound):
            return scene.place.street + title
        if chance < 0.35 and not title.startswith(BARE):
            return scene.place.district + title
        return title

    def empty_reply(self) -> str:
        """Write a reply that says nothing."""
        return pick(self._dice, self._answer["empty"])

    def reply(self, topic: Topic, said: Said, scene: Scene, outcome: str) -> str:
        """Write an answer that fits what was said and the outcome."""
        dice, words = self._dice, self._answer
        if outcome == "已解决" or (outcome == "解释说明" and topic.consults and dice() < 0.6):
            middle = pick(dice, self._fit(topic).done[said.fact]) + "。"
        elif outcome == "解释说明" and topic.consults:
            middle = pick(dice, words["advised"])
        else:
            middle = pick(dice, words[PHRASES[outcome]])
        text = f"{pick(dice, words['greeting'])}{pick(dice, words['process'])}{middle}"
        return f"{text}{pick(dice, words['closing'])}".format_map(scene)

    def _fit(self, topic: Topic) -> Fit:
        fit = self._fits.get(topic)
        if fit is None:
            fit = self._fits[topic] = Fit(topic)
        return fit
