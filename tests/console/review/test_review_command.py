"""``duban review``: what waits, the next one, its verdict, the backlog; for people and scripts."""

from __future__ import annotations

from tests.console.conftest import Duban

NUMBER = "WH20261102-00005"


def test_a_matter_is_taken_and_gets_its_verdict(shell: Duban) -> None:
    assert shell("review", "next", "--json").value is None
    assert shell("rate", NUMBER, "--result", "不满意").code == 0
    [row] = shell("review", "list", "--json").value
    assert (row["number"], row["held"], row["holder"]) == (NUMBER, False, None)
    case = shell("review", "next", "--json").value
    assert (case["number"], case["unit"], case["result_rating"]) == (
        NUMBER,
        "武汉市江岸区人民政府",
        "不满意",
    )
    assert shell("review", "next", "--skip", NUMBER, "--json").value is None
    assert shell("review", "list", "--json").value[0]["holder"] is not None
    assert f"duban review verdict {NUMBER} uphold|" in shell("review", "next").out
    given = shell("review", "verdict", NUMBER, "uphold", "--cause", "slow", "--json").value
    assert given == {"number": NUMBER, "verdict": "uphold", "state": "decided", "orders": []}
    again = shell("review", "verdict", NUMBER, "uphold")
    assert again.code == 1 and "不能维持" in again.err


def test_what_a_verdict_does_not_ask_is_refused(shell: Duban) -> None:
    shell("rate", NUMBER, "--result", "不满意")
    answer = shell("review", "verdict", NUMBER, "uphold", "--code", "legal")
    assert answer.code == 2 and "维持·单位责任不用 --code" in answer.err
    answer = shell("review", "verdict", NUMBER, "guilty")
    assert answer.code == 2 and "没有结论 guilty：可写 uphold、" in answer.err
    answer = shell("review", "verdict", NUMBER, "excuse")
    assert answer.code == 1 and "须写明理由" in answer.err


def test_what_a_second_person_decides_on_is_listed_apart(shell: Duban) -> None:
    shell("rate", NUMBER, "--result", "不满意")
    told = ("--code", "legal", "--evidence", "受理通知书")
    assert shell("review", "verdict", NUMBER, "exclude", *told).code == 0
    assert shell("review", "list", "--json").value == []
    [row] = shell("review", "list", "--held", "--json").value
    assert (row["number"], row["held"]) == (NUMBER, True)
    waiting = shell("desk", "exclusion", "--json").value
    assert [one["number"] for one in waiting] == [NUMBER]
    assert "已进入诉讼" in waiting[0]["said"] and "受理通知书" in waiting[0]["said"]


def test_the_backlog_is_counted_before_it_is_opened(shell: Duban) -> None:
    counted = shell("review", "open", "--since", "2026-01-01", "--dry-run", "--json").value
    assert counted == {"reviews": 0, "clocks": 0, "done": False}
    assert "没有要补开的" in shell("review", "open", "--since", "2026-01-01").out
