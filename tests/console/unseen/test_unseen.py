"""No act on what nobody saw: a quick hand, a slow store, somebody else at work."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.casework import take
from models.letters import Asked, draft_letter
from models.store.store import Store
from tests.conftest import Clock
from tests.console.unseen.hand import Hand
from tests.console.unseen.oracle import Judge, Press
from tests.console.unseen.other import other_of


@pytest.mark.parametrize("seed", [3])
def test_three_hundred_keys_do_nothing_that_was_not_seen(
    town: Store, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    hand = Hand(town, other_of(town, clock), seed, worst=0.05)
    result = hand.play(300)
    if result.acts < 5:  # a busy machine hears fewer of the same keys
        result = hand.play(900)
    assert not result.unseen, result.unseen[0]
    assert result.acts >= 5


def test_the_judge_lets_no_act_pass_that_no_frame_named(town: Store) -> None:
    judge = Judge(town, town.login)

    def judged(frame: str) -> None:
        judge.judge([Press("enter", frame, judge.trail - 3)])

    take(town, "note", [1], text="看不见的")
    judged("批注 WH20261120-00002")
    take(town, "note", [1], text="看得见的")
    judged("批注 WH20261120-00001")
    take(town, "note", [1, 2], text="一批")
    judged("批注 · 1件")
    take(town, "note", [1, 2], text="一批")
    judged("批注 · 2件")
    assert judge.acts == 4
    assert [line.split(" after")[0] for line in judge.unseen] == [
        "ticket.note WH20261120-00001 (1) 洪山区",
        "ticket.note WH20261120-00001 (2) 洪山区",
    ]


def test_the_judge_knows_a_letter_by_the_matter_its_menu_names(town: Store) -> None:
    judge = Judge(town, town.login)
    menu = "公文 WH20261120-0000{} 1 拟督查专报"
    for named in (1, 2):
        draft_letter(town, "brief", Asked(ticket_id=1), recipient="周副市长", words="情况")
        judge.judge([Press("enter", menu.format(named), judge.trail - 2)])
    assert judge.acts == 2
    assert [line.split(" after")[0] for line in judge.unseen] == ["letter.draft  (1) "]
