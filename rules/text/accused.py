"""Which units an appeal is against, by what it says of them and their staff (举报避让).

A guess, to be confirmed by a person: a unit counts where misconduct is said of it or of somebody
who works there. One that is asked to act, thanked, or named as the place where it happened does
not; nor does one whose name only stands before that of another body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_CONDUCT = (
    "推诿|扯皮|踢皮球|不作为|乱作为|慢作为|懒政|怠政|敷衍|刁难|收受|受贿|索贿|索要|索取|吃拿卡要"
    "|卡要|红包|回扣|贪污|腐败|渎职|失职|滥用职权|以权谋私|徇私|包庇|保护伞|勾结|通风报信"
    "|违规审批|违规执法|违规操作|违纪|暴力执法|野蛮执法|粗暴|打人|骂人|辱骂|恐吓|爱理不理|不耐烦"
    "|乱收费|乱罚款|选择性执法|钓鱼执法|吃空饷|公车私用|弄虚作假|脱岗|玩手机|拒不|泄露|走后门"
    "|态度"
)
_OFFICIALS = (
    "(?:工作|办事|执法|窗口|经办|公职|审批|管理)人员|执法队员|城管队员|公务员|干部|科员"
    "|[副科处局所队厅]?[科处局所队站厅院]长|主任|书记|领导|负责人|经办人|民警|交警|辅警|警察"
    "|协管员?|窗口|办事大厅|服务大厅"
)
_STAFF = rf"{_OFFICIALS}|接线员|客服|职工|员工|(?:\d{{1,4}}路)?(?:司机|驾驶员)"
_GAP = (
    "的|里面?|某{1,3}|个别|部分|[一几两]?[名位个些]|有关|相关|主管|分管|党[组委]|机关|政府|管委会"
    "|存在|涉嫌|长期|一直|严重|多次|互相|相互|及其|下属|内部|服务|[\u4e00-\u9fa5]某某?"
)
_OFFICE = r"|[\u4e00-\u9fa5]{1,5}(?:科|处|股|室|所|大队|中队|支队|分局|站|大厅|窗口)"
_OTHERS = (
    "物业|开发商|商家|商户|店|公司|企业|老板|房东|中介|施工|工地|邻居|业主|住户|居民|司乘|学校|医院"
    "|医生|老师|单位|小区|楼上|对方|有人|他人|商贩|摊贩"
)

_DID = f"(?:{_CONDUCT})(?<!态度(?=很?好|不错|热情|和蔼|耐心|友善))"
_SIGNS = re.compile(f"{_CONDUCT}|举报|检举|控告|投诉|状告|揭发")
_CONDUCTED = re.compile(_DID)
_OTHER = re.compile(_OTHERS)
_OF_BODY = re.compile(f"(?:{_GAP}{_OFFICE}){{0,4}}?(?:(?P<did>{_DID})|{_STAFF})")
_OF_PLACE = re.compile(f"(?:{_GAP}){{0,4}}?(?:(?P<did>{_DID})|{_OFFICIALS})")
_BLAMED = re.compile("(?:举报|检举|控告|投诉|状告|揭发)(?:了|一下)?[：:“《]?(?:关于|对|针对)?$")
_ASKED = re.compile(
    "(?:请|望|盼|建议|要求|由|呼吁|督促|敦促|麻烦|感谢|表扬|谢谢|感激|转|交)(?:贵|各?级|有关|相关)?$"
)
_TURNED_TO = re.compile("(?:向|找|到|去|给|跟|和|致电|拨打|联系)(?:了|过)?$")
_TRIED = re.compile("的?(?:窗口|大厅|热线)?(?:反映|投诉|咨询|办理|办事|申请|求助|举报|电话|沟通)")
_SHIFTED = re.compile("(?:互相|相互|来回)(?:推诿|推脱|扯皮|踢皮球)")
_FILED = re.compile(r"[\u4e00-\u9fa5]{0,6}的?(?:举报|投诉|检举|控告|信访举报)$")
_JOINER = re.compile("(?:、|，|,|和|与|及|以及|同)$")
_ENDS = re.compile(r"[。！？；!?;\n]")
_BODY = re.compile("(?:局|委|办|部|厅|院|会|中心|公司|集团|政府|队|所|站|馆|社|署|室|关|校|银行)$")

REACH = 30
"""How many signs after a unit what is said of it may still be about it."""

LONGEST = 40
"""How many signs are kept of the words that pointed at a unit."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a unit; ``body``: by a name that is no place's."""

    start: int
    end: int
    unit_id: int
    body: bool


@dataclass(frozen=True, slots=True)
class Pointed:
    """A unit that a text is against, and the words that say so."""

    unit_id: int
    words: str


class UnitWords:
    """The names of units, found in a text: of two that begin alike the longer."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        """``words`` are (name, short name or alias, the unit's id), the first meaning counts."""
        known: dict[str, int] = {}
        for word, unit_id in words:
            if len(word) > 1:
                known.setdefault(word, unit_id)
        self._heads: dict[str, list[tuple[str, int, bool]]] = {}
        for word in sorted(known, key=len, reverse=True):
            named = (word, known[word], _BODY.search(word) is not None)
            self._heads.setdefault(word[:2], []).append(named)
        seconds: dict[str, str] = {}
        for head in self._heads:
            seconds[head[0]] = seconds.get(head[0], "") + re.escape(head[1])
        heads = (f"{re.escape(first)}[{rest}]" for first, rest in seconds.items())
        self._begun = re.compile("|".join(heads) or "(?!)")

    def mentions(self, text: str) -> Iterator[Mention]:
        """Give every unit that a text names, in its order."""
        place = 0
        while begun := self._begun.search(text, place):
            place = begun.start() + 1
            for word, unit_id, body in self._heads[begun[0]]:
                if text.startswith(word, begun.start()):
                    place = begun.start() + len(word)
                    yield Mention(begun.start(), place, unit_id, body)
                    break


def accused_in(nature: str, title: str, content: str, units: UnitWords) -> tuple[Pointed, ...]:
    """Return the units an appeal is against, each once; only 举报 and 投诉 are against any."""
    if nature not in ("举报", "投诉"):
        return ()
    text = f"{title}\n{content}"
    if not _SIGNS.search(text):
        return ()
    if " " in text or "\u3000" in text:
        text = "\n".join("".join(line.split()) for line in text.splitlines())
    if next(units.mentions(text), None) is None:
        return ()
    found: dict[int, Pointed] = {}
    for sentence in _ENDS.split(text):
        for one in _pointed(sentence, units, nature == "举报"):
            found.setdefault(one.unit_id, one)
    return tuple(found.values())


def _pointed(text: str, units: UnitWords, report: bool) -> Iterator[Pointed]:
    """Give the units that one sentence is against."""
    for together in _together(text, list(units.mentions(text))):
        end = _against(text, together[0].start, together[-1], report)
        if end is not None:
            for one in together:
                yield Pointed(one.unit_id, text[one.start : max(end, one.end)][:LONGEST])


def _together(text: str, mentions: list[Mention]) -> Iterator[list[Mention]]:
    """Give the units named in one breath: 市城管局和市水务局."""
    run: list[Mention] = []
    for one in mentions:
        if run and not _JOINER.match(text[run[-1].end : one.start]):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _against(text: str, start: int, last: Mention, report: bool) -> int | None:
    """Return where the words end that are against a unit; None: nothing is."""
    before = text[max(0, start - 8) : start]
    if _ASKED.search(before):
        return None
    after = text[last.end :]
    blamed = _BLAMED.search(before) is not None
    direct = (_OF_BODY if last.body else _OF_PLACE).match(after)
    if direct is not None and (direct["did"] or blamed):
        return last.end + direct.end()
    if direct is not None:
        done = _said_of(after, direct.end())
        return None if done is None else last.end + done
    if shifted := _SHIFTED.search(after, 0, LONGEST):
        return last.end + shifted.end()
    if _TURNED_TO.search(before) and (tried := _TRIED.match(after)):
        done = _said_of(after, tried.end())
        return None if done is None else last.end + done
    if report and blamed and last.body and not _OTHER.search(after, 0, 8):
        return last.end
    return None


def _said_of(after: str, begin: int) -> int | None:
    """Return where misconduct ends that is said of the staff just named, and of nobody else."""
    rest = after[begin : begin + REACH]
    did = _CONDUCTED.search(rest)
    if did is not None and not _OTHER.search(rest, 0, did.start()):
        return begin + did.end()
    return begin if _FILED.fullmatch(rest) else None
