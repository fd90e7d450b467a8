"""The record is told in Chinese, whatever any code writes into it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import chain

import pytest

from rules.casework.steps import STEPS
from rules.casework.words import VERB_NAMES
from tests.house.tree import HOUSE

WRITERS = {"event", "tell", "_tell", "act", "_move"}
"""Functions whose arguments hold the verb of an event."""

KINDS = {verb.partition(".")[0] for verb in VERB_NAMES}

OPEN = {
    "ticket.{}": [f"ticket.{step.verb}" for step in STEPS if step.kind == "ticket"],
    "order.{}": [f"order.{step.verb}" for step in STEPS if step.kind == "order"],
    "review.{}": [f"review.{step.verb}" for step in STEPS if step.kind == "review"],
    "report.{}": ["report.adopt", "report.carry_out", "report.tell"],
    "ticket.lapse_{}": ["ticket.lapse_extension", "ticket.lapse_pause"],
    "{}.circulate": ["order.circulate", "letter.circulate"],
    "{}.{}": ["ticket.undo", "ticket.redo", "order.undo", "order.redo"],
    "unit.{}": ["unit.new", "unit.changed", "unit.ended"],
}
"""Verbs put together while the program runs, and what they can come to."""


def _calls() -> Iterator[ast.Call]:
    for source in HOUSE.sources:
        if source.floor in ("models", "seed"):
            yield from (call for call in source.calls() if _name(call.func) in WRITERS)


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _told(node: ast.AST) -> Iterator[str]:
    """Yield the texts in a call's arguments, the open places of an f-string as ``{}``."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(
            str(getattr(part, "value", "")) if isinstance(part, ast.Constant) else "{}"
            for part in node.values
        )
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    else:
        yield from chain.from_iterable(map(_told, ast.iter_child_nodes(node)))


def _written() -> set[str]:
    told = {text for call in _calls() for arg in call.args for text in _told(arg)}
    return {
        verb
        for verb in told
        if verb.partition(".")[0] in {*KINDS, "{}"}
        and " " not in verb
        and (verb == "sweep" or "." in verb.strip("."))
    }


def test_every_verb_that_is_written_has_a_chinese_phrase() -> None:
    written = _written()
    assert {"ticket.dispatch", "order.sign", "sweep", "ticket.{}"} <= written
    closed = {verb for verb in written if "{}" not in verb}
    unsaid = closed.union(*(OPEN[verb] for verb in written - closed)) - set(VERB_NAMES)
    assert unsaid == set()


@pytest.mark.parametrize("verb", sorted(VERB_NAMES))
def test_a_phrase_is_chinese(verb: str) -> None:
    assert all("一" <= sign <= "鿿" or sign in "：·" for sign in VERB_NAMES[verb])
