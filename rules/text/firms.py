"""Names of firms as people write them, and what two ways of writing one name have in common.

武汉市青禾公寓管理有限公司, 青禾公寓 and 青禾公寓(武汉)有限公司洪山分公司 share one core, 青禾公寓:
without legal form, place and branch, the trade in one word. Organisations only: of a sole trader
nothing but the trade name (字号), of a landlord, a legal representative or anybody's own name
nothing at all (DESIGN §11, Names).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.text.bodies import LONGEST, SHORTEST, WHOSE, names_a_body


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as it is named: ``written`` may be shown, ``core`` compared.

    ``brand`` is its own word (字号), ``trade`` what it does, "" where the name does not say.
    """

    written: str
    core: str
    brand: str
    trade: str


TRADES: dict[str, str] = {
    "物业": "物业服务|物业管理|物业",
    "公寓": "公寓管理|公寓租赁|公寓运营|长租公寓|公寓",
    "租赁": "住房租赁|房屋租赁|租房|长租|租赁",
    "房产中介": "房地产经纪|房产经纪|房屋经纪|地产中介|房产中介|房屋中介|房产|中介",
    "地产": "房地产开发|房地产|置业|地产",
    "培训": "教育咨询|教育培训|教育科技|培训学校|培训中心|培训机构|培训|教育",
    "健身": "健身管理|健身服务|健身会所|健身俱乐部|健身中心|健身房|健身",
    "停车": "停车管理|停车服务|停车",
    "旅行社": "国际旅行社|旅行社|旅游",
    "养老": "养老服务|养老院|颐养中心|养老",
    "供热": "热力|供热",
    "燃气": "天然气|燃气",
    "装饰": "装饰工程|装饰设计|装饰|装修|家装",
    "建设": "建筑工程|建设工程|建筑|建设|工程",
    "家政": "家政服务|家政",
    "物流": "物流|快递|速递",
    "餐饮": "餐饮管理|餐饮服务|餐饮",
    "汽车": "汽车销售|汽车服务|汽车",
    "商贸": "商贸|贸易",
    "科技": "信息技术|信息科技|网络科技|科技",
    "传媒": "文化传媒|文化传播|传媒",
    "金融": "金融服务|小额贷款|金融",
    "项目": "项目部|项目",
}
"""What firms do, in one word, and the words they say it in."""

_ALONE = (
    "物业服务|物业管理|物业|公寓管理|长租公寓|公寓|长租|住房租赁|地产中介|房产中介|房地产经纪"
    "|地产|置业|房产|培训学校|培训中心|教育咨询|健身会所|健身俱乐部|健身中心|国际旅行社|旅行社"
    "|养老院|颐养中心"
)
"""Trades that end a name in running text without a legal form."""

_TRADE_OF = {word: trade for trade, words in TRADES.items() for word in words.split("|")}
_WORDS = "|".join(sorted(_TRADE_OF, key=len, reverse=True))
_LEGAL = (
    "集团股份有限公司|集团有限责任公司|集团有限公司|有限责任公司|股份有限公司|有限公司|集团公司"
    "|股份公司|总公司|公司|集团"
)
_EMPTY = "服务|管理|经营|运营|咨询|发展|投资|控股|实业|企业"
"""Words of a name that tell two firms apart no more than a legal form does."""

_TRADE_END = re.compile(rf"(?:{_WORDS})$")
_LEGAL_END = re.compile(rf"(?:{_LEGAL})$")
_EMPTY_END = re.compile(rf"(?:{_EMPTY})$")
_BRANCH = re.compile(
    rf"^(?P<firm>.{{2,}}?(?:{_LEGAL}))[\u4e00-\u9fff\d]{{0,8}}"
    r"(?:分公司|分店|分校|分部|营业部|项目部|管理处|服务中心)$"
)
_AREA = re.compile(
    "^(?:中国|湖北省?|武汉市?|北京市?|上海市?|广州市?|深圳市?|天津市?|重庆市?|成都市?|杭州市?|南京市?"
    "|长沙市?|西安市?|[\u4e00-\u9fff]{2,3}(?:省|自治区|市|新区|区|县|州)"
    "|[\u4e00-\u9fff]{2,4}(?:开发区|高新区))(?=.{2,})"
)
_ESTATE_END = re.compile("(?:住宅)?小区$")
_BRACKETS = re.compile(r"（([^（）]*)）")
_BLANK = re.compile(r"[\s\u3000《》〈〉“”\"'‘’「」『』【】]+")
_SOLE = re.compile("个体工商户|个体户|经营者|字号(?:名称)?|[:：,，、]")
_MASKED = re.compile(r"[*＊某□×]|(?<!美)的")
_NO_BRAND = re.compile(
    r"[\u4e00-\u9fff]{1,4}(?:省|市|(?<![小社])区|县|街道?|镇|乡|村|湖)|(?:小区|社区|本|该|我|你|此|这|那|其|原|现|新|老|前期?|开发商?|家|附近|楼下|对面|旁边|全市|城区"
    r"|各|几|两|多|有|是|不|个|一|二|三|大型|小型|私人|国有|外地|本地|商业|业主|居民|街道|政府|单位"
    r"|无|没|欠|按|服务|管理|租房|住房|房屋|房产|地产|房地产|物业|培训|教育|健身|施工|装修|\d)*"
)

_NO_END = re.compile("[到在被向由找对了把让请该这那其将又也无没凭欠说去退交后]$")
"""What stands before a trade that is nobody's own: 多次到物业."""

LONGEST_BRAND = 10
"""Signs of a brand beyond which running text was taken for one."""

_TAIL = re.compile(
    rf"(?:{_WORDS}|{_EMPTY})*(?:{_LEGAL})(?:[\u4e00-\u9fff]{{0,6}}?分公司)?"
    rf"|(?:{_ALONE})+(?!费|服务费|管理费|用房|税|证|权|局|网|信息|城)"
)
_HEAD = re.compile(r"[\u4e00-\u9fffA-Za-z\d（）()·]{2,18}$")
_BEFORE = re.compile(
    "我们?|你们?|他们?|投诉|举报|反映|关于|要求|请求|希望|租住|入住|居住|位于|名叫|名为|叫做|叫|签约|签订"
    "|称|因为?|通过|联系|拨打|附近|对面|旁边|小区|业主|租客|租户|居民|市民|员工|顾客|消费者|工作人员|开发商"
    "|责任人|换成|改名|更名|变更|换了|现在|原来|之前|以前|后来|目前|认为|建议|没有|还是|就是|知道|发现|购买"
    "|咨询|委托|感谢|表扬|公开|了解|解释|增设|新增|多次|每次|经常|进入|飘[入进]|接管|聘请|更换|选聘|属于|出租|承租"
    "|在|被|向|由|找|与|和|跟|给|对|是|的|了|到|从|把|让|请|及|以及|等|该|本|这|那|其|有|家|为|至|将|又|也|无|没|入|进|住|凭|按|收|交|缴|欠|说|去|退"
    "|花园|广场|大厦|家园|新村|新城|公馆|名邸|雅苑|国际|[一二三四五]期"
    "|后(?!湖)|[两一二三四五六七八九十]点"
    "|号|栋|楼|室|街道?|路"
)


def firm_of(written: str) -> Firm | None:
    """Return the firm that a field names, None for a person, a crowd, or nothing of its own."""
    name = _plain(written)
    if not SHORTEST <= len(name) <= LONGEST or _MASKED.search(name) or WHOSE.search(name):
        return None
    bare = _stripped(name)
    rest = _LEGAL_END.sub("", bare)
    rest = _without(_EMPTY_END, rest)
    trade, brand = "", rest
    if (word := _TRADE_END.search(rest)) is not None:
        trade, brand = _TRADE_OF[word[0]], _without(_EMPTY_END, rest[: word.start()])
    named = bool(trade) or rest != bare or names_a_body(name)
    if not named or len(brand) < 2 or _NO_BRAND.fullmatch(brand):
        return None
    return Firm(name, brand + trade, brand, trade)


def firms_in(text: str) -> Iterator[Firm]:
    """Give the firms that a running text names, in its order, each as often as it stands there."""
    for tail in _TAIL.finditer(text):
        head = _HEAD.search(text, max(0, tail.start() - 18), tail.start())
        if head is None:
            continue
        start = head.start()
        for stop in _BEFORE.finditer(text, head.start(), tail.start()):
            if tail.start() - stop.end() >= 2:
                start = stop.end()
        found = firm_of(text[start : tail.end()].lstrip("）)·"))
        if found is None or len(found.brand) > LONGEST_BRAND or _NO_END.search(found.brand):
            continue
        yield found


def _plain(written: str) -> str:
    """Return a name without blanks and quotes, its brackets wide; of a sole trader the 字号."""
    name = _BLANK.sub("", written).replace("(", "（").replace(")", "）")
    inside = _BRACKETS.findall(name)
    outside = _BRACKETS.sub("", name)
    if _SOLE.search(name):
        parts = [part for part in _SOLE.split("，".join([outside, *inside])) if part]
        return next((part for part in parts if names_a_body(part)), "")
    if inside and not names_a_body(outside):
        return next((part for part in inside if names_a_body(part)), name)
    return name


def _stripped(name: str) -> str:
    """Return a name without brackets, branch and the place it begins with."""
    bare = _BRACKETS.sub("", name)
    if (branch := _BRANCH.match(bare)) is not None:
        bare = branch["firm"]
    while (area := _AREA.match(bare)) is not None:
        rest = _LEGAL_END.sub("", bare[area.end() :])
        if len(_TRADE_END.sub("", rest)) < 2 or _NO_BRAND.fullmatch(_TRADE_END.sub("", rest)):
            break
        bare = bare[area.end() :]
    estate = _ESTATE_END.sub("", bare)
    return estate if names_a_body(estate) else bare


def _without(end: re.Pattern[str], text: str) -> str:
    """Return a text without its ends of a kind, as long as two signs are left."""
    while (found := end.search(text)) is not None and found.start() >= 2:
        text = text[: found.start()]
    return text
