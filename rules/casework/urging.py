"""催办: the words with which a unit is reminded of what it has not done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Urged:
    """One appeal on a reminder: number, title without personal data, step and what is left of it.

    ``due`` is the due date in the bureau's words, ``remaining`` 余2个工作日 or 超期4个工作日.
    """

    number: str
    title: str
    step: str
    due: str
    remaining: str


def urge_text(unit: str, bureau: str, urged: Sequence[Urged], day: str) -> str:
    """Return the reminder as it is copied into a message or read out; one line an appeal."""
    late = sum(one.remaining.startswith("超") for one in urged)
    overdue = f"，其中{late}件已超期" if late else ""
    lines = [
        f"{unit}：",
        f"以下{len(urged)}件诉求请抓紧办理{overdue}，并及时反馈办理情况：",
        *(
            f"{n}. {one.number} {one.title}（{one.step}，{one.due}到期，{one.remaining}）"
            for n, one in enumerate(urged, 1)
        ),
        f"{bureau}　{day}",
    ]
    return "\n".join(lines)
