"""Half files: the sources whose rows tell of matters by their number alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rules.casework import HALF_NAMES, extension_of
from rules.errors import Refused
from seed.channels.profile import Profile, Row, Values, normal
from seed.channels.synonyms import FIELD_OF, NO_FIELD
from seed.channels.table import RowRefused
from seed.channels.words import outcome, rating

_WHOLE = frozenset(("title", "content", "标题", "内容"))
"""Headers of a file that tells of whole appeals."""

_TELLING = (
    "acknowledged_at",
    "contacted_at",
    "extension",
    "reply",
    "replied_at",
    "closed_at",
    "result_rating",
    "work_rating",
)
"""The columns of which a half file has at least one."""

_ALSO = {
    "联系时间": "contacted_at",
    "申请延期天数": "extension",
    "申请延期至": "extension",
    "延期天数": "extension",
    "延期至": "extension",
    "申请延期理由": "extension_reason",
    "延期原因": "extension_reason",
    "审签人": "approved_by",
}
"""How other people head these columns."""

_FILLED = (
    "acknowledged_at",
    "contacted_at",
    "extension",
    "extension_reason",
    "reply",
    "replied_at",
    "outcome",
    "closed_at",
)
"""What a unit fills in."""

_RATED = ("number", "result_rating", "work_rating", "rated_at", "caller", "recording", "said")

_LISTED: Mapping[str, Callable[[str], str | None]] = {
    "outcome": outcome,
    "result_rating": rating,
    "work_rating": rating,
}


def _half(values: Values, row: Row) -> None:
    """Read the columns whose words come from a list; a row must say which matter it is about."""
    if not values.get("number"):
        raise RowRefused("没有工单编号：请补上")
    for name, listed in _LISTED.items():
        if text := values.get(name):
            values[name] = listed(text)
    if text := values.get("extension"):
        try:
            values["extension"] = extension_of(text)
        except Refused as refusal:
            raise RowRefused(str(refusal)) from refusal


def _handout(values: Values, row: Row) -> None:
    """Read what a unit tells of itself; where the file has stamps, a filled row needs its own."""
    _half(values, row)
    values["reported"] = True
    told = any(values.get(name) for name in _FILLED)
    if told and "核对码" in row.places and not values.get("stamp"):
        raise RowRefused("没有核对码：请在本库导出的办理表里填写，不另起行")


def _ratings(values: Values, row: Row) -> None:
    """Read the ratings; a row must say how, and when."""
    _half(values, row)
    if not (values.get("result_rating") or values.get("work_rating")):
        raise RowRefused("没有评价：请填写群众满意或工作满意")
    if values.get("rated_at") is None:
        raise RowRefused("没有评价时间：请补上")


def _synonyms(*names: str) -> dict[str, str]:
    """Return what bureaus call some of the columns."""
    return {synonym: name for synonym, name in FIELD_OF.items() if name in names}


def _columns(*names: str) -> dict[str, str]:
    """Return headers in both languages."""
    return {name: name for name in names} | {normal(HALF_NAMES[name]): name for name in names}


RATINGS = Profile(
    name="ratings",
    label="评价表",
    columns=_columns(*_RATED),
    synonyms=_synonyms(*_RATED),
    known=NO_FIELD,
    needs=tuple(frozenset(("number", "rated_at", one)) for one in ("result_rating", "work_rating")),
    complete=_ratings,
    lacks=_WHOLE,
    half=True,
)

_OF_UNITS = ("evidence", "stamp")

HALF = Profile(
    name="half",
    label="进展表",
    columns=_columns(*(name for name in HALF_NAMES if name not in _OF_UNITS)) | _ALSO,
    synonyms=_synonyms(*HALF_NAMES),
    known=NO_FIELD,
    needs=tuple(frozenset(("number", one)) for one in _TELLING),
    complete=_half,
    lacks=_WHOLE,
    half=True,
)

HANDOUT_SHOWN = (
    "诉求标题",
    "来源渠道",
    "交办时间",
    "状态",
    "最近时限",
    "剩余",
    "颜色",
    "办结到期",
    "并单",
)
"""The columns of a unit's workbook that tell it what it has; nothing of them is read back."""

HANDOUT = Profile(
    name="handout",
    label="单位办理表",
    columns=_columns("number", *_FILLED, "filled_by", "approved_by", *_OF_UNITS) | _ALSO,
    needs=tuple(frozenset(("number", one)) for one in _OF_UNITS),
    complete=_handout,
    known=frozenset(normal(name) for name in HANDOUT_SHOWN),
    lacks=_WHOLE,
    half=True,
)
