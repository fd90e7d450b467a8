"""What an administrator leaves to a signer: who rules over rights and rules does not also sign."""

from __future__ import annotations

from dataclasses import dataclass

from models.store.actor import Actor
from models.store.errors import NotAllowed
from models.store.rows import Query, Source
from rules.casework import verb_name

LEFT_TO_SIGNERS = frozenset(
    {
        "letter.sign",
        "order.sign",
        "edition.publish",
        "review.approve",
        "review.refuse",
        "privacy.approve",
        "privacy.refuse",
    }
)
"""Verbs that no administrator does, whatever other roles they hold, where a signer is there."""


@dataclass(frozen=True, slots=True)
class _Signer:
    """Somebody who may sign, and whether they are an administrator too."""

    id: int
    name: str
    rules: bool


_SIGNERS = Query(
    _Signer,
    """
SELECT o.id, o.name, EXISTS (
    SELECT 1 FROM role a WHERE a.operator_id = o.id AND a.role = 'administrator') AS rules
FROM operator o JOIN role r ON r.operator_id = o.id AND r.role = 'signer'
WHERE o.active ORDER BY o.id
""",
)


def signer_beside(source: Source, actor: Actor, *but: int) -> str:
    """Return the name of the signer to whom an administrator leaves it; empty where they may.

    ``but`` are operators who cannot either, such as who drafted or asked. A signer who is an
    administrator too counts only for one who is no signer at all.
    """
    if "administrator" not in actor.roles:
        return ""
    signs = "signer" in actor.roles
    left_out = {actor.id, *but}
    found = (
        one.name
        for one in source.read(_SIGNERS)
        if one.id not in left_out and not (signs and one.rules)
    )
    return next(found, "")


def require_apart(source: Source, actor: Actor, verb: str, *but: int) -> None:
    """Refuse an administrator what they leave to a signer, named with the role that is asked."""
    if verb in LEFT_TO_SIGNERS and (name := signer_beside(source, actor, *but)):
        raise NotAllowed(left_to(name, verb), verb, frozenset({"signer"}))


def left_to(name: str, verb: str) -> str:
    """Return in a line why an administrator may not, and who may."""
    return (
        f"有签发权限的另有{name}：管理员不签发、不发布、不批准，"
        f"“{verb_name(verb)}”请由签发员{name}办理"
    )
