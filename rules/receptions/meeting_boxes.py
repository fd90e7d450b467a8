"""接访登记表: the boxes at the table, and what was typed into them, understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.casework import DOORS, Appeal, words_of
from rules.clocks import NATURES
from rules.intake import Box, Register, first_sentence, read_boxes
from rules.receptions.party import OUTCOMES, Party

_DIGITS = {str(digit): code for digit, code in enumerate(OUTCOMES, 1)}

_OUTCOME = {digit: OUTCOMES[code] for digit, code in _DIGITS.items()}

_PROMISES = ("pledged",)

MEETING_BOXES: tuple[Box, ...] = (
    Box("reporter", "line", "来访人", "姓名，可不写"),
    Box("phone", "phone", "联系电话", "可不写；写了能认出来过没有"),
    Box("content", "text", "来访事项", "来访人说的话"),
    Box("unit", "unit", "责任单位", "名称的一部分、代码或拼音首字母"),
    Box("outcome", "choice", "结果", "1现场解决 2承诺 3转办 4移送", needed=True, choices=_OUTCOME),
    Box("words", "line", "处理说明", "现场解决：怎样解决的；移送：移送何处"),
    Box("promise", "line", "承诺事项", "为来访人办什么；可以过后再补", of=_PROMISES),
    Box("promise_due", "line", "承诺期限", "例如 12-31、10wd", of=_PROMISES),
    Box("person", "line", "责任人", "责任单位里谁办，可不写", of=_PROMISES),
    Box("people", "line", "人次", "不写为1；5人及以上为集体访"),
    Box(
        "again", "choice", "首访重访", "1首访 2重访；不写为首访", choices={"1": "首访", "2": "重访"}
    ),
    Box("link", "line", "关联工单", "已有的工单编号"),
    Box("petition", "line", "信访编号", "别处已登记的信访事项的编号"),
    Box("lead", "leader", "包案领导", "可不写"),
    Box("lawsuit", "choice", "涉法涉诉", "不写为否", choices=words_of(("是", "否"))),
    Box(
        "another",
        "choice",
        "另一件事",
        "今天已登记过的人又说一件，写 是",
        choices=words_of(("是", "否")),
    ),
    Box("place", "place", "事发地", "网格或街道名称的一部分、代码；也可照原话写"),
    Box("nature", "choice", "诉求性质", "不写为其他", choices=words_of(NATURES)),
    Box("category", "category", "类别", "任一级的一部分或拼音首字母"),
    Box("object", "object", "反映对象", "单位、企业、楼盘、项目的名称"),
    Box("address", "line", "来访人地址", "可不写"),
)
"""Every box in the order of the form; those of a promise show once that is what came of it."""


@dataclass(frozen=True, slots=True)
class MeetingReading:
    """What was typed, as far as it can be read; ``wrong`` names the boxes to mend, in order."""

    party: Party
    wrong: Mapping[str, str]


def outcome_of(typed: str) -> str:
    """Return the code of what came of a party, by its digit or word; empty for neither."""
    found = (code for digit, code in _DIGITS.items() if typed.strip() in (digit, OUTCOMES[code]))
    return next(found, "")


def boxes_for(outcome: str) -> tuple[Box, ...]:
    """Return the boxes that are asked for, by what came of the party."""
    return tuple(box for box in MEETING_BOXES if not box.of or outcome in box.of)


def read_meeting(
    typed: Mapping[str, str], register: Register, promise_due: date | None
) -> MeetingReading:
    """Return what was typed into the boxes; ``promise_due`` is how the date of a promise reads."""
    outcome = outcome_of(typed.get("outcome") or "")
    boxes = boxes_for(outcome)
    said, read, faults = read_boxes(boxes, typed, register)
    wrong = {box.name: faults[box.name] for box in boxes if box.name in faults}
    people = said["people"] or "1"
    if not people.isdecimal() or not 1 <= len(people) <= 4 or int(people) == 0:
        wrong["people"] = "写来了几人，例如 3"
    if not said["content"] and not said["link"]:
        wrong["content"] = "写来访人说的事，或写关联工单"
    if not outcome:
        wrong["outcome"] = "按 1现场解决 2承诺 3转办 4移送"
    for name, why in _missing(said, outcome, promise_due):
        wrong.setdefault(name, why)
    order = [box.name for box in boxes]
    party = _party(said, read, outcome, promise_due, ("people" not in wrong and int(people)) or 1)
    return MeetingReading(party, {name: wrong[name] for name in order if name in wrong})


def _missing(
    said: Mapping[str, str], outcome: str, promise_due: date | None
) -> Sequence[tuple[str, str]]:
    """Return what must be written besides, by what came of the party."""
    found = []
    if outcome == "solved" and not said["words"]:
        found.append(("words", "写怎样解决的"))
    if outcome == "transferred" and not said["words"]:
        found.append(("words", "写移送何处"))
    if said["lawsuit"] == "是" and outcome != "transferred":
        found.append(("outcome", "涉法涉诉的不在这里办：写 4移送"))
    if outcome == "pledged" and not said["unit"] and not said["link"]:
        found.append(("unit", "承诺要写责任单位"))
    if said.get("promise") and promise_due is None:
        found.append(("promise_due", "写哪天以前兑现，例如 12-31、10wd"))
    return found


def _party(
    said: Mapping[str, str],
    read: Mapping[str, object],
    outcome: str,
    promise_due: date | None,
    people: int,
) -> Party:
    def word(name: str) -> str | None:
        found = read.get(name)
        return found if isinstance(found, str) and found else None

    appeal = Appeal(
        channel=DOORS["reception"],
        title=first_sentence(said["content"]),
        content=said["content"],
        nature=word("nature") or "其他",
        category=word("category"),
        object=said["object"] or None,
        reporter=said["reporter"] or None,
        phone=word("phone"),
        address=said["address"] or None,
        grid=word("place"),
        unit=said["unit"] or None,
    )
    again = word("again")
    return Party(
        appeal,
        outcome,
        people=people,
        again=None if again is None else again == "2",
        lead=said["lead"],
        words=said["words"],
        sent_to=said["words"] if outcome == "transferred" else "",
        lawsuit=said["lawsuit"] == "是",
        petition=said["petition"],
        link=said["link"],
        another=said["another"] == "是",
        promise=said.get("promise", ""),
        promise_due=promise_due if said.get("promise") else None,
        person=said.get("person", ""),
    )
