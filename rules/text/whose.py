"""The one whose appeal it is, wherever their name, number or address stands in its texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from re import Pattern
from typing import Protocol

from rules.text.citizens import is_masked, mask_address, mask_name


class Whose(Protocol):
    """A row that knows whose appeal it tells of."""

    @property
    def reporter(self) -> str | None:
        """The name, as the source gave it."""
        ...

    @property
    def phone(self) -> str | None:
        """The telephone number."""
        ...

    @property
    def address(self) -> str | None:
        """Where they live, or what they complain of."""
        ...

    @property
    def confidential(self) -> bool | None:
        """Whether not even a part of the name may be seen."""
        ...


UNNAMED = "某某"
"""What stands for the name of a confidential citizen."""

_NOBODY = re.compile(
    "匿名|市民|群众|网友|居民|业主|村民|村民们|家长|乘客|司机|商户|租户|不详|未知|未提供|"
    "来电人|热心市民|匿名市民|匿名用户|匿名网友|保密|当事人|举报人|先生|女士|小姐|同志|无名|本人"
)

_WORDS = re.compile(
    "高兴|马上|白天|黄金|金融|方便|安全|平安|平等|温馨|关心|严重|严格|文明|文化|文件|文字|时间|时代|建设|建国|和平|"
    "光明|幸福|海洋|卫生|胜利|解放|国庆|中华|长江|黄河|青山|明天|春天|阳光|天天|健康|美丽|经济|发展|团结|希望|友谊|"
    "新华|东方|向阳|红旗|振兴|永安|长安|中山|人民|大众|成立|成功|明明|清楚|万一|万元|常常|常务|江边|江南|江北|安宁|"
    "安心|安装|施工|水平|水利|路灯|路口|包括|包装"
)
"""Words of every day that are names too: alone they tell nobody."""

_TITLES = (
    "先生|女士|小姐|太太|同志|师傅|大爷|大妈|大姐|大哥|大叔|阿姨|叔叔|婆婆|爹爹|爷爷|奶奶|老师|医生|同学|"
    "老板"
)

_TITLED = re.compile(rf"^([\u3400-\u9fff]{{1,2}})(?:{_TITLES})$")

_HAN = re.compile(r"^[\u3400-\u9fff]{2,4}$")

_COMPOUND = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|"
    "公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|令狐|百里|呼延|东郭|南门|西门"
)

_LEFT = "我叫是名对给向与和找请由经将让为被问及跟称"

_RIGHT = "称说表反诉述认同希要已在电来的本先女家投举对也又就于"

_SPACED = re.compile(r"[\u3400-\u9fff][ \u3000·]+[\u3400-\u9fff]")

_BOUNDS = re.compile(r"[省市区县旗镇乡]|街道办?事?处?|社区|[村街]")

_NUMBERED = re.compile(
    r"(?P<before>[^\d]{0,2})(?P<number>\d+)(?P<kind>号楼|号院|栋|幢|座|单元|室|房|户|弄|组|号)"
)

_COUNTED = (
    r"[\d.．:：-]|\s?(?:元|万|年|月|日|天|人|户|平|米|㎡|多|余|名|个|套|辆|台|次|号线|路|分|度|%)"
)


@dataclass(frozen=True, slots=True)
class Own:
    """What of a person is not to be shown in the texts of their appeal, and what stands for it."""

    words: tuple[tuple[str, str], ...]
    patterns: tuple[tuple[Pattern[str], str], ...]
    name: str = ""
    given: str = ""
    secret: bool = False

    @classmethod
    def of(cls, whose: Whose) -> Own:
        """Gather it from a row."""
        secret = bool(whose.confidential)
        name = (whose.reporter or "").strip()
        address = (whose.address or "").strip()
        words: list[tuple[str, str]] = []
        patterns: list[tuple[Pattern[str], str]] = []
        given = ""
        if address:
            words += _address_words(address, secret=secret)
            patterns += _doors(address)
        if whose.phone:
            words += _phone_words(whose.phone)
        if not _names_somebody(name):
            name = ""
        else:
            family, given = _parts(name)
            if family:
                patterns.append((_titled(family), UNNAMED if secret else f"{family}**"))
        return cls(tuple(words), tuple(patterns), name, given, secret)

    def out_of(self, text: str) -> str:
        """Return a text of the appeal without its person."""
        for word, shown in self.words:
            if word in text:
                text = text.replace(word, shown)
        if self.name:
            text = self._without_name(text)
        for pattern, shown in self.patterns:
            text = pattern.sub(shown, text)
        return text

    def _without_name(self, text: str) -> str:
        """Return a text without the name, whole, with its signs apart, or the given name alone."""
        shown = UNNAMED if self.secret else mask_name(self.name)
        if not _WORDS.fullmatch(self.name):
            text = text.replace(self.name, shown)
        if len(self.name) <= 4 and self.name[0] in text and _SPACED.search(text):
            text = _without_spaced(text, self.name, shown)
        if len(self.given) > 1 and self.given in text and not _WORDS.fullmatch(self.given):
            alone = UNNAMED if self.secret else "*" * len(self.given)
            text = _alone(self.given).sub(alone, text)
        return text


def _names_somebody(name: str) -> bool:
    return len(name) > 1 and _NOBODY.fullmatch(name) is None and not is_masked(name)


def _parts(name: str) -> tuple[str, str]:
    """Return family name and given name of a Chinese name, else nothing."""
    if titled := _TITLED.match(name):
        return titled[1], ""
    if not _HAN.match(name):
        return "", ""
    at = 2 if len(name) > 2 and _COMPOUND.match(name) else 1
    return name[:at], name[at:]


@lru_cache(maxsize=1024)
def _titled(family: str) -> Pattern[str]:
    return re.compile(rf"{family}(?:{_TITLES})")


def _without_spaced(text: str, name: str, shown: str) -> str:
    """Return a text without a name whose signs stand apart (王 小明)."""
    squeezed = re.sub(r"[ \u3000·]+", "", text)
    if name not in squeezed:
        return text
    return re.sub(r"[ \u3000·]*".join(map(re.escape, name)), shown, text)


@lru_cache(maxsize=1024)
def _alone(given: str) -> Pattern[str]:
    """Return a given name where a sign beside it says that it is one: 生一 is in 发生一次."""
    name = re.escape(given)
    return re.compile(rf"(?<![^\W{_LEFT}]){name}|{name}(?![^\W{_RIGHT}])")


def _address_words(address: str, *, secret: bool) -> Iterator[tuple[str, str]]:
    """Yield the address; a secret one also without province, city, district and so on."""
    if not secret:
        if len(address) > 4:
            yield address, mask_address(address)
        return
    for start in (0, *(m.end() for m in _BOUNDS.finditer(address))):
        tail = address[start:].strip()
        if len(tail) > 4:
            yield tail, "（地址保密）"


def _doors(address: str) -> Iterator[tuple[Pattern[str], str]]:
    """Yield the numbers that lead to the door, each with what it counts, and the room alone."""
    for m in _NUMBERED.finditer(address):
        before, number, kind = m["before"], m["number"], m["kind"]
        if kind == "号":  # without its road it may be a day
            if len(before) == 2:
                yield _numbered(before, number, kind), f"{before}**{kind}"
            continue
        yield _numbered("", number, kind), f"**{kind}"
        if kind in ("室", "房") and len(number) > 2:
            yield _room(number), "**"


@lru_cache(maxsize=8192)
def _numbered(before: str, number: str, kind: str) -> Pattern[str]:
    return re.compile(rf"(?<![\d]){re.escape(before)}{number}\s?{kind}")


@lru_cache(maxsize=8192)
def _room(number: str) -> Pattern[str]:
    return re.compile(rf"(?<![\d.．A-Za-z-]){number}(?!{_COUNTED})")


def _phone_words(phone: str) -> Iterator[tuple[str, str]]:
    """Yield a number of seven or eight digits as it may stand without its area code."""
    if len(phone) == 11 and phone[0] == "1":
        return  # found wherever it stands
    digits = "".join(sign for sign in phone if sign.isdigit())
    if digits[:1] == "0":
        digits = digits[3:] if digits[1:2] in "12" else digits[4:]
    if 7 <= len(digits) <= 8 and not is_masked(phone):
        for between in ("", "-", " "):
            yield f"{digits[:-4]}{between}{digits[-4:]}", f"****{digits[-4:]}"
