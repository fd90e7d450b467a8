"""Every source there is, as data: how its files look and what must be worked out of a row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rules.casework import COLUMN_NAMES
from seed.channels.halves import HALF, RATINGS
from seed.channels.profile import EXCHANGE, Profile, Row, Values, normal
from seed.channels.table import Cell
from seed.channels.words import (
    category,
    confidential,
    guessed_nature,
    nature,
    outcome,
    path,
    rating,
    units,
    urgency,
)


def _headers(text: str) -> frozenset[str]:
    """Read headers written with blanks between them."""
    return frozenset(text.split())


# the exchange file: the one form every bureau can fill, headers in either language

LABELS = {
    "number": "工单编号",
    **{name: label for name, label in COLUMN_NAMES.items() if name in EXCHANGE},
    "updated_at": "更新时间",
}

_LISTED = {
    "nature": nature,
    "urgency": urgency,
    "outcome": outcome,
    "result_rating": rating,
    "work_rating": rating,
    "confidential": confidential,
    "category": category,
}


def _exchange(values: Values, row: Row) -> None:
    """Read the columns whose words come from a list."""
    for name, listed in _LISTED.items():
        if text := values.get(name):
            values[name] = listed(text)
    values["co_units"] = units(row.word("co_units") or row.word(LABELS["co_units"]))


DUBAN = Profile(
    name="duban",
    label="督办台交换表",
    columns={name: name for name in LABELS} | {normal(text): name for name, text in LABELS.items()},
    needs=(frozenset(("title",)), frozenset(("content",))),
    complete=_exchange,
)

# city message boards as published for study: 留言, with or without reply or category


def _board(values: Values, row: Row) -> None:
    """Take a published reply as the end of the matter: the board shows no later step."""
    values["channel"] = "城市留言板"
    values["nature"] = guessed_nature(values["title"])
    values["closed_at"] = values.get("replied_at")


TEDDY = Profile(
    name="teddy",
    label="城市留言板",
    columns={
        "留言编号": "external_id",
        "留言用户": "reporter",
        "留言主题": "title",
        "留言时间": "received_at",
        "留言详情": "content",
        "答复意见": "reply",
        "答复时间": "replied_at",
        "一级分类": "category",
        "一级标签": "category",
    },
    needs=(frozenset(("留言编号", "留言主题", "留言时间")),),
    complete=_board,
    derived={"closed_at": "答复时间"},
    known=frozenset(("反对数", "点赞数")),
    gathers="category",
)

# Boston 311: service requests with the city's own target, in local time

_BOSTON_CHANNELS = {
    "constituent call": "12345电话",
    "citizens connect app": "移动客户端",
    "city worker app": "移动客户端",
}

_EXPLAINED = re.compile(r"\b(Noted|Invalid|Duplicate)\b")


def _boston(values: Values, row: Row) -> None:
    """Work out channel, category, nature and outcome."""
    values["channel"] = _BOSTON_CHANNELS.get(row.word("source").lower(), "其他")
    kind = row.word("type")
    values["category"] = path(row.word("subject"), row.word("reason"), kind) or None
    values["nature"] = _requested(f"{values['title']} {kind}")
    if row.word("case_status").lower() == "closed":
        explained = _EXPLAINED.search(values.get("reply") or "")
        values["outcome"] = "解释说明" if explained else "已解决"
    if values.get("reply"):
        values["replied_at"] = values.get("closed_at")


def _requested(title: str) -> str:
    """Return the nature of a service request: 求助 where its words name none."""
    named = guessed_nature(title)
    return "求助" if named == "其他" else named


BOSTON = Profile(
    name="boston",
    label="波士顿311",
    columns={
        "case_enquiry_id": "external_id",
        "open_dt": "received_at",
        "target_dt": "due_at",
        "closed_dt": "closed_at",
        "closure_reason": "reply",
        "case_title": "title",
        "department": "unit",
        "location": "address",
        "neighborhood": "grid",
    },
    needs=(frozenset(("case_enquiry_id", "open_dt", "case_title")),),
    complete=_boston,
    derived={
        "channel": "source",
        "category": "type",
        "outcome": "case_status",
        "replied_at": "closed_dt",
    },
    known=_headers(
        "ontime case_status subject reason type queue source submittedphoto closedphoto"
        " fire_district pwd_district city_council_district police_district"
        " neighborhood_services_district ward precinct location_street_name location_zipcode"
        " latitude longitude"
    ),
    zone="America/New_York",
)

# Washington DC 311: service requests with a due date, times in epoch milliseconds

_DC_ENDED = ("duplicate", "transferred", "cancel")


def _dc(values: Values, row: Row) -> None:
    """Work out channel, category, nature, urgency and outcome.

    A request closed as a duplicate, handed to another body or cancelled was explained, not
    solved; the source's own word stands as the reply.
    """
    values["channel"] = "12345电话"
    kind = row.word("servicetypecodedescription")
    values["category"] = path(kind, row.word("servicecodedescription")) or None
    values["nature"] = _requested(values["title"])
    if priority := row.word("priority"):
        values["urgency"] = urgency(priority)
    status = row.word("serviceorderstatus")
    if any(word in status.lower() for word in _DC_ENDED):
        values |= {"outcome": "解释说明", "reply": status, "replied_at": values.get("closed_at")}
    elif status.lower().startswith("closed"):
        values["outcome"] = "已解决"


DC = Profile(
    name="dc",
    label="华盛顿特区311",
    columns={
        "servicerequestid": "external_id",
        "streetaddress": "address",
        "servicecodedescription": "title",
        "organizationacronym": "unit",
        "adddate": "received_at",
        "serviceorderdate": "dispatched_at",
        "resolutiondate": "closed_at",
        "serviceduedate": "due_at",
        "details": "content",
        "ward": "grid",
    },
    needs=(frozenset(("servicerequestid", "adddate", "servicecodedescription")),),
    complete=_dc,
    derived={
        "category": "servicetypecodedescription",
        "urgency": "priority",
        "outcome": "serviceorderstatus",
        "reply": "serviceorderstatus",
        "replied_at": "resolutiondate",
    },
    known=_headers(
        "city state zipcode servicecode servicetypecodedescription servicecallcount"
        " inspectionflag inspectiondate inspectorname serviceorderstatus status_code priority"
        " xcoord ycoord latitude longitude maraddressrepositoryid gis_id globalid created edited"
        " gdb_from_date gdb_to_date gdb_archive_oid objectid"
    ),
    epoch=True,
)

# published Chongqing 12345 tickets: title, content, date of reply and reply, without header

_STAMP = re.compile(r"\s*\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\s*")

_CHONGQING = {"标题": "title", "内容": "content", "答复时间": "replied_at", "答复意见": "reply"}


def _four_cells(cells: Sequence[Cell]) -> bool:
    """Whether a row has the four columns, the third a date and time."""
    return len(cells) == 4 and isinstance(cells[2], str) and bool(_STAMP.fullmatch(cells[2]))


def _published(values: Values, row: Row) -> None:
    """Close each ticket by its reply; its receipt is unknown and no later than that."""
    values["channel"] = "12345电话"
    values["nature"] = guessed_nature(values["title"])
    values["received_at"] = values["closed_at"] = values.get("replied_at")


CHONGQING = Profile(
    name="chongqing",
    label="重庆12345公开工单",
    columns=_CHONGQING,
    needs=(),
    complete=_published,
    derived={"closed_at": "答复时间"},
    headers=tuple(_CHONGQING),
    fits=_four_cells,
)

PROFILES: Mapping[str, Profile] = {
    profile.name: profile for profile in (DUBAN, RATINGS, HALF, TEDDY, BOSTON, DC, CHONGQING)
}
