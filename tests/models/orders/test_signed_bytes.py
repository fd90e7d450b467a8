"""What was signed stays as it was signed, whatever happens afterwards."""

from __future__ import annotations

import hashlib

from models import casework, orders
from models.clocks import policies
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.paper import Content
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, taken, wuhan
from tests.models.presses import Plain


def render(content: Content) -> bytes:
    """Return everything that a paper says, as bytes."""
    return "\n".join(one.text for one in content.statements).encode()


def test_signed_bytes_are_unchanged_by_anything_later(store: Store, clock: Clock) -> None:
    clock.travel_to("2026-11-16 10:00")
    at = {"received_at": wuhan("2026-11-16 09:00"), "dispatched_at": clock.now, "unit": UNIT}
    taken(store, appeal("A1", **at), appeal("A2", **at))
    [draft] = orders.draft(store, [1, 2]).orders
    signer = store.policy.leaders[0].name
    orders.sign(store, [draft.id], signer=signer, basis="paper", press=Plain(render))
    with store.reading() as reader:
        name, signed = orders.paper_of(reader, draft.id)
    clock.travel_to("2026-11-17 10:00")
    casework.take(store, "instruct", [1], leader="李市长", text="速办", limit_text="1wd")
    casework.take(store, "urge", [1], answered_by="王科长", promised="今天办结")
    casework.take(store, "reply", [1], text="已派人到场修复，群众当场表示认可。")
    casework.take(store, "send_back", [1], reason="没有照片")
    orders.follow(store, "deliver", [draft.id])
    policies.load_policy(store, "[bureau]\nname = '某市网上群众工作部'\n", reason="改名")
    clock.travel_to("2026-11-27 10:00")
    second = orders.draft_second(store, draft.id)
    orders.edit(store, second.id, second.version, title="再次督办", copy_to=["市委督查室"])
    orders.follow(store, "feedback", [draft.id], text="已办")
    orders.follow(store, "void", [draft.id], reason="重拟")
    with store.reading() as reader:
        assert orders.paper_of(reader, draft.id) == (name, signed)
        assert verify_trail(reader).ok
    digests = column(store, "SELECT sha256 FROM paper")
    assert digests == [hashlib.sha256(signed).hexdigest()]
