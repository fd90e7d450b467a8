"""社区警务群: a community's group with the officer who answers and the leader on duty."""

from __future__ import annotations

from dataclasses import dataclass

GROUP_COLUMNS = ("群名称", "社区编码", "派出所", "社区民警", "带班领导", "值班电话", "分局")
"""The columns of the list of groups; the last four may be left empty."""


@dataclass(frozen=True, slots=True)
class Group:
    """One line of the list of groups."""

    line: int
    name: str
    code: str
    station: str
    officer: str
    leader: str
    phone: str
    unit: str
    cells: tuple[str, ...] = ()
