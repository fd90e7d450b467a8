"""Every verb of one transaction begins anew once; one that cannot is listed with the reason."""

from __future__ import annotations

import ast

from tests.house.tree import HOUSE

ONCE_ONLY = {
    "write_sheet": "lays out a workbook from lines that are read once",
}


def test_every_function_that_writes_is_retried() -> None:
    found = {
        node.name: {ast.unparse(name) for name in node.decorator_list}
        for source in HOUSE.sources
        if source.floor in ("models", "console") and source.module != "models.store.store"
        for node in source.nodes
        if isinstance(node, ast.FunctionDef) and _writes(node)
    }
    assert len(found) > 20
    assert {name for name, by in found.items() if "retried" not in by} == set(ONCE_ONLY)


def _writes(function: ast.FunctionDef) -> bool:
    calls = (
        item.context_expr
        for node in ast.walk(function)
        if isinstance(node, ast.With)
        for item in node.items
    )
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "writing"
        for call in calls
    )
