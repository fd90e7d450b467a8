"""What can go wrong with a store, in words its user can act on."""

from __future__ import annotations

from rules.errors import DubanError


class StoreError(DubanError):
    """The store cannot be opened, read or written."""


class LetGo(StoreError):
    """The database gave a transaction up before it was kept: once more may do."""


class ClockInDoubt(StoreError):
    """The system's clock contradicts the trail or the machine: nothing is written by it."""


class LostRace(DubanError):
    """Somebody else changed the matter first; nothing was written."""


class NotAllowed(DubanError):
    """The operator's roles do not include this act.

    ``verb`` is what the trail would call it, where that is known; ``asked`` are the roles of which
    one is enough, none where it is not for want of a role.
    """

    def __init__(self, line: str, verb: str = "", asked: frozenset[str] = frozenset()) -> None:
        super().__init__(line)
        self.verb = verb
        self.asked = asked
