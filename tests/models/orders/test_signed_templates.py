"""A paper names the template it was made with; another than the one seen is not signed unasked."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from models import orders
from models.orders.order import OrderView
from models.paper.templates import digest_of, load_template, made_with
from models.store.reader import Reader
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import Refused
from rules.paper import Content
from tests.conftest import NOW
from tests.models.appeals import column
from tests.models.presses import Plain
from tests.models.rounds import put_round


class Naming(Plain):
    """A press whose papers begin with their template."""

    def fill(self, template: bytes, content: Content) -> bytes:
        """Return template and number."""
        return template + content.line("文号").encode()


def _draft(store: Store, number: str = "T1") -> OrderView:
    ticket, _ = put_round(store, number, 5, received_at=NOW - timedelta(days=20))
    [drafted] = orders.draft(store, [ticket], at=NOW - timedelta(minutes=5)).orders
    return drafted


def _sign(store: Store, draft: OrderView, **choice: object) -> OrderView:
    leader = store.policy.leaders[0].name
    [signed] = orders.sign(
        store,
        [draft.id],
        signer=leader,
        basis="paper",
        press=Naming(),
        **choice,  # type: ignore[arg-type]  # what a test chooses
    )
    return signed


def _paper(reader: Reader, order: OrderView) -> bytes:
    return orders.paper_of(reader, order.id)[1]


def _told(store: Store) -> dict[str, object]:
    payloads = column(store, "SELECT payload FROM event WHERE verb = 'order.sign' ORDER BY seq")
    found: dict[str, object] = json.loads(payloads[-1])
    return found


def test_a_paper_names_the_shipped_template_or_the_version_it_was_made_with(store: Store) -> None:
    first = _sign(store, _draft(store))
    load_template(store, "order", b"own ", "换版头", at=NOW - timedelta(minutes=10))
    second = _sign(store, _draft(store, "T2"))
    with store.reading() as reader:
        found = made_with(reader, "order", [first.id, second.id])
        assert _paper(reader, first).startswith(b"shipped order")
        assert _paper(reader, second).startswith(b"own ")
        assert verify_trail(reader).ok
    assert (found[first.id].revision, found[second.id].revision) == (0, 1)
    assert found[second.id].sha256 == digest_of(b"own ") == _told(store)["template_sha256"]
    assert _told(store)["template"] == "第1版模板" and "template_changed" not in _told(store)


def test_a_template_loaded_after_the_draft_is_told_and_signed_only_by_choice(
    store: Store,
) -> None:
    draft = _draft(store)
    load_template(store, "order", b"own ", "换版头")
    with pytest.raises(Refused, match=r"督办单的模板已换为第1版模板（\w{12}）：请看过现在的文书"):
        _sign(store, draft)
    assert column(store, "SELECT status FROM supervision_order") == ["draft"]
    _sign(store, draft, as_changed=True)
    assert _told(store)["template_changed"] is True


def test_what_was_seen_is_what_is_signed(store: Store) -> None:
    draft = _draft(store)
    seen = {"order": digest_of(b"shipped order")}
    load_template(store, "order", b"own ", "换版头")
    with pytest.raises(Refused, match="已换为第1版模板"):
        _sign(store, draft, templates=seen, as_changed=True)
    signed = _sign(store, draft, templates={"order": digest_of(b"own ")})
    load_template(store, "order", b"other ", "再换")
    with store.reading() as reader:
        assert _paper(reader, signed).startswith(b"own ")


def test_a_template_of_another_kind_changes_nothing(store: Store) -> None:
    draft = _draft(store)
    load_template(store, "notice", b"own ", "换版头")
    assert _sign(store, draft).status == "signed"
