"""Verbs of the trail as somebody looks for them: by name, by a part of it, by pinyin initials."""

from __future__ import annotations

from rules.casework.words import DISCLOSURES, VERB_NAMES

_INITIALS = {
    sign: head
    for head, signs in {
        "a": "安按案",
        "b": "班不保办板被变备布报本表驳并别把部编补",
        "c": "测持催冲出存成撤操查次裁采重除措辞拆处称承参场",
        "d": "代单待到动定导度打登的督答达对点档道兑",
        "f": "附非份分副反发复废方访否法",
        "g": "关格个各挂改更规稿公共归告",
        "h": "号回恢核痕或合会后",
        "j": "举计接交件价加建据检级结解警记进间决街见",
        "k": "库开看馈考快",
        "l": "另令列历来理留立联落录临论",
        "m": "名密模命民每目门满码",
        "n": "拟年纳诺内",
        "p": "批派排评",
        "q": "前取去群其期权歧求清确签请起情",
        "r": "任人入日认仍",
        "s": "书删事升受始式收数时申示算设诉送随首实殊束司上索商属",
        "t": "剔他推停同提添突统退通题体台条特",
        "w": "文维未位完文问握务网我为",
        "x": "消下信修协姓巡息新系销限项写性现线先",
        "y": "一移源越约与员应延异意用议预验印要映予",
        "z": "走置只自责众专作值做准则制增正注装转钟纸再主知账职暂在展争指字执",
    }.items()
    for sign in signs
}
"""The pinyin initial of every sign of a verb's name; a test holds them whole."""


def verb_initials(name: str) -> str:
    """Return the pinyin initials of a verb's name: 申请延期 is ``sqyq``."""
    return "".join(_INITIALS.get(sign, "") for sign in name)


def verbs_named(typed: str) -> tuple[str, ...]:
    """Return the verbs of a word: those called just so, else a part of whose name it is.

    Pinyin initials are a word too: ``qs`` is 签收, ``yq`` a part of 申请延期. A word of
    ``DISCLOSURES`` means all the verbs that it counts.
    """
    for name, verbs in DISCLOSURES.values():
        if name == typed:
            return verbs
    for fits in (
        lambda name: name == typed,
        lambda name: typed in name,
        lambda name: verb_initials(name) == typed.lower(),
        lambda name: typed.lower() in verb_initials(name),
    ):
        found = tuple(verb for verb, name in VERB_NAMES.items() if fits(name))
        if found and typed:
            return found
    return ()
