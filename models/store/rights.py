"""The functions and views that stand between a login of PostgreSQL and the tables.

A login writes into the trail only through ``record_events``, which fills in number, author, clock
and chain and asks whether the author's roles allow the verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Integer, text
from sqlmodel.sql.sqltypes import UTCDateTime

from models.store.bulk import table
from models.store.grants import schema_of
from models.store.permitted import CALLERS, PERMITTED, WORKING
from models.store.seeing import HOLDS, KEY, PATH, PERSON, SEES, citizen, listed
from models.store.trail import EVENT_COLUMNS, EVENT_FIELDS, PendingEvent
from models.store.writers import (
    CALLED_READ,
    CALLED_STRUCK,
    CALLED_WRITTEN,
    RULES,
    SIGNED,
    STRUCK,
    UNWRITTEN,
)
from models.tables import Event
from rules.bureau import OUTSIDE, ROLE_NAMES

_FILLED_IN = ("seq", "recorded_at", "operator")  # by the database itself
_SHARED = ("policy", "calendar")  # by all events of one act

GIVEN = tuple(f for f in EVENT_FIELDS if f not in (*_FILLED_IN, *_SHARED))
"""Fields that each event brings, in the order in which ``record_events`` takes their arrays."""


def install(conn: Connection) -> None:
    """Put functions and views in place, as the owner of the tables; older ones are replaced."""
    remove(conn)
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql(f"CREATE VIEW citizen AS SELECT {', '.join(PERSON)} FROM person")
        return
    for made in (_permitted(), HOLDS, SEES, citizen(), KEY, _TURN, _HEAD, _record(), _FOLLOW):
        _run(conn, made)
    for name in _FUNCTIONS:
        _run(conn, f"REVOKE ALL ON FUNCTION @.{name} FROM PUBLIC")


def remove(conn: Connection) -> None:
    """Take away what stands on the tables, so that they can be changed."""
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql("DROP VIEW IF EXISTS citizen")
        return
    _run(conn, "DROP VIEW IF EXISTS @.citizen, @.verb_role")
    _run(conn, "DROP POLICY IF EXISTS all_but_the_key ON @.setting")
    for name in _FUNCTIONS:
        _run(conn, f"DROP FUNCTION IF EXISTS @.{name}")


def enter(
    conn: Connection, shared: tuple[str, datetime, int, int], events: Sequence[PendingEvent]
) -> int:
    """Hand events to the database, which writes them; return the number of the first.

    ``shared`` is who acts and when, which a real store knows better, and under which rules.
    """
    given = dict(zip(("operator", "recorded_at", *_SHARED), shared, strict=True))
    for name in GIVEN:
        given[name] = [getattr(event, name) for event in events]
    return int(conn.execute(_ENTER, given).scalar_one())


def hold_head(conn: Connection) -> None:
    """Keep every other writer from the end of the trail until this transaction ends."""
    conn.execute(text("SELECT hold_head()"))


def _run(conn: Connection, sql: str) -> None:
    """Run a text in which @ stands for the schema of the tables."""
    conn.exec_driver_sql(
        sql.replace("@", schema_of(conn)), execution_options={"no_parameters": True}
    )


_FUNCTIONS = ("holds", "sees_citizens", "take_turn", "hold_head", "record_events", "follow_roles")


def _permitted() -> str:
    rows = ", ".join(
        f"('{verb}', '{role}')" for verb, roles in PERMITTED.items() for role in sorted(roles)
    )
    return (
        "CREATE VIEW @.verb_role AS "
        f"SELECT v.verb::text, v.role::text FROM (VALUES {rows}) AS v (verb, role)"
    )


_TURN = f"""
CREATE FUNCTION @.take_turn(alone boolean) RETURNS void LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF alone AND @.holds(ARRAY[{listed(PERMITTED["privacy.approve"])}]) THEN
        LOCK TABLE @.trail_head IN EXCLUSIVE MODE;
    ELSE
        LOCK TABLE @.trail_head IN ROW EXCLUSIVE MODE;
    END IF;
END $$
"""
"""Whoever may change the rules keeps every writer out; all others write side by side."""


_HEAD = f"""
CREATE FUNCTION @.hold_head() RETURNS void LANGUAGE plpgsql {PATH} AS $$
BEGIN
    PERFORM FROM @.trail_head h WHERE h.id = 1 FOR UPDATE;
END $$
"""
"""What a subject's seal is reckoned from must not move before the new one is written."""


def _type(name: str) -> str:
    kind = table(Event).c[name].type
    if isinstance(kind, UTCDateTime):
        return "timestamptz"
    return "integer" if isinstance(kind, Integer) else "text"


def _told(name: str) -> str:
    """Return the JSON of one field as its hash covers it, the same as Python's to the byte."""
    value = f"e.{name}" if name in GIVEN else f"v_{name}"
    if name == "seq":
        value = "v_count + e.place"
    if _type(name) == "timestamptz":
        return f"""to_char({value} AT TIME ZONE 'UTC', '"\\""YYYY-MM-DD"T"HH24:MI:SS"Z\\""')"""
    return f"coalesce(to_json({value})::text, 'null')"


_GOVERNED = """coalesce((
        SELECT z.verb <> 'operator.off' AND jsonb_exists(coalesce(
            z.payload::jsonb -> 'to', z.payload::jsonb -> 'roles'), 'administrator')
        FROM @.event z JOIN @.operator o ON o.id = z.subject_id AND o.login = v_operator
        WHERE z.subject_kind = 'operator'
        AND z.verb IN ('operator.add', 'operator.role', 'operator.off')
        ORDER BY z.seq DESC LIMIT 1), false)"""
"""An administrator up to now, as the trail says: who lays the role down records it without it."""


_RECORD = """
CREATE FUNCTION @.record_events(
    v_operator text, v_recorded_at timestamptz, v_policy integer, v_calendar integer, {arrays}
) RETURNS integer LANGUAGE plpgsql {path} AS $$
DECLARE
    v_kind text := coalesce((SELECT value FROM @.setting WHERE key = 'kind'), 'real');
    v_count integer;
    v_prev text;
    v_own text;
    v_body text;
    v_bodies text[];
    v_hashes text[] := '{{}}';
    v_verb text;
BEGIN
    IF v_kind <> 'demo' AND (v_kind <> 'test'
            OR NOT pg_has_role(session_user, current_user, 'MEMBER')) THEN
        v_operator := session_user;
    END IF;
    SELECT given.verb INTO v_verb FROM (SELECT DISTINCT unnest(p_verb) AS verb) given
    WHERE NOT EXISTS (
        SELECT FROM @.verb_role x JOIN @.role r ON r.role = x.role
        JOIN @.operator o ON o.id = r.operator_id
        WHERE x.verb = given.verb AND o.login = v_operator AND o.active)
    AND NOT (given.verb IN ('operator.role', 'operator.off') AND {governed}) LIMIT 1;
    IF FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for verb ' || v_verb;
    END IF;
    SELECT h.count, h.hash INTO STRICT v_count, v_prev FROM @.trail_head h
    WHERE h.id = 1 FOR UPDATE;
    IF v_kind NOT IN ('demo', 'test') THEN
        v_recorded_at := clock_timestamp();
    END IF;
    v_recorded_at := date_trunc('second', v_recorded_at);
    IF EXISTS (SELECT FROM unnest(p_at) a
            WHERE a < '1900-01-01' OR a > v_recorded_at + interval '1 minute') THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for act at that time';
    END IF;
    IF EXISTS (SELECT FROM unnest(p_seal) s WHERE s IS NOT NULL)
            AND NOT EXISTS (SELECT FROM @.operator o JOIN @.role r ON r.operator_id = o.id
                WHERE o.login = v_operator AND o.active AND r.role IN ({working}))
            AND v_kind <> 'demo' AND NOT {governed} THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for seal';
    END IF;
    PERFORM count(payload::json) FROM unnest(p_payload) payload;
    p_at := ARRAY(SELECT date_trunc('second', a) FROM unnest(p_at) WITH ORDINALITY t (a, n)
        ORDER BY n);
    v_bodies := ARRAY(SELECT '[' || {body} || ']' FROM {rows} ORDER BY e.place);
    v_own := v_prev;
    FOREACH v_body IN ARRAY v_bodies LOOP
        v_own := encode(sha256(convert_to(v_own || v_body, 'UTF8')), 'hex');
        v_hashes := v_hashes || v_own;
    END LOOP;
    INSERT INTO @.event ({columns}) SELECT {cells} FROM {chained};
    UPDATE @.trail_head SET count = v_count + cardinality(v_hashes), hash = v_own WHERE id = 1;
    RETURN v_count + 1;
END $$
"""


def _record() -> str:
    """Return the one way into the trail: the arrays of :data:`GIVEN`, what is shared before."""
    arrays = ", ".join(f"p_{name} {_type(name)}[]" for name in GIVEN)
    given = ", ".join(f"p_{name}" for name in GIVEN)
    rows = f"unnest({given}) WITH ORDINALITY AS e ({', '.join(GIVEN)}, place)"
    chained = (
        f"unnest({given}, v_prev || v_hashes, v_hashes) "
        f"WITH ORDINALITY AS e ({', '.join(GIVEN)}, prev_hash, hash, place) "
        "WHERE e.hash IS NOT NULL"
    )
    body = " || ',' || ".join(_told(name) for name in EVENT_FIELDS)
    values = {name: f"e.{name}" for name in GIVEN} | {
        "seq": "v_count + e.place",
        "recorded_at": "v_recorded_at",
        "operator": "v_operator",
        "policy": "v_policy",
        "calendar": "v_calendar",
        "prev_hash": "e.prev_hash",
        "hash": "e.hash",
    }
    return _RECORD.format(
        arrays=arrays,
        path=PATH,
        governed=_GOVERNED,
        body=body,
        rows=rows,
        chained=chained,
        cells=", ".join(values[name] for name in EVENT_COLUMNS),
        columns=", ".join(EVENT_COLUMNS),
        working=listed(WORKING | CALLERS),
    )


_FOLLOW = f"""
CREATE FUNCTION @.follow_roles(p_login text) RETURNS void LANGUAGE plpgsql {PATH} AS $$
DECLARE
    v_active boolean;
    v_roles text[];
    v_class record;
BEGIN
    IF p_login <> session_user AND NOT @.holds(ARRAY['administrator'])
            AND NOT pg_has_role(session_user, current_user, 'MEMBER') THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for table role';
    END IF;
    IF p_login = current_user OR to_regrole(quote_ident(p_login)) IS NULL THEN
        RETURN;
    END IF;
    SELECT bool_or(o.active), array_agg(r.role) INTO v_active, v_roles
    FROM @.operator o LEFT JOIN @.role r ON r.operator_id = o.id WHERE o.login = p_login;
    IF EXISTS (SELECT FROM @.setting WHERE key = 'kind' AND value = 'demo') THEN
        v_active := true;
        v_roles := ARRAY[{listed(ROLE_NAMES)}];
    END IF;
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA @ FROM %I', p_login);
    EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA @ FROM %I', p_login);
    EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA @ FROM %I', p_login);
    EXECUTE format('REVOKE USAGE ON SCHEMA @ FROM %I', p_login);
    IF NOT coalesce(v_active, false) THEN
        RETURN;
    END IF;
    IF NOT has_schema_privilege(p_login, '@', 'USAGE') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA @ TO %I', p_login);
    END IF;
    EXECUTE format('GRANT EXECUTE ON FUNCTION @.{", @.".join(_FUNCTIONS)} TO %I', p_login);
    EXECUTE format('GRANT SELECT ON @.citizen, @.verb_role TO %I', p_login);
    EXECUTE format('GRANT SELECT (id, version, ticket_id, reporter_key) ON @.person TO %I',
        p_login);
    FOR v_class IN
        SELECT string_agg(format('@.%I', t.tablename), ', ') AS tables, c.rights
        FROM pg_tables t CROSS JOIN LATERAL (VALUES
            ('SELECT', t.tablename <> 'person' AND (v_roles <> ARRAY[{listed(OUTSIDE)}]
                OR t.tablename IN ({listed(CALLED_READ)}))),
            ('INSERT, UPDATE', 'caller' = ANY (v_roles)
                AND t.tablename IN ({listed(CALLED_WRITTEN)})),
            ('DELETE', 'caller' = ANY (v_roles) AND t.tablename IN ({listed(CALLED_STRUCK)})),
            ('INSERT, UPDATE', t.tablename IN ({listed(RULES)})
                AND 'administrator' = ANY (v_roles)),
            ('DELETE', t.tablename IN ({listed(STRUCK)}) AND 'administrator' = ANY (v_roles)),
            ('INSERT, UPDATE, DELETE', t.tablename IN ({listed(SIGNED)})
                AND 'signer' = ANY (v_roles)),
            ('INSERT, UPDATE, DELETE', v_roles && ARRAY[{listed(WORKING)}]
                AND t.tablename NOT IN ({listed((*UNWRITTEN, *RULES, *SIGNED))}))
        ) AS c (rights, given)
        WHERE t.schemaname = '@' AND c.given GROUP BY c.rights
    LOOP
        EXECUTE format('GRANT %s ON %s TO %I', v_class.rights, v_class.tables, p_login);
    END LOOP;
    IF v_roles && ARRAY[{listed(WORKING | CALLERS)}] THEN
        EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA @ TO %I', p_login);
    END IF;
END $$
"""


_ENTER = text(
    "SELECT record_events(:operator, :recorded_at, :policy, :calendar, "
    + ", ".join(f"CAST(:{name} AS {_type(name)}[])" for name in GIVEN)
    + ")"
)
