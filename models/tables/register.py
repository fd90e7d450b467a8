"""Who must answer, where appeals lie, and what kinds there are."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field, SQLModel, UniqueConstraint


class UnitGroup(SQLModel, table=True):
    """单位组别: units are ranked within a group, never across."""

    __tablename__ = "unit_group"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    position: int = 0


class Unit(SQLModel, table=True):
    """承办单位; the centre itself is one."""

    __tablename__ = "unit"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    code: str = Field(unique=True)
    name: str
    short_name: str
    initials: str = ""  # pinyin initials of name and short name, for pickers
    group_id: int | None = Field(default=None, foreign_key="unit_group.id")
    parent_id: int | None = Field(default=None, foreign_key="unit.id")
    liaison: str | None = None
    phone: str | None = None
    leader: str | None = None
    grid: str | None = None  # the district it stands for, where it stands for one
    is_centre: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    successor_id: int | None = Field(default=None, foreign_key="unit.id")


class UnitAlias(SQLModel, table=True):
    """Another word for a unit, as sources write it."""

    __tablename__ = "unit_alias"
    __table_args__ = (UniqueConstraint("alias"),)

    id: int | None = Field(default=None, primary_key=True)
    alias: str
    unit_id: int = Field(foreign_key="unit.id")


class Grid(SQLModel, table=True):
    """市 区 街道 社区 网格: one cell, one code of 4/6/9/12/15 digits."""

    __tablename__ = "grid"

    code: str = Field(primary_key=True)
    name: str
    level: str
    parent: str | None = Field(default=None, foreign_key="grid.code", index=True)
    initials: str = ""
    revision: int | None = None
    officer: str | None = None  # 网格员 of a cell
    households: int | None = None
    followers: int | None = None  # 关注户数: shown, never compared or assessed
    valid_from: date | None = None
    valid_to: date | None = None  # its last day
    estates: str | None = None  # JSON [name, ...] of the estates (小区) in it


class Channel(SQLModel, table=True):
    """来源渠道: data, not code."""

    __tablename__ = "channel"

    name: str = Field(primary_key=True)
    code: str = Field(unique=True)
    position: int = 0


class Category(SQLModel, table=True):
    """诉求类别 as a path 一级/二级/三级."""

    __tablename__ = "category"

    path: str = Field(primary_key=True)
    position: int = 0
