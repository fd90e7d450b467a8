"""The exchange file: the one form every bureau can fill, headers in either language."""

from __future__ import annotations

from seed.channels.profile import Profile, Row, Values, normal
from seed.channels.words import category, confidential, nature, outcome, rating, units, urgency

LABELS = {
    "number": "工单编号",
    "channel": "来源渠道",
    "external_id": "渠道编号",
    "nature": "诉求性质",
    "category": "类别",
    "urgency": "紧急程度",
    "title": "标题",
    "content": "内容",
    "object": "被反映对象",
    "reporter": "诉求人",
    "phone": "联系电话",
    "confidential": "保密",
    "grid": "网格",
    "address": "地址",
    "unit": "承办单位",
    "co_units": "协办单位",
    "handler": "首办责任人",
    "received_at": "受理时间",
    "dispatched_at": "交办时间",
    "acknowledged_at": "签收时间",
    "contacted_at": "首次联系时间",
    "reply": "答复意见",
    "replied_at": "答复时间",
    "due_at": "办结时限",
    "closed_at": "办结时间",
    "outcome": "办理结果",
    "result_rating": "群众满意",
    "work_rating": "工作满意",
    "rated_at": "评价时间",
    "updated_at": "更新时间",
}


def _complete(values: Values, row: Row) -> None:
    """Read the columns whose words come from a list."""
    for name, listed in (
        ("nature", nature),
        ("urgency", urgency),
        ("outcome", outcome),
        ("result_rating", rating),
        ("work_rating", rating),
        ("confidential", confidential),
        ("category", category),
    ):
        if text := values.get(name):
            values[name] = listed(text)
    values["co_units"] = units(row.word("co_units") or row.word(LABELS["co_units"]))


PROFILE = Profile(
    name="duban",
    label="督办台交换表",
    columns={name: name for name in LABELS} | {normal(text): name for name, text in LABELS.items()},
    needs=(frozenset(("title",)), frozenset(("content",))),
    complete=_complete,
)
