"""Twelve rules as their clauses speak, told in our own words: what is read of each.

The facts are those of the rule and article named; the examples of ``duban policy examples`` say
the same, and tests/seed/reference/test_examples.py gives the dates.
"""

from __future__ import annotations

from typing import Any

import pytest

from rules.clauses.lexicon import Vocabulary
from rules.clauses.reading import read_clauses

KNOWN = Vocabulary(
    ("12345电话", "上级交办", "市长信箱"),
    ("城市管理", "城市管理/环卫保洁", "城市管理/环卫保洁/垃圾清运", "公用事业/供水"),
)

PETITIONS = """信访工作条例
第二十二条 信访部门收到信访事项应当登记，并区分情况，在15日内分别按照下列方式处理：
第二十三条 有关机关应当自收到信访事项之日起15日内书面告知信访人；不属于本机关职权范围的，
应当自收到之日起5个工作日内提出异议。
第三十四条 信访事项应当自受理之日起60日内办结；情况复杂的，经本机关负责人批准，可以延长期限，
但延长期限不得超过30日。
第三十五条 信访人不服的，可以自收到书面答复之日起30日内请求复查。
收到复查请求的机关应当自收到之日起30日内提出复查意见。
第三十六条 听证所需时间不计算在期限内。"""

DISCLOSURE = """政府信息公开条例
第三十条 申请内容不明确的，应当自收到申请之日起7个工作日内一次性告知申请人补正，
答复期限自收到补正的申请之日起计算。
第三十二条 第三方应当自收到征求意见书之日起15个工作日内提出意见。
第三十三条 不能当场答复的，应当自收到申请之日起20个工作日内答复；需要延长的，经政府信息公开
工作机构负责人同意，延长的期限最长不超过20个工作日。
征求第三方意见所需时间不计算在前款期限内。"""

PERMITS = """行政许可法
第三十二条 材料不齐全的，应当在五日内一次告知申请人需要补正的全部内容。
第四十二条 应当自受理申请之日起二十日内作出行政许可决定；二十日内不能决定的，经本机关负责人批准，
可以延长十日。
第四十五条 听证、检验、检测、鉴定所需时间不计算在期限内。
第八十二条 实施行政许可的期限以工作日计算，不含法定节假日。"""

MARKET = """市场监督管理投诉举报处理办法、行政处罚程序规定
一、应当自收到投诉之日起七个工作日内作出受理或者不予受理的决定。
二、自投诉受理之日起六十日内未能达成调解协议的，终止调解。
三、应当自收到举报之日起十五个工作日内予以核查；特殊情况下，经负责人批准，
可以延长十五个工作日。"""

BEIJING = """12345市民服务热线服务与管理规范
一、突发事件和可能危及生命财产安全的，2小时内反馈；
二、一般诉求7日内反馈；
三、复杂疑难诉求15日内反馈。"""

TIANJIN = """天津市政务服务便民热线管理办法实施细则
第八条 可能危及生命财产安全的诉求，应当在15分钟内接收；水、电、气、热等基本民生保障的诉求，
应当在30分钟内接收；一般诉求应当在1个工作日内接收。
第十条 不属于本单位职责的，应当在收到后1个工作日内退回。
经三次派单仍不能确定承办单位的，热线工作机构可以指定承办单位。"""

GUANGDONG = """广东省12345政务服务便民热线管理办法
承办单位应当按以下时限办理并答复：
（一）咨询类事项，自收到之日起2个工作日；
（二）求助、建议类事项，自收到之日起10个工作日；
（三）投诉、举报类事项，自收到之日起15个工作日。"""

SHANDONG = """山东省政务服务热线管理办法
一、承办单位应当在接到热线事项5个工作日内办理完毕并回复来电人。特别复杂的可以申请延长办理期限，
延期时限一般不超过10个工作日。
二、不属于本单位职责范围的，应当在2个工作日内回退。
三、热线实行24小时（含节假日）人工服务。"""

BENGBU = """市热线办理规定
一、承办单位1个工作日内签收。
二、12345电话渠道5个工作日内办结，上级交办3个工作日内办结。
三、一般应急20分钟、重大应急10分钟内首次联系并反馈。
四、网络渠道3个工作日内办结。"""

HUANGSHAN = """市长信箱办理工作流程
三、一般邮件应当在5个工作日内办结并回复，情况复杂的可延长至10个工作日，特别复杂的可适当延长，
但最长不得超过邮件收到之日起15个工作日。"""

URBAN = """数字化城市管理处置标准
（一）违法搭建：15个工作日拆除；
（二）垃圾清运：1个工作日清除；
（三）道路不洁：5工作时清除。"""

HANDED_OVER = """12345与110对接联动实施方案
一、110接到的非警务事项，应当在30分钟内转办至12345。
二、承办单位2小时内签收，当日联系群众，3个工作日内答复。
三、警情应当立即转办。"""


@pytest.mark.parametrize(
    ("text", "found", "unsaid", "needless"),
    [
        (
            PETITIONS,
            [
                "dispatch=15d",
                "accept=15d",
                "starts.accept=received",
                "return=5wd",
                "close=60d",
                "starts.close=accepted",
                "extension=30d",
                "extension_by=principal",
                "review=30d",
            ],
            ["第三十五条"],
            ["第三十六条"],
        ),
        (
            DISCLOSURE,
            [
                "again.close=supplemented",
                "close=20wd",
                "starts.close=received",
                "extension=20wd",
                "extension_by=principal",
            ],
            ["第三十条", "第三十二条"],
            ["第三十三条"],
        ),
        (
            PERMITS,
            ["close=20wd", "starts.close=accepted", "extension=10wd", "extension_by=principal"],
            ["第三十二条"],
            ["第四十五条", "第八十二条"],
        ),
        (
            MARKET,
            [
                "nature=投诉 accept=7wd",
                "nature=投诉 starts.accept=received",
                "nature=投诉 close=60d",
                "nature=投诉 starts.close=accepted",
                "nature=举报 close=15wd",
                "nature=举报 starts.close=received",
                "nature=举报 extension=15wd",
                "nature=举报 extension_by=principal",
            ],
            [],
            [],
        ),
        (BEIJING, ["urgency=特急 close=2h", "close=7d", "own=15d"], [], []),
        (
            TIANJIN,
            [
                "urgency=特急 acknowledge=15m",
                "urgency=紧急 acknowledge=30m",
                "acknowledge=1wd",
                "return=1wd",
                "returns=3",
            ],
            [],
            [],
        ),
        (
            GUANGDONG,
            [
                "nature=咨询 close=2wd",
                "nature=咨询 starts.close=received",
                "nature=求助、建议 close=10wd",
                "nature=求助、建议 starts.close=received",
                "nature=投诉、举报 close=15wd",
                "nature=投诉、举报 starts.close=received",
            ],
            [],
            [],
        ),
        (SHANDONG, ["close=5wd", "extension=10wd", "return=2wd"], [], []),
        (
            BENGBU,
            [
                "acknowledge=1wd",
                "channel=12345电话 close=5wd",
                "channel=上级交办 close=3wd",
                "urgency=紧急 contact=20m",
                "urgency=特急 contact=10m",
            ],
            ["四"],
            [],
        ),
        (HUANGSHAN, ["close=5wd", "extends_to=10wd", "extends_to_most=15wd"], [], []),
        (
            URBAN,
            ["category=城市管理/环卫保洁/垃圾清运 close=1wd"],
            ["（一）", "（三）"],
            [],
        ),
        (HANDED_OVER, ["dispatch=30m", "acknowledge=2h", "contact=0wd", "close=3wd"], ["三"], []),
    ],
    ids=lambda told: told.split("\n")[0] if isinstance(told, str) else "",
)
def test_what_is_read_of_a_rule(
    text: str, found: list[str], unsaid: list[str], needless: list[str]
) -> None:
    read = read_clauses(text, KNOWN)
    assert [_told(each.asked, each.key, each.value) for each in read.found] == found
    assert [each.clause.place for each in read.unsaid] == unsaid
    assert [each.clause.place for each in read.needless] == needless


def _told(asked: Any, key: str, value: Any) -> str:
    conditions = "".join(f"{name}={'、'.join(map(str, values))} " for name, values in asked)
    return f"{conditions}{key}={value}"
