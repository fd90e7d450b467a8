"""What is asked of an appeal that is registered by hand: one row a box of the form (登记表).

The form, ``duban ticket new``, what is kept of a form left half done and the reading of what was
typed all follow this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rules.casework import DOORS, words_of
from rules.clocks import NATURES, URGENCIES

ENTRY_KINDS = {
    "appeal": "来电来件",
    "instruction": "批示件",
    "media": "媒体报道",
    "reception": "接访",
}
"""What may be registered: each kind adds a few boxes of its own."""

USUAL_CHANNELS = {"instruction": "上级交办", "media": "媒体", "reception": DOORS["reception"]}
"""The channel that a kind comes by, unless another is typed."""

BoxKind = Literal[
    "choice",  # one of a few words
    "category",  # a path of the list of categories
    "place",  # a cell of the grid, or words
    "unit",  # a unit of the register
    "object",  # who or what it is about; the known ones are offered
    "leader",  # a name; those of the policy are offered
    "moment",  # a time as people say it
    "day",  # a date as people say it
    "phone",
    "limit",  # 3wd
    "line",
    "text",  # several lines
]


@dataclass(frozen=True, slots=True)
class Box:
    """One box: ``name`` is what the command line and a kept form call it.

    ``prompt`` stands in it while it is empty; ``of`` are the kinds of entry that have it, none:
    every kind; ``choices`` are its words where they are always the same. On the command line
    ``option`` takes its text, where that is called otherwise, and ``file_option`` a file with it.
    """

    name: str
    kind: BoxKind
    label: str
    prompt: str = ""
    of: tuple[str, ...] = ()
    needed: bool = False
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)
    option: str = ""
    file_option: str = ""

    @property
    def flag(self) -> str:
        """The option of the command line: ``--reporter``."""
        return f"--{self.option or self.name}"


_PLACE = "网格或街道名称的一部分、代码；也可照原话写"
_UNIT = "名称的一部分、代码或拼音首字母"
_DAY = "例如 昨天、11-20"

# fmt: off
BOXES: tuple[Box, ...] = (
    Box("kind", "choice", "类型", "不写为来电来件", choices=ENTRY_KINDS),
    Box("leader", "leader", "批示人", "谁批示的", of=("instruction",), needed=True),
    Box("instruction", "text", "批示内容", "批示原文", of=("instruction",), needed=True,
        file_option="--instruction-file"),
    Box("limit", "limit", "批示时限", "例如 3wd；不写按规则", of=("instruction",)),
    Box("outlet", "line", "媒体", "报道的媒体", of=("media",), needed=True),
    Box("published", "day", "刊发日期", _DAY, of=("media",), needed=True),
    Box("link", "line", "链接", "网址，可不写", of=("media",)),
    Box("held", "day", "接访日期", _DAY, of=("reception",), needed=True),
    Box("receiver", "leader", "接访领导", "谁接待的", of=("reception",), needed=True),
    Box("channel", "choice", "来源渠道", "名称的一部分或拼音首字母", needed=True),
    Box("received", "moment", "受理时间", "现在；可写 昨天15:00、3小时前"),
    Box("reporter", "line", "诉求人", "姓名，可不写"),
    Box("phone", "phone", "联系电话", "可不写"),
    Box("address", "line", "诉求人地址", "可不写"),
    Box("title", "line", "标题", "不写则取内容的第一句"),
    Box("content", "text", "内容", "诉求人说的话", option="text",
        file_option="--content"),
    Box("nature", "choice", "诉求性质", "不写为其他", choices=words_of(NATURES)),
    Box("urgency", "choice", "紧急程度", "不写为一般", choices=words_of(URGENCIES)),
    Box("confidential", "choice", "保密", "不写则举报保密，其他不保密",
        choices=words_of(("是", "否"))),
    Box("accused", "unit", "被举报单位", "反映的是哪个单位或其工作人员；推测有误写 无"),
    Box("place", "place", "地点", _PLACE),
    Box("category", "category", "类别", "任一级的一部分或拼音首字母"),
    Box("object", "object", "反映对象", "单位、企业、楼盘、项目的名称"),
    Box("unit", "unit", "承办单位", f"{_UNIT}；不写则进待派"),
)
# fmt: on
"""Every box in the order of the form."""


def boxes_of(kind: str) -> tuple[Box, ...]:
    """Return the boxes that a kind of entry has."""
    return tuple(box for box in BOXES if not box.of or kind in box.of)
