"""On PostgreSQL nobody sees a citizen, or takes a backup, before the trail says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from models.bureau.operators import add_operator
from models.store.backup import back_up, restore
from models.store.errors import NotAllowed
from models.store.store import Store
from rules.text.citizens import mask_citizen
from tests.models.appeals import appeal, taken
from tests.models.store.conftest import Database
from tests.models.store.logins import as_them, enter, now

KNOWN = (
    ("王小明", "13871234567", "武昌区中山路12号3栋2单元501室"),
    (" 欧阳娜娜　", "02787654321", "汉阳大道—18"),
    ("李", "110", ""),
    (None, None, None),
)


@pytest.fixture
def theirs(bureau: Store, people: dict[str, str]) -> Iterator[Callable[[str], Store]]:
    """Yield what opens the store as whoever has a role; citizens have written to it."""
    opened: list[Store] = []

    def of(role: str) -> Store:
        opened.append(as_them(bureau, people[role]))
        return opened[-1]

    received = now().replace(microsecond=0) - timedelta(days=1)
    appeals = [
        appeal(f"R{i}", reporter=reporter, phone=phone, address=address, received_at=received)
        for i, (reporter, phone, address) in enumerate(KNOWN)
    ]
    assert taken(of("supervisor"), *appeals).new == len(KNOWN)
    yield of
    for store in opened:
        store.close()


SEEN = "SELECT reporter, phone, address FROM citizen ORDER BY ticket_id"


def test_whoever_did_not_say_why_sees_citizens_masked_as_papers_show_them(
    theirs: Callable[[str], Store],
) -> None:
    known = [(r, p, a) for r, p, a in KNOWN if r or p or a]
    for role in ("viewer", "auditor"):
        with theirs(role).reading() as reader:
            seen = [tuple(cell or "" for cell in row) for row in reader.rows(SEEN)]
            key = reader.value("SELECT value FROM setting WHERE key = 'digest_key'")
        masked = [mask_citizen(*each, confidential=False) for each in known]
        assert seen == [(m.reporter, m.phone, m.address) for m in masked]
        assert key is None


def test_a_reason_that_could_be_rolled_back_opens_nothing(
    bureau: Store, theirs: Callable[[str], Store], people: dict[str, str]
) -> None:
    target = f"{bureau.target}&user={people['auditor']}"
    reason = enter("store.backup").replace("'ticket'", "'backup'")
    with psycopg.connect(target) as conn:
        conn.execute("SAVEPOINT s")
        conn.execute(reason.encode())
        conn.execute("RELEASE s")
        assert (conn.execute(SEEN.encode()).fetchone() or ("",))[0] == "王**"
        conn.rollback()
    with psycopg.connect(target) as conn:
        conn.execute(reason.encode())
        conn.commit()
        assert (conn.execute(SEEN.encode()).fetchone() or ("",))[0] == "王小明"


def test_a_backup_is_for_an_administrator_or_auditor_and_an_event(
    theirs: Callable[[str], Store], database: Database, tmp_path: Path
) -> None:
    for role in ("viewer", "supervisor"):
        with pytest.raises(NotAllowed, match="要有管理或审计权限"):
            back_up(theirs(role), tmp_path / "no.zip")
    assert not (tmp_path / "no.zip").exists()
    back_up(theirs("auditor"), tmp_path / "whole.zip")
    target = database()
    restore(tmp_path / "whole.zip", target, now)
    with psycopg.connect(target) as conn:
        assert conn.execute("SELECT phone FROM person ORDER BY id").fetchone() == (KNOWN[0][1],)
        assert conn.execute("SELECT verb FROM event ORDER BY seq DESC LIMIT 1").fetchone() == (
            "store.backup",
        )


def test_a_viewers_backup_of_a_file_is_refused_too(sqlite_store: Store, tmp_path: Path) -> None:
    add_operator(sqlite_store, "liu", roles=["viewer", "supervisor"])
    sqlite_store.login = "liu"
    with pytest.raises(NotAllowed, match="要有管理或审计权限"):
        back_up(sqlite_store, tmp_path / "no.zip")
