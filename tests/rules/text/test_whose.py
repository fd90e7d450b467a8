"""The row's own person, wherever they stand in its title, content or reply."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from rules.text.masking import MASKED, Masking


@dataclass(frozen=True, slots=True)
class Row:
    reporter: str | None = "王小明"
    phone: str | None = None
    address: str | None = None
    confidential: bool | None = False


HOME = "洪山区关山街道锦绣花园3栋2单元1502室"


@pytest.mark.parametrize(
    ("row", "written", "shown"),
    [
        (Row(), "我是王小明，反映噪音", "我是王**，反映噪音"),
        (Row(), "王小明（女）", "王**（女）"),
        (Row(), "王先生来电，王女士也来", "王**来电，王**也来"),
        (Row(), "经回访，小明同志表示满意", "经回访，**同志表示满意"),
        (Row(), "王 小 明签名", "王**签名"),
        (Row(), "王　小明签名", "王**签名"),
        (Row("王女士"), "已联系王女士", "已联系王**"),
        (Row("王女士"), "已联系王阿姨", "已联系王**"),
        (Row("欧阳建"), "欧阳先生说", "欧阳**说"),
        (Row("诸葛小明"), "小明说", "**说"),
        (Row("李建国"), "李建国称建国路建设", "李**称建国路建设"),
        (Row("高兴"), "我很高兴", "我很高兴"),
        (Row("王"), "王家湾", "王家湾"),
        (Row("市民"), "市民反映", "市民反映"),
        (Row("匿名"), "匿名", "匿名"),
        (Row("王**"), "王**反映", "王**反映"),
        (Row("张某某"), "张某某反映", "张某某反映"),
        (Row("John Smith"), "John Smith called", "J********* called"),
        (Row("武汉某商贸有限公司"), "武汉某商贸有限公司反映", "武********反映"),
        (Row(None), "王小明", "王小明"),
        (Row(""), "王小明", "王小明"),
        (Row(address=HOME), f"住{HOME}", "住洪山区关山街道锦绣花园**栋**单元**室"),
        (Row(address=HOME), "锦绣花园3栋楼道", "锦绣花园**栋楼道"),
        (Row(address=HOME), "我家1502漏水，13栋不漏", "我家**漏水，13栋不漏"),
        (Row(address=HOME), "赔1502元，2026年", "赔1502元，2026年"),
        (Row(address=HOME), "邻居5栋2单元301", "邻居**栋**单元**"),
        (Row("林生一"), "本周一又发生一次，生一说", "本周一又发生一次，**说"),
        (Row(address="洪山区关山大道12号"), "关山大道12号油烟", "关山大道**号油烟"),
        (Row(address="洪山区关山大道12号"), "12号油烟", "12号油烟"),
        (Row(address="武汉市"), "武汉市", "武汉市"),
        (Row(address="12 Main St"), "12 Main St is dark", "** Main St is dark"),
        (Row(phone="87654321"), "请打87654321", "请打****4321"),
        (Row(phone="027-87654321"), "请打8765-4321", "请打****4321"),
        (Row(phone="0719-8654321"), "请打8654321", "请打****4321"),
        (Row(phone="12345"), "12345", "12345"),
        (Row(phone="138****5678"), "138****5678", "138****5678"),
    ],
)
def test_the_own_person_is_masked(row: Row, written: str, shown: str) -> None:
    assert MASKED.about(row).text(written) == shown
    assert MASKED.about(row).text(shown) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("王小明举报邻居", "某某举报邻居"),
        ("王先生举报，小明举报", "某某举报，某某举报"),
        (f"住{HOME}", "住（地址保密）"),
        ("住锦绣花园3栋2单元1502室", "住（地址保密）"),
    ],
)
def test_of_a_confidential_person_no_part_stays(written: str, shown: str) -> None:
    row = Row(address=HOME, confidential=True)
    assert MASKED.about(row).text(written) == shown
    assert Masking(False).about(row).text(written) == shown


def test_whoever_may_see_sees_the_words() -> None:
    assert Masking(False).about(Row(address=HOME)).text("王小明住1502室") == "王小明住1502室"


@pytest.mark.parametrize(
    "row",
    [
        Row("(王*", address="[3栋"),
        Row(r"\1王", r"\2", r"(\d+)号3栋"),
        Row("王" * 500, "1" * 500, "号" * 500 + "1" * 50 + "室"),
        Row(" 王小明 ", " ", " "),
    ],
)
def test_hostile_persons_do_no_harm(row: Row) -> None:
    assert MASKED.about(row).text("锦绣花园3栋") in ("锦绣花园3栋", "锦绣花园**栋")
