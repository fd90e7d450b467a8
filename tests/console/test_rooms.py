"""Screens know their frame and never the app; going to one loads no ORM."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_only_the_entrance_knows_the_app() -> None:
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "console").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "console.app"
    }
    assert knowing == {"console/__main__.py"}


def test_the_first_rows_need_no_orm() -> None:
    code = (
        "import sys, console.app, console.frame.opening, models.store.store, models.views.queue\n"
        "print([n for n in ('sqlalchemy', 'sqlmodel', 'alembic', 'typer') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_going_to_a_screen_loads_no_orm() -> None:
    code = (
        "import sys, console.app\n"
        "from console import bureau, casework, clocks, entities, intake, letters, orders\n"
        "from console import ranking, review, store, views\n"
        "views.QueueScreen, views.DeskScreen, casework.TicketScreen, orders.OrdersScreen\n"
        "ranking.RankingScreen, clocks.CalendarScreen, store.AboutScreen, store.FirstScreen\n"
        "bureau.UnitsScreen, review.ReviewScreen, letters.LettersScreen, letters.ask_dossier\n"
        "intake.open_form, intake.ImportScreen, entities.EntitiesScreen\n"
        "print([n for n in ('sqlalchemy', 'sqlmodel', 'typer') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
