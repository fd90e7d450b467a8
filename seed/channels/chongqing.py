"""Published Chongqing 12345 tickets: title, content, date of reply and reply, without header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seed.channels.profile import Profile, Row, Values
from seed.channels.table import Cell
from seed.channels.words import guessed_nature

_STAMP = re.compile(r"\s*\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\s*")

HEADERS = ("标题", "内容", "答复时间", "答复意见")


def _fits(cells: Sequence[Cell]) -> bool:
    """Whether a row has the four columns, the third a date and time."""
    return len(cells) == 4 and isinstance(cells[2], str) and bool(_STAMP.fullmatch(cells[2]))


def _complete(values: Values, row: Row) -> None:
    """Close each ticket by its reply; its receipt is unknown and no later than that."""
    values["channel"] = "12345电话"
    values["nature"] = guessed_nature(values["title"])
    values["received_at"] = values["closed_at"] = values.get("replied_at")


PROFILE = Profile(
    name="chongqing",
    label="重庆12345公开工单",
    columns={"标题": "title", "内容": "content", "答复时间": "replied_at", "答复意见": "reply"},
    needs=(),
    complete=_complete,
    derived={"closed_at": "答复时间"},
    headers=HEADERS,
    fits=_fits,
)
