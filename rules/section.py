"""A section of the policy file: frozen, typed, no key it does not know."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from rules.limits import Limit
from rules.officehours import clock_seconds
from rules.steps import STEP_NAMES


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


def _due_time(text: str) -> str:
    if text not in DUE_TIMES:
        try:
            clock_seconds(text)
        except ValueError:
            raise ValueError(
                f"“{text}”不是到期钟点，请写 {'、'.join(DUE_TIMES)} 或 16:00 这样的时:分"
            ) from None
    return text


def _lead(value: Any) -> Any:
    for text in value.values() if isinstance(value, dict) else (value,):
        _limit(str(text))
    for step in value if isinstance(value, dict) else ():
        if step not in STEP_NAMES:
            raise ValueError(f"没有“{step}”这个环节，请用 {'、'.join(STEP_NAMES)}")
    return value


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


ClockTime = Annotated[str, AfterValidator(_clock)]
"""``HH:MM``, 00:00 to 24:00."""

LimitText = Annotated[str, AfterValidator(_limit)]
"""``5wd 4wh 24h 15m 60d``."""

LimitOrNone = Annotated[str, AfterValidator(_limit_or_none)]
"""A limit, or ``none``: there is no such clock."""

DUE_TIMES = ("close", "open", "same-time", "midnight")

DueTime = Annotated[str, AfterValidator(_due_time)]
"""A word for when of its last day a limit in working days ends, or ``HH:MM``."""

Lead = Annotated[str | dict[str, str], BeforeValidator(_lead)]
"""How long before due the end is near: a limit, or a table of step = limit."""

Several = Annotated[tuple[str, ...], BeforeValidator(_several)]
"""One value or a list of them."""
