"""What each floor may load at all, and what the first frame of the console does without."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.house import first_frame
from tests.house.tree import HOUSE, ROOT, held

HEAVY = ("sqlalchemy", "sqlmodel", "textual", "rich", "typer", "docx", "xlsxwriter", "alembic")

EARLY = (
    "console.__main__",
    "console.app",
    "console.frame.opening",
    "console.views.queue.screen",
    "models.store.opening",
    "models.views.queue",
)
"""What the console loads for its first frame and its first rows."""


def loaded_by(*modules: str) -> set[str]:
    """Return every module that a new interpreter holds after importing some."""
    code = (
        "import importlib, json, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(json.dumps(list(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


def modules_of(floor: str) -> tuple[str, ...]:
    """Return the modules of a floor that may be imported for themselves."""
    return tuple(
        source.module
        for source in HOUSE.sources
        if source.floor == floor
        and "migrations" not in source.path
        and not source.path.endswith("__main__.py")
    )


@pytest.mark.parametrize(
    ("floor", "never"),
    [("rules", HEAVY), ("models", ("textual", "rich", "typer", "docx")), ("seed", ("textual",))],
)
def test_what_a_floor_must_never_load(floor: str, never: tuple[str, ...]) -> None:
    assert loaded_by(*modules_of(floor)) & set(never) == set()


def test_the_queue_is_read_without_the_orm() -> None:
    loaded = loaded_by("models.store", "models.store.store", "models.views.queue")
    assert not {"sqlalchemy", "sqlmodel"} & loaded


def test_the_first_frame_loads_only_textual() -> None:
    never = {"pydantic", "pendulum", "tree_sitter", "textual.widgets._text_area", *HEAVY}
    loaded = loaded_by("console.__main__", "console.app", "console.views.queue.screen")
    assert loaded & never == {"textual", "rich"}
    assert not {"console.widgets.dialogs", "console.paper.page", "seed.sheets"} & loaded


def test_the_first_rows_need_no_orm() -> None:
    assert loaded_by(*EARLY) & set(HEAVY) == {"textual", "rich"}


def test_imports_stand_at_the_top_save_the_listed() -> None:
    held("imports stand at the top of the file", first_frame.unlisted(HOUSE))


def test_a_listed_import_spares_the_first_frame_something() -> None:
    held(
        "only what the first frame would load for nothing is imported inside a function",
        first_frame.needless(HOUSE, loaded_by(*EARLY)),
    )
