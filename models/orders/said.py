"""What somebody says of a draft, as it is kept: limit, level, lines, copies, details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from models.bureau import UnitDirectory
from models.orders.copies import copies
from models.store import canonical
from rules.casework import PAPER_NAMES
from rules.clocks import short_limit, typed_moment
from rules.errors import Refused
from rules.paper import (
    NOTICE,
    PUNISHING,
    TALKERS,
    Detail,
    details_of,
    names_in,
    read_details,
    word_among,
)
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.orders.order import OrderView
    from models.store import Work
    from rules.bureau import Policy


def kept_copies(work: Work, names: Sequence[str], unit_id: int) -> str | None:
    """Return whom a paper of a unit is copied to, a name a line."""
    if not names:
        return None
    today = work.timekeeper().local(work.at).date()
    return copies(UnitDirectory(work), work.policy, names, unit_id, today)


def kept_level(level: int) -> int:
    """Return a level; refuses one there is not."""
    if level not in (1, 2, 3):
        raise Refused("督办级别只有 1 蓝色、2 黄色、3 红色：请改正")
    return level


def kept_limit(text: str) -> str:
    """Return a limit; refuses what is none."""
    return short_limit(text)


def kept_text(text: str, what: str) -> str:
    """Return what is said of ``what``, without blank lines; refuses nothing at all."""
    lines = [line for each in text.splitlines() if (line := one_line(each))]
    if not lines:
        raise Refused(f"{what}不能为空：请填写")
    return (" " if what == "督办事项" else "\n").join(lines)


def demand_lines(typed: str) -> list[str]:
    """Return the lines in what was typed: each line is one, and so is what ； parts."""
    return typed.replace(";", "\n").replace("；", "\n").splitlines()


def one_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def kept_details(
    work: Work, kind: str, said: Mapping[str, str], before: Mapping[str, str] | None = None
) -> str | None:
    """Return the details of a paper of a kind with what is ``said`` over what was ``before``.

    Each is named by its name or its label; what is said to be empty goes. None for no details.
    """
    known = details_of(kind, work.policy.papers.of(kind).approves)
    found = {detail.name: detail.usual for detail in known if detail.usual}
    if before is not None:
        found = dict(before)
    for word, text in said.items():
        detail = next((one for one in known if word.strip() in (one.name, one.label)), None)
        if detail is None:
            may = "、".join(one.label for one in known) or "不另写"
            raise Refused(f"{PAPER_NAMES[kind]}没有“{harmless_line(word)}”这一项：可写 {may}")
        if kept := _kept(work, kind, detail, text):
            found[detail.name] = kept
        else:
            found.pop(detail.name, None)
    return canonical(found) if found else None


def _kept(work: Work, kind: str, detail: Detail, text: str) -> str:
    lines = [line for each in demand_lines(text) if (line := harmless_line(each))]
    if not lines or detail.form == "lines":
        return "\n".join(lines)
    line = " ".join(lines)
    if detail.form == "moment":
        keeper = work.timekeeper()
        found = typed_moment(line, keeper.local(work.at), keeper.zone, day_alone=False)
        return keeper.local(found).isoformat(timespec="minutes")
    if detail.form == "leader":
        rank = work.policy.papers.of(kind).approves
        names = [leader.name for leader in work.policy.leaders_of(rank)]
        if line not in names:
            may = "、".join(names) or "（规则 [[leaders]] 中还没有）"
            raise Refused(f"{detail.label} {line} 不在规则所列之中：可写 {may}")
    return line


def refuse_unfit(view: OrderView, policy: Policy) -> None:
    """Refuse to sign a draft that lacks what its kind must say, or says what it has no room for."""
    said = read_details(view.details)
    asked = details_of(view.kind, policy.papers.of(view.kind).approves)
    if lacks := [one.label for one in asked if one.needed and not said.get(one.name)]:
        raise Refused(f"{view.name} 还没写{'、'.join(lacks)}，不能签发：请按 e 补齐")
    if TALKERS in asked and len(names_in(said[TALKERS.name])) < 2:
        raise Refused(f"{view.name} 约谈人须有两人，不能签发：请按 e 补齐")
    if view.confidential and view.copies:
        raise Refused(f"{view.name} 不公开，不抄送：请按 e 去掉抄送")
    words = "\n".join((view.title, view.cause, *view.demands))
    if view.kind == NOTICE and (word := word_among(PUNISHING, words)):
        raise Refused(f"{view.name} 提示函不写“{word}”这样的处罚的话：请按 e 改去，或改拟督办单")
