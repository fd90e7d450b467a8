"""What an appeal complains of, as keys that other appeals may have too; never who complains.

Names are found by what ends them (小区, 路, 公司): Chinese has no spaces, so that where a name
begins is doubtful. A name is therefore its last two signs and its ending, which whoever writes it
has in common; where those say little (国际, 中央) it is two signs more. Words are pairs of
neighbouring characters that serve Chinese without a word list; how rare one is in the city tells
the store, which also chooses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, cast

from rules.text.bodies import names_a_body
from rules.text.citizens import mask_phone

KeyKind = Literal["place", "estate", "street", "firm", "phone", "address", "category", "word"]

KEYS = 16
"""Keys of an appeal that are kept at most."""

READ = 500
"""Signs of the content that are read; what follows repeats or pleads."""

NAMED = 8
"""Names of an appeal at most, in the order they stand; further ones are asides."""

OFTEN = 2
"""Times from which on a word is an appeal's topic; one of the title counts twice."""


@dataclass(frozen=True, slots=True)
class Key:
    """What several appeals may have in common.

    ``text`` is as it may be shown; ``digits`` of a telephone are told to nobody but the digest that
    makes its number. ``times`` is how often an appeal has it.
    """

    kind: KeyKind
    text: str
    times: int = 1
    digits: str = ""


def keys_of(
    title: str,
    content: str,
    *,
    category: str | None = None,
    grid: str | None = None,
    object: str | None = None,
    address: str | None = None,
    area: str | None = None,
) -> list[Key]:
    """Return every key of an appeal: its names in the order they stand, then its words.

    ``address`` is of the matter, ``area`` the name of its district, which is no topic. The texts
    come without their citizen (``Own.out_of``); a number that they say is the writer's is left out.
    """
    text = _BETWEEN.join((" ".join(title.split()), content[:READ]))
    found: dict[tuple[str, str], Key] = {}
    for key in _tags(category, grid, object, address):
        found[key.kind, key.text] = key
    for key in _phones(text):
        found[key.kind, key.text] = key
    named: Counter[tuple[KeyKind, str]] = Counter()
    rest, behind = [], 0
    for kind, name, start, end in _names(text):
        named[kind, name] += 1
        rest.append(text[behind : max(behind, start - BESIDE)] + " ")
        behind = max(behind, end)
    for kind, name in list(named)[:NAMED]:
        found.setdefault((kind, name), Key(kind, name, named[kind, name]))
    bare = "".join((*rest, text[behind:]))
    pairs = Counter(pairwise(bare))
    pairs.update(pairwise(bare[: bare.index("\n")]))
    apart = set(pairwise(f"{area or ''} {object or ''}"))
    for pair, times in pairs.items():
        if times >= OFTEN and pair not in apart and _may_be_word(pair):
            found["word", pair[0] + pair[1]] = Key("word", pair[0] + pair[1], times)
    return list(found.values())


_HAN = "\u3400-\u9fff"

_GENERIC = (
    "国际|中央|阳光|时代|世纪|城市|中心|花园|家园|名都|公馆|一品|新天|天地|广场|壹号|第一|第二|第三"
    "|第四|第五|实验|中心|人民|中医|附属|文化|科技|商业|步行|生态|湿地|体育|工业|产业|物流|安置"
    "|经纪|停车|快递|出租|中介|租车|技术|职业|经济|理工|师范|商贸|发展|集团|大型|农贸|电力|移动|有限"
    "|责任|股份|置业|物业|地产|开发|建设|投资|管理|服务|工程|贸易|实业|教育|培训|咨询|房产"
)
"""Two signs before an ending that many names have."""

_ESTATES = (
    "小区|花园|家园|花苑|花都|新城|新村|新苑|公寓|名城|豪庭|华庭|雅苑|公馆|广场|大厦|商城|庄园|山庄|楼盘"
    "|[中小]学|大学|学校|学院|幼儿园|医院|工业园|产业园|科技园|市场|庭院|雅居|[苑郡邸]|(?<!别)墅"
    "|(?<!政)府(?![河前东西南北衙谷])|(?<![进全入县省老古])城(?![市区管建乡镇中关里东南西北际])"
    "|(?<![校公田果花家庄乐菜])园(?![区林丁艺路])|湾(?!路)|(?<![家法天])庭(?![审院外])"
)

_PLACES = (
    "社区|地铁站|火车站|高铁站|汽车站|公园|景区|大桥|立交桥?|隧道|水库|[村镇湖](?![民委长里上路])"
)

_FIRMS = (
    "(?:物业|房地产|房产|置业|地产|商务|建设|开发|投资|科技|管理|服务|工程|贸易|实业|文化|传媒|教育"
    "|培训|咨询|餐饮|酒店|建筑|装饰|汽车|租赁|网络|信息|环保|热力|燃气|自来水|公交|保险|健身|健康)*"
    "(?:股份|控股)?(?:有限)?(?:责任)?(?:分)?(?:公司|集团|企业)|物业(?!费|管理费|服务费|用房|税|费用|纠纷|局)"
)

_STREETS = "大道|大街|[路街巷弄](?![口面灯边上人过段中途线程况权费由道基段办社])"

_SIGNS = "".join(sorted(set(re.findall(f"[{_HAN}]", _ESTATES + _STREETS + _FIRMS + _PLACES))))
"""Looked at first: every ending begins with one of them, and few signs of a text are."""

_NAME = re.compile(
    rf"(?=[{_SIGNS}])(?:(?P<estate>{_ESTATES})|(?P<street>{_STREETS})(?P<door>\d{{1,5}}号)?"
    rf"|(?P<firm>{_FIRMS})|(?P<place>{_PLACES}))"
)

_BEFORE = re.compile(rf"[{_HAN}A-Za-z]{{2,6}}\Z")

_NO_NAME = re.compile(
    "[的了在是我们你您他她它这那该本此个各每某一二三两几多有无和与及或跟对向把被让给从到于为以"
    "因但而且就都也还又再很太请望盼求问住买卖租建修旁附近周边围内外前后整全老]"
    "|小$|配套|惠性|公办|民办|公立|私立|断头|快速|水泥|泥巴|农贸|大型|美食|动物|政府|导致|影响|进入|进出|造成|生活|督促|联系|通过|根据|新建|居民|业主|村民|什么|怎么|所有|投诉|举报|反映|咨询|希望|建议|[门口所]$|哪所|对口|哪个|哪家|口袋|报名|开办|房东|[入进飘]"
    "|[A-Z][市区县]"
)

_LEAD = (
    "投诉|举报|反映|反应|咨询|关于|位于|希望|建议|请求|要求|维护|取消|反对|支持|解决|购买|坐落|街道"
    "|社区|大道"
)
_LEAD_WORDS = frozenset(_LEAD.split("|"))
_LEADS = re.compile(f"{_LEAD}|[省市区县镇乡村路街]|[·.．]")
"""What a name may follow without a sign between; it is no part of it."""


def _names(text: str) -> Iterator[tuple[KeyKind, str, int, int]]:
    """Give the names in a text in their order: kind, name, where it begins and ends."""
    last = -1
    for found in _NAME.finditer(text):
        start, end = found.span()
        beside, last = start == last, end
        base = None if beside else _base(text[max(0, start - LEFT) : start])
        if base is None or (found["street"] and base[-1] in _NO_STREET):
            continue
        kind = cast(KeyKind, "street" if found["door"] else found.lastgroup)
        name, place = base + found[kind], (start - len(base), end)
        if kind == "firm":
            name = base + _trade(found[kind])
        elif found["door"]:
            yield "address", name + found["door"], *place
        yield kind, name, *place


BESIDE = 1
"""Signs before a name that are no word: they may still be part of it, 魅 of 万科魅力之城."""

_BETWEEN = "\n" * (BESIDE + 1)

LEFT = 6
"""Signs before an ending that may belong to a name."""


def _base(before: str) -> str | None:
    """Return what of the signs before an ending belongs to the name."""
    found = _BEFORE.search(before)
    if found is None:
        return None
    run = found[0]
    if run[-3:-1] in _LEAD_WORDS:
        return None
    for size in range(2, len(run) + 1, 2):
        first = run[-size:][:2]
        if _NO_NAME.search(first) or _LEADS.search(first):
            return None
        if first not in _GENERICS:
            return run[-size:]
    return None


_GENERICS = frozenset(_GENERIC.split("|"))


def _trade(ending: str) -> str:
    """Return a firm's ending without its legal form."""
    short = re.sub("股份|控股|有限|责任|分?公司|企业", "", ending)
    return short or "公司"


COMMUNITY = 12
"""Digits of the code of a community; what is wrong with one names it."""


def _tags(
    category: str | None, grid: str | None, object: str | None, address: str | None
) -> Iterator[Key]:
    if object and names_a_body(object):
        yield Key("place", object.strip(), OFTEN)
    if address:
        yield Key("address", "".join(address.split())[:40])
    if category:
        yield Key("category", category)
        if grid and len(grid) >= COMMUNITY and grid.isdigit() and category.count("/") == 2:
            yield Key("place", f"{grid[:COMMUNITY]} {category}")


_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})(?!\d)")

_OWN = re.compile(
    r"(?:我|本人|联系|诉求人|投诉人|来电人|反映人|举报人|回复|回电|致电)[^\d。；;\n]{0,12}$"
)


def _phones(text: str) -> Iterator[Key]:
    """Give the telephones that are complained of."""
    for found in _PHONE.finditer(text):
        digits = found[0].replace("-", "")
        if len(set(digits)) > 2 and not _OWN.search(
            text, max(0, found.start() - 16), found.start()
        ):
            yield Key("phone", mask_phone(digits), 1, digits)


_DULL = frozenset(
    "的了在是我们你您他她它这那该此个各每某和与及或跟把被让给从到于为以因但而且就都也还又再很太"
    "请望盼能会可不没有无要吗呢吧啊得着过对"
)
"""Characters of grammar: a pair with one of them is no word."""


_BOUNDS = frozenset("省市区县镇乡")
"""What ends the name of a district: no word begins with it."""


_PLEAS = (
    "问题|反映|投诉|举报|咨询|建议|请问|希望|尊敬|领导|书记|市长|政府|部门|相关|有关|关于|严重|非常|居民|业主"
    "|市民|群众|小区|附近|什么|何时|时候|怎么|如何|为什|现在|目前|已经|一直|多次|至今|长期|解决|处理|尽快"
    "|进一|一步|方便|影响|生活|导致|造成|情况|进行|能否|是否|可以|应该|需要|谢谢|感谢|您好|你好|本人|大家"
    "|所有|经常|每天|今天|昨天|今年|去年|年月|月日|地方|事情|人员|加强|管理|存在|出现|不能|无法"
)
"""Words of any appeal whatever."""

_PLEAD = frozenset(_PLEAS.split("|"))


_NO_STREET = frozenset("道公铁线电水马走思跑后出活销来归半沿顺绕堵拦修挖占带问探上下铺退补破")
"""What makes of 路 a word that names no street."""


def _may_be_word(pair: tuple[str, str]) -> bool:
    """Return whether two neighbouring characters may be a word that tells something."""
    first, last = pair
    return (
        "\u3400" <= first <= "\u9fff"
        and "\u3400" <= last <= "\u9fff"
        and first not in _DULL
        and last not in _DULL
        and first not in _BOUNDS
        and first + last not in _PLEAD
    )
