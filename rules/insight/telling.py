"""A finding in one Chinese sentence with its figures."""

from __future__ import annotations

from datetime import date

from rules.insight.judging import Finding
from rules.insight.series import Horizon

_ONE = {"problem": "问题", "object": "对象", "firm": "单位"}
"""What different citizens repeat, where it is no place."""


def sentence_of(finding: Finding, horizon: Horizon, name: str, days: int) -> str:
    """Return what is told of a finding; ``days``: for how long what is new was not there."""
    last = horizon.date_of(finding.day)
    first = horizon.date_of(finding.day - finding.span + 1)
    parts = [f"{name}：{_days(first, last)}{len(finding.ticket_ids)}件"]
    if finding.reporters:
        parts[0] += f"，{finding.reporters}名不同诉求人{_same(finding)}"
    parts += [told for told in (_new(finding, days), _rise(finding), _crossing(finding)) if told]
    parts.append(f"{_date(horizon.date_of(finding.known))}即可发现")
    return "；".join(parts) + "。"


def _same(finding: Finding) -> str:
    if "repeats" not in finding.signs:
        return ""
    return f"反映同一{_ONE.get(finding.subject.kind, '处')}"


def _new(finding: Finding, days: int) -> str:
    if "new" not in finding.signs:
        return ""
    return "新形成的问题" if finding.subject.kind == "problem" else f"此前{days}天没有"


def _rise(finding: Finding) -> str:
    level = finding.level
    if "rises" not in finding.signs:
        return ""
    if not level.mean:
        return f"前四周没有，偏离{level.z:.1f}个标准差"
    return (
        f"前四周周均{_number(level.mean)}件，为其{level.count / level.mean:.1f}倍，"
        f"按平日、全市来件和上年同期应有{_number(level.expected)}件，高出{level.z:.1f}个标准差"
    )


def _crossing(finding: Finding) -> str:
    told = []
    if finding.channels:
        told.append(f"{len(finding.channels)}个渠道（{'、'.join(finding.channels)}）")
    if finding.districts:
        told.append(f"{len(finding.districts)}个区（{'、'.join(finding.districts)}）")
    return f"同时见于{'、'.join(told)}" if told else ""


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _days(first: date, last: date) -> str:
    return f"{_date(first)}至{_date(last)}"


def _date(day: date) -> str:
    return f"{day.month}月{day.day}日"
