"""一格一码: codes made and known again; 我要说事 become appeals, 我要参与 are counted once each."""

from __future__ import annotations

from typing import Any

import pytest

from models.casework.undoing import undo
from models.grid.coming import TakenComing, take_coming, take_up
from models.grid.door_codes import DoorCodes, codes_to_print
from models.grid.opinions import close_topic, open_topic
from models.grid.topics import TopicView, counted, opinion_topics, proposals_of, topic_of
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import Refused
from rules.grid.opinions import Coming, Said, Voiced
from tests.conftest import Clock
from tests.models.appeals import column, one, wuhan
from tests.models.grid.cells import CELL, COMMUNITY, ENDED, OTHER_CELL, laid

AT = wuhan("2026-11-20 15:30")


def token(store: Store, code: str = CELL) -> str:
    """Return the token printed for a cell today."""
    _, cells = codes_to_print(store, COMMUNITY, "x.docx", lambda name, cells: None)
    return next(cell.token for cell in cells if cell.code == code)


def asked(store: Store, **more: Any) -> TopicView:
    """Ask the community whether to build a shed."""
    told: dict[str, Any] = {"kind": "vote", "choices": ("同意", "不同意"), **more}
    return open_topic(store, COMMUNITY, "装充电棚", **told)


def voiced(line: int, scanned: str, **more: Any) -> Voiced:
    """Return a vote for the shed."""
    told: dict[str, Any] = {
        "cells": (str(line),),
        "scanned": scanned,
        "topic": "#1",
        "choice": "同意",
        "text": "",
        "person": f"p{line}",
        "at": AT,
    }
    return Voiced(line=line, **{**told, **more})


def said(line: int, scanned: str, content: str = "路灯不亮。请修", **more: Any) -> Said:
    """Return an appeal that a resident sent."""
    told: dict[str, Any] = {"external_id": f"S{line}", "reporter": "", "phone": "", "at": AT}
    return Said(line=line, cells=(str(line),), scanned=scanned, content=content, **{**told, **more})


def take(store: Store, *lines: Coming) -> TakenComing:
    """Take lines as a file."""
    return take_coming(store, lines, file_name="wll.csv", file_digest=repr(lines)[:60])


def reasons(taken: TakenComing) -> dict[int, str]:
    """Return why lines were refused."""
    return {one.line: one.reason for one in taken.refused}


def sound(store: Store) -> bool:
    """Return whether trail and seals stand."""
    with store.reading() as reader:
        found = verify_trail(reader)
        assert found.ok, found
        return True


@pytest.fixture
def asking(store: Store, clock: Clock) -> Store:
    """Return a store whose community asks its residents since 15:20."""
    asked(laid(store))
    clock.travel_to("2026-11-20 16:00")
    return store


def test_codes_are_those_of_the_cells_in_force_and_hold_no_more_than_a_place(store: Store) -> None:
    kept: list[str] = []
    name, cells = codes_to_print(
        laid(store), COMMUNITY, "码.docx", lambda name, _: kept.append(name)
    )
    assert kept == ["葛光社区"]
    assert (name, [cell.code for cell in cells]) == ("葛光社区", [CELL, OTHER_CELL])
    assert cells[0].token.startswith(f"{CELL}-2611-")
    assert len(cells[0].token) == len(CELL) + 6 + 12
    with store.reading() as reader:
        codes, today = DoorCodes(reader, 3), wuhan("2026-11-20 09:00").date()
        assert codes.place(f"https://x.cn/w/{cells[0].token}?a=1", today) == CELL
        assert codes.place(cells[0].token, today.replace(year=2029)) == CELL
        for scanned, words in (
            (cells[0].token.replace(CELL, OTHER_CELL), "不是本库打印"),
            (cells[0].token[:-1] + "g", "不是一格一码"),
            (cells[0].token.replace("-2611-", "-2612-"), "不是本库打印"),
            (CELL, "不是一格一码"),
            ("", "不是一格一码"),
        ):
            with pytest.raises(Refused, match=words):
                codes.place(scanned, today)
        with pytest.raises(Refused, match=r"已过期（3年）：请用 duban grid codes"):
            codes.place(cells[0].token, today.replace(year=2029, month=12))
    with pytest.raises(Refused, match="不是社区"):
        codes_to_print(store, CELL, "码.docx", lambda name, cells: None)
    assert sound(store)


def test_what_residents_say_becomes_appeals_of_their_cell(asking: Store) -> None:
    ours = token(asking)
    forged = f"{ours[:-12]}{'0' * 12}"
    taken = take(asking, said(2, ours, phone="13812345678"), said(3, forged), said(4, CELL))
    assert (taken.appeals.new, sorted(reasons(taken))) == (1, [3, 4])
    told = "SELECT channel, grid, title, state FROM ticket"
    assert one(asking, told) == ("微邻里", CELL, "路灯不亮", "open")
    again = take(asking, said(2, ours, phone="13812345678"))
    assert (again.appeals.new, again.appeals.unchanged) == (0, 1)
    assert sound(asking)


def test_a_voter_counts_once_in_a_topic_and_nobody_is_kept(asking: Store) -> None:
    ours, other = token(asking), token(asking, OTHER_CELL)
    phone = "13812345678"
    lines = (
        voiced(2, ours, person=phone),
        voiced(3, ours, person=phone, choice="不同意"),
        voiced(4, other, person=phone, at=wuhan("2026-11-20 15:32")),
        voiced(5, other, choice="2"),
        voiced(6, ours, topic="装充电棚"),
    )
    taken = take(asking, *lines)
    assert (taken.opinions.new, sorted(reasons(taken))) == (3, [3, 4])
    assert "已投过票：一人一次" in reasons(taken)[3]
    again = take(asking, *lines)
    assert (again.opinions.new, again.opinions.unchanged) == (0, 3)
    with asking.reading() as reader:
        topic = topic_of(reader, 1)
        assert [(c.choice, c.count) for c in counted(reader, topic)] == [("同意", 2), ("不同意", 1)]
    kept = column(asking, "SELECT voter || code || coalesce(choice, '') || text FROM opinion")
    assert not any(phone in cell or "p5" in cell for cell in kept)
    assert sound(asking)


def test_an_opinion_that_does_not_belong_is_refused_with_why(asking: Store, clock: Clock) -> None:
    ours = token(asking)
    later = wuhan("2026-11-20 17:00")
    refused = take(
        asking,
        voiced(2, ours, topic="#9"),
        voiced(3, ours, choice="弃权"),
        voiced(4, ours, choice="", text="加个雨棚"),
        voiced(5, ours, at=wuhan("2026-11-20 14:00")),
        voiced(6, ours, at=later),
        voiced(7, ours.replace(CELL, ENDED)),
    )
    found = reasons(refused)
    assert sorted(found) == [2, 3, 4, 5, 6, 7] and refused.opinions.new == 0
    for line, words in ((2, "没有"), (3, "可选 同意"), (4, "投票"), (5, "早于"), (6, "将来")):
        assert words in found[line]
    with asking.reading() as reader:
        closed = close_topic(asking, topic_of(reader, 1), "月底前装好，电话13812345678")
    assert closed.answer == "月底前装好，电话138****5678"
    clock.travel_to("2026-11-20 17:30")
    assert "已结束" in reasons(take(asking, voiced(8, ours, at=later)))[8]
    assert take(asking, voiced(9, ours)).opinions.new == 1
    with pytest.raises(Refused, match="2到9个"):
        asked(asking, choices=("同意",))
    with pytest.raises(Refused, match="截止时间已过"):
        asked(asking, closes_at=AT)


def test_a_proposal_is_listed_and_may_become_an_appeal_once(asking: Store) -> None:
    topic = open_topic(asking, COMMUNITY, "楼下空地做什么", kind="proposal")
    number, ours = f"#{topic.id}", token(asking)
    at = asking.now()
    line = voiced(2, ours, topic=number, choice="", text="修个花坛", at=at, person="")
    assert take(asking, line).opinions.new == 1
    assert take(asking, line).opinions.unchanged == 1
    with asking.reading() as reader:
        (proposal,) = proposals_of(reader, topic.id)
    entered = take_up(asking, proposal.id)
    assert one(asking, "SELECT number, nature, grid FROM ticket") == (entered.number, "建议", CELL)
    with pytest.raises(Refused, match="已转为诉求"):
        take_up(asking, proposal.id)
    with asking.reading() as reader:
        assert proposals_of(reader, topic.id)[0].ticket == entered.number
        assert [(one.id, one.opinions) for one in opinion_topics(reader)] == [(2, 1), (1, 0)]
    assert sound(asking)


def test_a_topic_opened_by_mistake_is_taken_back_until_somebody_answers(asking: Store) -> None:
    take(asking, voiced(2, token(asking)))
    asked(asking)
    undo(asking)
    assert column(asking, "SELECT id FROM opinion_topic") == [1]
    assert sound(asking)
