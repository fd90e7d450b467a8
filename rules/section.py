"""A section of the policy file: frozen, typed, no key it does not know."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from rules.limits import Limit
from rules.officehours import clock_seconds


class Section(BaseModel):
    """Base of every section; an unknown key is an error that names the nearest one."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _clock(text: str) -> str:
    clock_seconds(text)
    return text


def _limit(text: str) -> str:
    Limit.read(text)
    return text


def _limit_or_none(text: str) -> str:
    return text if text == "none" else _limit(text)


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


ClockTime = Annotated[str, AfterValidator(_clock)]
"""``HH:MM``, 00:00 to 24:00."""

LimitText = Annotated[str, AfterValidator(_limit)]
"""``5wd 4wh 24h 15m 60d``."""

LimitOrNone = Annotated[str, AfterValidator(_limit_or_none)]
"""A limit, or ``none``: there is no such clock."""

Several = Annotated[tuple[str, ...], BeforeValidator(_several)]
"""One value or a list of them."""
