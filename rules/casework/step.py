"""What is said of one step of casework or of an order, besides its doing."""

from __future__ import annotations

from dataclasses import dataclass

from rules.casework.asks import Ask


@dataclass(frozen=True, slots=True)
class Step:
    """One row: a verb and the states (``after``) from which it may be taken.

    ``actor`` is whose act it is (unit, centre, citizen); the operator who records it holds one of
    ``roles``. ``about`` is its help on the command line. ``needs`` are facts that must be true,
    ``bars`` facts that must not. ``follows`` names the acts it cannot have happened before.
    ``by_file``: states in which a file may tell of it, after the acts in ``file_follows``. ``does``
    is the function that does it, where that is not called as the verb; ``together``: once for all
    the matters chosen. ``anytime``: no change of the matter meanwhile makes it unsafe.
    ``asks_when``: a form asks when it happened, though it asks nothing else.
    """

    kind: str
    verb: str
    name: str
    actor: str
    after: tuple[str, ...]
    about: str = ""
    asks: tuple[Ask, ...] = ()
    needs: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset({"supervisor"})
    follows: tuple[str, ...] = ("received_at", "dispatched_at", "handed_at")
    by_file: tuple[str, ...] = ()
    file_follows: tuple[str, ...] = ()
    does: str = ""
    together: bool = False
    undoable: bool = True
    anytime: bool = False
    asks_when: bool = False

    @property
    def command(self) -> str:
        """How the command line calls what it does: ``send-back``."""
        return self.function.replace("_", "-")

    @property
    def function(self) -> str:
        """The name of the function that does it."""
        return self.does or self.verb
