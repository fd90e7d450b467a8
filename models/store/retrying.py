"""Once more, where the database let a transaction go before anything of it was kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from models.store.errors import LetGo

P = ParamSpec("P")
T = TypeVar("T")


def retried(verb: Callable[P, T]) -> Callable[P, T]:
    """Let a verb of one transaction begin anew, once and without a word, where it was let go.

    A connection that was cut, a deadlock, a timeout: nothing was kept. Where COMMIT was sent and
    no answer came, the transaction itself looks into the trail and this is not asked.
    """

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return verb(*args, **kwargs)
        except LetGo:
            return verb(*args, **kwargs)

    return run
