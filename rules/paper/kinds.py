"""The kinds of paper and what the policy says of each: code, issuer, who signs, who answers when.

One table for all of them, ``[papers.KIND]``: the department is a virtual body, so each kind may
name another issuer, the organ whose seal it borrows and a borrowed code (DESIGN §11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from rules.casework import LETTER_NAMES, PAPER_NAMES
from rules.clocks import LimitText, Section

Rank = Literal["principal", "deputy", "city"]

RANK_NAMES = {"principal": "主要负责人", "deputy": "副职", "city": "市领导"}
"""What people call the rank of a leader: two who sign, and the city's, who approve."""

ORDER, REMINDER, NOTICE = "order", "reminder", "notice"

TALK, TALK_RECORD = "talk", "talk_record"

CRIME, DUTY = "referral_crime", "referral_duty"

CLUES = {CRIME: "涉嫌犯罪线索", DUTY: "失职失责线索"}
"""What each 移送函 hands to the competent organ."""

REFERRALS = tuple(CLUES)

SECRETS_OPEN = frozenset({"signer", "auditor"})
"""Roles that see confidential papers; anybody else sees those he drafted."""

PUNISHING = ("处罚", "处分", "问责", "追责", "严肃处理", "通报", "提级", "约谈", "扣分", "查处")
"""Words that a 提示函 has no room for: it tells and asks."""

THREATS = ("通报", "提级", "问责", "追责", "约谈")
"""Words that an order of the first level has no room for."""


def word_among(words: tuple[str, ...], text: str) -> str | None:
    """Return the first of the words that a text says, None if it says none."""
    return next((word for word in words if word in text), None)


class PaperKind(Section):
    """One kind of paper: ``[papers.notice]``.

    ``issuer`` is 发文机关 and ``seal`` 代章机关 where they are not the bureau itself. ``signs``
    names the ranks that may sign, ``approves`` who must have approved before. ``answer`` is within
    what an answer is due, one for all or one a level; without any none is demanded. ``demands`` are
    what a draft begins with; those of an order follow from its cause. ``closing`` are the last
    words of the body, one for all or one a level. A ``confidential`` paper stands in no ledger,
    bulletin or list of those without the role, and no unit gets a copy.
    """

    name: Annotated[str, Field(pattern=r"^\S{2,12}$")] = "督办单"
    code: Annotated[str, Field(pattern=r"^\S{1,12}$")] = "武网督"
    issuer: Annotated[str, Field(pattern=r"^(\S.{0,58}\S)?$")] = ""
    seal: Annotated[str, Field(pattern=r"^(\S.{0,58}\S)?$")] = ""
    signs: Annotated[tuple[Literal["principal", "deputy"], ...], Field(min_length=1)] = (
        "principal",
        "deputy",
    )
    approves: Literal["", "principal", "city"] = ""
    answer: tuple[LimitText, ...] = ()
    demands: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    confidential: bool = False

    @field_validator("answer", "closing")
    @classmethod
    def _one_or_by_level(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        if len(given) not in (0, 1, 3):
            raise ValueError("写一项，或按一、二、三级写三项，不要求的写 []")
        return given

    def answer_within(self, level: int) -> str | None:
        """Return within what an answer of a level is due; None where none is demanded."""
        return _of_level(self.answer, level)

    def closing_of(self, level: int) -> str:
        """Return the last words of the body of a paper of a level."""
        return _of_level(self.closing, level) or ""


def _of_level(given: tuple[str, ...], level: int) -> str | None:
    return given[min(level, len(given)) - 1] if given else None


_ABOVE = ("principal",)

_REFERRED = {"code": "武网移", "signs": _ABOVE, "confidential": True}

USUAL: Mapping[str, Mapping[str, Any]] = {
    NOTICE: {
        "code": "武网督提",
        "answer": ("5wd",),
        "demands": (
            "请对所列事项进行核实，了解办理进展和存在的困难。",
            "请加强统筹，抓紧推进办理，并做好与诉求人的沟通解释。",
            "请将核实情况和下步打算函告我部。",
        ),
    },
    ORDER: {
        "code": "武网督",
        "answer": ("3wd", "2wd", "1wd"),
        "closing": (
            "",
            "逾期未反馈或反馈不符合要求的，将提级督办。",
            "逾期未反馈或反馈不符合要求的，将提级督办并予以通报。",
        ),
    },
    REMINDER: {
        "code": "武网督催",
        "answer": ("2wd",),
        "demands": ("请抓紧办理，并书面反馈办理进展、尚未办结的原因和预计办结时间。",),
    },
    TALK: {
        "code": "武网督约",
        "approves": "city",
        "demands": ("请安排约谈对象按时参加，不得由他人代替；确有特殊情况的，提前报告。",),
    },
    TALK_RECORD: {
        "code": "武网督记",
        "answer": ("10wd",),
        "demands": ("请就约谈指出的问题制定整改措施，按期报送整改报告。",),
    },
    CRIME: {**_REFERRED, "demands": ("请依法审查处理，并将受理情况函告我部。",)},
    DUTY: {**_REFERRED, "demands": ("请按管理权限核查处理，并将受理情况函告我部。",)},
    "extension_reply": {"code": "武网复"},
    "pause_reply": {"code": "武网复"},
    "return_reply": {"code": "武网复"},
    "ruling": {"code": "武网裁", "signs": _ABOVE},
    "closing_notice": {"code": "武网销"},
    "review_report": {"code": "武网核"},
    "brief": {"code": "武网专", "signs": _ABOVE},
    "submission": {"code": "武网呈", "signs": _ABOVE},
    "report": {"code": "武网民", "signs": _ABOVE},
    "campaign_report": {"code": "武网专结", "signs": _ABOVE},
}
"""What each kind of paper is where the policy says nothing else of it."""


def _kind(kind: str) -> PaperKind:
    name = {**PAPER_NAMES, **LETTER_NAMES}[kind].partition("（")[0]
    return PaperKind(**{"name": name, **USUAL[kind]})


class PapersPolicy(Section):
    """``[papers]``: every kind of paper; of a kind only what differs need be written."""

    notice: PaperKind = _kind(NOTICE)
    order: PaperKind = _kind(ORDER)
    reminder: PaperKind = _kind(REMINDER)
    talk: PaperKind = _kind(TALK)
    talk_record: PaperKind = _kind(TALK_RECORD)
    referral_crime: PaperKind = _kind(CRIME)
    referral_duty: PaperKind = _kind(DUTY)
    extension_reply: PaperKind = _kind("extension_reply")
    pause_reply: PaperKind = _kind("pause_reply")
    return_reply: PaperKind = _kind("return_reply")
    ruling: PaperKind = _kind("ruling")
    closing_notice: PaperKind = _kind("closing_notice")
    review_report: PaperKind = _kind("review_report")
    brief: PaperKind = _kind("brief")
    submission: PaperKind = _kind("submission")
    report: PaperKind = _kind("report")
    campaign_report: PaperKind = _kind("campaign_report")

    def of(self, kind: str) -> PaperKind:
        """Return what the policy says of a kind."""
        found: PaperKind = getattr(self, kind)
        return found

    @model_validator(mode="before")
    @classmethod
    def _over_what_is_usual(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        usual = {kind: field.default for kind, field in cls.model_fields.items()}
        return {
            kind: {**usual[kind].model_dump(), **said}
            if kind in usual and isinstance(said, Mapping)
            else said
            for kind, said in given.items()
        }

    @model_validator(mode="after")
    def _within_the_red_lines(self) -> Self:
        for kind in REFERRALS:
            row = self.of(kind)
            if not row.confidential or row.signs != _ABOVE:
                raise ValueError(f"{kind} 移送函由主要负责人签发（principal）、一律不公开，不能改")
        if self.talk.approves != "city":
            raise ValueError('talk 约谈须由市领导批准（approves = "city"），不能改')
        if word := word_among(THREATS, self.order.closing_of(1)):
            raise ValueError(f"order.closing 一级督办单不写“{word}”，二级起才写")
        if word := word_among(PUNISHING, self.notice.closing_of(1)):
            raise ValueError(f"notice.closing 提示函不写“{word}”这样的处罚的话")
        return self


OLDER_CODES = {"referral": REFERRALS}
"""Kinds by the name older policies call them in ``[orders.codes]``."""


def with_papers(policy: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of a policy with what older ones say in ``[orders]`` moved to ``[papers]``.

    ``[orders.codes]`` held the codes, ``[orders] feedback`` the limits of an order. What
    ``[papers]`` itself says comes first.
    """
    orders, papers = policy.get("orders"), policy.get("papers", {})
    if not isinstance(orders, Mapping) or not isinstance(papers, Mapping):
        return dict(policy)
    orders, moved = dict(orders), {kind: said for kind, said in papers.items()}
    older: list[tuple[str, str, Any]] = []
    if isinstance(codes := orders.pop("codes", {}), Mapping):
        older += [
            (kind, "code", code)
            for name, code in codes.items()
            for kind in OLDER_CODES.get(name, (name,))
        ]
    if "feedback" in orders:
        older.append((ORDER, "answer", orders.pop("feedback")))
    for kind, key, value in older:
        said = moved.get(kind, {})
        if isinstance(said, Mapping):
            moved[kind] = {key: value, **said}
    return {**policy, "orders": orders, "papers": moved}
