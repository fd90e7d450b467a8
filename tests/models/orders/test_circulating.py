"""A draft is printed for approval; what leaves of a void order says that it is void."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest

from models import orders
from models.orders import OrderView, Sheet, SheetForm, VoidMark, orders_by_id
from models.store.errors import LostRace
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import Refused
from tests.conftest import NOW
from tests.models.cells import rows_of
from tests.models.presses import Plain
from tests.models.rounds import put_round


def _draft(store: Store) -> OrderView:
    ticket, _ = put_round(store, "T1", 5, received_at=NOW - timedelta(days=20))
    return orders.draft(store, [ticket]).orders[0]


def _sign(store: Store, *views: OrderView, as_changed: bool = False) -> OrderView:
    leader = store.policy.leaders[0].name
    ids = [view.id for view in views]
    return orders.sign(
        store,
        ids,
        signer=leader,
        basis="paper",
        press=Plain(lambda paper: f"signed {paper.line('文号')}".encode()),
        as_changed=as_changed,
    )[0]


def _printed(sheet: Sheet) -> bytes:
    return f"{sheet.draft.name} {sheet.form.opinion} {sheet.draft.digest}".encode()


def _told(store: Store, verb: str) -> dict[str, object]:
    with store.reading() as reader:
        found = rows_of(reader, "SELECT payload FROM event WHERE verb = :verb", verb=verb)
    told: dict[str, object] = json.loads(found[-1][0])
    return told


def test_a_sheet_is_kept_with_the_digest_of_the_words_and_told_of(store: Store) -> None:
    draft = _draft(store)
    name, content = orders.circulate(store, draft, SheetForm(opinion="拟同意"), _printed)
    assert name == f"发文稿纸-草稿#{draft.id}-第1版.docx"
    digest = orders.draft_words(draft).digest
    told = _told(store, "order.circulate")
    assert told["words"] == digest and digest in content.decode()
    assert told["sha256"] == hashlib.sha256(content).hexdigest()
    _sign(store, draft)
    assert _told(store, "order.sign")["sheet"] == told["sha256"]
    with store.reading() as reader:
        assert verify_trail(reader).ok
    with pytest.raises(LostRace):
        orders.circulate(store, draft, SheetForm(), _printed)


def test_words_that_changed_since_they_were_printed_are_signed_by_choice_only(
    store: Store,
) -> None:
    draft = _draft(store)
    orders.circulate(store, draft, SheetForm(), _printed)
    changed = orders.edit(store, draft.id, draft.version, title="关于停水的督办单")
    with store.reading() as reader:
        words = [orders.draft_words(changed)]
        assert [one.id for one in orders.changed_since_printed(reader, words)] == [draft.id]
    with pytest.raises(Refused, match="打印发文稿纸之后改动过"):
        _sign(store, changed)
    assert _sign(store, changed, as_changed=True).number == "武网督〔2026〕1号"
    assert _told(store, "order.sign")["changed_since"] is True


def test_words_printed_again_are_signed_without_a_question(store: Store) -> None:
    draft = _draft(store)
    orders.circulate(store, draft, SheetForm(), _printed)
    changed = orders.edit(store, draft.id, draft.version, title="关于停水的督办单")
    orders.circulate(store, changed, SheetForm(), _printed)
    _sign(store, changed)
    assert "changed_since" not in _told(store, "order.sign")


def test_a_sheet_is_printed_of_a_draft_only(store: Store) -> None:
    signed = _sign(store, _draft(store))
    with pytest.raises(Refused, match="不是草稿"):
        orders.circulate(store, signed, SheetForm(), _printed)


def test_a_void_paper_leaves_marked_and_what_was_signed_stays(store: Store) -> None:
    signed = _sign(store, _draft(store))
    orders.follow(store, "void", [signed.id], reason="电话13871234567打错")

    def stamp(content: bytes, mark: VoidMark) -> bytes:
        return content + f" void {mark.number} {mark.reason}".encode()

    name, content = orders.export_paper(store, signed.id, stamp)
    assert name == "武网督〔2026〕1号-作废.docx"
    kept = b"signed " + "武网督〔2026〕1号".encode()
    assert content == kept + " void 武网督〔2026〕1号 电话138****4567打错".encode()
    assert _told(store, "order.export") == {
        "sha256": hashlib.sha256(content).hexdigest(),
        "signed": hashlib.sha256(kept).hexdigest(),
        "void": True,
    }
    copy, _ = orders.export_copy(store, signed.id, lambda content, _: content, stamp)
    assert copy == "武网督〔2026〕1号-作废-副本.docx"
    with store.reading() as reader:
        assert orders.paper_of(reader, signed.id)[1] == kept
        assert orders_by_id(reader, [signed.id])[0].sha256 == hashlib.sha256(kept).hexdigest()
