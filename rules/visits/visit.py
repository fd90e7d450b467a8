"""政法干部进社区: what is told of a visit, by hand or in a line of a file; never of whom.

Units and deadlines are supervised here, not persons: a visit has a community, an organ, a time and
what was given. Whom somebody visited has no place to stand, and a telephone number is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.casework import DOORS, Appeal
from rules.clocks import NATURES
from rules.errors import Refused
from rules.intake import first_sentence
from rules.text import MASKED, half_width, harmless, harmless_line

CHANNEL = DOORS["visit"]
"""The door by which what was told on a visit comes in."""

SERVICES = ("法律咨询", "纠纷调解", "普法宣传", "法律援助", "办事指引")
"""What is usually given; others may be written."""

COLUMNS = (
    "走访编号",
    "社区",
    "走访单位",
    "走访人员",
    "时间",
    "结束时间",
    "服务",
    "情况",
    "诉求",
    "诉求性质",
    "诉求人",
    "联系电话",
    "任务",
    "任务单位",
    "任务时限",
)
"""The columns of the file in which visits come; lines of one visit have one number."""

NEEDED = ("社区", "走访单位", "时间")

LONGEST = timedelta(days=1)

_APART = re.compile(r"[、,，;；\n]+")


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One line of a file: a visit, with one appeal told on it and one task left by it, if any.

    Instants are aware; ``cells`` are the line as it was.
    """

    line: int
    number: str
    place: str
    unit: str
    cadres: str
    at: datetime
    ends_at: datetime | None
    services: str
    summary: str
    content: str
    nature: str
    reporter: str
    phone: str
    task: str
    task_unit: str
    task_limit: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadVisit:
    """A line that was not taken, as it was, and why."""

    line: int
    cells: tuple[str, ...]
    reason: str


def told_lines(text: str) -> str:
    """Return names or services, a line each, however they were set apart."""
    found = (harmless_line(one) for one in _APART.split(harmless(text)))
    return "\n".join(dict.fromkeys(one for one in found if one))


def of_nobody(text: str, what: str) -> str:
    """Return what is told of a visit; ``Refused`` where it leads to a person."""
    text = harmless(text)
    if MASKED.text(text) != text:
        raise Refused(f"{what}里有电话、证件号或门牌：走访不记被走访的人，诉求请另收成工单")
    return text


def require_span(at: datetime, ends_at: datetime | None) -> None:
    """Refuse a visit that ends before it begins, or lasts longer than a day."""
    if ends_at is not None and not at < ends_at <= at + LONGEST:
        raise Refused("结束时间要在开始之后、一天以内：请核对")


def appeal_told(
    content: str, *, nature: str, reporter: str, phone: str, place: str, at: datetime
) -> Appeal:
    """Return what a resident told on a visit as an appeal; who it was stands on that alone."""
    content = harmless(content)
    if not content:
        raise Refused("请写明群众说的事")
    if nature and nature not in NATURES:
        raise Refused(f"没有诉求性质“{nature}”：可写 {'、'.join(NATURES)}")
    return Appeal(
        channel=CHANNEL,
        title=first_sentence(content),
        content=content,
        nature=nature or "其他",
        urgency="一般",
        reporter=harmless_line(reporter) or None,
        phone=half_width(harmless_line(phone)) or None,
        grid=place,
        received_at=at,
    )


def read_visit(
    line: int, cells: Mapping[str, str], at: datetime | None, ends_at: datetime | None
) -> VisitLine | UnreadVisit | None:
    """Return what a line of a file tells, why it cannot be read, or None of one that is empty.

    ``cells`` are those of ``COLUMNS``; ``at`` and ``ends_at`` are its times, read already.
    """
    told = {name: harmless(cells.get(name, "")) for name in COLUMNS}
    if not any(told.values()):
        return None
    as_was = tuple(cells.get(name, "") for name in COLUMNS)
    try:
        return _read(line, told, at, ends_at, as_was)
    except Refused as refusal:
        return UnreadVisit(line, as_was, str(refusal))


def _read(
    line: int,
    told: Mapping[str, str],
    at: datetime | None,
    ends_at: datetime | None,
    cells: tuple[str, ...],
) -> VisitLine:
    for name in NEEDED:
        if not told[name]:
            raise Refused(f"没有写{name}：请补上")
    if at is None:
        raise Refused(f"时间“{told['时间']}”看不懂：例如 2026-11-19 09:30")
    require_span(at, ends_at)
    if not told["诉求"] and (told["诉求人"] or told["联系电话"]):
        raise Refused("写了诉求人，没有写诉求：走访不登记被走访的人，请写诉求或去掉姓名电话")
    if bool(told["任务"]) != bool(told["任务单位"]):
        raise Refused("任务和任务单位要一起写")
    return VisitLine(
        line,
        harmless_line(told["走访编号"]),
        told["社区"],
        told["走访单位"],
        told_lines(of_nobody(told["走访人员"], "走访人员")),
        at,
        ends_at,
        told_lines(of_nobody(told["服务"], "服务")),
        of_nobody(told["情况"], "情况"),
        told["诉求"],
        told["诉求性质"],
        told["诉求人"],
        told["联系电话"],
        of_nobody(harmless_line(told["任务"]), "任务"),
        told["任务单位"],
        told["任务时限"],
        cells,
    )
