"""The templates that are shipped: one .docx a kind of paper, the same bytes every time.

To add a kind of paper:

1. name it in ``rules/paper/fields.py``: its fields in ``FIELDS``, what it is called in
   ``PAPER_KINDS``;
2. draw it: a function in ``console/paper/drawings/`` that returns an ``OfficialPage`` whose texts
   are tags (``value``, ``each``, ``where``, ``row_tag`` of drawings/tags.py, head and end of
   drawings/heads.py);
3. name that function here, in ``DRAWINGS``.

A ``Content`` of the kind is then filled in by ``press().fill(template, content)``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from console.paper.drawings.ladder_forms import (
    draw_notice,
    draw_record,
    draw_referral,
    draw_reminder,
    draw_talk,
)
from console.paper.drawings.letter_form import draw_letter
from console.paper.drawings.order_form import draw_order
from console.paper.drawings.report_form import draw_report
from console.paper.page import OfficialPage

DRAWINGS: dict[str, Callable[[], OfficialPage]] = {
    "order": lambda: draw_order("督办单"),
    "notice": draw_notice,
    "reminder": draw_reminder,
    "talk": draw_talk,
    "talk_record": draw_record,
    "referral_crime": lambda: draw_referral("涉嫌犯罪线索"),
    "referral_duty": lambda: draw_referral("失职失责线索"),
    "extension_reply": lambda: draw_letter(
        "延期批复", closing="请据此办理，并将办理期限告知诉求人。特此批复。"
    ),
    "pause_reply": lambda: draw_letter(
        "挂起批复",
        closing="请据此办理；同意挂起的，事由消除后应即报我部恢复，停走的时间顺延。特此批复。",
    ),
    "return_reply": lambda: draw_letter("退单批复", closing="特此批复。"),
    "ruling": lambda: draw_letter(
        "分歧裁定书", closing="本裁定自送达之日起执行，不得再退。请承办单位按原时限抓紧办理。"
    ),
    "closing_notice": lambda: draw_letter(
        "销号通知", closing="请做好后续工作，防止问题反弹；同一问题再次发生的，重新督办。"
    ),
    "review_report": lambda: draw_letter("核查报告", closing="特此报告。"),
    "brief": lambda: draw_letter("督查专报", closing="特此报告。", upward=True),
    "report": draw_report,
    "campaign_report": lambda: draw_letter("结项报告", closing="特此报告。", upward=True),
    "submission": lambda: draw_letter("呈阅件", closing="妥否，请批示。", upward=True),
}
"""How the template of each kind is drawn."""


@cache
def default_template(kind: str) -> bytes:
    """Return the template of a kind that is shipped; KeyError for a kind nobody drew."""
    return DRAWINGS[kind]().save()
