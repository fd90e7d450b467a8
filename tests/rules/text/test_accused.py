"""Which units an appeal is against: real wordings, and those in which a unit is only named."""

from __future__ import annotations

import pytest

from rules.text.accused import UnitWords, accused_in

WORDS = (
    ("武汉市住房和城市更新局", 1),
    ("市住更局", 1),
    ("市房管局", 1),
    ("武汉市城市管理执法委员会", 2),
    ("市城管局", 2),
    ("市水务局", 3),
    ("洪山区", 4),
    ("洪山区政府", 4),
    ("洪山", 4),
    ("市公安局", 5),
    ("市交管局", 5),
    ("市公交集团", 6),
    ("市政务中心", 7),
    ("东湖高新区", 8),
    ("光谷", 8),
)
UNITS = UnitWords(WORDS)


def against(nature: str, title: str, content: str = "") -> set[int]:
    """Return the units that a text is taken to be against."""
    return {one.unit_id for one in accused_in(nature, title, content, UNITS)}


@pytest.mark.parametrize(
    ("told", "units"),
    [
        ("举报市住更局工作人员收受开发商红包", {1}),
        ("反映市城管局执法人员乱收费", {2}),
        ("市公安局民警办案推诿，三个月不立案", {5}),
        ("投诉市政务中心窗口态度恶劣", {7}),
        ("洪山区政府工作人员吃拿卡要", {4}),
        ("洪山区干部张某收受商户礼品", {4}),
        ("多次向市水务局反映，一直推诿", {3}),
        ("找市房管局投诉，工作人员互相踢皮球", {1}),
        ("市城管局和市水务局互相推诿", {2, 3}),
        ("市城管局、市水务局、洪山区相互推诿，无人处理", {2, 3, 4}),
        ("请查处市住更局科长张某受贿", {1}),
        ("实名举报：武汉市住房和城市更新局房产科科长李某某以权谋私", {1}),
        ("关于市住更局工作人员的投诉", {1}),
        ("市公交集团518路司机态度恶劣", {6}),
        ("投诉市水务局办事大厅工作人员上班时间玩手机", {3}),
        ("东湖高新区管委会不作为", {8}),
        ("市交管局辅警辱骂群众", {5}),
        ("市城管局个别领导涉嫌包庇商家", {2}),
        ("要求处理市公安局工作人员失职", {5}),
        ("市住更局服务窗口人员爱理不理", {1}),
        ("洪山区市政务中心窗口人员态度不好", {7}),
        ("市公安局市交管局辅警辱骂群众", {5}),
        ("市 住 更 局 工作人员 推诿", {1}),
    ],
)
@pytest.mark.parametrize("nature", ["投诉", "举报"])
def test_a_unit_whose_conduct_is_told_is_accused(nature: str, told: str, units: set[int]) -> None:
    assert against(nature, told) == units
    assert against(nature, "情况反映", f"您好。\n{told}。望回复") == units


@pytest.mark.parametrize(
    "told",
    [
        "洪山区某物业公司工作人员态度差",
        "洪山区城管队伍之外的物业公司不作为",
        "请市城管局执法人员尽快查处占道摊贩，店家态度恶劣",
        "希望市住更局工作人员协调，物业推诿",
        "市水务局工作人员告知系开发商责任，开发商态度恶劣",
        "市公安局民警到场后店家态度嚣张",
        "物业态度恶劣，市住更局工作人员多次调解无果",
        "洪山区小区停水，物业不作为",
        "感谢市城管局工作人员，但物业推诿",
        "向市住更局反映物业推诿",
        "由市城管局窗口受理",
        "光谷某商家推诿扯皮",
        "市水务局工作人员上门看过，水管仍漏",
        "区水务局工作人员态度恶劣",
        "市水务局服务态度很好",
        "建议市公交集团司机加强培训",
        "举报洪山区违章建筑",
        "洪山区711路司机态度恶劣",
        "洪山区某银行客服态度恶劣",
        "举报洪山某公司偷税",
        "举报市水务局旁边小区物业乱收费",
    ],
)
@pytest.mark.parametrize("nature", ["投诉", "举报"])
def test_a_unit_that_is_only_named_is_not(nature: str, told: str) -> None:
    assert against(nature, told) == set()


def test_a_report_of_a_body_itself_is_against_it() -> None:
    assert against("举报", "举报市住更局违规招标") == {1}
    assert against("投诉", "投诉市住更局官网打不开") == set()


@pytest.mark.parametrize("nature", ["咨询", "求助", "建议", "表扬", "其他"])
def test_other_natures_are_against_nobody(nature: str) -> None:
    assert against(nature, "市城管局执法人员乱收费") == set()


def test_the_words_that_pointed_at_a_unit_are_kept() -> None:
    (found,) = accused_in("投诉", "求解决", "昨天市城管局执法人员乱收费200元", UNITS)
    assert found.words == "市城管局执法人员乱收费"


def test_of_two_names_the_longer_is_found() -> None:
    units = UnitWords([("市公安局", 1), ("市公安局交通管理局", 2)])
    assert [one.unit_id for one in units.mentions("市公安局交通管理局和市公安局")] == [2, 1]
