"""Which roles may write which verb into the trail: what the database itself asks of a login.

Made from the steps of casework and orders, and from what else is written beside them. A verb that
is missing here can be written by nobody on PostgreSQL; a test holds the list to the code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.store.actor import Actor
from models.store.errors import NotAllowed
from models.store.wider_rights import WIDER
from rules.bureau import OUTSIDE, ROLE_NAMES
from rules.casework import STEPS

WORKING = frozenset({"supervisor", "signer", "administrator"})
"""Who writes matters; what follows from their acts by itself is written in their name."""

CALLERS = frozenset({"caller", "supervisor"})
"""Who calls citizens and records what they said."""

_ANYBODY = frozenset(ROLE_NAMES) - OUTSIDE
_IMPORTING = frozenset({"supervisor", "administrator"})
_SUPERVISING = frozenset({"supervisor", "signer"})
RULING = frozenset({"administrator"})

_TAKEN_BACK = (
    *("ticket", "order", "campaign", "campaign_task"),
    *("police_group", "group_message"),
    *("problem", "entity", "alias", "decision", "flag", "pledge", "reception"),
    *("visit", "visit_task", "duty"),
    *("cell_matter", "opinion_topic", "council"),
)

_BESIDE: Mapping[frozenset[str], tuple[str, ...]] = {
    frozenset(ROLE_NAMES): ("act.refused",),
    _ANYBODY: (
        "ticket.export",
        "export.list",
        "letter.export",
        "report.daily",
        "report.export",
        "order.export",
        "order.copy",
        "audit.export",
    ),
    frozenset({"administrator", "auditor"}): ("audit.verify", "store.backup"),
    WORKING: (
        *(f"{kind}.{verb}" for kind in _TAKEN_BACK for verb in ("redo", "undo")),
        "crossing.annul",
        "line.add",
        "line.change",
        "line.end",
        "edition.draft",
        "ticket.suspend",
        "ticket.unsuspend",
        "review.open",
        "review.start",
        "seal",
        "sweep",
        "ticket.hold",
        "ticket.end_account",  # the sweep's, where its term is up
        "ticket.lapse_account",
        "ticket.lapse_extension",
        "ticket.lapse_pause",
        "ticket.lapse_return",
        "ticket.let_go",
        "ticket.lift",
        "ticket.look",
        "ticket.pause_up",
        "ticket.resume",  # the sweep's, where the time of a pause is up
        "ticket.split",
    ),
    _IMPORTING: (
        "import.finish",
        "import.start",
        "objection.raise",
        "privacy.ask",
        "problem.find",
        "problem.refresh",
        "profile.drop",
        "profile.save",
        "ticket.amend",
        "ticket.attach",
        "ticket.conflict",
        "ticket.report",
        "ticket.correct",
        "ticket.intake",
        "ticket.join",
        "ticket.merge",
        "ticket.same",
        "ticket.suspect",
    ),
    frozenset({"supervisor"}): (
        "callback.plan",
        "ticket.detach",
        "handout.make",
        "ticket.as_received",
        "ticket.credit",
        "ticket.discredit",
        "ticket.inform",
        "ticket.object",
        "ticket.keep",
        "ticket.look_confidential",
        "ticket.take",
    ),
    frozenset({"dispatcher"}): ("ticket.handover",),
    CALLERS: ("review.reopen", "review.open", "seal", "ticket.look", "ticket.rate", "ticket.undo"),
    _SUPERVISING: (
        "alias.confirm",
        "alias.lapse",
        "alias.refuse",
        "alias.suggest",
        "decision.add",
        "decision.revoke",
        "entity.add",
        "entity.join",
        "entity.name",
        "entity.separate",
        "dispatch.calibrate",
        *("ticket.against_duty", "ticket.dispute", "ticket.look_over"),
        *("ticket.opinion", "ticket.provisional"),
        "dossier.make",
        "edition.remark",
        "flag.raise",
        "flag.withdraw",
        "objection.rule",
        "letter.amend",
        "letter.answer",
        "letter.circulate",
        "letter.draft",
        "letter.void",
        "report.adopt",
        "report.amend",
        "report.answer",
        "report.carry_out",
        "report.draft",
        "report.send",
        "report.tell",
        "order.circulate",
        "order.draft",
        "problem.confirm",
        "problem.join",
        "problem.link",
        "problem.name",
        "problem.refuse",
        "problem.split",
        "review.reopen",
    ),
    frozenset({"signer"}): (
        "edition.file",
        "edition.publish",
        "letter.sign",
        "report.sign",
        "ticket.letter",
        "order.restate",
        "ticket.supervise",
    ),
    frozenset({"administrator", "signer"}): (
        "privacy.approve",
        "privacy.refuse",
        "ticket.erase",
    ),
    RULING: (
        "calendar.load",
        "deadline.recompute",
        "grid.load",
        "operator.add",
        "operator.off",
        "operator.rename",
        "operator.role",
        "operator.units",
        "policy.load",
        "store.clock",
        "store.create",
        "store.upgrade",
        "template.load",
        "unit.changed",
        "unit.ended",
        "unit.new",
    ),
}


def _permitted() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for step in STEPS:
        importing = _IMPORTING if step.by_file else frozenset()
        verb = f"{step.kind}.{step.verb}"
        found[verb] = found.get(verb, frozenset()) | step.roles | importing
    for roles, verbs in (*_BESIDE.items(), *WIDER):
        found |= {verb: found.get(verb, frozenset()) | roles for verb in verbs}
    return dict(sorted(found.items()))


PERMITTED: Mapping[str, frozenset[str]] = _permitted()
"""Every verb of the trail with the roles of which one is enough."""


def called(roles: Iterable[str]) -> str:
    """Return the roles of which one is enough as a person reads them: 督办或签发."""
    held = set(roles)
    return "或".join(name for role, name in ROLE_NAMES.items() if role in held)


def require_inside(actor: Actor) -> None:
    """Refuse outside staff, who do nothing here but what their role is for."""
    if outside(actor):
        raise NotAllowed(
            f"{actor.name} 只有{called(actor.roles)}权限：回访员直接运行 duban 打开回访，"
            "或用 duban callback next 领取、duban ticket callback 登记"
        )


def outside(actor: Actor) -> bool:
    """Whether somebody holds no role but those of outside staff."""
    return bool(actor.roles) and actor.roles <= OUTSIDE


def require_roles(actor: Actor, roles: Iterable[str], verb: str = "") -> None:
    """Refuse unless somebody holds one of ``roles``; ``verb`` is what they would be held for."""
    wanted = frozenset(roles)
    if not actor.roles & wanted:
        raise NotAllowed(
            f"{actor.name} 没有办理此事的权限（要有{called(wanted)}权限）："
            "请管理员用 duban operator role 授权",
            verb,
            wanted,
        )
