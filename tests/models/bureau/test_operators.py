"""Who may do what: let in, given roles, switched off; on PostgreSQL the database follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from models.bureau.operators import add_operator, change_roles, switch_off
from models.store.actor import find_actor
from models.store.backup import back_up, restore
from models.store.errors import NotAllowed, StoreError
from models.store.opening import open_store
from models.store.store import Store
from models.store.trail import canonical
from models.store.verifying import verify_trail
from models.tables.campaigns import Campaign
from rules.errors import Refused
from seed.reference.catalogue import first_content
from tests.conftest import Clock, admin, database_url


@pytest.fixture
def liu(store: Store, request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield a login that may be let in: on PostgreSQL a role of the server."""
    login = f"liu_{abs(hash(request.node.name)) % 10**9}"
    if store.kind == "sqlite":
        yield login
        return
    server = request.getfixturevalue("pg_server")
    admin(server, f"CREATE ROLE {login} LOGIN")
    yield login
    store.close()
    with psycopg.connect(store.target, autocommit=True) as conn:
        conn.execute(f"DROP OWNED BY {login}".encode())
    admin(server, f"DROP ROLE {login}")


def as_them(store: Store, login: str) -> Store:
    """Open the store once more as somebody else."""
    target = store.target
    if store.kind == "postgresql":
        target += f"{'&' if '?' in target else '?'}user={login}"
    return open_store(target, now=Clock(), first=first_content, login=login)


def events(store: Store) -> list[tuple[str, str]]:
    with store.reading() as reader:
        assert verify_trail(reader).ok
        found = reader.rows("SELECT verb, payload FROM event WHERE subject_kind = 'operator'")
    return [(verb, payload) for verb, payload in found]


def test_somebody_let_in_may_do_what_the_roles_say_and_no_more(store: Store, liu: str) -> None:
    added = add_operator(store, liu, "刘婉清", ["viewer", "supervisor"])
    assert (added.name, added.roles, added.active) == ("刘婉清", ("viewer", "supervisor"), True)
    hers = as_them(store, liu)
    assert hers.operator.name == "刘婉清"
    with hers.writing() as work:
        work.insert(Campaign, name="夏季停水", started_at=work.at)
        work.event("campaign.start", "campaign", 1)
    with pytest.raises(NotAllowed):
        add_operator(hers, "friend")
    hers.close()
    told = {"login": liu, "roles": ["viewer", "supervisor"]}
    refused = {"asked": ["administrator"], "verb": "operator.add"}
    assert events(store)[-2:] == [
        ("operator.add", canonical(told)),
        ("act.refused", canonical(refused)),
    ]


def test_a_stranger_only_looks_and_is_told_whom_to_ask(sqlite_store: Store) -> None:
    stranger = as_them(sqlite_store, "stranger")
    with pytest.raises(StoreError, match="duban operator add"), stranger.writing():
        pass
    stranger.close()


def test_roles_are_given_and_taken_and_the_trail_says_from_what_to_what(
    store: Store, liu: str
) -> None:
    add_operator(store, liu, roles=["viewer"])
    changed = change_roles(store, liu, give=["signer", "auditor"], take=["viewer"])
    assert changed.roles == ("signer", "auditor")
    told = {"login": liu, "from": ["viewer"], "to": ["signer", "auditor"]}
    assert events(store)[-1] == ("operator.role", canonical(told))
    with pytest.raises(Refused, match="没有改动"):
        change_roles(store, liu, give=["signer"])


def test_the_last_administrator_cannot_be_lost(store: Store, liu: str) -> None:
    me = store.login
    with pytest.raises(Refused, match="最后一位管理员"):
        change_roles(store, me, take=["administrator"])
    with pytest.raises(Refused, match="最后一位管理员"):
        switch_off(store, me)
    add_operator(store, liu, roles=["administrator"])
    assert "administrator" not in change_roles(store, me, take=["administrator"]).roles


def test_somebody_switched_off_acts_no_more_and_comes_back_by_being_added(
    store: Store, liu: str, opener: Callable[[], Store]
) -> None:
    add_operator(store, liu, "刘婉清", ["supervisor"])
    assert not switch_off(store, liu, "调离").active
    with pytest.raises(StoreError, match="duban operator add"):
        theirs = as_them(store, liu)
        try:
            with theirs.writing():
                pass
        finally:
            theirs.close()
    with pytest.raises(Refused, match="没有在用的操作员"):
        switch_off(store, liu)
    back = add_operator(store, liu, roles=["viewer"])
    assert (back.name, back.roles, back.active) == ("刘婉清", ("viewer",), True)


def test_who_is_in_already_is_not_let_in_twice(store: Store) -> None:
    with pytest.raises(Refused, match="已经是操作员"):
        add_operator(store, store.login)


@pytest.mark.parametrize("login", ["", " liu"])
def test_a_login_is_a_word(sqlite_store: Store, login: str) -> None:
    with pytest.raises(Refused, match="登录名"):
        add_operator(sqlite_store, login)


def test_a_role_there_is_not_is_refused(sqlite_store: Store) -> None:
    with pytest.raises(Refused, match="king"):
        add_operator(sqlite_store, "liu", roles=["king"])


@pytest.fixture
def bureau(pg_target: str) -> Iterator[Store]:
    store = open_store(pg_target, now=Clock(), first=first_content, login="")
    yield store
    store.close()


def test_a_login_the_database_does_not_know_is_refused(bureau: Store) -> None:
    with pytest.raises(StoreError, match="CREATE ROLE"):
        add_operator(bureau, "nobody_of_that_name")


@pytest.fixture
def wu(bureau: Store, pg_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    login = f"wu_{abs(hash(request.node.name)) % 10**9}"
    admin(pg_server, f"CREATE ROLE {login} LOGIN")
    yield login
    bureau.close()
    with psycopg.connect(bureau.target, autocommit=True) as conn:
        conn.execute(f"DROP OWNED BY {login}".encode())
    admin(pg_server, f"DROP ROLE {login}")


def allowed(store: Store, login: str, table: str) -> set[str]:
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE")
    with store.reading() as reader:
        return {
            right
            for right in rights
            if reader.value("SELECT has_table_privilege(:l, :t, :r)", l=login, t=table, r=right)
        }


@pytest.mark.parametrize(
    ("roles", "ticket", "policy"),
    [
        (["viewer"], {"SELECT"}, {"SELECT"}),
        (["supervisor"], {"SELECT", "INSERT", "UPDATE", "DELETE"}, {"SELECT"}),
        (
            ["auditor", "administrator"],
            {"SELECT", "INSERT", "UPDATE", "DELETE"},
            {"SELECT", "INSERT", "UPDATE"},
        ),
    ],
)
def test_the_database_itself_lets_nobody_alter_the_trail(
    bureau: Store, wu: str, roles: list[str], ticket: set[str], policy: set[str]
) -> None:
    add_operator(bureau, wu, roles=roles)
    assert allowed(bureau, wu, "event") == allowed(bureau, wu, "trail_head") == {"SELECT"}
    assert allowed(bureau, wu, "ticket") == ticket
    assert allowed(bureau, wu, "policy") == policy


def test_what_was_granted_follows_the_roles_and_ends_with_them(bureau: Store, wu: str) -> None:
    add_operator(bureau, wu, roles=["supervisor"])
    change_roles(bureau, wu, give=["viewer"], take=["supervisor"])
    assert allowed(bureau, wu, "ticket") == {"SELECT"}
    switch_off(bureau, wu)
    assert allowed(bureau, wu, "ticket") == set()


def test_a_restored_bureau_serves_the_operators_the_database_knows(
    bureau: Store, wu: str, pg_server: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    add_operator(bureau, wu, roles=["supervisor"])
    back_up(bureau, tmp_path / "whole.zip")
    name = f"duban_restored_{abs(hash(tmp_path)) % 10**12}"
    admin(pg_server, f"CREATE DATABASE {name}")
    request.addfinalizer(lambda: admin(pg_server, f"DROP DATABASE {name} WITH (FORCE)"))
    target = database_url(pg_server, name)
    restore(tmp_path / "whole.zip", target, Clock())
    again = open_store(target, now=Clock(), first=first_content, login="")
    assert allowed(again, wu, "ticket") == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    again.close()


def test_an_administrator_who_owns_no_table_gives_roles_and_lays_down_the_own(
    bureau: Store, wu: str
) -> None:
    add_operator(bureau, wu, roles=["administrator"])
    theirs = as_them(bureau, wu)
    try:
        change_roles(theirs, wu, give=["signer"], take=["administrator"])
        assert allowed(bureau, wu, "edition") == {"SELECT", "INSERT", "UPDATE", "DELETE"}
        assert allowed(bureau, wu, "operator") == {"SELECT"}
        with pytest.raises(NotAllowed, match="要有管理权限"):
            change_roles(theirs, wu, give=["administrator"])
    finally:
        theirs.close()
    with bureau.reading() as reader:
        assert find_actor(reader, wu).roles == {"signer"}
    told = {"login": wu, "from": ["administrator"], "to": ["signer"]}
    refused = {"asked": ["administrator"], "verb": "operator.role"}
    assert events(bureau)[-2:] == [
        ("operator.role", canonical(told)),
        ("act.refused", canonical(refused)),
    ]
