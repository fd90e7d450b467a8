"""Titles, contents and replies in the register of real ones, composed from topics and phrases."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seed.demo.chance import Dice, pick
from seed.demo.scene import Scene
from seed.demo.topics import Topic

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
