"""The screens that no F key leads to: each stands over the present one and is left by Esc."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from textual.app import App

from console import (
    campaigns,
    clocks,
    councils,
    dispatch,
    entities,
    grid,
    intake,
    letters,
    police,
    receptions,
    reports,
    rota,
    store,
    visits,
)
from console.frame import FullScreen

OVER: Mapping[str, Callable[[], FullScreen]] = {  # each is read from its file when first gone to
    "about": lambda: store.AboutScreen(),
    "calendar": lambda: clocks.CalendarScreen(),
    "campaigns": lambda: campaigns.CampaignsScreen(),
    "grid": lambda: grid.GridScreen(),
    "cells": lambda: grid.CellMattersScreen(),
    "opinions": lambda: grid.OpinionsScreen(),
    "import": lambda: intake.ImportScreen(),
    "letters": lambda: letters.LettersScreen(),
    "councils": lambda: councils.CouncilsScreen(),
    "directory": lambda: dispatch.DirectoryScreen(),
    "entities": lambda: entities.EntitiesScreen(),
    "receptions": lambda: receptions.PledgesScreen(),
    "police": lambda: police.PoliceScreen(),
    "reception_days": lambda: receptions.DaysScreen(),
    "reports": lambda: reports.ReportsScreen(),
    "visits": lambda: visits.VisitsScreen(),
    "rota": lambda: rota.RotaScreen(),
}
"""Every such screen by the name in its ``over('name')``; its key stands in ``UNKEYED``."""


def show_over(app: App[Any], name: str) -> None:
    """Show one of ``OVER`` over the present screen, unless it is that one."""
    screen = OVER[name]()
    if not isinstance(app.screen, type(screen)):
        app.push_screen(screen)


def show_matter(app: App[Any], name: str, kind: str, id: int) -> None:
    """Show one of ``OVER``, the cursor on one matter of a kind."""
    show_over(app, name)
    if isinstance(app.screen, FullScreen):
        app.screen.go_to(kind, id)
