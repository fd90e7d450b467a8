"""批次: one party as the table received it, and what must be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.casework import Appeal
from rules.errors import Refused

OUTCOMES = {"solved": "现场解决", "pledged": "承诺", "referred": "转办", "transferred": "移送"}
"""What came of a party, in the order of its digits."""

RANKS = ("市级", "区级", "单位")
"""Whose reception it is."""

COLLECTIVE = 5
"""人次 from which a party is 集体访."""

PARTY_COLUMNS = (
    "序号",
    "接访点",
    "时间",
    "来访人",
    "联系电话",
    "地址",
    "人次",
    "首访重访",
    "来访事项",
    "诉求性质",
    "类别",
    "事发地",
    "反映对象",
    "责任单位",
    "包案领导",
    "涉法涉诉",
    "信访编号",
    "关联工单",
    "结果",
    "处理说明",
    "移送何处",
    "承诺事项",
    "承诺期限",
    "责任人",
    "另一件事",
)
"""The columns of a place's workbook; 接访点, 来访事项 and 结果 are needed."""

MOST_PEOPLE = 9999
"""人次 beyond which a number is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Party:
    """What the table wrote down of one party (批次).

    ``appeal`` is what they said, its ``unit`` the word for who must answer. ``again`` is 重访, None
    where nobody said; ``lead`` the leader in charge (包案领导). ``link`` is the number of a matter
    that is here already: no second one is registered. ``petition`` is the number it has where it
    was registered as a 信访事项, ``lawsuit`` marks 涉法涉诉. ``another``: a second matter of a
    citizen who was received that day already. ``place`` and ``key`` are the file's own words for
    where and which; ``promise`` is what was promised, by ``person``, by ``promise_due``.
    """

    appeal: Appeal
    outcome: str
    people: int = 1
    again: bool | None = None
    lead: str = ""
    words: str = ""
    sent_to: str = ""
    lawsuit: bool = False
    petition: str = ""
    link: str = ""
    another: bool = False
    place: str = ""
    key: str = ""
    promise: str = ""
    promise_due: date | None = None
    person: str = ""
    line: int = 0
    said: Mapping[str, str] | None = None

    @property
    def collective(self) -> bool:
        """Whether it is 集体访."""
        return self.people >= COLLECTIVE


def require_whole(party: Party) -> None:
    """Refuse a party of which something is missing, or two things that cannot both be."""
    appeal = party.appeal
    if not (appeal.title or appeal.content or party.link):
        raise Refused("没有写来访事项：写内容，或写关联的工单编号")
    if party.outcome not in OUTCOMES:
        raise Refused(f"没有写结果：可写 {'、'.join(OUTCOMES.values())}")
    if not 1 <= party.people <= MOST_PEOPLE:
        raise Refused(f"人次写1到{MOST_PEOPLE}的数")
    if party.lawsuit and party.outcome != "transferred":
        raise Refused("涉法涉诉的不在接访点办理：结果写 移送，并写明移送何处")
    if party.outcome == "transferred" and not party.sent_to:
        raise Refused("移送要写明移送何处：法院、检察院、有权处理的机关")
    if party.outcome == "solved" and not party.words:
        raise Refused("现场解决要写怎样解决的：写在处理说明")
    if party.outcome == "pledged" and not (appeal.unit or party.link or party.lead):
        raise Refused("承诺要写责任单位：谁来兑现")
    if party.promise and party.outcome != "pledged":
        raise Refused("写了承诺事项，结果就写 承诺")
    if party.promise and party.promise_due is None:
        raise Refused("承诺事项要写承诺期限：哪一天以前兑现，例如 12-31")
