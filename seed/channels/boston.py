"""Boston 311: service requests with the city's own target, in local time."""

from __future__ import annotations

import re

from seed.channels.profile import Profile, Row, Values
from seed.channels.words import guessed_nature, path

_CHANNELS = {
    "constituent call": "12345电话",
    "citizens connect app": "移动客户端",
    "city worker app": "移动客户端",
}

_EXPLAINED = re.compile(r"\b(Noted|Invalid|Duplicate)\b")


def _complete(values: Values, row: Row) -> None:
    """Work out channel, category, nature and outcome."""
    values["channel"] = _CHANNELS.get(row.word("source").lower(), "其他")
    kind = row.word("type")
    values["category"] = path(row.word("subject"), row.word("reason"), kind) or None
    nature = guessed_nature(f"{values['title']} {kind}")
    values["nature"] = "求助" if nature == "其他" else nature
    if row.word("case_status").lower() == "closed":
        explained = _EXPLAINED.search(values.get("reply") or "")
        values["outcome"] = "解释说明" if explained else "已解决"
    if values.get("reply"):
        values["replied_at"] = values.get("closed_at")


_KNOWN = frozenset(
    (
        "ontime",
        "case_status",
        "subject",
        "reason",
        "type",
        "queue",
        "source",
        "submittedphoto",
        "closedphoto",
        "fire_district",
        "pwd_district",
        "city_council_district",
        "police_district",
        "neighborhood_services_district",
        "ward",
        "precinct",
        "location_street_name",
        "location_zipcode",
        "latitude",
        "longitude",
    )
)

PROFILE = Profile(
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
    complete=_complete,
    derived={
        "channel": "source",
        "category": "type",
        "outcome": "case_status",
        "replied_at": "closed_dt",
    },
    known=_KNOWN,
    zone="America/New_York",
)
