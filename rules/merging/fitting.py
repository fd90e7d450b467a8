"""并单: which appeals may go under one lead, and which never (DESIGN §11).

Repeats of one citizen (重复件) and common problems (共性件) are two kinds. What concerns one person
alone is answered alone: a report of wrongdoing, a secret, a petition, a claim for compensation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol

from pydantic import Field

from rules.casework import ANALYSIS
from rules.clocks import Section
from rules.merging.marking import COMMON, REPEAT

TOLD_HOW = ("短信", "电话", "网上答复", "其他")
"""How a citizen was told that an appeal goes with others (告知)."""

_STAGES = ("waiting", "dispatched", "acknowledged", "replied")

_WAITING_FOR = {
    "return_asked": "退单申请待裁，请先裁定再并单",
    "extension_asked": "延期申请待批，请先批复再并单",
    "pause_asked": "挂起申请待批，请先批复再并单",
    "paused": "已挂起，请先恢复再并单",
    "account_asked": "挂账申请未了，请先批复再并单",
    "on_account": "已挂账，请先销账再并单",
}

Word = Annotated[str, Field(pattern=r"^\S{2,20}$")]


class MergingPolicy(Section):
    """``[merging]``: an appeal with one of the words ``alone`` is one person's claim."""

    alone: tuple[Word, ...] = (
        "赔偿金",
        "赔偿款",
        "补偿金",
        "补偿款",
        "索赔",
        "理赔",
        "工伤赔偿",
        "征地补偿",
        "拆迁补偿",
    )


class Barred(Protocol):
    """What of an appeal bars it from any merge."""

    @property
    def nature(self) -> str:
        """诉求性质."""

    @property
    def channel(self) -> str:
        """来源渠道."""

    @property
    def category(self) -> str | None:
        """类别."""

    @property
    def confidential(self) -> bool:
        """保密."""

    @property
    def accused(self) -> bool:
        """Whether it is against a unit or its staff."""


def barred(one: Barred) -> str:
    """Return why an appeal is never merged, whatever its text; empty where it may be."""
    if one.nature == "举报":
        return "举报件不并单：请单独办理"
    if one.accused:
        return "反映承办单位或其工作人员的件不并单：请单独办理"
    if one.confidential:
        return "保密件不并单：请单独办理"
    if any("信访" in word for word in (one.nature, one.channel, one.category or "")):
        return "信访件不并单：请按信访程序单独办理"
    return ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An appeal that somebody wants to merge.

    ``lead`` is the number of the one it is merged into already, ``carries``: others are merged into
    it. ``only_told``: nothing limits its close. ``person`` is the digest of who brought it.
    """

    number: str
    nature: str
    channel: str
    category: str | None
    text: str
    confidential: bool
    accused: bool
    state: str
    unit_id: int | None
    facts: frozenset[str]
    lead: str | None
    carries: bool
    only_told: bool
    person: str | None


def unfit(one: Candidate, policy: MergingPolicy) -> str:
    """Return why an appeal cannot be in a merge now; empty where it can."""
    if why := barred(one):
        return why
    said = f"{one.category or ''} {one.text}"
    if word := next((word for word in policy.alone if word in said), None):
        return f"涉及个人补偿或赔偿（“{word}”），不并单：请单独办理"
    if one.state == ANALYSIS:
        return "仅供分析的件由来源方办理，不并单"
    if one.state == "closed":
        return "已办结，不并单：如须一并办理请先重新打开或重办"
    if one.only_told:
        return "只需转知的件不并单：请直接交办"
    return next((why for fact, why in _WAITING_FOR.items() if fact in one.facts), "")


def cannot_join(one: Candidate, lead: Candidate, policy: MergingPolicy) -> str:
    """Return why an appeal cannot go under a lead; empty where it can."""
    if one.lead is not None:
        return f"已并入{one.lead}：请先拆分"
    if one.carries:
        return "已有诉求并入此件：请以它作主件，或先拆分"
    if why := unfit(one, policy):
        return why
    if lead.state == "waiting" and one.state != "waiting":
        return "已经交办而主件尚未交办：请以它作主件"
    if one.state == "replied" and lead.state != "replied":
        return "已有答复待审而主件没有：请以它作主件，或先审核"
    return ""


def cannot_lead(lead: Candidate, policy: MergingPolicy) -> str:
    """Return why an appeal cannot lead others; empty where it can."""
    if lead.lead is not None:
        return f"已并入{lead.lead}，不能作主件：请并入{lead.lead}，或先拆分"
    return unfit(lead, policy)


def kind_of(some: Iterable[Candidate]) -> str:
    """Return the kind of a merge of some appeals: of one citizen, or of several."""
    persons = [one.person for one in some]
    return REPEAT if None not in persons and len(set(persons)) == 1 else COMMON


def best_lead(some: Sequence[Candidate]) -> Candidate:
    """Return which of some appeals had best lead: the furthest in its handling, then the first."""
    leading = [one for one in some if one.carries]
    able = leading or [one for one in some if one.state in _STAGES] or list(some)
    return max(able, key=lambda one: _STAGES.index(one.state) if one.state in _STAGES else -1)
