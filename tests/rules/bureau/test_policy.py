"""The policy file: what it may say, and what a mistake in it is answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from rules.bureau.policy import Policy, read_policy
from rules.errors import PolicyError


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[office]\ncutof = '17:00'", r"\[office\] 中没有 cutof 这一项，最接近的是 cutoff"),
        ("[office]\ncalendar = 'mars'", "“mars”不是日历"),
        ('[bureau]\nname = "a\\u001b[31mb"', "不能有控制字符"),
        ("[colors]\npreset = 'x'", "没有 colors 这一项，最接近的是 colours"),
        ("[[limits]]\nclose = '5wd'\nnatur = '咨询'", r"\[limits第1条\] 中没有 natur .* nature"),
        ("[orders.demands]\noverdu = 'x'", r"\[orders.demands\] 中没有 overdu .* overdue"),
        ("[orders.codes]\nordr = 'x'", r"\[papers\] 中没有 ordr 这一项，最接近的是 order"),
        ("[papers.notice]\ncod = 'x'", r"\[papers.notice\] 中没有 cod 这一项，最接近的是 code"),
        ("[[office.seasons]]\nfrm = '05-01'", r"\[office.seasons第1条\] 中没有 frm .* from"),
    ],
)
def test_an_unknown_key_is_answered_with_the_nearest_one(text: str, said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        read_policy(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [("[bureau]\nname = ", 2), ("a = 1\n\n[office\n", 3), ("[flags]\nmonths = 2\nmonths = 3\n", 3)],
)
def test_broken_toml_is_answered_with_its_line(text: str, line: int) -> None:
    with pytest.raises(PolicyError, match=f"第{line}行第"):
        read_policy(text + "\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[limits]]\nclose = '5x'", "limits第1条.close.*5wd"),
        ("[[limits]]\nnature = '咨讯'", "咨讯.*咨询"),
        ("[[limits]]\nurgency = '加急'", "加急.*特急"),
        ("[[limits]]\nyellow = { closs = '10d' }", "closs.*close"),
        ("[[limits]]\nyellow = '10x'", "10x"),
        ("[office]\ndue_time = 'noon'", "noon.*close"),
        ('[orders.demands]\nlate = "查明\\n原因"', "一行文字"),
        ("[orders.asks]\nfinish = ' 办结'", "首尾不留空格"),
        ("[orders]\nwe = ''", "orders.we"),
        ("[office]\ncutoff = '24:30'", "24:30"),
        ("[office]\nhours = ['9点到12点']", "9点到12点"),
        ("[office]\nhours = ['12:00-09:00']", "分成两段写"),
        ("[office]\nhours = ['09:00-09:00']", "结束必须晚于开始"),
        ("[office]\nhours = ['09:00-12:00', '11:00-17:00']", "重叠"),
        ("[office]\nhours = []", "至少要有一段"),
        ("[office]\nhours = { monday = ['09:00-12:00'] }", "monday.*mon"),
        ("[office]\nhours = 8", "列表"),
        ("[office]\nholidays = ['2026-13-01']", "日期"),
        ("[office]\nholidays = [2026-05-20]\nworkdays = [2026-05-20]", "2026-05-20 既写在"),
        ("[[office.seasons]]\nfrom = '5月'\nto = '09-30'\nhours = []", "5月"),
        ("[bureau]\ntimezone = 'Asia/Wuhan'", "Asia/Wuhan.*Asia/Shanghai"),
        ("[bureau]\nprefix = '武汉'", "bureau.prefix"),
        ("[colours]\npreset = 'rainbow'", "rainbow.*near-due"),
        ("[ranking]\nbasic_weight = 1.5", "ranking.basic_weight"),
        ("[flags]\nmonths = '两'", "整数"),
        ("[[leaders]]\npost = '部长'", "leaders第1条.name.*缺少"),
        ("[orders]\nfeedback = ['3wd', '2wd']", "papers.order.answer.*按一、二、三级写三项"),
        ("[orders]\ndraft = 'talk'", "orders.draft.*talk.*reminder"),
        ("[papers.talk]\napproves = ''", "约谈须由市领导批准"),
        ("[papers.referral_duty]\nconfidential = false", "一律不公开"),
        ("[papers.referral_crime]\nsigns = ['deputy']", "主要负责人签发"),
        ("[papers.order]\nclosing = ['逾期将予以通报。']", "一级督办单不写“通报”"),
        ("[papers.notice]\nclosing = ['否则问责。']", "提示函不写“问责”"),
        ("[[leaders]]\nname = '张明'\nrank = '正职'", "rank.*正职.*principal"),
        ("limits = 3", "列表"),
    ],
)
def test_a_wrong_value_is_answered_with_its_place_and_the_cure(text: str, said: str) -> None:
    with pytest.raises(PolicyError, match=said) as fault:
        read_policy(text)
    assert "\n" not in str(fault.value)


def test_a_long_value_is_quoted_by_its_beginning() -> None:
    with pytest.raises(PolicyError) as refused:
        read_policy(f'[office]\ncalendar = "{"日" * 3000}"\n')
    assert f"“{'日' * 40}..”不是日历" in str(refused.value)


def test_an_empty_file_is_the_default_policy() -> None:
    assert read_policy("") == Policy()


def test_own_days_may_be_listed_or_named() -> None:
    listed = read_policy("[office]\nholidays = ['2026-05-20', 2026-05-21]").office.holidays
    named = read_policy("[office]\nworkdays = { 2026-05-23 = '补班' }").office.workdays
    assert list(listed) == [date(2026, 5, 20), date(2026, 5, 21)]
    assert named == {date(2026, 5, 23): "补班"}


def test_weights_are_exact() -> None:
    weight = read_policy("[ranking]\nbasic_weight = 0.6").ranking.basic_weight
    assert isinstance(weight, Decimal)
    assert Fraction(weight) == Fraction(3, 5)


def test_a_policy_cannot_be_changed_in_use() -> None:
    policy = Policy()
    with pytest.raises(ValueError, match="frozen"):
        policy.bureau.name = "别的部门"  # type: ignore[misc]  # that it is refused is the point
