"""Open311 documents in JSON and XML say the same; what is broken or could do harm is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rules.casework import Reject
from seed.channels.table import ImportFileError
from tests.seed.reading import appeals, opened, written

CLOSED: dict[str, object] = {
    "service_request_id": "638344",
    "status": "closed",
    "status_notes": "Lamp replaced by the night crew",
    "service_name": "Street light out",
    "service_code": "006",
    "description": "The lamp on the corner is out & the crossing is dark",
    "agency_responsible": "Lighting Division",
    "service_notice": None,
    "requested_datetime": "2026-10-14T06:37:38-08:00",
    "updated_datetime": "2026-10-16T06:37:38-08:00",
    "expected_datetime": "2026-10-15T06:37:38-08:00",
    "address": "8TH AVE and JUDAH ST",
    "lat": 37.7625,
    "long": -122.4646,
    "extended_attributes": {"channel": "phone", "lamp": {"height": 9}},
}

OPEN: dict[str, object] = {
    **CLOSED,
    "service_request_id": "638349",
    "status": "open",
    "status_notes": None,
    "description": "垃圾三天没有清运 <b>急</b>",
}


def _xml(*requests: dict[str, object], head: str = "") -> str:
    def element(name: str, value: object) -> str:
        if isinstance(value, dict):
            text = "".join(element(key, one) for key, one in value.items())
        else:
            text = "" if value is None else str(value).replace("&", "&amp;").replace("<", "&lt;")
        return f"<{name}>{text}</{name}>"

    told = "\n".join(element("request", one) for one in requests)
    body = f"<service_requests>\n{told}\n</service_requests>"
    return f'<?xml version="1.0" encoding="utf-8"?>\n{head}{body}'


FORMS = {
    "array.json": json.dumps([CLOSED, OPEN]),
    "object.json": json.dumps({"service_requests": [CLOSED, OPEN], "page": 1}, indent=1),
    "one-line.json": json.dumps({"requests": [CLOSED, OPEN]}),
    "lines.jsonl": f"{json.dumps(CLOSED)}\n{json.dumps(OPEN)}\n",
    "lines.json": f"{json.dumps(CLOSED)}\n{json.dumps(OPEN)}\n",
    "requests.xml": _xml(CLOSED, OPEN),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_list_of_requests_is_read_alike_in_every_form(tmp_path: Path, name: str) -> None:
    reading = opened(written(tmp_path / name, FORMS[name]))
    assert reading.profile == "open311"
    done, waiting = appeals(reading)
    assert (done.external_id, done.title, done.unit) == (
        "638344",
        "Street light out",
        "Lighting Division",
    )
    assert done.content == "The lamp on the corner is out & the crossing is dark"
    assert done.received_at == datetime(2026, 10, 14, 14, 37, 38, tzinfo=UTC)
    assert done.closed_at == done.replied_at == datetime(2026, 10, 16, 14, 37, 38, tzinfo=UTC)
    assert (done.outcome, done.reply) == ("已解决", "Lamp replaced by the night crew")
    assert (waiting.closed_at, waiting.outcome, waiting.replied_at) == (None, None, None)
    assert waiting.content == "垃圾三天没有清运 <b>急</b>"


def test_nested_attributes_are_columns_of_their_own(tmp_path: Path) -> None:
    for name in ("array.json", "requests.xml"):
        reading = opened(written(tmp_path / name, FORMS[name]))
        assert "extended_attributes.lamp.height" in reading.columns
        assert reading.unknown_columns == ("extended_attributes.lamp.height",)


def test_entities_of_a_document_type_are_not_taken(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>\n'
    path = written(tmp_path / "requests.xml", _xml(CLOSED, head=bomb).replace("Lamp", "&f;"))
    with pytest.raises(ImportFileError, match="DOCTYPE"):
        opened(path)


def test_what_is_whole_before_a_break_in_xml_stays(tmp_path: Path) -> None:
    text = _xml(CLOSED, OPEN)
    rows = list(opened(written(tmp_path / "cut.xml", text[: text.rindex("<address>")])))
    assert len(rows) == 2
    assert isinstance(rows[1], Reject)
    assert "XML 在第4行断了" in rows[1].reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[{"service_request_id": "1",]', "第1行第29列"),
        ('{"service_requests": [\n{"status": ', "第2行"),
        ("[]", "没有一件请求"),
        ('{"a": 1,\n"b": {"c": []}}', "没有请求列表"),
        ("[" * 100_000, "套得太深|不是完整的"),
        (f"<requests>{'<a>' * 20}", "套得太深"),
    ],
)
def test_a_broken_document_is_refused_in_one_line(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ImportFileError, match=reason):
        opened(written(tmp_path / "requests.json", text))


def test_a_broken_line_of_json_is_a_row_that_is_refused_whatever_it_says(tmp_path: Path) -> None:
    text = f"{json.dumps(CLOSED)}\n" + '{"title": "路灯不亮，已经三天'
    rows = list(opened(written(tmp_path / "lines.jsonl", text)))
    assert isinstance(rows[1], Reject)
    assert rows[1].reason == "这一行不是完整的JSON对象"
