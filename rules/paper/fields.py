"""The fields a template of each kind of paper may use, by the words a secretary writes there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rules.casework import LETTER_NAMES, PAPER_NAMES
from rules.errors import Refused
from rules.paper.statement import Content, Value
from rules.tomlfile import nearest

Form = Literal["line", "lines", "rows", "chart"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a template: ``{{ 文号 }}``, or a list to go through with ``for``.

    ``form`` is what it holds: a line of text, paragraphs, table rows with ``columns``, or a chart:
    rows too, of which the first column names what the others count. A template must use it where
    it is ``needed``.
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
    Field("附件", "附件说明，一行一个，多于一个的带序号", "lines"),
    Field("署名", "发文机关；借用他机关印章的带代章说明", needed=True),
    Field("成文日期", "签发日期：2026年11月20日", needed=True),
    Field("联系人", "本部联系人"),
    Field("联系电话", "本部联系电话"),
    Field("抄送", "抄送机关，没有的为空"),
    Field("印发机关", "版记中的印发机关"),
    Field("印发日期", "版记中的印发日期：2026年11月20日"),
    Field("核验码", "短码，可在留痕中核验", needed=True),
)
"""What stands at the end of every paper."""

ORDER = (
    Field("前情", "二次督办所接续的督办单及其反馈情况，没有的为空", "lines"),
    Field("事实", "事由，逐句为真，可用 duban order check 核对", "lines", needed=True),
    Field("领导批示", "谁于何日批示何语、时限和办结情况，没有的为空", "lines"),
    Field("督办要求", "逐条的要求，不带序号", "lines", needed=True),
    Field("反馈期限", "反馈的期限：2026年11月25日17:30", needed=True),
    Field("反馈时限", "反馈的时限：3个工作日"),
    Field("限时要求", "期限前办什么：请于2026年11月25日17:30前（3个工作日内）办结并反馈。"),
    Field("结语", "按级别由规则给出的结语，可为空"),
    Field("件数", "所列诉求的件数：3件"),
    Field("清单附件号", "诉求清单作为附件时的标签：附件1；不附清单的为空"),
    Field(
        "诉求清单",
        "所列诉求，一行一件",
        "rows",
        ("序号", "工单编号", "诉求事项", "来源渠道", "受理日期", "办结时限", "办理情况"),
    ),
    Field("核算单附件号", "时限核算单作为附件时的标签；不附的为空"),
    Field(
        "核算单",
        "办结时限核算单：每件先有一行抬头（其余三栏为空），后面逐日一行（抬头为空）",
        "rows",
        ("抬头", "日期", "名称", "说明"),
    ),
    Field("核算单附注", "未全部附上时的说明，可为空"),
    Field("回执附件号", "回执作为附件时的标签；不附的为空"),
)
"""What the papers of the ladder say between head and end."""

LETTER = (
    Field("签发人", "签发领导的职务和姓名，上行的公文才有"),
    Field("事实", "依据的事实，逐句为真，可用 duban letter check 核对", "lines", needed=True),
    Field("结论", "决定：准不准、到哪天、由谁办，一句一段", "lines"),
    Field("补充", "拟稿人另写的话，一行一段", "lines"),
    Field("情况表题", "附表的题名；没有附表的为空"),
    Field("情况表", "回访、群众意见，一行一项", "rows", ("序号", "项目", "情况")),
)
"""What the office's own papers say between head and end."""

_BEFORE, _FACTS, _INSTRUCTED = ORDER[:3]

_TOLD = (_BEFORE, _FACTS, _INSTRUCTED)

_LISTED = tuple(field for field in ORDER if field.word in ("件数", "清单附件号", "诉求清单"))

_ANSWERED = tuple(field for field in ORDER if field.word in ("反馈期限", "反馈时限"))

_ASKED = Field("要求", "请求或要求，逐条，不带序号", "lines", needed=True)

_MEETING = (
    Field("约谈时间", "2026年11月27日15:00", needed=True),
    Field("约谈地点", "约谈的地点", needed=True),
    Field("约谈对象", "约谈谁", needed=True),
    Field("约谈人", "谁来约谈，两人", needed=True),
)

NOTICE = (*_TOLD, _ASKED, *_ANSWERED, *_LISTED)
"""What 提示函 and 催办通知 say between head and end: facts, a request, by when to answer."""

TALK = (
    *_TOLD,
    *_MEETING,
    Field("携带材料", "要带的材料，逐项", "lines", needed=True),
    Field("批准领导", "批准约谈的市领导", needed=True),
    _ASKED,
    *_LISTED,
)
"""What a 约谈通知 says."""

TALK_RECORD = (
    *_MEETING,
    Field("约谈情况", "约谈时说了什么，逐条", "lines", needed=True),
    Field("被约谈方意见", "被约谈方的意见和整改承诺，逐条", "lines", needed=True),
    _ASKED,
    *_ANSWERED,
    Field("记录人", "谁记录", needed=True),
)
"""What a 约谈记录 says, which both sides sign."""

REFERRAL = (
    Field("线索情况", "线索的摘要，一段一行", "lines", needed=True),
    _FACTS,
    _ASKED,
    *_LISTED,
    Field("证据附件号", "证据材料清单作为附件时的标签"),
    Field("证据材料", "随函移送的证据材料，一行一项", "rows", ("序号", "材料名称"), needed=True),
)
"""What a 移送函 says to the competent organ."""

_SPREAD = tuple(f"{by}{what}" for by in ("属地", "单位", "渠道") for what in ("", "件数", "占比"))

REPORT = (
    Field("期号", "期号：2026年第12期；拟稿时号为×", needed=True),
    Field("签发人", "签发领导的职务和姓名"),
    Field("基本情况", "件数、首件、可察觉之日、周均和倍数，逐句为真", "lines", needed=True),
    Field("趋势图", "各周件数的图，须单独占一段", "chart", ("时段", "件数", "前四周周均")),
    Field("趋势图题", "图的题名"),
    Field("属地情况", "按属地居前的", needed=True),
    Field("单位情况", "按承办单位居前的", needed=True),
    Field("渠道情况", "按来源渠道居前的", needed=True),
    Field("附表题", "附表的题名"),
    Field("附表", "分布情况，三种并排，末行合计", "rows", _SPREAD),
    Field("典型案例", "按规则选出、已脱敏的案例，一件一段", "lines", needed=True),
    Field("原因", "拟稿人写的原因，一段一行", "lines", needed=True),
    Field("建议", "拟稿人写的建议，一条一行", "lines", needed=True),
    Field("附注", "统计口径", "lines"),
)
"""What a 民情专报 says between head and end."""

_OWN = {
    "order": ORDER,
    "notice": NOTICE,
    "reminder": NOTICE,
    "talk": TALK,
    "talk_record": TALK_RECORD,
    "referral_crime": REFERRAL,
    "referral_duty": REFERRAL,
}

FIELDS: dict[str, tuple[Field, ...]] = {
    **{kind: (*HEADING, *_OWN[kind], *CLOSING) for kind in PAPER_NAMES},
    **dict.fromkeys(LETTER_NAMES, (*HEADING, *LETTER, *CLOSING)),
    "report": (*HEADING, *REPORT, *CLOSING),
}
"""The fields of each kind of paper, in the order they are documented."""

PAPER_KINDS: dict[str, str] = {**PAPER_NAMES, **LETTER_NAMES}
"""What each kind of paper is called."""

EMPTY: dict[Form, Value] = {"line": "", "lines": (), "rows": (), "chart": ()}


def filled(content: Content) -> dict[str, Value]:
    """Return the value of every field of a kind; what is not needed and not given is empty.

    ``Refused`` where a needed field has no value, or where a value belongs to no field.
    """
    fields = FIELDS[content.kind]
    name, known = PAPER_KINDS[content.kind], [field.word for field in fields]
    strange = [word for word in content.values if word not in known]
    if strange:
        raise Refused(f"{strange[0]} 不是{name}的字段{nearest(strange[0], known)}")
    missing = [
        field.word for field in fields if field.needed and not content.values.get(field.word)
    ]
    if missing:
        raise Refused(f"{name}缺少{'、'.join(missing)}：请补全后再办")
    return {field.word: content.values.get(field.word, EMPTY[field.form]) for field in fields}
