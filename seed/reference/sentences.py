"""The words of a holiday notice: its heads, its sentences, and what a clause may say."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = (
    '(?:元旦|春节|除夕|清明节?|[“"]?五一[”"]?(?:国际劳动节)?|(?:国际)?劳动节|端午节?|中秋节?|国庆节?'
    '|[“"]十一[”"])'
)
_ORDINAL = (
    r"(?:\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]+|\((?:[一二三四五六七八九十]{1,3})\))"
)
_OTHER = r"[\u4e00-\u9fff\d]{2,30}(?:纪念日|节)"
HEAD = re.compile(
    rf"{_ORDINAL}?"
    rf"(?P<name>{_NAME}(?:[、和与及]{_NAME})*|(?<=[)、.]){_OTHER})(?:假期|假日|放假)?:"
)
NUMBERED = re.compile(rf"^{_ORDINAL}")

FESTIVALS = {
    "元旦": "元旦",
    "春节": "春节",
    "清明节": "清明",
    "劳动节": "劳动|五一",
    "端午节": "端午",
    "中秋节": "中秋",
    "国庆节": "国庆|十一",
}
"""What a notice of a whole year speaks of, and the words for it."""

_OLD = ("元旦", "春节", "劳动节", "国庆节")
"""What there was before 2008."""

_NOTE = r"(?:\(([^()]*)\))?"
_DATE = rf"(?:(\d{{4}})年)?(?:(\d{{1,2}})月)?(\d{{1,2}})(?:日|号)?{_NOTE}"
RANGE = re.compile(rf"{_DATE}(?:(?:至|到|[-–—\u2015~]+){_DATE})?")
_MANY = rf"{RANGE.pattern}(?:[、和及]{RANGE.pattern})*"
WEEKDAY = re.compile("(?:周|星期|礼拜)([一二三四五六日天])")
_NUMBER = "([0-9]{1,2}|[一二两三四五六七八九])天"
FIGURES = {figure: n for n, figure in enumerate("零一二三四五六七八九")} | {"两": 2}


def _plainly(pattern: str) -> str:
    """Return a pattern whose groups are not captured."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


_SPAN = _plainly(_MANY)

CLAUSES = {
    kind: re.compile(pattern)
    for kind, pattern in (
        (
            "off",
            rf"(?:其中:?)?(?:从|自)?({_SPAN})(?:全国|全体公民)?(?:放假|休假|休息|补休|调休)"
            rf"(?:调休|放假|公休)?(?:,?共?{_NUMBER})?",
        ),
        ("worked", rf"(?:其中:?)?(?:从|自)?({_SPAN})(起)?(?:正常|照常|调休)?(?:上班|补班)"),
        ("free", rf"(?:其中:?)?({_SPAN})(?:均?为?(?:法定节?假日|公休日|休息日)|照常公休)"),
        ("moved", rf"(?:其中:?)?({_SPAN})(?:[一两三]个|的)?公休日?(?:分别)?调整?[至到]({_SPAN})"),
        ("extended", rf"(?:决定)?延长(?:\d{{4}}年)?({_NAME})假期[至到]({_SPAN})"),
        ("joined", rf"与周末(?:双休日)?连休(?:,?共{_NUMBER})?"),
        ("count", f"共(?:计)?{_NUMBER}"),
        ("nothing", "不调休|其中|法定节假日"),
    )
}

_BEGINS = re.compile(r"如下(?:安排|调休|调整|通知)?[:。,]")
OWN_NUMBER = re.compile(r"(国(?:办)?发(?:明电)?)[〔\[(](\d{4})[〕\])](?:第)?(\d{1,3})号")
SIGNED_ON = re.compile(r"国务院(?:办公厅)?(\d{4})年(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日")
SIGNED = re.compile(r"国务院(?:办公厅)?\d{4}年\d{1,2}月\d{1,2}日|\(此件公开发布\)")
YEARS = (
    re.compile(r"现将(?:延长|调整)?(\d{4})年"),
    re.compile(r"关于(?:延长|调整)?(\d{4})年"),
    re.compile(r"(\d{4})年(?:部分)?(?:法定)?(?:节假日|放假)(?:放假)?(?:调休)?安排"),
)
BROKEN_OFF = re.compile(rf"(?<=[天班假休])\s*\n\s*(?=\d{{1,2}}月|{_ORDINAL})")
AMENDS = re.compile(
    r"关于(?:延长|调整)(?:\d{4}年)?(?P<a>.{2,10}?)假期"
    r"|关于(?P<b>.{2,40}?纪念日)(?:调休)?放假(?:安排)?的通知"
)
TELLING = re.compile(r"\d月\d|放假|上班|调休")
ADVICE = re.compile("^(?:鼓励|提倡|建议)")


def missing_festivals(year: int, told: str) -> list[str]:
    """Return the festivals of a year that are not among the words told."""
    wanted = FESTIVALS if year >= 2008 else _OLD
    return [name for name in wanted if not re.search(FESTIVALS[name], told)]


def sentences(plain: str) -> Iterator[str]:
    """Give the sentences between the opening of a notice and its signature."""
    begins, ends = _BEGINS.search(plain), SIGNED.search(plain)
    body = plain[begins.end() if begins else 0 : ends.start() if ends else len(plain)]
    for sentence in re.split("[。;]", HEAD.sub(lambda head: f"。{head[0]}", body)):
        if sentence:
            yield sentence


def clauses(sentence: str) -> Iterator[str]:
    """Give the parts of a sentence between commas that stand in no brackets."""
    for clause in re.split(r",(?![^()]*\))", sentence):
        if clause:
            yield clause
