"""Washington DC 311: service requests with a due date, times in epoch milliseconds."""

from __future__ import annotations

from seed.channels.profile import Profile, Row, Values
from seed.channels.words import guessed_nature, path, urgency

_ENDED = ("duplicate", "transferred", "cancel")


def _complete(values: Values, row: Row) -> None:
    """Work out channel, category, nature, urgency and outcome.

    A request closed as a duplicate, handed to another body or cancelled was explained, not
    solved; the source's own word stands as the reply.
    """
    values["channel"] = "12345电话"
    kind = row.word("servicetypecodedescription")
    values["category"] = path(kind, row.word("servicecodedescription")) or None
    nature = guessed_nature(values["title"])
    values["nature"] = "求助" if nature == "其他" else nature
    if priority := row.word("priority"):
        values["urgency"] = urgency(priority)
    status = row.word("serviceorderstatus")
    if any(word in status.lower() for word in _ENDED):
        values |= {"outcome": "解释说明", "reply": status, "replied_at": values.get("closed_at")}
    elif status.lower().startswith("closed"):
        values["outcome"] = "已解决"


_KNOWN = frozenset(
    (
        "city",
        "state",
        "zipcode",
        "servicecode",
        "servicetypecodedescription",
        "servicecallcount",
        "inspectionflag",
        "inspectiondate",
        "inspectorname",
        "serviceorderstatus",
        "status_code",
        "priority",
        "xcoord",
        "ycoord",
        "latitude",
        "longitude",
        "maraddressrepositoryid",
        "gis_id",
        "globalid",
        "created",
        "edited",
        "gdb_from_date",
        "gdb_to_date",
        "gdb_archive_oid",
        "objectid",
    )
)

PROFILE = Profile(
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
    complete=_complete,
    derived={
        "category": "servicetypecodedescription",
        "urgency": "priority",
        "outcome": "serviceorderstatus",
        "reply": "serviceorderstatus",
        "replied_at": "resolutiondate",
    },
    known=_KNOWN,
    epoch=True,
)
