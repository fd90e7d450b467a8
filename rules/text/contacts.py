"""What in free text leads to a person: numbers, accounts, doors; found as people write them.

Dates, amounts, numbers of tickets, orders and documents, 12345 and other public lines stay. Digits
may be full-width everywhere: that is what a digit class means here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from re import Match, Pattern

_S = r"[-－—–\s.．·]{0,3}"  # what stands between the groups of a number

_S1 = r"[-－ \u3000]?"

_ONE, _MOBILE_SECOND = "[1１]", "[3-9３-９]"

_MOBILE = re.compile(
    rf"(?<![\d.])((?:(?:[+＋]|[0０]{{2}})?[(（]?[+＋]?[8８][6６][)）]?{_S}|[0０])?)"
    rf"({_ONE}{_MOBILE_SECOND}\d)"
    rf"(?:{_S}\d{{4}}{_S}|\d{_S}\d{{3}}{_S}|\d\d{_S}\d\d)(\d{{4}})(?![\d]|\s?[元万亿])"
)

_ID_18 = re.compile(
    rf"(?<![\dA-Za-z])(\d{{6}}){_S1}(\d{{4}}){_S1}(\d\d){_S1}(\d\d){_S1}(\d{{3}}[\dXxＸｘ])(?![\dA-Za-z])"
)

_ID_15 = re.compile(r"(?<![\dA-Za-z])(\d{6})(\d\d)(\d\d)(\d\d)(\d{3})(?![\dA-Za-z])")

_PROVINCES = frozenset(
    (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        *(71, 81, 82, 83),
    )
)

_CARD = re.compile(
    r"(?<![\dA-Za-z.])"
    r"(\d{16,19}|\d{4}(?:[-－ \u3000]\d{4}){3}(?:[-－ \u3000]?\d{1,3})?)(?![\dA-Za-z])"
)

_ACCOUNT = re.compile(r"((?:卡号|[账帐][号户])[^\d\n]{0,6})(\d(?:[-－ ]?\d){9,24})(?!\d)")

_LANDLINE = re.compile(
    rf"(?<![\d.])(?<![\dA-Za-z][-－])([(（]?[0０](?:[1１][0０]|[2２]\d|[3-9３-９]\d\d)[)）]?{_S})"
    rf"\d{{3,4}}{_S}(\d{{4}})(?!\d)"
)

_A_DATE = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"

_LOCAL = rf"(?!{_A_DATE})[2-8２-８]\d{{2,3}}{_S}\d{{4}}(?!\d|\s?[元万])"

_CALLED = re.compile(
    r"((?:电话|座机|固话|宅电|手机|号码|联系方式|致电|拨打|来电|回电|[Tt][Ee][Ll]|[Pp]hone)"
    rf"[^\d\n]{{0,6}}?)({_LOCAL}(?:[、,，/或和及;；\s]{{1,2}}{_LOCAL})*)"
)

_ONE_LOCAL = re.compile(_LOCAL)

_PUBLIC = re.compile(
    r"(?:热线|(?:咨询|监督|举报|服务|客服|值班|投诉|抢修|报修|办公)电话)[^\d\n]{0,4}$"
)

_SPELLED = re.compile("[一幺壹][三四五六七八九][〇零○一二三四五六七八九幺]{9}")

_WECHAT = re.compile(
    r"((?:微信|薇信|[Vv]信|(?<![A-Za-z])(?:[Ww][Xx]|[Vv][Xx]|[Ww]e[Cc]hat))"
    r"(?:(?:账号|号码?|[Ii][Dd])?\s?[:：是为]\s?|(?:账号|号码?|[Ii][Dd])\s?|\s))"
    r"([A-Za-z\d_][-\w]{4,19})",
    re.ASCII,
)

_QQ = re.compile(
    r"((?:(?<![A-Za-z])[QqＱｑ]{2}|扣扣)(?:群|号码?|群号)?\s?[:：是为]?\s?)([1-9１-９]\d{4,11})(?!\d)"
)

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?![\w.-]*gov\.cn)([\w-]+(?:\.[\w-]+)+)", re.ASCII)

_HAN = "一二三四五六七八九十"

_BLOCK = (
    rf"(?:\*\*|[A-Za-z]?\d{{1,3}}[A-Za-z]?|[A-Za-z甲乙丙丁]|[{_HAN}]{{1,3}})"
    r"\s?(?:号楼|号院|栋|幢|座|#楼?|＃楼?)"
)

_GATE = rf"(?:\*\*|\d{{1,2}}|[{_HAN}甲乙丙丁])\s?单元"

_FLOOR = r"\d{1,2}\s?[楼层]"

COUNTED = (
    r"[\d.．:：]|\s?(?:元|万|年|月|日|天|人|户|平|米|㎡|多|余|名|个|套|辆|台|次|号线|路|分|度|"
    r"层|吨|间|[cCkKmM]|%)"
)
"""What follows a number that is counted in something."""

_ROOM = rf"(?:\d{{1,4}}\s?(?:室|房|号(?!线))|[A-Za-z]?\d{{3,4}}(?!{COUNTED}))"

_DOOR = re.compile(
    rf"(?<![\dA-Za-z])(?:{_BLOCK}[-－,，\s]?(?:{_GATE}\s?)?(?:{_FLOOR}\s?)?[-－,，]?{_ROOM}"
    rf"|(?P<part>{_BLOCK}[-－,，\s]?(?:{_GATE}(?:\s?{_FLOOR})?|{_FLOOR}))"
    rf"|{_GATE}[-－,，\s]?(?:{_FLOOR}\s?)?{_ROOM}"
    r"|\d{3,4}\s?室|\d{1,4}弄\s?\d{1,4}号|\d{1,3}组\s?\d{1,4}号)"
    r"|(?<=[区苑园院城里寓庄府湾庭墅家住郡])"
    r"(?:(?P<dated>(?:0?[1-9]|[12]\d|3[01])[-－](?:0?[1-9]|1[0-2])[-－](?:19|20)\d\d)"
    r"|\d{1,2}[-－]\d{1,2}[-－]\d{2,4})(?!\d)"
)

_LIVES = re.compile(r"住(?!户)|我家|家在")

_DOOR_MARKS = ("单元", "栋", "幢", "座", "号楼", "室", "弄", "组", "号院", "#", "＃", "-", "－")

_DOOR_NUMBER = re.compile(
    rf"[A-Za-z]?\d+[A-Za-z]?|[{_HAN}甲乙丙丁]+(?=\s?(?:单元|号楼|号院|栋|幢|座))|[A-Z](?=座|栋|幢)"
)

_SEVEN = re.compile(r"\d[-－—–\s.．·()（）\d]{5,}\d")
"""Where no seven digits stand together, no number leads to anybody."""

_DIGIT = re.compile(r"\d")

_ACCOUNT_MARK = re.compile(r"微信|薇信|[Vv]信|[WwVv][Xx]|[Ww]e[Cc]hat|[QqＱｑ]{2}|扣扣|@")

WHOLE = "****"


def hide_contacts(text: str, *, whole: bool = False) -> str:
    """Return text with what leads to a person masked, or with ``whole`` gone."""
    if _ACCOUNT_MARK.search(text):
        text = _WECHAT.sub(_but_first, text)
        text = _QQ.sub(_but_first, text)
        text = _MAIL.sub(WHOLE if whole else r"***@\1", text)
    text = _SPELLED.sub(lambda m: WHOLE if whole else f"{m[0][:3]}****{m[0][-4:]}", text)
    if not _DIGIT.search(text):
        return text
    if _SEVEN.search(text):
        for pattern, show in _NUMBERS:
            text = pattern.sub(_all_of(show) if whole else show, text)
    if any(mark in text for mark in _DOOR_MARKS):
        text = _DOOR.sub(_door, text)
    return text


def _door(m: Match[str]) -> str:
    """Mask a door; a block's floor or what may be a date is one where somebody says they live."""
    if (m["part"] or m["dated"]) and not _LIVES.search(m.string, max(0, m.start() - 14), m.start()):
        return m[0]
    return _DOOR_NUMBER.sub("**", m[0])


def _but_first(m: Match[str]) -> str:
    return f"{m[1]}***"


def _all_of(show: Callable[[Match[str]], str]) -> Callable[[Match[str]], str]:
    """Return what leaves nothing of what ``show`` would mask in part."""
    return lambda m: m[0] if show(m) == m[0] else WHOLE


def _identity_18(m: Match[str]) -> str:
    dated = m[2][:2] in ("18", "19", "20", "１９", "２０") and _is_day(m[3], m[4])
    if not (dated and _is_province(m[1])) and not _said_before(m, "身份证", "证件号"):
        return m[0]
    return f"{m[1]}********{m[5]}"


def _identity_15(m: Match[str]) -> str:
    known = _is_province(m[1]) and _is_day(m[3], m[4])
    return f"{m[1]}******{m[5]}" if known or _said_before(m, "身份证", "证件号") else m[0]


def _card(m: Match[str]) -> str:
    told = _digits(m[1])
    digits = [int(sign) for sign in told]
    doubled = (d * 2 - 9 * (d > 4) for d in digits[-2::-2])
    if digits[0] < 3 or (sum(digits[-1::-2]) + sum(doubled)) % 10:
        return m[0]
    return f"{told[:4]}********{told[-4:]}"


def _account(m: Match[str]) -> str:
    told = _digits(m[2])
    return f"{m[1]}{told[:4]}********{told[-4:]}"


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _mobile(m: Match[str]) -> str:
    return f"{m[1]}{m[2]}****{m[3]}"


def _landline(m: Match[str]) -> str:
    if _PUBLIC.search(m.string, max(0, m.start() - 12), m.start()):
        return m[0]
    return f"{m[1]}****{m[2]}"


def _called(m: Match[str]) -> str:
    before = m.string[max(0, m.start() - 8) : m.start(2)]
    if _PUBLIC.search(before):
        return m[0]
    return m[1] + _ONE_LOCAL.sub(lambda one: f"****{one[0][-4:]}", m[2])


def _is_province(code: str) -> bool:
    return int(code[:2]) in _PROVINCES


def _is_day(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def _said_before(m: Match[str], *words: str) -> bool:
    before = m.string[max(0, m.start() - 12) : m.start()]
    return any(word in before for word in words)


_NUMBERS: tuple[tuple[Pattern[str], Callable[[Match[str]], str]], ...] = (
    (_ID_18, _identity_18),
    (_CARD, _card),
    (_ACCOUNT, _account),
    (_ID_15, _identity_15),
    (_MOBILE, _mobile),
    (_LANDLINE, _landline),
    (_CALLED, _called),
)
