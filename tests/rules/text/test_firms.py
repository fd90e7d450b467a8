"""Firms as people write them: one core for every way of writing one, and never a person."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from rules.text.bodies import WHOSE
from rules.text.firms import firm_of, firms_in

WAYS = (
    "武汉市青禾公寓管理有限公司",
    "武汉青禾公寓管理有限责任公司",
    "青禾公寓",
    "青禾公寓管理公司",
    "青禾公寓(武汉)有限公司",
    "青禾公寓（武汉）有限公司洪山分公司",
    "湖北省武汉市洪山区青禾公寓管理有限公司",
    "“青禾 公寓”",
    "《青禾公寓》",
    "青禾长租公寓",
    "青禾公寓管理股份有限公司",
)


@pytest.mark.parametrize("written", WAYS)
def test_every_way_of_writing_a_firm_has_one_core(written: str) -> None:
    firm = firm_of(written)
    assert firm is not None and firm.core == "青禾公寓" and firm.brand == "青禾"


@pytest.mark.parametrize(
    ("written", "core"),
    [
        ("青禾物业服务有限公司", "青禾物业"),
        ("武汉青禾集团股份有限公司", "青禾"),
        ("武汉宏远实业有限公司", "宏远"),
        ("城市花园物业", "城市花园物业"),
        ("武汉和平房地产经纪有限公司第三分公司", "和平房产中介"),
        ("美的电器有限公司", "美的电器"),
        ("洪山区翠屏花园小区", "翠屏花园"),
        ("翠屏花园（二期）", "翠屏花园"),
        ("翠屏小区", "翠屏小区"),
    ],
)
def test_a_firm_keeps_what_tells_it_apart(written: str, core: str) -> None:
    firm = firm_of(written)
    assert firm is not None and firm.core == core


@pytest.mark.parametrize(
    "written",
    [
        "个体工商户王五（好又来餐馆）",
        "王五（好又来餐馆）",
        "好又来餐馆（经营者：王五）",
        "个体户 王五，字号：好又来餐馆",
    ],
)
def test_of_a_sole_trader_only_the_trade_name_is_kept(written: str) -> None:
    firm = firm_of(written)
    assert firm is not None and firm.written == firm.core == "好又来餐馆"


@pytest.mark.parametrize(
    "written",
    [
        "张先生",
        "房东李某",
        "房东张伟公寓",
        "王强（个体工商户）",
        "王强的公司",
        "王强的父亲的物业公司",
        "恒润公司法定代表人张三",
        "恒润物业王经理",
        "恒润物业有限公司老板",
        "张三亲属公司",
        "李*物业公司",
        "某物业公司",
        "欧阳明月",
        "物业公司",
        "小区物业",
        "该公司",
        "开发商",
        "",
    ],
)
def test_persons_and_what_has_no_name_are_no_firms(written: str) -> None:
    assert firm_of(written) is None


@pytest.mark.parametrize(
    ("text", "cores"),
    [
        ("本人租住在武汉青禾公寓管理有限公司位于洪山区的房间", ["青禾公寓"]),
        ("我们小区物业公司不作为，要求青禾物业公司整改", ["青禾物业"]),
        ("关于武昌区和平物业服务有限公司乱收费", ["和平物业"]),
        ("物业公司换成了金色物业", ["金色物业"]),
        ("青禾长租改名叫云栖公寓，房东李某也不管", ["青禾租赁", "云栖公寓"]),
        ("房东张先生不退押金", []),
        ("小区门口道路施工，路灯不亮", []),
        ("多次到物业反映，物业费照收，房产证也没有", []),
        ("南湖广场优学堂培训学校突然关门", ["优学堂培训"]),
        ("翠屏花园物业不作为", ["翠屏花园物业"]),
        ("洪山区长租公寓乱涨价", []),
        ("办卡后青禾健身会所关门", ["青禾健身"]),
        ("感谢武汉和美物业", ["和美物业"]),
    ],
)
def test_firms_are_found_in_running_text(text: str, cores: list[str]) -> None:
    assert [firm.core for firm in firms_in(text)] == cores


BRANDS = st.text("青禾云栖锦绣翠柳银杏海棠", min_size=2, max_size=4)
TRADE_WORDS = st.sampled_from(["物业", "公寓", "旅行社"])


@given(BRANDS, TRADE_WORDS, st.sampled_from(["", "武汉", "武汉市洪山区"]))
def test_place_and_legal_form_make_no_other_firm(brand: str, trade: str, place: str) -> None:
    plain = firm_of(brand + trade)
    assert plain is not None
    for form in ("有限公司", "有限责任公司", "股份有限公司", "(武汉)有限公司", "公司江岸分公司"):
        firm = firm_of(place + brand + trade + form)
        assert firm is not None and firm.core == plain.core


@given(st.text("青禾物业公寓有限责任司集团张某先生房东的（）() 、，武汉市区1", max_size=24))
def test_what_is_found_is_a_fixed_point_and_nobody_s_own(text: str) -> None:
    for firm in firms_in(text):
        assert firm_of(firm.written) == firm
        assert not WHOSE.search(firm.written) and "的" not in firm.written


@given(st.sampled_from("王李张刘陈"), st.sampled_from(["先生", "女士", "某", "某某", "经理"]))
def test_nobody_with_a_title_is_a_firm(surname: str, title: str) -> None:
    assert firm_of(f"{surname}{title}物业公司") is None
    assert list(firms_in(f"投诉{surname}{title}物业公司")) == []
