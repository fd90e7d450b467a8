"""Calls to citizens from the command line: planned, listed, handed out, and closed to the rest."""

from __future__ import annotations

from pathlib import Path

from models.store.opening import open_store
from models.tables.bookkeeping import Role
from seed.reference.catalogue import first_content
from tests.console.conftest import Duban, system_now

NUMBER = "WH20261120-00001"


def closed(shell: Duban) -> None:
    assert shell("ticket", "close", NUMBER, "--outcome", "已解决").code == 0
    assert shell("rate", NUMBER, "--result", "不满意").code == 0


def only_a_caller(shell: Duban, path: Path) -> None:
    """Take every role but 回访 from who is at work."""
    (me,) = shell("operator", "list", "--json").value
    store = open_store(str(path), now=system_now, first=first_content, login=me["login"])
    with store.writing() as work:
        work.delete_where(Role, "role <> 'caller'")
        work.event("operator.role", "operator", 1, payload={"to": ["caller"]})
    store.close()


def test_calls_are_planned_listed_and_handed_out(shell: Duban) -> None:
    closed(shell)
    week = ("--week", "2026-W47", "--seed", 7)
    tried = shell("callback", "plan", *week, "--dry-run", "--json").value
    assert (tried["unsatisfied"], tried["seed"], tried["dry_run"]) == (1, 7, True)
    assert "核查回访1件" in shell("callback", "plan", *week).out
    assert "核查回访0件" in shell("callback", "plan", *week).out
    (one,) = shell("callback", "list", "--json").value
    assert (one["number"], one["purpose"], one["plan"]) == (NUMBER, "review", "2026-W47/7")
    told = shell("callback", "next").out
    assert NUMBER in told and "核查回访" in told and "13871234567" not in told
    missed = shell("ticket", "callback", NUMBER, "--result", "未接通")
    assert missed.code == 0
    again = shell("ticket", "callback", NUMBER, "--result", "未接通")
    assert again.code == 1 and "请在11-21 08:30以后再打" in again.err
    assert shell("callback", "next", "--json").value is None


def test_outside_staff_reach_nothing_but_the_next_call(shell: Duban, tmp_path: Path) -> None:
    closed(shell)
    shell("callback", "plan", "--week", "2026-W47")
    only_a_caller(shell, tmp_path / "town.db")
    for words in (
        ("queue",),
        ("ticket", "show", NUMBER),
        ("callback", "list"),
        ("callback", "plan"),
        ("export", "list.csv"),
        ("rank",),
        ("trail",),
        ("rate", NUMBER, "--result", "满意"),
        ("ticket", "rework", NUMBER, "--reason", "x"),
        ("ticket", "phone", NUMBER, "--reason", "核查回访"),
    ):
        refused = shell(*words)
        assert refused.code != 0 and "回访权限" in refused.err, words
        assert refused.err.count("\n") == 1 and refused.out == "", words
    assert shell("callback", "next", "--json").value["number"] == NUMBER
    assert "核查回访" in shell("callback", "phone").out
    assert shell("ticket", "callback", NUMBER, "--result", "拒访").code == 0
