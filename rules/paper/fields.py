"""The fields a template of each kind of paper may use, by the words a secretary writes there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["line", "lines", "rows"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a template: ``{{ 文号 }}``, or a list to go through with ``for``.

    ``form`` is what it holds: a line of text, paragraphs, or table rows with ``columns``. A
    template must use it where it is ``needed``.
    """

    word: str
    about: str
    form: Form = "line"
    columns: tuple[str, ...] = ()
    needed: bool = False


HEADING = (
    Field("机关标志", "红色发文机关标志：机关名称加文种"),
    Field("文种", "督办单、提示函等，督办单带颜色：黄色督办单"),
    Field("紧急程度", "特急、加急，一般件为空"),
    Field("密级", "不公开的文书为“内部”，其余为空"),
    Field("文号", "发文字号：武网督〔2026〕12号；拟稿时号为×", needed=True),
    Field("标题", "标题，一行一段，已按词断行", "lines", needed=True),
    Field("主送", "主送机关", needed=True),
)
"""What stands at the head of every paper."""

CLOSING = (
    Field("附件", "附件说明，一行一段，多于一个的带序号", "lines"),
    Field("署名", "发文机关；借用他机关印章的带代章说明", needed=True),
    Field("成文日期", "签发日期，阿拉伯数字", needed=True),
    Field("抄送", "抄送机关，没有的为空"),
    Field("联系人", "本部联系人"),
    Field("联系电话", "本部联系电话"),
    Field("核验码", "短码，可在留痕中核验", needed=True),
)
"""What stands at the end of every paper."""

ORDER = (
    Field("前情", "此前的提示、催办、督办", "lines"),
    Field("事实", "督办事由：逐句为真，可在 duban order check 中核对", "lines", needed=True),
    Field("督办要求", "逐条的要求", "lines", needed=True),
    Field("反馈期限", "反馈期限：2026年11月25日17:30", needed=True),
    Field("反馈时限", "反馈时限：3个工作日"),
    Field("结语", "按级别由规则给出的结语，可为空"),
    Field(
        "诉求清单",
        "所列诉求，一行一件",
        "rows",
        ("序号", "工单编号", "诉求事项", "来源渠道", "受理日期", "办结时限", "办理情况"),
    ),
)
"""What an order says between head and end."""

FIELDS: dict[str, tuple[Field, ...]] = {"order": (*HEADING, *ORDER, *CLOSING)}
"""The fields of each kind of paper, in the order they are documented."""
