"""The bureau's templates as versions: loaded by an administrator, under seal, in force or not."""

from __future__ import annotations

import hashlib
import json

import pytest

from models.paper.templates import (
    Template,
    load_template,
    template_in_force,
    template_versions,
)
from models.store.errors import NotAllowed
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import Refused
from tests.conftest import NOW
from tests.models.appeals import column
from tests.models.presses import Plain
from tests.models.review.test_verdicts import as_another


def _now(store: Store, kind: str = "notice") -> Template:
    with store.reading() as reader:
        return template_in_force(reader, Plain(), kind)


def _holds(store: Store) -> None:
    with store.reading() as reader:
        assert verify_trail(reader).ok


def test_until_one_is_loaded_the_shipped_template_is_in_force(store: Store) -> None:
    found = _now(store)
    assert (found.revision, found.content) == (0, b"shipped notice")
    assert found.sha256 == hashlib.sha256(b"shipped notice").hexdigest()
    assert found.called == "随附模板" and found.loaded_at is None


def test_a_loaded_template_is_in_force_for_its_kind_alone_and_under_seal(store: Store) -> None:
    assert load_template(store, "notice", b"one", "换版头", name="提示函\x1b[31m.docx") == 1
    assert load_template(store, "notice", b"two", "改落款", name="b.docx") == 2
    found = _now(store)
    assert (found.called, found.content, found.loaded_at) == ("第2版模板", b"two", NOW)
    assert _now(store, "order").called == "随附模板"
    with store.reading() as reader:
        newest, first = template_versions(reader)
    assert (newest.kind, newest.revision, newest.reason) == ("notice", 2, "改落款")
    assert (first.revision, first.name) == (1, "提示函.docx")
    told = [json.loads(one) for one in _events(store)]
    assert [(one["kind"], one["revision"]) for one in told] == [("notice", 1), ("notice", 2)]
    assert told[1]["sha256"] == found.sha256
    _holds(store)


def test_going_back_to_what_is_shipped_is_a_version_of_its_own(store: Store) -> None:
    with pytest.raises(Refused, match="无须装入"):
        load_template(store, "notice", None, "恢复")
    load_template(store, "notice", b"one", "换版头")
    assert load_template(store, "notice", None, "恢复") == 2
    found = _now(store)
    assert (found.called, found.content, found.loaded_at) == ("随附模板", b"shipped notice", NOW)
    _holds(store)


def test_the_same_again_without_reason_or_of_no_kind_is_refused(store: Store) -> None:
    load_template(store, "order", b"one", "换版头")
    for kind, content, reason, told in (
        ("order", b"one", "再来", "无须装入"),
        ("order", b"two", "  ", "写明理由"),
        ("letter?", b"two", "x", "没有文种 letter"),
    ):
        with pytest.raises(Refused, match=told):
            load_template(store, kind, content, reason)
    assert len(_events(store)) == 1


def test_only_an_administrator_loads_one(store: Store) -> None:
    as_another(store, "supervisor", "signer")
    with pytest.raises(NotAllowed, match="要有管理权限"):
        load_template(store, "order", b"one", "换版头")


def test_bytes_that_are_not_those_loaded_are_not_used(sqlite_store: Store) -> None:
    load_template(sqlite_store, "order", b"one", "换版头")
    with sqlite_store.writing() as work:
        work.conn.exec_driver_sql("UPDATE paper_template SET content = x'00'")
    with pytest.raises(Refused, match="与装入时的摘要不符"):
        _now(sqlite_store, "order")
    with sqlite_store.reading() as reader:
        assert not verify_trail(reader).ok


def _events(store: Store) -> list[str]:
    return column(store, "SELECT payload FROM event WHERE verb = 'template.load' ORDER BY seq")
