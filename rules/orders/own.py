"""What the papers beside the order say of their own, as the values of their templates' fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from rules.clocks import chinese_moment
from rules.paper import (
    CRIME,
    DUTY,
    FIELDS,
    TALK,
    TALK_RECORD,
    Content,
    Row,
    Statement,
    Value,
    paragraphs,
)

Said = Mapping[str, str]


def own_content(content: Content, said: Said) -> Content:
    """Return the content of a paper that is no order: what all say, and what only its kind says.

    ``said`` are its details by name; what nobody has written yet is blank.
    """
    annexes = (
        [f"涉及工单清单（{content.line('件数')}）"] if len(content.values["诉求清单"]) > 1 else []
    )
    values: dict[str, Value] = {**content.values, "要求": content.values["督办要求"]}
    if content.kind in (CRIME, DUTY):
        values |= {"密级": "内部", **_referred(said)}
        annexes.append(f"证据材料清单（{len(values['证据材料'])}项）")
    elif content.kind in (TALK, TALK_RECORD):
        values |= _met(said, content.kind)
    told = tuple(_worded(one, len(annexes) == 1) for one in content.statements)
    values |= {field: paragraphs(told, field) for field in ("前情", "事实", "领导批示")}
    values |= _labelled(annexes)
    known = {field.word for field in FIELDS[content.kind]}
    own = {word: value for word, value in values.items() if word in known}
    return Content(content.kind, own, told, content.at)


def _worded(one: Statement, only: bool) -> Statement:
    """Return a sentence of an order as another paper says it; ``only``: it has one annex."""
    text = one.text.replace("附件1", "附件") if only else one.text
    return replace(one, text=text.replace("督办事由：", "事由："))


def _labelled(annexes: Sequence[str]) -> dict[str, Value]:
    """Return the annexes as the paper names them, and the label that each bears."""
    one = len(annexes) == 1
    labels = ["附件" if one else f"附件{n}" for n in range(1, len(annexes) + 1)]
    named = dict(zip(annexes, labels, strict=True))
    return {
        "附件": tuple(annexes) if one else tuple(f"{n}.{a}" for n, a in enumerate(annexes, 1)),
        "清单附件号": next((label for annex, label in named.items() if "工单" in annex), ""),
        "证据附件号": next((label for annex, label in named.items() if "证据" in annex), ""),
    }


def _met(said: Said, kind: str) -> dict[str, Value]:
    """Return who meets whom, when and where; of a record what was said."""
    held = said.get("held_at")
    values: dict[str, Value] = {
        "约谈时间": chinese_moment(datetime.fromisoformat(held)) if held else BLANK,
        "约谈地点": said.get("place", BLANK),
        "约谈对象": said.get("persons", BLANK),
        "约谈人": said.get("talkers", BLANK),
    }
    if kind == TALK:
        return {
            **values,
            "携带材料": _lines(said, "bring"),
            "批准领导": said.get("approver", BLANK),
        }
    return {
        **values,
        "约谈情况": _lines(said, "said"),
        "被约谈方意见": _lines(said, "answered"),
        "记录人": said.get("taken_by", BLANK),
    }


def _referred(said: Said) -> dict[str, Value]:
    """Return the clue and the list of what proves it."""
    evidence = _lines(said, "evidence")
    rows: tuple[Row, ...] = tuple(
        {"序号": str(n), "材料名称": one} for n, one in enumerate(evidence, 1)
    )
    return {"线索情况": _lines(said, "clue"), "证据材料": rows}


BLANK = "　　　　"
"""What stands for what nobody has written yet."""


def _lines(said: Said, name: str) -> tuple[str, ...]:
    return tuple(said.get(name, BLANK).splitlines())
