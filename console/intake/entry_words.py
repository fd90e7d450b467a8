"""What is said of a new appeal: beside its boxes, of a form that was left, and once registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.clocks import STEP_NAMES, short_due, short_instant
from rules.intake import Box, kind_of
from rules.text import MASKED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.intake.keeping import Kept
    from models.intake import Entered
    from models.views import EntryWords
    from rules.clocks import Timekeeper
    from rules.intake import Entry


def registered(entered: Entered, keeper: Timekeeper) -> str:
    """Return what is said of a new appeal: ``已登记 WH…-00123 · 交洪山区 · 办结 12-03 17:30``."""
    parts = [f"已登记 {entered.number}", f"交{entered.unit}" if entered.unit else "进待派"]
    if entered.due_at is not None:
        due = short_due(keeper.local(entered.due_at))
        provisional = "（暂定）" if entered.provisional else ""
        parts.append(f"{STEP_NAMES[entered.step]} {due}{provisional}")
    return " · ".join(parts)


def understood(
    box: Box, typed: Mapping[str, str], entry: Entry, words: EntryWords, keeper: Timekeeper
) -> str:
    """Return how what is typed into a box is understood, where that is not plain from it."""
    appeal = entry.appeal
    match box.name:
        case "received" if appeal.received_at is not None:
            told = short_instant(keeper.local(appeal.received_at).replace(second=0))
            return told if typed["received"] else f"{told}（打开时）"
        case "title" if not typed["title"] and appeal.title:
            return f"取“{appeal.title}”"
        case "confidential" if not typed["confidential"] and appeal.nature == "举报":
            return "举报：保密"
        case "place" if appeal.grid is not None:
            found = words.place(appeal.grid)
            if found is None:
                return "照原话记"
            return f"{found.code} 属地{found.unit}" if found.unit else found.code
        case "category" if appeal.category is not None and appeal.category != typed["category"]:
            return appeal.category
        case "unit":
            return "当场交办" if entry.unit_id is not None else "进待派"
    return ""


def kept_words(kept: Kept, keeper: Timekeeper) -> tuple[str, str]:
    """Return the question whether to go on with a form that was left, and what it says."""
    when = f"{keeper.local(kept.kept_at):%H:%M}"
    title = kept.typed.get("title") or kept.typed.get("content", "").strip().split("\n")[0]
    whom = MASKED.citizen(
        kept.typed.get("reporter"), kept.typed.get("phone"), None, confidential=False
    )
    kind = kind_of(kept.typed.get("kind", ""))
    parts = (whom.reporter, whom.phone, MASKED.text(title))
    said = " · ".join(part for part in parts if part) or "还没写姓名和标题"
    day = short_instant(keeper.local(kept.kept_at).replace(second=0))
    leader = kept.typed.get("leader", "") if kind == "instruction" else ""
    about = f"{day} 留下：{said}{f' · {leader}批示' if leader else ''}"
    return f"继续上次没登完的（{when}）？", about
