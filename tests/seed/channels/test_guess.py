"""What columns of an unknown header are taken for: ten ledgers as bureaus might keep them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from seed.channels.guess import SURE, Guess, Seen, guess
from seed.channels.table import Cell

UNITS = ("洪山区", "市水务局", "江岸区城管局", "关山街道", "市住更局")

LONG = (
    "小区二次供水水箱多年没有清洗，水发黄有异味，物业说不归他们管，请尽快派人处理",
    "楼下烧烤店每天凌晨两点还在营业，油烟噪音很大，老人孩子都睡不好，已经打过三次电话",
    "路口红绿灯坏了一个星期，早晚高峰特别危险，希望有关部门重视",
)

SHORT = ("水箱未清洗水发黄", "烧烤店夜间扰民", "路口红绿灯损坏")

REPLY = (
    "已联系物业于本周五完成清洗并张贴公示，居民表示认可",
    "执法人员已现场约谈店主，责令二十三时前停止营业",
    "市政维修班组已更换控制器，信号灯恢复正常运行",
)

TIMES = ("2026-11-02 09:12:33", "2026-11-03 14:05:01", "2026-11-04 20:41:55")

LATER = ("2026-11-06 10:00", "2026-11-09 16:30", "2026-11-10 11:20")

DAYS = (datetime(2026, 11, 2), datetime(2026, 11, 3), date(2026, 11, 4))

CLOCKS = (time(9, 12), time(14, 5), time(20, 41))

PHONES = ("13871234567", "027-85551234", "158****4321")

PEOPLE = ("李建国", "王女士", "欧阳敏")

NUMBERS = ("HS20261102001", "HS20261102002", "HS20261103001")

PLACES = ("珞喻路152号", "中山大道818号3栋", "雄楚大街与书城路交叉口")

KINDS = ("城市管理/油烟", "住房/物业", "交通/信号灯")

Ledger = dict[str, tuple[tuple[Cell, ...], str | None]]

LEDGERS: dict[str, Ledger] = {
    "区热线台账": {
        "序号": ((1, 2, 3), None),
        "件号": (NUMBERS, "number"),
        "来电登记时刻": (TIMES, "received_at"),
        "市民反映的具体问题": (LONG, "content"),
        "责任落实部门": (UNITS[:3], "unit"),
        "限期办结日期": (LATER, "due_at"),
        "完成情况": (("已解决", "未解决", "部分解决"), "outcome"),
        "市民满意程度": (("满意", "不满意", "基本满意"), "result_rating"),
    },
    "街道网格群": {
        "日期": (DAYS, "received_at"),
        "时间": (CLOCKS, "received_at"),
        "群名": (("关山一群", "关山二群", "关山一群"), None),
        "居民": (PEOPLE, "reporter"),
        "说了什么": (LONG, "content"),
        "所属社区网格": (("420111001001", "420111001002", "420111001003"), "grid"),
    },
    "拼音库表": {
        "GDBH": (NUMBERS, "number"),
        "SLSJ": (TIMES, "received_at"),
        "BT": (SHORT, "title"),
        "NR": (LONG, "content"),
        "LXDH": (PHONES, "phone"),
        "CBDW": (UNITS[:3], "unit"),
        "BJSJ": (LATER, "closed_at"),
    },
    "全拼库表": {
        "shoulishijian": (TIMES, "received_at"),
        "biaoti": (SHORT, "title"),
        "dafuyijian": (REPLY, "reply"),
        "chengbandanwei": (UNITS[:3], "unit"),
    },
    "英文接口": {
        "case_no": (NUMBERS, "external_id"),
        "created_at": (TIMES, "received_at"),
        "summary": (SHORT, "title"),
        "description": (LONG, "content"),
        "status": (("已办结", "办理中", "已办结"), "outcome"),
        "agency": (UNITS[:3], "unit"),
        "location": (PLACES, "address"),
        "closed_date": (LATER, "closed_at"),
    },
    "住建投诉": {
        "投诉件流水编号": (NUMBERS, "external_id"),
        "投诉事项概要": (SHORT, "title"),
        "投诉人姓名": (PEOPLE, "reporter"),
        "投诉人手机号": (PHONES, "phone"),
        "被投诉企业名称": (("某某物业公司", "某某置业集团", "某某装饰公司"), "object"),
        "收到投诉的日期": (TIMES, "received_at"),
        "处理结果": (("已解决", "解释说明", "已解决"), "outcome"),
    },
    "信访登记簿": {
        "登记日期": (DAYS, "received_at"),
        "信访人": (PEOPLE, "reporter"),
        "信访事由": (SHORT, "title"),
        "涉及区域": (("洪山区", "江岸区", "武昌区"), "grid"),
        "转送单位": (UNITS[:3], "unit"),
        "答复信访人时间": (LATER, "replied_at"),
        "答复摘要内容": (REPLY, "reply"),
    },
    "市长信箱导出": {
        "信件编码": (NUMBERS, "external_id"),
        "写信时间": (TIMES, "received_at"),
        "信件主题": (SHORT, "title"),
        "信件正文": (LONG, "content"),
        "信件分类": (KINDS, "category"),
        "回信内容": (REPLY, "reply"),
        "回信日期": (LATER, "replied_at"),
    },
    "没有列名的外包表": {
        "A": (NUMBERS, "external_id"),
        "B": (TIMES, "received_at"),
        "C": (SHORT, "title"),
        "D": (LONG, "content"),
        "E": (PHONES, "phone"),
        "F": (("满意", "不满意", "未评价"), "result_rating"),
    },
    "督查考核表": {
        "诉求件唯一编号": (NUMBERS, "external_id"),
        "诉求提出时间": (TIMES, "received_at"),
        "诉求主题描述": (SHORT, "title"),
        "缓急等级": (("一般", "紧急", "一般"), "urgency"),
        "牵头办理单位": (UNITS[:3], "unit"),
        "配合办理单位": (UNITS[1:4], "co_units"),
        "单位签收日期": (LATER, "acknowledged_at"),
        "对办理过程评价": (("满意", "满意", "不满意"), "work_rating"),
        "备注": (("", "", "转来"), None),
    },
}


def seen(header: str, cells: tuple[Cell, ...]) -> Seen:
    return Seen(header, cells, cells)


def guessed(ledger: Ledger) -> list[Guess]:
    columns = [seen(header, cells) for header, (cells, _) in ledger.items()]
    return guess(columns, lambda word: word in UNITS)


@pytest.mark.parametrize("name", LEDGERS)
def test_the_columns_of_a_ledger_are_known(name: str) -> None:
    ledger = LEDGERS[name]
    found = {each.header: each.field for each in guessed(ledger)}
    assert found == {header: field for header, (_, field) in ledger.items()}


def test_a_guess_says_how_sure_it_is_and_why() -> None:
    found = {each.header: each for each in guessed(LEDGERS["没有列名的外包表"])}
    assert found["E"].why == "样例像联系电话" and found["E"].sure < SURE
    assert found["F"].doubt == "也可能是工作满意"
    assert found["A"].samples == NUMBERS
    named = {each.header: each for each in guessed(LEDGERS["住建投诉"])}
    assert (named["投诉人姓名"].why, named["投诉人姓名"].doubt) == ("列名同义", "")


def test_a_name_that_its_cells_belie_is_doubtful() -> None:
    (found,) = guess([seen("来电登记时间", ("不详", "未填"))], lambda _: False)
    assert (found.field, found.doubt) == ("received_at", "样例不像受理时间")
    assert found.sure < SURE


def test_a_time_of_day_far_from_any_date_is_no_moment() -> None:
    columns = [seen("受理日期", DAYS), seen("标题", SHORT), seen("接听时长时间", CLOCKS)]
    assert [each.field for each in guess(columns, lambda _: False)] == [
        "received_at",
        "title",
        None,
    ]
