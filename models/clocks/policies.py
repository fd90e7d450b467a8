"""规则: the versions of the policy, what another would do, and loading one.

A new version serves the clocks that start from then on; only where it is asked for are running
ones counted again by it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.bureau import check_units
from models.clocks.calendars import days_of
from models.clocks.keeping import keep_recount
from models.clocks.recount import NewRules, plan_recount, uncollected
from models.clocks.rehearsal import Rehearsal, rehearsal_of
from models.store import Query, Source, reckon, retried
from models.tables import PolicyVersion
from rules.bureau import checked_policy, read_policy
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store, Work


@dataclass(frozen=True, slots=True)
class PolicyView:
    """One version of the policy as the store keeps it."""

    version: int
    loaded_at: datetime
    reason: str | None
    digest: str


@dataclass(frozen=True, slots=True)
class LoadedPolicy:
    """A version that was loaded; ``done`` is None where running clocks were left alone."""

    version: int
    done: Rehearsal | None


_VERSIONS = Query(
    PolicyView, "SELECT version, loaded_at, reason, digest FROM policy ORDER BY version DESC"
)
_TEXT = "SELECT text FROM policy WHERE version = :version"


def policy_versions(source: Source) -> list[PolicyView]:
    """Return every version, the newest first."""
    return source.read(_VERSIONS)


def rehearse_policy(store: Store, text: str) -> Rehearsal:
    """Say what counting the running clocks again by a policy would do; nothing is written.

    PolicyError if the text cannot be used.
    """
    policy = read_policy(text)
    with store.reading() as reader:
        check_units(policy, reader)
        days = days_of(reader, store.versions(reader)[1])
        return rehearsal_of(reader, plan_recount(reader, NewRules(days, policy), store.now()))


@retried
def load_policy(
    store: Store, text: str, reason: str, *, recompute: bool = False, at: datetime | None = None
) -> LoadedPolicy:
    """Make ``text`` the policy in force, or do nothing.

    With ``recompute`` every running clock is counted again as if it had started under it; a
    clock it sets no limit for keeps its own. For an administrator; ``PolicyError`` if the text
    cannot be used, ``Refused`` if it is the one in force, unless the running clocks are meant.
    """
    policy = checked_policy(text)
    with uncollected(), store.writing(at=at, alone=True) as work:
        work.require(verb="policy.load")
        check_units(policy, work)
        why = _reason(work, text, reason, recompute)
        rules = NewRules(days_of(work, work.calendar_version), policy)
        if policy.zone != work.policy.zone:
            reckon(work.conn, policy.zone)
        found = plan_recount(work, rules, work.at) if recompute else None
        done = rehearsal_of(work, found) if found else None
        version = work.policy_version + 1
        _insert(work, version, text, why)
        work.event(
            "policy.load",
            "policy",
            version,
            reason=why,
            payload={"recompute": recompute, "changed": done.changed if done else 0},
        )
        if found is not None:
            keep_recount(work, found, why, anew=True, named={"policy": version})
        return LoadedPolicy(version, done)


def _reason(work: Work, text: str, reason: str, recompute: bool) -> str:
    if not reason.strip():
        raise Refused("装入规则须写明理由：请填写后再办")
    if work.value(_TEXT, version=work.policy_version) == text and not recompute:
        raise Refused(f"与现行第{work.policy_version}版规则相同：无须装入")
    return reason.strip()


def _insert(work: Work, version: int, text: str, reason: str) -> None:
    """Write the version; from here on the work itself goes by it."""
    work.insert(
        PolicyVersion,
        version=version,
        text=text,
        loaded_at=work.now,
        reason=reason,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )
    work.policy_version = version
