"""典型案例: which appeals may stand as examples, chosen by rule, so that nobody is recognised.

Nothing of a report of wrongdoing, of a confidential appeal or of one against a unit ever stands in
one: such appeals are no candidates at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rules.text import strike

LONGEST = 60
"""Signs of an appeal's own words."""

SHORTEST = 6
"""Signs an example has at least, else it tells nothing."""

_MARK = r"(?=[，,。.；;：:！!？?、\s]|$)"

_CALLED = re.compile(
    rf"(我叫|我是|本人|姓名[:：]?|联系人[:：]?|名叫)\s*[\u3400-\u9fff]{{2,4}}{_MARK}"
)

_TITLED = re.compile(
    r"[\u3400-\u9fff](?=(?:某|\*)*(?:先生|女士|小姐|阿姨|大爷|大妈|师傅|老师|医生|老板|经理|主任|书记|"
    r"[局处科所站队]长))(?:某|\*)*"
)

_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{5,6}"
)

_NUMBER = re.compile(r"[A-Za-z]*\d{4,}[A-Za-z0-9]*(?![A-Za-z0-9元万平㎡年户人件余多])")

_DOOR = re.compile(
    r"[0-9A-Za-z一二三四五六七八九十百*某]+(?:号楼|号院|栋|幢|座|单元|室|房|户|弄|号(?!线)|层|楼)"
)


_OPENING = re.compile(
    r"^(?:尊敬的[^，,：:！!。]{0,8}[，,：:！!。]?\s*|[您你]好[，,：:！!。]?\s*|"
    r"(?:市民|群众|诉求人)?来[电信](?:反映|咨询|投诉)?[，,：:]?\s*)+"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An appeal that may stand as an example; ``words`` are its own, its person masked already.

    ``known`` are what is known of the person, to be struck whole. ``again``: handled more than
    once; ``since`` how many days it is open, None for one that is finished.
    """

    number: str
    day: date
    channel: str
    district: str
    unit: str
    words: str
    known: tuple[str, ...] = ()
    again: bool = False
    unsatisfied: bool = False
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """An appeal that was chosen, and by which rule; ``text`` leads to nobody."""

    rule: str
    text: str
    of: Candidate


RULES: tuple[
    tuple[str, Callable[[Candidate], bool], Callable[[Candidate], tuple[int, int]]], ...
] = (
    (
        "办理后群众仍不满意的",
        lambda one: one.unsatisfied,
        lambda one: (int(not one.again), one.day.toordinal()),
    ),
    (
        "反映后至今办理时间最长的",
        lambda one: one.since is not None,
        lambda one: (-(one.since or 0), one.day.toordinal()),
    ),
    ("最近反映的", lambda one: True, lambda one: (-one.day.toordinal(), 0)),
)
"""What a case is chosen by: its name, who may stand for it, the first of whom does."""


def examples(candidates: Sequence[Candidate]) -> tuple[Example, ...]:
    """Return one example for each rule that somebody fits; none stands twice, none says the same.

    The same candidates in any order give the same examples.
    """
    ordered = sorted(candidates, key=lambda one: (one.day, one.number))
    found: list[Example] = []
    for rule, fits, first in RULES:
        for one in sorted(filter(fits, ordered), key=first):
            text = unnamed(one.words, one.known)
            told = {example.text for example in found}
            if len(text) >= SHORTEST and text not in told:
                found.append(Example(rule, text, one))
                break
    return tuple(found)


def unnamed(words: str, known: Sequence[str] = ()) -> str:
    """Return words in which nobody is recognised: no name, number, door or plate, and not too long.

    ``known`` are struck whole.
    """
    text = strike(_OPENING.sub("", " ".join(words.split())), known)
    text = _CALLED.sub(r"\1某", text)
    text = _PLATE.sub("某车", text)
    text = _TITLED.sub("某", text)
    text = _DOOR.sub("某处", text)
    text = _NUMBER.sub("某", text)
    text = re.sub(r"(?:某处)+", "某处", text)
    text = re.sub(r"[*＊]+", "某", text).strip("。；;，, ")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}（下略）"
