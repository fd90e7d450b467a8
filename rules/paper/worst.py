"""The worst that a template is filled with before it is used: many, long, hostile, nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from rules.paper.fields import FIELDS, PAPER_KINDS, Field
from rules.paper.statement import Content, Row, Value

LONG_NAME = "武汉市洪山区关山街道光谷中心城市政基础设施养护与园林绿化综合管理服务中心（东片区）"
"""A name of forty characters, as bureaus have them."""

LONG_TITLE = tuple(f"关于第{n}批群众反映强烈的小区二次供水停水" for n in "一二三四五")
"""A title of five lines."""

HOSTILE = "甲<乙>&\"'{{7*7}}</w:t>\x1b[31m\u202e"
"""A citizen's words that must print whole, save what steers a screen."""

COUNTS = (1, 47, 200)
"""Appeals on a paper."""

MOST_DRAWN = 12
"""Rows that a chart has at most."""

_SAMPLES: Mapping[str, Value] = {
    "文号": "武网督〔2026〕12号",
    "标题": ("关于“小区二次供水停水”", "逾期未办结的督办单"),
    "成文日期": "2026年11月20日",
    "印发日期": "2026年11月20日",
    "反馈期限": "2026年11月25日17:30",
    "反馈时限": "3个工作日",
    "联系电话": "027-00000000",
    "核验码": "9f3a-27c1",
    "紧急程度": "特急",
    "工单编号": "WH20261109-00123",
    "来源渠道": "城市留言板",
    "受理日期": "11.9",
    "办结时限": "11.17",
    "办理情况": "超期3个工作日\n不满意",
}
"""What some fields and columns hold; of the others, a sentence of their name."""

_NAMES = ("主送", "署名", "机关标志", "印发机关", "抄送", "联系人")
"""Fields that hold the name of an organ or a person."""

_MADE = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """A content a template is tried with, and what is bad about it."""

    name: str
    content: Content


def worst_cases(kind: str) -> Iterator[Case]:
    """Yield contents of a kind: counts of appeals, long names and titles, hostile words, little."""
    for count in COUNTS:
        yield Case(f"{count}件诉求", _content(kind, count=count))
    yield Case("四十字的名称", _content(kind, name=LONG_NAME))
    if any(field.word == "标题" for field in FIELDS[kind]):
        yield Case("五行标题", _content(kind, 标题=LONG_TITLE))
    yield Case("特殊字符", _content(kind, words=HOSTILE))
    yield Case("只有必填字段", _least(kind))


def sample(kind: str) -> Content:
    """Return a plain content of a kind, as the list of fields shows it."""
    return _content(kind, count=3)


def _content(kind: str, count: int = 3, name: str = "", words: str = "", **fixed: Value) -> Content:
    values = {
        field.word: fixed.get(field.word) or _value(field, kind, count, name, words)
        for field in FIELDS[kind]
    }
    return Content(kind, values, at=_MADE)


def _value(field: Field, kind: str, count: int, name: str, words: str) -> Value:
    if field.form == "chart":
        return tuple(_drawn(field, n) for n in range(1, min(count, MOST_DRAWN) + 1))
    if field.form == "rows":
        return tuple(_row(field, n, name, words) for n in range(1, count + 1))
    if words:
        return words if field.form == "line" else (words, words)
    if field.word in _SAMPLES:
        return _SAMPLES[field.word]
    if name and field.word in _NAMES:
        return name
    if field.word.endswith("附件号"):
        return "附件1"
    if field.word in ("文种", "机关标志"):
        return PAPER_KINDS[kind]
    text = f"此处为{field.word}：{field.about}。"
    return text if field.form == "line" else (text, text * 3)


def _row(field: Field, n: int, name: str, words: str) -> Row:
    """Return the n-th row; of a list with heads every fourth row is one, and says nothing else."""
    headed = "抬头" in field.columns
    return {
        column: ""
        if headed and (column == "抬头") != (n % 4 == 1)
        else str(n)
        if column == "序号"
        else words or name or str(_SAMPLES.get(column, f"第{n}件的{column}"))
        for column in field.columns
    }


def _drawn(field: Field, n: int) -> Row:
    """Return the n-th row of a chart: what is counted, and numbers."""
    first, *others = field.columns
    return {first: f"第{n}项", **{column: str(n) for column in others}}


def _least(kind: str) -> Content:
    """Return a content with nothing but what is needed, one line of each."""
    values = dict(_content(kind, count=1).values)
    return Content(kind, {f.word: values[f.word] for f in FIELDS[kind] if f.needed}, at=_MADE)
