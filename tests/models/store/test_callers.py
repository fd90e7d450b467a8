"""What outside staff who call citizens may do in a real store of PostgreSQL: that and no more."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from models import casework
from models.casework.undoing import undo
from models.privacy.looking import look_to_call
from models.review.calling import plan_calls
from models.review.calls import next_call
from models.store.errors import NotAllowed
from models.store.store import Store
from models.store.verifying import verify_store
from rules.ranking.periods import period_containing
from tests.models.appeals import UNIT, appeal, taken, unit_id
from tests.models.store.logins import as_them, enter, now, refused

OF_A_CALLER = (
    enter("review.uphold"),
    enter("ticket.close"),
    enter("export.list"),
    enter("ticket.export"),
    enter("ticket.look_confidential"),
    enter("callback.plan"),
    "SELECT phone FROM person",
    "SELECT * FROM supervision_order",
    "SELECT * FROM paper",
    "SELECT * FROM edition_row",
    "SELECT * FROM import_row",
    "SELECT * FROM note",
    "DELETE FROM ticket",
    "DELETE FROM call",
    "UPDATE exclusion SET approved = true",
    "UPDATE event SET reason = 'x'",
    "INSERT INTO role (operator_id, role) SELECT id, 'supervisor' FROM operator",
)


@pytest.fixture
def theirs(bureau: Store, people: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return the store of a caller, with one planned call in it and an appeal that has none."""
    received = now().replace(microsecond=0) - timedelta(days=1)
    taken(
        bureau,
        *(
            appeal(f"A{n}", line=n, received_at=received, phone=f"1387123456{n}", reporter="王小明")
            for n in (2, 3)
        ),
    )
    casework.take(bureau, "dispatch", [1, 2], unit_id=unit_id(bureau, UNIT))
    casework.take(bureau, "close", [1, 2], outcome="已解决")
    casework.take(bureau, "rate", [1], result="不满意")
    monkeypatch.setitem(bureau.policy.review.__dict__, "hours", ("00:00-24:00",))
    plan_calls(bureau, period_containing("week", now(), bureau.timekeeper().zone))
    store = as_them(bureau, people["caller"])
    monkeypatch.setitem(store.policy.review.__dict__, "hours", ("00:00-24:00",))
    return store


def test_a_caller_is_handed_a_call_sees_its_number_and_records_it(
    bureau: Store, theirs: Store, people: dict[str, str]
) -> None:
    mine = next_call(theirs)
    assert mine is not None and mine.ticket_id == 1
    assert look_to_call(theirs, mine.id).citizen.phone == "13871234562"
    with psycopg.connect(f"{bureau.target}&user={people['caller']}") as conn:
        seen = conn.execute("SELECT phone FROM citizen ORDER BY ticket_id").fetchall()
    assert seen == [("13871234562",), ("138****4563",)]
    casework.take(theirs, "callback", [1], result="未接通")
    undo(theirs)
    casework.take(
        theirs, "callback", [1], result="接通", text="没有人来过", rating="不满意", recording="R1"
    )
    assert next_call(theirs) is None
    with pytest.raises(NotAllowed, match="要有督办"):
        casework.take(theirs, "rate", [2], result="满意")
    theirs.close()
    assert verify_store(bureau).ok


def test_a_sampled_citizen_may_be_unsatisfied(bureau: Store, theirs: Store) -> None:
    casework.take(
        theirs, "callback", [2], result="接通", text="没有修好", rating="不满意", recording="R1"
    )
    theirs.close()
    with bureau.reading() as reader:
        assert reader.value("SELECT count(*) FROM review WHERE decided_at IS NULL") == 2
    assert verify_store(bureau).ok


def test_a_caller_with_psql_in_hand_reaches_nothing_else(
    bureau: Store, theirs: Store, people: dict[str, str]
) -> None:
    target = f"{bureau.target}&user={people['caller']}"
    assert [sql for sql in OF_A_CALLER if not refused(target, sql)] == []
    theirs.close()
