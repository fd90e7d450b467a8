"""``duban dispute`` and ``duban dispatch auto``, from the command line."""

from __future__ import annotations

from tests.console.conftest import Duban

STREET = "WH20261118-00003"


def test_a_dispute_is_opened_heard_and_ruled(shell: Duban) -> None:
    opened = shell("dispute", "open", STREET, "--reason", "不归我们", "--json")
    assert opened.code == 0 and opened.value[0]["kind"] == "objection"
    id = str(opened.value[0]["id"])
    named = shell("dispute", "provisional", id, "--unit", "市水务局", "--reason", "先办", "--json")
    assert named.value[0]["provisional"] == "市水务局"
    said = ("--organ", "编办", "--person", "李处长", "--text", "属水务职责")
    assert shell("dispute", "opinion", id, *said).code == 0
    shown = shell("dispute", "show", id, "--json").value
    assert [one["said"] for one in shown["said"]] == ["属水务职责"]
    ruled = shell(
        "dispute", "rule", id, "--unit", "市水务局", "--reason", "归水务", "--basis", "裁定1号"
    )
    assert ruled.code == 0 and "duban letter draft 分歧裁定书" in ruled.out
    assert shell("dispute", "list").out.strip() == "没有派单争议"
    assert len(shell("dispute", "list", "--all", "--json").value) == 1


def test_nothing_goes_by_itself_unless_the_policy_says_so(shell: Duban) -> None:
    refused = shell("dispatch", "auto", "--dry-run")
    assert refused.code == 1 and "没有开启自动派单" in refused.err
    assert shell("dispatch", "looks").out.strip() == "没有待复核的派单"
    assert shell("dispatch", "looked", "3").code == 1
