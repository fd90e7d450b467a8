"""How lists and papers call what is merged (并单); needs nothing but the language."""

from __future__ import annotations

REPEAT, COMMON = "repeat", "common"

KINDS = {REPEAT: "重复件", COMMON: "共性件"}
"""The kinds of a merge, as people call them."""


def marked(merged: int, lead: str | None) -> str:
    """Return how a list marks a matter: as a lead of so many, as under one, as neither by ""."""
    if merged:
        return f"主件，并入{merged}件"
    return f"并入{lead}" if lead else ""
