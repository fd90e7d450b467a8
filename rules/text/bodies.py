"""Which names of objects are those of organisations or places, and so may be offered to others.

Only organisations become entities, never a person (DESIGN §11, Names): a name that does not say
what kind of body it is, or that says whose, is offered to nobody.
"""

from __future__ import annotations

import re

_BODY = re.compile(
    "公司|集团|企业|商行|工厂|[化药钢纸电水]厂|[饭酒餐茶药书车旅驿网]店|酒楼|饭庄|餐馆|烧烤|早餐|烧烤吧|网吧|KTV|ktv"
    "|超市|商场|市场|商城|广场|中心|大厦|写字楼|小区|社区|花园|家园|公寓|新村|[\u4e00-\u9fff]{2}(?:苑|城|府|园|湾|里|庭|郡|居)$"
    "|物业|项目部?|工地|工程|学校|小学|中学|大学|学院|幼儿园|培训|医院|诊所|卫生院|门诊|药房|银行|保险"
    "|[局委办厅署院馆社]$|管委会|街道办?|派出所|车站|[加充]电?[油电]?站|协会|出行|单车|健身|租赁|停车|旅行社"
    "|地铁|公交|号线|[\u4e00-\u9fff\\d]路$|大道|隧道|大桥|公园|景区|热力|燃气|自来水|供电|快递|物流|平台"
)

WHOSE = re.compile(
    "房东|房主|业主|户主|住户|租客|租户|邻居|楼上|楼下|先生|女士|小姐|某|老板|法人|法定代表|经理|司机|师傅|医生"
    "|老师|教师|同学|妻子|丈夫|儿子|女儿|亲属|亲戚|村民|居民"
)
"""What a name says of whose it is, or who they are to it: no organisation is called so."""

SHORTEST = 4
"""Signs of a name that no person has."""

LONGEST = 30
"""Signs beyond which it is a sentence."""


def names_a_body(name: str) -> bool:
    """Return whether a name is clearly an organisation's, a building's or a project's."""
    plain = name.strip()
    if not SHORTEST <= len(plain) <= LONGEST or WHOSE.search(plain):
        return False
    return _BODY.search(plain) is not None
