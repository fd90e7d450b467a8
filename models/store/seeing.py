"""What of a citizen, and of the key for digests, a login of PostgreSQL may see.

``citizen`` is the table ``person`` as a view: masked, but for those who work on matters, where
texts are masked by what is known of the person, and for a backup that the trail has already. What
it says must be committed: a reason that could be rolled back is none.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.store.bulk import table
from models.store.permitted import PERMITTED, WORKING
from models.tables import Person


def listed(names: Iterable[str]) -> str:
    """Return names as SQL lists them."""
    return ", ".join(f"'{name}'" for name in sorted(names))


PATH = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
"""How every function runs: as its owner, where nobody else can put anything."""

HOLDS = f"""
CREATE FUNCTION @.holds(wanted text[]) RETURNS boolean LANGUAGE plpgsql STABLE {PATH} AS $$
BEGIN RETURN EXISTS (
    SELECT FROM @.operator o JOIN @.role r ON r.operator_id = o.id
    WHERE o.login = session_user AND o.active AND r.role = ANY (wanted))
OR EXISTS (SELECT FROM @.setting WHERE key = 'kind' AND value = 'demo');
END $$
"""

_COMMITTED = """(pg_current_xact_id_if_assigned() IS NULL
    OR age(e.xmin) > age(pg_current_xact_id_if_assigned()::xid))"""
"""An event that a rollback cannot take back: older than what this transaction writes."""

_RECENT = f"""e.operator = session_user AND {_COMMITTED}
    AND (e.recorded_at > now() - interval '1 day'
         OR EXISTS (SELECT FROM @.setting WHERE key = 'kind' AND value IN ('demo', 'test')))"""

SEES = f"""
CREATE FUNCTION @.sees_citizens() RETURNS boolean LANGUAGE plpgsql STABLE {PATH} AS $$
BEGIN RETURN pg_has_role(session_user, current_user, 'MEMBER')
OR EXISTS (SELECT FROM @.setting WHERE key = 'kind' AND value = 'demo')
OR @.holds(ARRAY[{listed(WORKING)}])
OR @.holds(ARRAY[{listed(PERMITTED["store.backup"])}]) AND EXISTS (
    SELECT FROM @.event e WHERE e.subject_kind = 'backup'
    AND e.verb IN ('store.backup', 'audit.verify') AND {_RECENT});
END $$
"""
"""Who works on matters, and who backs up or verifies as the trail says already, sees citizens."""

_CALLED = f"""(EXISTS (SELECT FROM @.call c WHERE c.ticket_id = p.ticket_id AND c.done_at IS NULL)
    AND EXISTS (SELECT FROM @.event e WHERE e.subject_kind = 'ticket'
        AND e.subject_id = p.ticket_id AND e.verb = 'ticket.look' AND {_RECENT}))"""
"""Who calls citizens sees whom a planned call is made to, once the trail has the look."""

_HANDED = f"""EXISTS (SELECT FROM @.event e WHERE e.subject_kind = 'ticket'
    AND e.subject_id = p.ticket_id AND e.verb = 'ticket.handover' AND {_RECENT})"""
"""Who hands matters to units sees whose each is, once the trail has its paper."""

_BLANKS = "E' \\t\\n\\r\\f\\u00a0\\u3000'"

_MASKED = {
    "reporter": (
        f"left(btrim(p.reporter, {_BLANKS}), 1) || "
        f"repeat('*', greatest(1, length(btrim(p.reporter, {_BLANKS})) - 1))"
    ),
    "phone": (
        f"CASE WHEN length(btrim(p.phone, {_BLANKS})) < 7 "
        f"THEN repeat('*', length(btrim(p.phone, {_BLANKS}))) "
        f"ELSE left(btrim(p.phone, {_BLANKS}), 3) "
        f"|| repeat('*', length(btrim(p.phone, {_BLANKS})) - 7) "
        f"|| right(btrim(p.phone, {_BLANKS}), 4) END"
    ),
    "address": (
        "regexp_replace(p.address, "
        "'\\d+(?=\\s*(?:号|栋|幢|座|单元|室|楼|层|户|弄))|(?<=[-—])\\d+', '**', 'g')"
    ),
    "id_number": "repeat('*', length(p.id_number))",
}
"""The masks of :mod:`rules.text`, within the database."""

PERSON = tuple(c.name for c in table(Person).columns)


def citizen() -> str:
    """Return the view: a row for each of ``person``, in its columns."""
    cells = ", ".join(
        f"CASE WHEN g.open OR g.calls AND {_CALLED} OR g.hands AND {_HANDED} OR p.{name} = '' "
        f"THEN p.{name} ELSE {_MASKED[name]} END AS {name}"
        if name in _MASKED
        else f"p.{name}"
        for name in PERSON
    )
    return f"""
CREATE VIEW @.citizen AS SELECT {cells} FROM @.person p
CROSS JOIN LATERAL (SELECT (SELECT @.sees_citizens()) AS open,
    (SELECT @.holds(ARRAY['caller'])) AS calls,
    (SELECT @.holds(ARRAY['dispatcher'])) AS hands OFFSET 0) g
"""


KEY = f"""
ALTER TABLE @.setting ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_but_the_key ON @.setting FOR SELECT USING (
    key <> 'digest_key' OR @.holds(ARRAY[{listed(WORKING)}]) OR @.sees_citizens())
"""
