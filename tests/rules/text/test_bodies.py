"""Objects that may be offered: organisations, buildings and projects, never a person."""

from __future__ import annotations

import pytest

from rules.text.bodies import names_a_body


@pytest.mark.parametrize(
    "name",
    [
        "武汉恒润尚公寓管理有限公司",
        "恒润尚公寓",
        "银湖二期项目部",
        "蔡林烧烤吧",
        "金色雨污分流改造项目部",
        "清真KTV",
        "洪山区第三小学",
        "绿地国际花园",
        "轨道交通2号线",
    ],
)
def test_a_body_is_offered(name: str) -> None:
    assert names_a_body(name)


@pytest.mark.parametrize(
    "name",
    [
        "王小明",
        "欧阳明月",
        "楼上住户",
        "3栋2单元房东李某",
        "恒润公司法定代表人张三",
        "恒润物业王经理",
        "公交538路司机",
        "洪山小学李老师",
        "物业",
        "不知道",
        "有人在小区里养鸡，天天叫个不停，居民都睡不好觉，请有关部门管一管",
    ],
)
def test_a_person_or_nobody_is_not(name: str) -> None:
    assert not names_a_body(name)
