"""安排: one place of a reception day as it is planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

PLAN_COLUMNS = (
    "日期",
    "地点",
    "接访领导",
    "职务",
    "层级",
    "主办单位",
    "属地",
    "到场单位",
    "开始",
    "结束",
)
"""The columns of a plan; the first three are needed."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One place of a day, with who receives there and which units sit at the table.

    ``opens`` and ``closes`` are the bureau's time of day, ``grid`` the code of its district or
    street, ``line`` where it stood in a file, 0 for none.
    """

    day: date
    place: str
    leader: str
    post: str = ""
    rank: str = ""
    organ: str = ""
    grid: str = ""
    units: tuple[str, ...] = ()
    opens: time = time(9)
    closes: time | None = None
    line: int = 0
