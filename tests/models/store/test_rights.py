"""PostgreSQL keeps the trail itself: nobody forges an event, changes a right or sees a secret."""

from __future__ import annotations

import ast
import gzip
import json
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from pathlib import Path

import psycopg
import pytest

from models import orders
from models.bureau.operators import rename_operator
from models.clocks.sweeping import sweep
from models.privacy.handover import hand_over
from models.privacy.looking import look
from models.store.errors import NotAllowed, StoreError
from models.store.grants import OWNER
from models.store.opening import open_store
from models.store.permitted import PERMITTED
from models.store.store import Store
from models.store.transcript import transcribe
from models.store.upgrading import upgrade_postgres
from models.store.verifying import verify_store, verify_trail
from models.tables.tickets import Person
from seed.reference.catalogue import first_content
from tests.conftest import Clock, admin
from tests.house.tree import HOUSE
from tests.models.appeals import UNIT, appeal, taken
from tests.models.presses import Plain
from tests.models.rounds import put_round
from tests.models.store.conftest import RELEASED, Database
from tests.models.store.logins import as_them, enter, everything, now, refused

OF_A_VIEWER = (
    "INSERT INTO event SELECT * FROM event LIMIT 1",
    "UPDATE event SET reason = 'x'",
    "DELETE FROM event",
    "TRUNCATE event",
    "UPDATE trail_head SET count = 1",
    "INSERT INTO role (operator_id, role) SELECT id, 'administrator' FROM operator",
    "UPDATE operator SET active = false",
    "INSERT INTO counter (key, last) VALUES ('order:2026', 9)",
    "UPDATE supervision_order SET status = 'signed'",
    "DELETE FROM policy",
    "UPDATE setting SET value = 'demo' WHERE key = 'kind'",
    "INSERT INTO deadline SELECT * FROM deadline",
    "SELECT nextval('ticket_id_seq')",
    f"SET ROLE {OWNER}",
    "SET SESSION AUTHORIZATION postgres",
    "SELECT set_config('role', 'duban_owner', false); DELETE FROM event",
    "ALTER TABLE event DISABLE TRIGGER ALL",
    "ALTER TABLE event OWNER TO CURRENT_USER",
    "ALTER FUNCTION record_events SET search_path = public",
    "ALTER TABLE setting DISABLE ROW LEVEL SECURITY",
    "CREATE OR REPLACE FUNCTION public.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1'",
    "CREATE SCHEMA mine; CREATE TABLE mine.verb_role AS SELECT 1",
    "CREATE TEMP TABLE verb_role AS SELECT 'order.sign'::text AS verb, 'viewer'::text AS role; "
    "CREATE TEMP TABLE role AS SELECT 1 AS operator_id, 'signer'::text AS role; "
    + enter("order.sign"),
    "CREATE TEMP TABLE setting AS SELECT 'kind'::text AS key, 'demo'::text AS value; "
    + enter("order.sign"),
    "SET search_path = pg_temp, public; " + enter("order.sign").replace("record", "public.record"),
    enter("order.sign"),
    enter("policy.load"),
    enter("ticket.note"),
    enter("no.such.verb"),
    enter("export.list", at="now() + interval '1 hour'"),
    enter("export.list", at="'-infinity'"),
    "SELECT follow_roles('postgres')",
    "SELECT reporter, phone FROM person",
    "COPY person TO STDOUT",
    "COPY event FROM STDIN",
    "COPY event TO PROGRAM 'cat'",
    "SELECT lo_import('/etc/passwd')",
    "SELECT pg_read_file('/etc/passwd')",
    "GRANT duban_owner TO CURRENT_USER",
    "GRANT ALL ON ALL TABLES IN SCHEMA public TO CURRENT_USER",
    "LOCK TABLE trail_head IN EXCLUSIVE MODE",
    "SELECT * FROM trail_head FOR UPDATE",
    "DO $$ BEGIN EXECUTE 'DELETE FROM event'; END $$",
    "CREATE RULE r AS ON INSERT TO event DO INSTEAD NOTHING",
    "CREATE TRIGGER t BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION "
    "suppress_redundant_updates_trigger()",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "SET row_security = off; SELECT value FROM setting WHERE key = 'digest_key'",
)

HARMLESS = ("GRANT ALL ON ALL TABLES",)  # PostgreSQL only warns that nothing was granted


def test_a_viewer_with_psql_in_hand_changes_nothing_and_forges_nothing(
    bureau: Store, people: dict[str, str]
) -> None:
    target = f"{bureau.target}&user={people['viewer']}"
    before = everything(bureau)
    assert len(OF_A_VIEWER) >= 20
    let = [sql for sql in OF_A_VIEWER if not refused(target, sql)]
    assert [sql for sql in let if not sql.startswith(HARMLESS)] == []
    assert everything(bureau) == before
    with psycopg.connect(target) as conn:
        key = conn.execute("SELECT count(*) FROM setting WHERE key = 'digest_key'").fetchone()
    assert key == (0,)


def test_what_a_viewer_may_record_bears_the_own_name_and_the_servers_time(
    bureau: Store, people: dict[str, str]
) -> None:
    with psycopg.connect(f"{bureau.target}&user={people['viewer']}") as conn:
        conn.execute(enter("export.list", at="'2001-01-01'").encode())
    with bureau.reading() as reader:
        told = reader.one("SELECT operator, recorded_at FROM event ORDER BY seq DESC LIMIT 1")
        assert verify_trail(reader).ok
    assert told is not None and told[0] == people["viewer"]
    assert abs(told[1] - now()) < timedelta(minutes=1)


def test_a_lock_that_a_viewer_holds_keeps_nobody_from_writing(
    bureau: Store, people: dict[str, str]
) -> None:
    with psycopg.connect(f"{bureau.target}&user={people['viewer']}") as conn:
        conn.execute("SELECT pg_advisory_lock(4478), pg_advisory_lock(4477)")
        conn.execute("LOCK TABLE event, trail_head, policy IN ACCESS SHARE MODE")
        with bureau.engine().connect() as other:
            other.exec_driver_sql("SET lock_timeout = '2s'")
            other.exec_driver_sql("SELECT take_turn(true)")
            other.rollback()


OF_A_SUPERVISOR = (
    enter("order.sign"),
    enter("policy.load"),
    enter("edition.publish"),
    enter("operator.role"),
    enter("privacy.approve"),
    "INSERT INTO policy (version, text, digest, loaded_at) VALUES (9, '', '', now())",
    "UPDATE role SET role = 'signer'",
    "DELETE FROM event",
    "UPDATE edition SET issue = 1",
    "INSERT INTO paper SELECT * FROM paper",
    "SELECT phone FROM person",
    "UPDATE person SET reporter_key = phone RETURNING reporter_key",
)


def test_a_supervisor_forges_no_signature_no_rule_and_no_name(
    bureau: Store, people: dict[str, str]
) -> None:
    target = f"{bureau.target}&user={people['supervisor']}"
    before = everything(bureau)
    assert [sql for sql in OF_A_SUPERVISOR if not refused(target, sql)] == []
    assert everything(bureau) == before
    with psycopg.connect(target) as conn:
        conn.execute(enter("ticket.note", login=people["signer"]).encode())
    with bureau.reading() as reader:
        assert (
            reader.value("SELECT operator FROM event ORDER BY seq DESC LIMIT 1")
            == (people["supervisor"])
        )


def test_a_refusal_names_the_role_that_is_needed(bureau: Store, people: dict[str, str]) -> None:
    hers = as_them(bureau, people["viewer"])
    with pytest.raises(NotAllowed, match="要有签发权限"), hers.writing() as work:
        work.event("order.sign", "order", 1)
    with pytest.raises(NotAllowed, match="要有督办或签发或管理权限"), hers.writing() as work:
        work.insert(Person, ticket_id=1)
    hers.close()


def test_each_role_does_its_own_work_under_its_own_login(
    bureau: Store, people: dict[str, str], tmp_path: Path
) -> None:
    supervisor, signer, auditor = (
        as_them(bureau, people[role]) for role in ("supervisor", "signer", "auditor")
    )
    received = now() - timedelta(days=60)
    ticket, _ = put_round(supervisor, "T1", 5, received_at=received.replace(microsecond=0))
    [draft] = orders.draft(supervisor, [ticket]).orders
    leader = signer.policy.leaders[0].name
    with pytest.raises(NotAllowed, match="要有签发权限"):
        orders.sign(supervisor, [draft.id], signer=leader, basis="paper", press=Plain())
    [signed] = orders.sign(signer, [draft.id], signer=leader, basis="paper", press=Plain())
    sweep(supervisor)
    made = transcribe(auditor, tmp_path / "trail")
    assert signed.number is not None and made.events > 0
    assert verify_store(auditor).ok
    with auditor.reading() as reader:
        sql = "SELECT operator FROM event WHERE verb = 'order.sign'"
        assert reader.value(sql) == people["signer"]
    for store in (supervisor, signer, auditor):
        store.close()


@pytest.mark.parametrize("confidential", [False, True])
def test_the_database_lets_nobody_look_whose_role_does_not(
    bureau: Store, people: dict[str, str], confidential: bool
) -> None:
    told = appeal(reporter="王小明", phone="13871234567", confidential=confidential)
    taken(bureau, replace(told, received_at=now().replace(microsecond=0) - timedelta(days=1)))
    may = {"supervisor"} if confidential else {"supervisor", "signer", "administrator"}
    for role, login in people.items():
        theirs = as_them(bureau, login)
        if role in may:
            assert look(theirs, 1, "1").citizen.phone == "13871234567"
        else:
            with pytest.raises(NotAllowed):
                look(theirs, 1, "1")
        theirs.close()
        verb = "ticket.look_confidential" if confidential else "ticket.look"
        calls = role == "caller" and not confidential
        assert refused(f"{bureau.target}&user={login}", enter(verb)) is not (role in may or calls)
    with bureau.reading() as reader:
        sql = "SELECT operator FROM event WHERE verb LIKE 'ticket.look%' ORDER BY seq"
        seen = [row[0] for row in reader.rows(sql)]
    times = dict.fromkeys(may, 2) | ({} if confidential else {"caller": 1})
    assert seen == [login for role, login in people.items() for _ in range(times.get(role, 0))]


def test_who_hands_matters_over_sees_whose_they_are_once_the_trail_has_the_paper(
    bureau: Store, people: dict[str, str]
) -> None:
    told = appeal(reporter="王小明", phone="13871234567", unit=UNIT)
    taken(bureau, replace(told, received_at=now().replace(microsecond=0) - timedelta(hours=1)))
    sql = "SELECT phone FROM citizen WHERE ticket_id = 1"
    theirs = as_them(bureau, people["dispatcher"])
    with theirs.reading() as reader:
        assert reader.value(sql) == "138****4567"
    assert hand_over(theirs, [1]).matters[0].phone == "13871234567"
    with theirs.reading() as reader:
        assert reader.value(sql) == "13871234567"
    theirs.close()
    viewer = as_them(bureau, people["viewer"])
    with pytest.raises(NotAllowed):
        hand_over(viewer, [1])
    with viewer.reading() as reader:
        assert reader.value(sql) == "138****4567"
    viewer.close()


def drop(server: str, store: Store, login: str) -> None:
    """Take a login away, with what it was granted."""
    admin(store.target, f"DROP OWNED BY {login}")
    admin(server, f"DROP ROLE {login}")


def test_a_login_by_another_name_takes_the_rights_along(
    bureau: Store, people: dict[str, str], pg_server: str, request: pytest.FixtureRequest
) -> None:
    new = f"{people['viewer']}_new"
    admin(pg_server, f"CREATE ROLE {new} LOGIN")
    request.addfinalizer(lambda: drop(pg_server, bureau, new))
    rename_operator(bureau, people["viewer"], new, "刘婉清")
    assert not refused(f"{bureau.target}&user={new}", "SELECT 1 FROM ticket")
    assert refused(f"{bureau.target}&user={people['viewer']}", "SELECT 1 FROM ticket")


def test_tables_belong_to_a_role_that_nobody_logs_in_as(
    bureau: Store, first_build_on_postgres: str
) -> None:
    upgrade_postgres(first_build_on_postgres, now)
    for target in (bureau.target, first_build_on_postgres):
        with psycopg.connect(target) as conn:
            owners = conn.execute(
                "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            login = conn.execute(
                "SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", (OWNER,)
            ).fetchone()
        assert (owners, login) == ([(OWNER,)], (False,))


@pytest.fixture
def first_build_on_postgres(database: Database) -> str:
    """Return the address of a store of the first build, whose tables belong to a login."""
    target = database()
    with psycopg.connect(target) as conn:
        conn.execute(gzip.decompress((RELEASED / "postgres-0001.sql.gz").read_bytes()))
        conn.execute("UPDATE public.operator SET login = session_user WHERE login = 'postgres'")
    return target


@pytest.mark.usefixtures("pg_template")  # the first store of a server makes the owner
def test_who_cannot_make_the_owner_is_told_what_the_database_administrator_does(
    people: dict[str, str], database: Database, pg_server: str
) -> None:
    target = database()
    admin(target, f"GRANT CREATE ON SCHEMA public TO {people['viewer']}")
    stranger = f"{target}{'&' if '?' in target else '?'}user={people['viewer']}"
    with pytest.raises(StoreError, match=f"GRANT {OWNER} TO {people['viewer']}"):
        open_store(stranger, now=now, first=first_content, login="")
    admin(target, f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER} WITH GRANT OPTION")
    admin(target, f"GRANT {OWNER} TO {people['viewer']}")
    store = open_store(stranger, now=now, first=first_content, login="")
    admin(target, f"REVOKE {OWNER} FROM {people['viewer']}")
    with store.writing() as work:
        work.event("policy.load", "policy", 1)
    store.close()
    assert refused(stranger, "DELETE FROM event")
    admin(target, f"DROP OWNED BY {people['viewer']}")


def test_python_and_the_database_write_the_same_json(pg_target: str) -> None:
    signs = [*range(1, 0xD800), *range(0xE000, 0x10000), *range(0x1F000, 0x1F700), 0x10FFFF]
    hostile = ["".join(map(chr, signs)), "引号'\"\\ /\b\f\n\r\t\x7f\u2028", "😀\u202e", "", "null"]
    with psycopg.connect(pg_target) as conn:
        for told in hostile:
            row = conn.execute("SELECT to_json(%s::text)::text", (told,)).fetchone()
            assert row == (json.dumps(told, ensure_ascii=False),)


def test_the_database_chains_hostile_texts_as_python_does(pg_target: str, clock: Clock) -> None:
    store = open_store(pg_target, now=clock, first=first_content, login="")
    hostile = ["".join(map(chr, range(1, 300))), '"\\\u2028😀', "", "null", "NULL", "{}", '{"a,b"}']
    with store.writing(batch='批"次') as work:
        for told in (*hostile, None):
            work.event("ticket.note", told or "", None, reason=told, payload={"说": told, "a": [1]})
            work.event("ticket.note", "ticket", -1, unit_id=7, at=clock() - timedelta(days=9))
    with store.reading() as reader:
        assert verify_trail(reader).ok
        assert reader.value("SELECT count(*) FROM event WHERE verb = 'ticket.note'") == 16
    store.close()


def _verbs() -> set[str]:
    """Return every verb that the code hands to ``event`` or ``tell`` as a plain text."""
    found: set[str] = set()
    for call in chain.from_iterable(s.calls() for s in HOUSE.sources if s.floor != "rules"):
        called = getattr(call.func, "attr", getattr(call.func, "id", ""))
        place = {"event": 0, "tell": 2}.get(called)
        if place is None or len(call.args) <= place:
            continue
        verb = call.args[place]
        if isinstance(verb, ast.Constant) and isinstance(verb.value, str):
            found.add(verb.value if "." in verb.value else f"ticket.{verb.value}")
    return found - {"ticket.sweep"} | {"sweep"}


def test_every_verb_of_the_code_is_allowed_to_somebody() -> None:
    verbs = _verbs()
    assert len(verbs) > 50
    assert verbs - PERMITTED.keys() == set()
