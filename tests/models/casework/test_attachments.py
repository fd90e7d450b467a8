"""Attachments by reference: where they stand, whether they changed, and who may see their name."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from models.casework import (
    Measured,
    attach,
    attachments_of,
    check_attachments,
    detach,
    measure,
)
from models.store import Store, verify_store
from models.store.permitted import PERMITTED
from rules.errors import Refused
from rules.text import Masking
from tests.models.appeals import appeal, column, one, taken

NUMBER = "WH20261119-00001"

SEEN = Masking(False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "现场照片.jpg"
    path.write_bytes(b"picture")
    return path


def states(store: Store) -> list[str]:
    with store.reading() as reader:
        return [each.state for each in attachments_of(reader, 1, SEEN)]


def test_a_file_is_kept_by_its_place_and_digest_and_told_when_it_changes(
    store: Store, file: Path
) -> None:
    taken(store, appeal())
    attach(store, NUMBER, measure(str(file)))
    with store.reading() as reader:
        [kept] = attachments_of(reader, 1, SEEN)
    assert (kept.name, kept.kind, kept.size, kept.state) == ("现场照片.jpg", "图片", 7, "same")
    assert kept.sha256 == hashlib.sha256(b"picture").hexdigest()
    assert kept.told == "现场照片.jpg · 图片 · 7 字节 · 未变"
    file.write_bytes(b"another picture")
    assert states(store) == ["changed"]
    file.unlink()
    assert states(store) == ["missing"]
    with store.reading() as reader:
        found = check_attachments(reader)
    assert (found.total, found.states) == (1, {"missing": 1})
    assert [(each.number, each.state) for each in found.bad] == [(NUMBER, "missing")]
    assert verify_store(store).ok


def test_the_trail_tells_of_it_without_its_name_and_of_its_removal(
    store: Store, file: Path
) -> None:
    taken(store, appeal())
    id = attach(store, NUMBER, measure(str(file)))
    with pytest.raises(Refused, match="已有这个附件"):
        attach(store, NUMBER, measure(str(file)))
    with pytest.raises(Refused, match="理由"):
        detach(store, id, " ")
    detach(store, id, "放错了")
    assert states(store) == []
    with pytest.raises(Refused, match="已移除"):
        detach(store, id, "再来")
    told = column(store, "SELECT payload FROM event WHERE verb LIKE 'ticket.%tach' ORDER BY seq")
    assert len(told) == 2
    assert "照片" not in "".join(told) and '"sort":"图片"' in told[0]
    assert verify_store(store).ok


def test_a_page_is_never_fetched_and_has_no_digest(store: Store) -> None:
    taken(store, appeal())
    attach(store, NUMBER, measure("https://wuhan.example/a?b=1"))
    with store.reading() as reader:
        [kept] = attachments_of(reader, 1, SEEN)
    assert (kept.kind, kept.sha256, kept.size, kept.state) == ("网页", None, None, "page")
    assert kept.told.endswith("网页 · 没有校验值")


def test_what_is_not_there_or_no_file_is_refused(store: Store, tmp_path: Path) -> None:
    for place, why in ((tmp_path / "没有.pdf", "找不到附件"), (tmp_path, "文件夹")):
        with pytest.raises(Exception, match=why):
            measure(str(place))


def test_the_name_of_a_confidential_matters_file_is_hidden(store: Store, tmp_path: Path) -> None:
    taken(store, appeal(confidential=True, reporter="王小明", phone="13871234567"))
    taken(store, appeal("A2", reporter="李小红", phone="13871234568"), digest="2")
    for number, name in ((NUMBER, "王小明.pdf"), ("WH20261119-00002", "李小红 来信.pdf")):
        path = tmp_path / name
        path.write_bytes(b"x")
        attach(store, number, measure(str(path)))
    with store.reading() as reader:
        [hidden] = attachments_of(reader, 1)
        [masked] = attachments_of(reader, 2)
    assert (hidden.name, hidden.shown) == ("（保密件的附件）", "")
    assert "小红" not in masked.name + masked.shown and masked.name.endswith("来信.pdf")


def test_who_takes_files_in_may_attach_and_only_a_supervisor_removes() -> None:
    assert PERMITTED["ticket.attach"] == {"supervisor", "administrator"}
    assert PERMITTED["ticket.detach"] == {"supervisor"}


def test_the_column_of_a_file_attaches_what_is_new(store: Store, tmp_path: Path) -> None:
    (tmp_path / "一.pdf").write_bytes(b"1")
    (tmp_path / "二.pdf").write_bytes(b"2")
    files = ("一.pdf", "https://wuhan.example/1", "没有.pdf")
    taken(store, appeal(attachments=files), folder=tmp_path)
    assert states(store) == ["same", "page", "missing"]
    assert one(store, "SELECT sha256 FROM attachment WHERE size = 1") == (
        hashlib.sha256(b"1").hexdigest(),
    )
    again = taken(store, appeal(attachments=files), folder=tmp_path, digest="again")
    assert (again.unchanged, len(states(store))) == (1, 3)
    more = appeal(attachments=("二.pdf",))
    assert taken(store, more, folder=tmp_path, digest="more").updated == 1
    assert states(store) == ["same", "page", "missing", "same"]
    assert verify_store(store).ok


def test_a_place_kept_without_a_digest_says_so(store: Store, file: Path) -> None:
    taken(store, appeal())
    attach(store, NUMBER, Measured(str(file)))
    assert states(store) == ["unhashed"]
