"""What starts and what stops the clocks of a handling, where a policy names other acts than usual.

A clock starts at the latest of the acts named for it that have happened; one that is to start at
the acceptance (受理决定) waits for it. 补正 and 批示 start it again, from zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

ACTS = {
    "received": "收到",
    "dispatched": "交办",
    "accepted": "受理决定",
    "supplemented": "收到补正",
    "instructed": "批示",
    "acknowledged": "签收",
    "contacted": "首次联系",
    "replied": "答复",
    "closed": "办结",
}
"""The acts that may start or stop a clock, and what people call them."""

AGAIN = ("supplemented", "instructed")
"""Acts that start a clock again; without another one it starts at the dispatch."""

STARTS = {
    "accept": ("received", "dispatched", "supplemented"),
    "contact": ("dispatched", "accepted"),
    "progress": ("dispatched", "accepted"),
    "close": ("received", "dispatched", "accepted", "supplemented", "instructed"),
}
"""Which acts may start the clock of a step."""

STOPS = {
    "acknowledge": ("acknowledged", "contacted", "accepted", "replied"),
    "contact": ("contacted", "acknowledged", "accepted", "replied"),
    "close": ("replied", "closed"),
}
"""Which act may stop the clock of a step; to sign and to speak with the citizen an answer ends."""


@dataclass(frozen=True, slots=True)
class Course:
    """The acts that start and stop the clocks of one handling; a step not named has the usual ones.

    A handling needs an acceptance (受理 or 不予受理) where ``starts`` names ``accept``.
    """

    starts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stops: tuple[tuple[str, str], ...] = ()

    def started_by(self, step: str) -> tuple[str, ...]:
        """Return the acts that start the clock of a step; none: the usual one."""
        return next((acts for name, acts in self.starts if name == step), ())

    def stopped_by(self, step: str) -> str:
        """Return the act that stops the clock of a step; empty: the usual one."""
        return next((act for name, act in self.stops if name == step), "")

    @property
    def accepts(self) -> bool:
        """Whether it is to be decided if the matter is taken up at all."""
        return bool(self.started_by("accept"))

    @property
    def text(self) -> str | None:
        """Return it as a round keeps it: ``accept:dispatched close:accepted contact=replied``."""
        starts = (f"{step}:{','.join(acts)}" for step, acts in self.starts)
        stops = (f"{step}={act}" for step, act in self.stops)
        return " ".join((*starts, *stops)) or None


USUAL_COURSE = Course()


@lru_cache(maxsize=256)
def course_of(text: str | None) -> Course:
    """Return the course that a round keeps."""
    if not text:
        return USUAL_COURSE
    words = text.split()
    starts = (word.split(":") for word in words if ":" in word)
    stops = (word.split("=") for word in words if "=" in word)
    return Course(
        tuple((step, tuple(acts.split(","))) for step, acts in starts),
        tuple((step, act) for step, act in stops),
    )


def start_words(acts: tuple[str, ...]) -> str:
    """Return what starts a clock in words: 受理决定, or 收到，补正后重新起算."""
    first = next((act for act in acts if act not in AGAIN), "dispatched")
    again = "".join(f"，{ACTS[act].removeprefix('收到')}后重新起算" for act in acts if act in AGAIN)
    return ACTS[first] + again
