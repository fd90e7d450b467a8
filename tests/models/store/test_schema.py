"""Tables and migrations are one schema on both engines, every constraint under its own name."""

from __future__ import annotations

import ast
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Constraint,
    Engine,
    ForeignKeyConstraint,
    Inspector,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    inspect,
    text,
)
from sqlmodel import SQLModel

import models.migrations
from models.store.database import create_tables, make_engine, migrate
from models.store.opening import open_store
from models.store.rights import remove
from models.store.upgrading import upgrade_postgres
from models.store.version import SCHEMA
from models.tables import TrailHead
from seed.reference.catalogue import first_content
from tests.conftest import Clock

RELEASED = Path(__file__).with_name("released")

MIGRATIONS = Path(str(models.migrations.__file__)).parent

Schema = dict[str, dict[str, Any]]


def _schema(engine: Engine) -> Schema:
    """Return what the database itself says of each table; the order of columns is no part of it."""
    inspector = inspect(engine)
    return {name: _table(inspector, name) for name in inspector.get_table_names()}


def _table(inspector: Inspector, name: str) -> dict[str, Any]:
    key = inspector.get_pk_constraint(name)
    return {
        "columns": {
            c["name"]: (
                str(c["type"]),
                getattr(c["type"], "timezone", None),
                c["nullable"],
                c["default"],
            )
            for c in inspector.get_columns(name)
        },
        "key": (key["name"], key["constrained_columns"]),
        "unique": {u["name"]: u["column_names"] for u in inspector.get_unique_constraints(name)},
        "checks": {c["name"]: c["sqltext"] for c in inspector.get_check_constraints(name)},
        "foreign": {
            f["name"]: (
                f["constrained_columns"],
                f["referred_table"],
                f["referred_columns"],
                f["options"],
            )
            for f in inspector.get_foreign_keys(name)
        },
        "indexes": {i["name"]: _index(i) for i in inspector.get_indexes(name)},
    }


def _index(found: Any) -> tuple[Any, ...]:
    options = found.get("dialect_options", {})
    where = {key: _plain(str(value)) for key, value in options.items() if key.endswith("_where")}
    return found["column_names"], bool(found["unique"]), where


def _plain(condition: str) -> str:
    """Return a condition without casts and brackets, which a dump of PostgreSQL sets otherwise."""
    return re.sub(r"::character varying|::text(\[\])?|[()]", "", condition)


def _read(target: str) -> Schema:
    engine = make_engine(target)
    found = _schema(engine)
    engine.dispose()
    return found


def test_an_upgraded_store_has_the_schema_of_a_new_one(
    first_build: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    new = str(tmp_path / "new.db")
    if first_build.startswith("postgresql"):
        new = str(request.getfixturevalue("database")())
        upgrade_postgres(first_build, Clock())
    for target in (first_build, new):
        open_store(target, now=Clock(), first=first_content, login="tester").close()
    assert _read(first_build) == _read(new)
    if not new.startswith("postgresql"):
        for path in (first_build, new):
            assert _indexes(path) == sorted(_indexes(path)), path


def _indexes(path: str) -> list[tuple[str, str]]:
    """Return the indexes of a file as they were made; they must stand in the order of their names.

    SQLite takes the last made of two that serve alike: chance must not choose.
    """
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(
            "SELECT tbl_name, name FROM sqlite_master "
            "WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid"
        ).fetchall()


def test_an_empty_store_goes_back_to_the_first_schema_and_comes_again(empty_target: str) -> None:
    engine = make_engine(empty_target)
    with engine.begin() as conn:
        create_tables(conn)
    today = _schema(engine)
    with engine.begin() as conn:
        remove(conn)
        TrailHead.metadata.drop_all(conn)
        conn.execute(text("DROP TABLE alembic_version"))
        create_tables(conn, "0001")
    assert "act" in _schema(engine)
    with engine.begin() as conn:
        migrate(conn)
    assert _schema(engine) == today
    engine.dispose()


def test_every_constraint_and_index_has_the_name_the_convention_gives() -> None:
    for t in SQLModel.metadata.sorted_tables:
        named = [(constraint.name, _expected(t, constraint)) for constraint in t.constraints]
        assert [name for name, _ in named] == [expected for _, expected in named]
        assert all(len(expected) <= 63 for _, expected in named), "PostgreSQL keeps 63 letters"
        assert all(str(i.name).startswith(("ix_", "ux_")) for i in t.indexes)


def _expected(t: Table, constraint: Constraint) -> str:
    if isinstance(constraint, PrimaryKeyConstraint):
        return f"pk_{t.name}"
    assert isinstance(constraint, ForeignKeyConstraint | UniqueConstraint), "give it a name here"
    kind = "fk" if isinstance(constraint, ForeignKeyConstraint) else "uq"
    return "_".join((kind, t.name, *(c.name for c in constraint.columns)))


def test_nothing_is_deleted_because_something_else_is() -> None:
    keys = [key for t in SQLModel.metadata.sorted_tables for key in t.foreign_keys]
    assert [str(key) for key in keys if key.ondelete or key.onupdate] == []


def test_the_newest_revision_is_the_schema_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA]


def test_a_migration_never_reads_the_tables_of_today() -> None:
    for path in MIGRATIONS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
            )
            of_today = [n for n in names if n.startswith(("models", "sqlmodel"))]
            assert set(of_today) <= {"models.migrations.making"}, path.name
