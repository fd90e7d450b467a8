"""Which column of an unknown header is which field: by its words, their sounds, and its cells."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rules.intake import INSTANTS, LABELS
from seed.channels.headers import normal
from seed.channels.looks import PLAIN_KINDS, Looks, likeness, looks_of, telling
from seed.channels.synonyms import FIELD_OF, NO_FIELD
from seed.channels.table import Cell, cell_text
from seed.reference import initials, spelled

SURE = 0.75
"""A guess above this needs no second look."""

_WORTH = 0.3  # a guess below this is none

_NAMED = 0.9  # a name that is the field's own, or a known synonym

_BY_LOOKS = 0.55  # how far looks alone can be trusted

_NEAR = 0.1  # two guesses so near are one as good as the other

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """A column of a file as it is seen: its header, some of its cells, those that may be shown."""

    header: str
    cells: Sequence[Cell]
    open: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column is taken for.

    ``field`` is None for one that is not to be read. ``sure`` is 0 to 1, ``why`` says in Chinese
    what speaks for it, ``doubt`` what speaks against it, "" for nothing. ``samples`` are a few of
    its cells; ``person`` tells of names of people in them.
    """

    header: str
    field: str | None
    sure: float
    why: str
    doubt: str
    samples: tuple[str, ...]
    person: bool = False


@dataclass(frozen=True, slots=True)
class _Claim:
    """A column that may be a field."""

    sure: float
    place: int
    field: str
    why: str


def guess(columns: Sequence[Seen], is_unit: Callable[[str], bool]) -> list[Guess]:
    """Return what each column is taken for; each field is given to one column at most.

    A time of day that stands right of its date is given the same field: the two are joined.
    """
    looks = [looks_of(each.cells, is_unit) for each in columns]
    claims = [claim for place, each in enumerate(columns) for claim in _claims(place, each, looks)]
    given: dict[int, _Claim] = {}
    taken: set[str] = set()
    for claim in sorted(claims, key=lambda each: (-each.sure, each.place)):
        if claim.place not in given and claim.field not in taken and claim.sure >= _WORTH:
            given[claim.place] = claim
            taken.add(claim.field)
    _join_clocks(columns, looks, given)
    return [
        _guessed(each, looks[place], given.get(place), _rivals(claims, given, place))
        for place, each in enumerate(columns)
    ]


def _guessed(column: Seen, looks: Looks, claim: _Claim | None, rivals: Sequence[str]) -> Guess:
    """Put into words what became of a column."""
    filled = (text for cell in column.open if (text := cell_text(cell).strip()))
    samples = tuple(text for text, _ in zip(filled, range(SAMPLES), strict=False))
    if claim is None:
        why = "只是行号" if _only_counts(column, looks) else "看不出是哪个字段"
        return Guess(column.header, None, 0.0, why, "", samples, looks["person"] > 0.5)
    doubt = "" if claim.sure >= SURE else "把握不大"
    if rivals:
        doubt = f"也可能是{'、'.join(rivals)}"
    if looks.filled and claim.field in PLAIN_KINDS and likeness(claim.field, looks) < 0.5:
        doubt = f"样例不像{LABELS[claim.field]}"
    person = looks["person"] > 0.5
    return Guess(column.header, claim.field, claim.sure, claim.why, doubt, samples, person)


def _rivals(claims: Sequence[_Claim], given: Mapping[int, _Claim], place: int) -> list[str]:
    """Return what else a column may as well be, among the fields that no other column is."""
    if (claim := given.get(place)) is None:
        return []
    taken = {each.field for each in given.values()}
    near = (c for c in claims if c.place == place and claim.sure - c.sure < _NEAR)
    return [LABELS[each.field] for each in near if each.field not in taken][:2]


def _only_counts(column: Seen, looks: Looks) -> bool:
    return normal(column.header) in NO_FIELD or looks.counts


def _claims(place: int, column: Seen, all_looks: Sequence[Looks]) -> Iterator[_Claim]:
    """Yield the fields a column may be."""
    looks = all_looks[place]
    if normal(column.header) in NO_FIELD:
        return
    named = _named(normal(column.header))
    for name, (score, why) in named.items():
        alike = likeness(name, looks) if looks.filled else 1.0
        trust = 0.7 if score >= _NAMED else 0.4
        by_name = score * (trust + (1 - trust) * alike)
        by_looks = telling(name, looks) * _BY_LOOKS
        yield _Claim(1 - (1 - by_name) * (1 - by_looks), place, name, why)
    for name in LABELS:
        by_looks = telling(name, looks) * _BY_LOOKS
        if name not in named and by_looks > 0 and not (named and name in INSTANTS):
            yield _Claim(by_looks, place, name, f"样例像{LABELS[name]}")


def _join_clocks(columns: Sequence[Seen], looks: Sequence[Looks], given: dict[int, _Claim]) -> None:
    """Give a column of times of day the field of the dates that stand on its left."""
    for place in range(1, len(columns)):
        day = given.get(place - 1)
        is_clock = looks[place]["clock"] > 0.7
        if is_clock and day and day.field in INSTANTS and looks[place - 1]["day"] > 0.7:
            why = f"与“{columns[place - 1].header}”合成一个时间"
            given[place] = _Claim(day.sure, place, day.field, why)
        elif is_clock and place in given and given[place].field in INSTANTS:
            del given[place]


def header_score(text: str) -> float:
    """Return how surely a text is the name of a column, 0 to 1."""
    if not text or len(text) > _LONGEST_NAME:
        return 0.0
    return max((score for score, _ in _named(normal(text)).values()), default=0.0)


_LONGEST_NAME = 24


def _named(header: str) -> Mapping[str, tuple[float, str]]:
    """Return the fields that the words of a header speak of, each with how surely and why.

    A number that only sounds like ours is the source's own.
    """
    if not header:
        return {}
    if header in _OWN:
        return {_OWN[header]: (1.0, "列名即此")}
    if header in FIELD_OF:
        return {FIELD_OF[header]: (0.95, "列名同义")}
    if header.isascii():
        return _latin(header)
    found: dict[str, tuple[float, str]] = {}
    for name, field in {**FIELD_OF, **_OWN}.items():
        field = "external_id" if field == "number" else field
        score = _alike(header, name)
        if score > found.get(field, (0.0, ""))[0]:
            found[field] = (score, f"列名近于“{name}”")
    for field, score, sign in _SIGNS:
        if sign.search(header) and found.get(field, (0.0, ""))[0] < score:
            found[field] = (score, "列名里的字")
    return {field: each for field, each in found.items() if each[0] >= _WORTH}


_OWN = {label: name for name, label in LABELS.items()} | {name: name for name in LABELS}

_CLEAR, _VAGUE = 0.8, 0.6  # how surely signs in a header speak of a field

_MOMENT = "(时间|日期|时刻|时点|日)$"

_SIGNS = tuple(
    (field, score, re.compile(form))
    for score, forms in (
        (
            _CLEAR,
            {
                "received_at": f"(来电|受理|登记|接诉|[来收写][信件]|收到|诉求|反映).*{_MOMENT}",
                "dispatched_at": f"(交办|派单|派发|派件|转办|分派|下派|下发).*{_MOMENT}",
                "acknowledged_at": f"(签收|接单|认领).*{_MOMENT}",
                "contacted_at": f"(首次|初次).*联系.*{_MOMENT}",
                "replied_at": f"(答复|回复|反馈|回信).*{_MOMENT}",
                "due_at": "(限|截止|截至|到期|应办|应结|要求).*(时间|日期|时限|期限|日|前)$",
                "closed_at": f"(?<![限应])(办结|结案|结单|完结|完成|归档|办毕).*{_MOMENT}",
                "rated_at": f"(评价|测评|回访).*{_MOMENT}",
                "work_rating": "(过程|态度|服务|工作).*(满意|评价)",
                "outcome": "(办理|处理|解决|办结|完成).*(结果|状态|情况)$|是否解决",
                "reply": "(答复|回复|反馈|处理|办理|回信).*(内容|意见|情况|说明|措施|正文)$",
                "unit": "(责任|承办|主办|办理|处理|经办|牵头|落实).*(单位|部门|机构)",
                "co_units": "(协办|配合|协助|会办).*(单位|部门)",
                "reporter": "(诉求|来电|反映|投诉|举报|市民|群众|联系|信访|当事).*(人|姓名)$",
                "handler": "(经办|承办|办理|责任|处理).*人$",
                "object": "(被|涉).*(对象|单位|企业|主体|商家|名称)",
                "phone": "电话|手机|号码|联系方式",
            },
        ),
        (
            _VAGUE,
            {
                "received_at": f"(投诉|提交|创建|提出|发起|发生).*{_MOMENT}|^{_MOMENT}",
                "reporter": "^(市民|群众|居民|村民|网友)$|姓名$",
                "result_rating": "满意|评价",
                "unit": "单位|部门",
                "address": "地址|地点|位置|场所",
                "grid": "网格|社区|街道|区域|辖区",
                "category": "类别|分类|类型|大类|小类|领域",
                "urgency": "紧急|急件|缓急|等级",
                "channel": "渠道|来源|方式$|途径",
                "title": "标题|主题|事由|名称|概要|摘要",
                "content": "内容|描述|详情|诉求|问题|正文|说",
                "external_id": "编号|编码|单号|序列|流水",
            },
        ),
    )
    for field, form in forms.items()
)
"""Fields and the signs in a header that speak of them."""


def _alike(header: str, name: str) -> float:
    """Return how alike a header and the name of a field are, below 0.9."""
    if len(name) >= 2 and name in header:
        return 0.4 + 0.4 * len(name) / len(header)
    if len(header) >= 2 and header in name:
        return 0.4 + 0.4 * len(header) / len(name)
    ratio = difflib.SequenceMatcher(None, header, name).ratio()
    return 0.7 * ratio if ratio >= 0.6 else 0.0


def _latin(header: str) -> Mapping[str, tuple[float, str]]:
    """Return the fields of a header in Latin letters: pinyin, its initials, or English words."""
    letters = "".join(filter(str.isalpha, header))
    spelled_out, short = _sounds()
    if field := spelled_out.get(letters):
        return {field: (0.9, "列名是拼音")}
    found = {field: (0.7, "列名是拼音首字母") for field in short.get(letters, ())}
    words = set(re.split(r"[\W_]+", header)) | {header.replace("_", "")}
    for field, signs in _ENGLISH.items():
        if words & signs:
            found[field] = (0.75, "列名的英文")
    return found


_ENGLISH: Mapping[str, frozenset[str]] = {
    field: frozenset(words.split())
    for field, words in {
        "external_id": "id number no key ticket case caseid requestid",
        "received_at": "created opened open received requested submitted createddate createtime",
        "closed_at": "closed resolved completed closeddate finishtime",
        "due_at": "due target expected sla deadline",
        "updated_at": "updated modified",
        "title": "title subject summary",
        "content": "description details content text problem complaint",
        "reply": "reply response resolution reason answer",
        "category": "category type service complainttype",
        "address": "address location street",
        "grid": "district ward neighborhood borough grid",
        "unit": "agency department unit owner",
        "outcome": "status state outcome result",
        "channel": "channel source origin method",
        "phone": "phone tel mobile telephone",
        "reporter": "name reporter caller citizen",
        "urgency": "priority urgency",
        "result_rating": "rating satisfaction score",
    }.items()
}
"""English words of headers."""


@cache
def _sounds() -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    """Return fields by the full pinyin of their names, and by its initials."""
    full: dict[str, str] = {}
    short: dict[str, dict[str, None]] = {}
    for name, field in {**{n: f for n, f in _OWN.items() if n != f}, **FIELD_OF}.items():
        full.setdefault(spelled(name), field)
        short.setdefault(initials(name), {})[field] = None
    return full, {sound: tuple(fields) for sound, fields in short.items()}
