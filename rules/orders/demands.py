"""The policy of the ladder: its clocks, and the standing sentences of its papers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from rules.clocks import LengthText, LimitText, Section


def _sentence(text: str) -> str:
    if not text.isprintable() or text.strip() != text:
        raise ValueError("要写成一行文字，首尾不留空格")
    return text


Sentence = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_sentence)]
"""One printable line of a paper."""


class OrderDemands(Section):
    """``[orders.demands]``: what a draft first demands, by its cause, and what each demands."""

    overdue: Sentence = "对所列诉求逐件核实，查明逾期原因，明确责任领导和责任人，限期办结。"
    late: Sentence = "对所列诉求逐件查明逾期原因，明确责任领导和责任人，完善时限管理措施。"
    unsatisfied: Sentence = "对群众评价不满意的诉求重新核查，找准症结，重新办理并当面向群众反馈。"
    unacknowledged: Sentence = (
        "立即签收所列诉求并联系诉求人，查明未按时签收的原因，完善值班签收制度。"
    )
    last_place: Sentence = (
        "由主要负责同志召开专题会议，分析群众满意率连续末位原因，制定整改措施并抓好落实。"
    )
    prominent: Sentence = (
        "由主要负责同志包案，研究制定解决方案，明确措施、时限和责任人，推动问题实质解决。"
    )
    pressing: Sentence = "对所列诉求立即组织核实，明确责任领导和责任人，限期办结。"
    mixed: Sentence = "对所列诉求逐件核实办理情况，尚未办结的明确责任领导和责任人，抓紧办结。"
    common: tuple[Sentence, ...] = (
        "能够解决的立即解决；一时难以解决的，说明原因、措施和时限，并向群众做好解释工作。",
        "举一反三，排查同类问题，防止反复发生。",
    )


class OrderAsks(Section):
    """``[orders.asks]``: what a unit has to do by the date of 请于……前……."""

    finish: Sentence = "办结并反馈"
    report: Sentence = "报送整改报告"
    account: Sentence = "反馈办理情况"


class OrderPolicy(Section):
    """``[orders]``: the ladder's clocks and words, and what a sweep drafts of itself.

    It drafts papers of the kind ``draft`` over what has come to ``draft_at``: reminders, as orders
    are rare, unless the bureau wants others. ``report`` is within what a 整改报告 is due, ``we``
    what the issuer calls itself.
    """

    receipt: LimitText = "1wd"
    undelivered: LengthText = "4wh"
    report: LimitText = "10wd"
    drafter_may_sign: Literal["if-alone", "always", "never"] = "if-alone"
    draft: Literal["reminder", "notice", "order"] = "reminder"
    draft_at: Literal["none", "red1", "red2", "red3"] = "red3"
    draft_cap: Annotated[int, Field(ge=0)] = 20
    paper_cap: Annotated[int, Field(ge=1)] = 200
    we: Sentence = "我部"
    demands: OrderDemands = OrderDemands()
    asks: OrderAsks = OrderAsks()
