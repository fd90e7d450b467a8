"""A policy in sentences says every entry, and every key of an entry."""

from __future__ import annotations

import pytest

from rules.bureau.in_words import NO_DEFAULT, SAID, STEPS, in_sentences, missing_default
from rules.bureau.policy import read_policy
from rules.clocks.precedence import LimitEntry
from rules.clocks.tags import KEY_NAMES

DEFAULT = '[[limits]]\nclose = "5wd"\n'


LEADERS = '[[leaders]]\nname = "甲"\n[[leaders]]\nname = "乙"\nrank = "city"'


def told(entry: str, head: str = LEADERS) -> str:
    """Return the last entry of a policy as it is told."""
    return in_sentences(read_policy(f"{head}\n[[limits]]\n{entry}"))[-1].line


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ('close = "5wd"', "一般诉求（没有更窄的一条时）：交办次日起5个工作日内办结。"),
        ('nature = "投诉"\nclose = "24h"', "投诉：交办后24小时内办结。"),
        (
            'nature = "投诉"\nurgency = ["紧急", "特急"]\nclose = "0wd"',
            "紧急、特急投诉：交办当日办结。",
        ),
        (
            'urgency = "特急"\nchannel = "人民网"\nround = 2\nclose = "0.5wd"',
            "特急、人民网渠道、第2轮起的诉求：交办后半个工作日内办结。",
        ),
        (
            'campaign = "房屋租赁"\ncategory = "住房"\nunit = ["甲", "乙"]\ngrid = "420111"\n'
            'close = "60d"',
            "专题“房屋租赁”中、住房类、甲、乙承办、网格420111内的诉求：交办次日起60日内办结。",
        ),
        (
            'dispatch = "4wh"\nacknowledge = "1wd"\ncontact = "1wd"\njudge = "1wd"',
            "一般诉求（没有更窄的一条时）：受理后4个工作小时内派单；"
            "交办次日起1个工作日内签收、首次联系；答复次日起1个工作日内审核。",
        ),
        (
            'nature = "表扬"\ncontact = "none"\nclose = "none"\nextension = "none"',
            "表扬：不设首次联系时限；不设办结时限，交办即办结；不得延期。",
        ),
        (
            'nature = "投诉"\nprogress = "2wd"\nclose = "2mo"\nroll = true\nyellow = "10d"',
            "投诉：每2个工作日进度反馈一次，直到答复；交办后2个月内办结；"
            "按日、按月的末日遇休息日，顺延到次一工作日；到期前10日转黄。",
        ),
        (
            'nature = "投诉"\nextension = "5wd"\nextensions = 2\nassist = "50%"\n'
            'yellow = { close = "10d" }',
            "投诉：可延期，每次最长5个工作日，至多2次；协办时限为主办的50%，不足一个的进为一个；"
            "办结到期前10日转黄。",
        ),
        ('nature = "投诉"', "投诉：什么也没有写。"),
        (
            'nature = "举报"\naccept = "15d"\nclose = "60d"\n'
            'starts = { close = ["accepted", "supplemented"] }\nstops = { contact = "replied" }',
            "举报：交办次日起15日内决定是否受理；受理决定次日起60日内办结（补正后重新起算）；"
            "首次联系到答复为止。",
        ),
        (
            'nature = "举报"\nstarts = { close = "received" }',
            "举报：办结从收到起算。",
        ),
        (
            'nature = "投诉"\nextension = "5wd"\nextension_total = "10wd"\n'
            'extension_by = ["principal", "city"]',
            "投诉：可延期，每次最长5个工作日，累计最长10个工作日，须主要负责人、市领导批准。",
        ),
        (
            'nature = "投诉"\nreturn = "2wd"\nreturns = 1\nown = "15wd"',
            "投诉：到单位次日起2个工作日内可以退单，一轮至多退单1次，再退由中心指定；"
            "交办时可以另定时限，最长15个工作日，须写理由。",
        ),
        (
            'nature = "投诉"\npause = "30d"\npauses = 2\npause_end = "ask"',
            "投诉：每次挂起最长30日，期满列入待办，由中心决定，一轮至多挂起2次。",
        ),
        (
            'nature = "投诉"\npause = "none"\npause_end = "resume"',
            "投诉：挂起不限长短，期满自行恢复。",
        ),
        (
            'nature = "投诉"\nextensions = 0\nreturns = 0\npauses = 0',
            "投诉：不得延期；不得退单；不得挂起。",
        ),
        ('nature = "投诉"\nextensions = 0\nreturns = 0', "投诉：不得延期；不得退单。"),
        (
            'nature = "投诉"\nextension_total = "none"\nreturn = "none"\nown = "none"',
            "投诉：可延期，累计不限；退单不限时间；交办时不得另定时限。",
        ),
        ('nature = "投诉"\nassist = "-2wd"', "投诉：协办比主办少2个工作日。"),
        ('nature = "投诉"\nassist = "2wd"', "投诉：协办时限2个工作日，不晚于主办。"),
        (
            'nature = "投诉"\ndays_due_time = "same-time"',
            "投诉：按日、按月的，到末日与起点同一钟点。",
        ),
        (
            'nature = "投诉"\nafter_hours = "next-workday"\ncutoff = "16:00"\ndue_time = "12:00"',
            "投诉：16:00以后或休息日起算的，视同次一工作日（恰在16:00的算当日）；"
            "按工作日的，到期为末日12:00。",
        ),
        (
            'nature = "投诉"\nreview = "3wd"\ninstruction = "5wd"\nreceipt = "1wd"',
            "投诉：评价次日起3个工作日内核查；批示次日起5个工作日内办理批示；"
            "送达次日起1个工作日内签收督办单。",
        ),
    ],
)
def test_an_entry_is_told_as_it_is_read(entry: str, line: str) -> None:
    assert told(entry) == line


def test_an_entry_that_overrides_a_part_is_told_with_the_offices_rest() -> None:
    office = '[office]\nafter_hours = "next-workday"\ncutoff = "17:00"\ndue_time = "open"'
    line = "投诉：17:00以后或休息日起算的，视同次一工作日（恰在17:00的也算次日）。"
    assert told('nature = "投诉"\ncutoff_included = false', office) == line
    assert told('nature = "投诉"\nafter_hours = "same-day"', office) == "投诉：当日起算，不看钟点。"


def test_the_office_is_told_first() -> None:
    office = """
        [office]
        hours = { mon = ["09:00-12:00"], tue = ["09:00-12:00"], thu = ["13:00-24:00"] }
        calendar = "none"
        due_time = "same-time"
        seasons = [{ from = "05-01", to = "09-30", hours = ["08:30-12:00", "14:30-17:30"] }]
    """
    hours, counting, *_ = in_sentences(read_policy(office))
    assert hours.line == (
        "办公：办公时间周一至周二09:00–12:00，周四13:00–24:00；"
        "05-01至09-30为周一至周五08:30–12:00、14:30–17:30；只分周末与工作日，不计节假日。"
    )
    assert "到期为末日与起算同一钟点；按日、按月的，到末日24:00" in counting.line


def test_no_key_of_an_entry_goes_untold() -> None:
    told = {*KEY_NAMES, *STEPS, *(key for keys, _ in SAID for key in keys)}
    assert told == set(LimitEntry.model_fields)


def test_a_policy_without_a_limit_for_ordinary_appeals_says_so() -> None:
    assert missing_default(read_policy(DEFAULT)) is None
    assert missing_default(read_policy('[[limits]]\nnature = "投诉"\nclose = "5wd"')) == NO_DEFAULT
