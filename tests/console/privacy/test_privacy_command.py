"""``duban privacy`` and masking switched off, from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models.bureau.operators import add_operator
from models.store.opening import open_store
from models.store.store import Store
from models.tables import Erasure
from rules.casework.appeal import Appeal
from seed.reference.catalogue import first_content
from tests.console.conftest import Duban, system_now
from tests.models.appeals import appeal, column, one, taken, wuhan
from tests.models.privacy.test_erasing import NAME, PHONE, personal

UNMASKED = "[privacy]\nmask = false\n"


@pytest.fixture
def beside(shell: Duban, tmp_path: Path) -> Iterator[Store]:
    """Yield the shell's store, as the same person uses it by other ways."""
    (me,) = shell("operator", "list", "--json").value

    path = str(tmp_path / "town.db")
    store = open_store(path, now=system_now, first=first_content, login=me["login"])
    yield store
    store.close()


DAYS = {
    "received_at": 18,
    "dispatched_at": 19,
    "acknowledged_at": 20,
    "replied_at": 21,
    "closed_at": 22,
    "rated_at": 23,
}


def _old(external_id: str, line: int) -> Appeal:
    """Return an appeal finished in 2019."""
    at = {name: wuhan(f"2019-11-{day} 10:00") for name, day in DAYS.items()}
    return replace(personal(external_id, **at), line=line)


def test_nothing_is_asked_where_nothing_is_due(shell: Duban) -> None:
    asked = shell("privacy", "ask")
    assert asked.code == 1 and "没有保存期满" in asked.err and asked.err.count("\n") == 1
    listed = shell("privacy", "list", "--json").value
    assert (listed["years"], listed["erasable"], listed["requests"]) == (3, [], [])
    assert "可清除0件" in shell("privacy", "list").out


def test_one_asks_and_another_approves(shell: Duban, beside: Store) -> None:
    taken(beside, _old("P1", 2), _old("P2", 3))
    first, held = column(beside, "SELECT number FROM ticket WHERE source = 'board' ORDER BY id")
    assert shell("privacy", "hold", held, "--reason", "卷宗1").code == 0
    listed = shell("privacy", "list", "--json").value
    assert listed["erasable"] == [first]
    assert listed["exempt"] == [{"number": held, "reason": "保留令：卷宗1"}]
    assert shell("privacy", "ask", "--json").value["tickets"] == 1
    own = shell("privacy", "approve", "1")
    assert own.code == 1 and "您自己提出" in own.err and own.err.count("\n") == 1
    assert "待批" in shell("privacy", "list").out
    beside.demo = True
    add_operator(beside, "second", "李四", ("administrator",))
    with beside.writing() as work:
        work.change_where(Erasure, "asked_by = (SELECT max(id) FROM operator)", "id = 1")
    done = shell("privacy", "approve", "1", "--json").value
    assert (done["numbers"], done["kept"], done["asked_by"]) == ([first], [], "李四")
    assert done["decided_by"] not in (None, "李四")
    told = shell("trail", first).out
    assert "清除个人信息" in told and NAME not in told
    assert shell("audit", "verify").code == 0
    assert shell("privacy", "lift", held, "--reason", "结案").code == 0
    unknown = shell("privacy", "approve", "7")
    assert unknown.code == 1 and unknown.err.count("\n") == 1


def test_masking_switched_off_shows_screens_in_plain_and_never_what_leaves(
    shell: Duban, beside: Store, tmp_path: Path
) -> None:
    row = appeal("P2", title=f"请回电{PHONE}", content=f"电话{PHONE}", reporter=NAME, phone=PHONE)
    taken(beside, row)
    number = one(beside, "SELECT number FROM ticket WHERE external_id = 'P2'")[0]
    seen: tuple[tuple[str, ...], ...] = (("desk", "dispatch", "--json"), ("queue", "--json"))
    seen += (("ticket", "show", number, "--json"),)
    assert all(f"请回电{PHONE}" not in shell(*words).out for words in seen)
    policy = tmp_path / "p.toml"
    policy.write_text(UNMASKED, encoding="utf-8")
    assert "一律脱敏" in shell("policy", "check", policy).out
    assert "一律脱敏" in shell("policy", "load", policy).out
    assert all(f"请回电{PHONE}" in shell(*words).out for words in seen)
    out = tmp_path / "out.csv"
    assert "一律脱敏" in shell("export", out).out
    written = out.read_text("utf-8-sig")
    assert number in written and PHONE not in written and NAME not in written


def test_personal_data_is_kept_for_a_year_at_least(shell: Duban, tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    file.write_text('[privacy]\nkeep_personal = "0y"\n', encoding="utf-8")
    refused = shell("policy", "check", file)
    assert refused.code == 1 and "keep_personal" in refused.err
