"""City message boards as published for study: 留言, with or without reply or category."""

from __future__ import annotations

from seed.channels.profile import Profile, Row, Values
from seed.channels.words import guessed_nature


def _complete(values: Values, row: Row) -> None:
    """Take a published reply as the end of the matter: the board shows no later step."""
    values["channel"] = "城市留言板"
    values["nature"] = guessed_nature(values["title"])
    values["closed_at"] = values.get("replied_at")


PROFILE = Profile(
    name="teddy",
    label="城市留言板",
    columns={
        "留言编号": "external_id",
        "留言用户": "reporter",
        "留言主题": "title",
        "留言时间": "received_at",
        "留言详情": "content",
        "答复意见": "reply",
        "答复时间": "replied_at",
        "一级分类": "category",
        "一级标签": "category",
    },
    needs=(frozenset(("留言编号", "留言主题", "留言时间")),),
    complete=_complete,
    derived={"closed_at": "答复时间"},
    known=frozenset(("反对数", "点赞数")),
    gathers="category",
)
