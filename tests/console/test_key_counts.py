"""How many keys the commonest acts take: pressed for real, counted, printed with ``-s``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.casework import take
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import column, one

WIDE = (120, 40)


@dataclass(frozen=True)
class Act:
    """A common act: its keys, at most how many they may be, and what shows that it was done.

    ``before`` puts the store in the state in which somebody would do it; ``number`` is typed after
    the first key and does not count.
    """

    name: str
    most: int
    keys: tuple[str, ...]
    done: Callable[[Store, Stage], bool]
    before: Callable[[Store], object] = lambda store: None
    number: str = ""


def in_hand(store: Store) -> int:
    """Return the ticket at the top of the queue's red ones that its unit has in hand."""
    return int(column(store, _IN_HAND)[0])


_IN_HAND = """
SELECT t.id FROM ticket t JOIN round r ON r.ticket_id = t.id JOIN deadline d ON d.round_id = r.id
WHERE r.state = 'acknowledged' AND d.step = 'close' AND d.due_at > '2026-11-21' ORDER BY t.id
"""


def replied(store: Store) -> None:
    """Let every unit but one's reply wait for the centre no more, and one reply wait."""
    take(
        store,
        "reply",
        [in_hand(store)],
        text="已到现场更换电梯主板，今日恢复运行",
        outcome="已解决",
    )


def asked(store: Store) -> None:
    """Let a unit ask for more time."""
    take(store, "ask_extension", [in_hand(store)], limit_text="3wd", reason="需联合执法")


def count(store: Store, sql: str) -> int:
    """Return a number of the store."""
    return int(one(store, sql)[0])


ACTS = (
    Act("看红色清单", 1, ("1",), lambda _, stage: "只看红" in stage.frame()),
    Act(
        "答领导问：洪山区逾期多少",
        4,
        ("/", *"@hs"),
        lambda _, stage: "hs 超期未结" in stage.frame() and "承办" in stage.frame(),
    ),
    Act(
        "按编号打开一件",
        3,
        (":", "enter"),
        lambda _, stage: "诉求内容" in stage.frame() and "WH20261120-00001" in stage.frame(),
        number="WH20261120-00001",
    ),
    Act(
        "认可一件答复",
        3,
        ("enter", "c", "1"),
        lambda store, _: count(store, "SELECT count(*) FROM round WHERE state = 'closed'") == 1,
        before=replied,
    ),
    Act(
        "同意一件延期",
        3,
        ("enter", "x", "1"),
        lambda store, _: bool(column(store, "SELECT granted FROM extension") == [1]),
        before=asked,
    ),
    Act(
        "拟稿并签发一份督办单",
        6,
        ("d", "s", "s", "1", "1", "enter"),
        lambda store, _: column(store, "SELECT status FROM supervision_order") == ["signed"],
    ),
    Act(
        "导出每周通报",
        2,
        ("f3", "o"),
        lambda store, stage: "全套已写入" in stage.told(),
    ),
    Act(
        "按建议派一件",
        2,
        ("f9", "1"),
        lambda _, stage: "已派给" in stage.told(),
    ),
    Act(
        "催办一件",
        3,
        ("b", "1", "y"),
        lambda store, _: count(store, "SELECT count(*) FROM reminder") == 1,
    ),
    Act(
        "撤销刚才的一步",
        1,
        ("u",),
        lambda _, stage: "已撤销：批注" in stage.told(),
        before=lambda store: take(store, "note", [1], text="写错了"),
    ),
)


@pytest.mark.parametrize("act", ACTS, ids=[act.name for act in ACTS])
def test_a_common_act_takes_few_keys(
    town: Store, act: Act, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    act.before(town)
    start = one(town, "SELECT number FROM ticket WHERE id = :id", id=in_hand(town))[0]

    async def journey(stage: Stage) -> None:
        if act.before in (replied, asked):  # the hand is on the matter: that is where it begins
            await stage.press("/", *f"n:{start}", "enter")
        first, *rest = act.keys
        await stage.press(first)
        if act.number:
            await stage.paste(act.number)
        for key in rest:
            await stage.press(key)
        assert act.done(town, stage), stage.frame()

    play(town, journey, size=WIDE)
    assert len(act.keys) <= act.most
    print(f"{act.name}：{len(act.keys)}键（至多{act.most}）")
