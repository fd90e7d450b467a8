"""Who rules over rights and rules neither signs, publishes nor approves where a signer is there."""

from __future__ import annotations

import pytest

from models import orders
from models.ranking.editions import period_of
from models.ranking.publishing import publish_edition
from models.store.apart import LEFT_TO_SIGNERS, signer_beside
from models.store.errors import NotAllowed
from models.store.permitted import PERMITTED
from models.store.store import Store
from tests.models.appeals import UNIT, appeal, column, taken
from tests.models.presses import Plain
from tests.models.review.test_calls import as_another

EVERY = ("viewer", "supervisor", "signer", "administrator", "auditor")

REFUSED = "SELECT payload FROM event WHERE verb = 'act.refused' ORDER BY seq"


@pytest.mark.parametrize(
    ("own", "others", "left_to"),
    [
        (EVERY, [], ""),
        (EVERY, [("supervisor",)], ""),
        (EVERY, [("signer",)], "b"),
        (EVERY, [("signer", "supervisor", "viewer")], "b"),
        (EVERY, [EVERY], ""),
        (EVERY, [EVERY, ("signer",)], "c"),
        (("administrator",), [EVERY], "b"),
        (("administrator",), [("supervisor",)], ""),
        (("signer",), [("signer",)], ""),
        (("supervisor", "auditor"), [("signer",)], ""),
    ],
)
def test_to_whom_it_is_left_is_told_by_the_roles(
    store: Store, own: tuple[str, ...], others: list[tuple[str, ...]], left_to: str
) -> None:
    [first] = column(store, "SELECT id FROM operator")
    for login, roles in zip("abc", (own, *others), strict=False):
        as_another(store, *roles, login=login)
    store.login = "a"
    with store.reading() as reader:
        assert signer_beside(reader, store.operator, first) == left_to


def test_the_verbs_are_those_a_signer_may_write() -> None:
    assert all("signer" in PERMITTED[verb] for verb in LEFT_TO_SIGNERS)


def test_an_administrator_signs_and_publishes_only_while_alone(store: Store) -> None:
    taken(store, *(appeal(f"A{n}", unit=UNIT) for n in range(2)))
    month, signer = period_of(store, "2026-10"), store.policy.leaders[0].name

    def sign(id: int) -> None:
        orders.sign(store, [id], signer=signer, basis="paper", press=Plain())

    own = store.login
    as_another(store, "supervisor", login="drafts")
    drafted = [orders.draft(store, [id]).orders[0].id for id in (1, 2)]
    store.login = own
    sign(drafted[0])
    publish_edition(store, month)
    as_another(store, "signer", login="周立行")
    store.login = own
    with pytest.raises(NotAllowed, match="“签发”请由签发员周立行办理"):
        sign(drafted[1])
    with pytest.raises(NotAllowed, match="“发布通报”请由签发员周立行办理"):
        publish_edition(store, month, reason="更正")
    asked = ['{"asked":["signer"],"verb":"order.sign"}']
    asked += ['{"asked":["signer"],"verb":"edition.publish"}']
    assert column(store, REFUSED) == asked
    store.login = "周立行"
    publish_edition(store, month, reason="更正")


def test_who_drafted_alone_beside_an_administrator_has_it_signed_by_them(store: Store) -> None:
    taken(store, appeal("A1", unit=UNIT))
    own = store.login
    as_another(store, "signer", "supervisor")
    [draft] = orders.draft(store, [1]).orders
    store.login = own
    signer = store.policy.leaders[0].name
    [signed] = orders.sign(store, [draft.id], signer=signer, basis="paper", press=Plain())
    assert signed.status == "signed"
