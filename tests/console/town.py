"""A small town for the screens: sixty appeals in every colour, as at Friday 2026-11-20 15:20."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from models.store.store import Store
from rules.casework.appeal import Appeal
from tests.models.appeals import taken, wuhan

TOPICS = (
    ("电梯困人无人到场", "特急", "关于电梯困人，物业电话13871234567一直无人接听，请尽快处理。"),
    ("小区停水两天无人处理", "紧急", "小区从昨天上午起停水，多次致电无人答复。"),
    ("夜间施工噪音扰民", "一般", "工地凌晨两点仍在浇筑混凝土，孩子无法入睡。"),
    ("占道经营影响通行", "一般", "菜场门口占道经营，消防车进不来。"),
    ("物业费收取标准不公开", "一般", "物业不公示收费依据 [red]请[/red] 查处。"),
    ("路灯不亮影响夜间出行安全请尽快派人维修并答复处理结果", "一般", "整条路路灯不亮已两周。"),
)

UNITS = ("洪山区", "市水务局", "江岸区", "市城管委", None, "武昌区")

HOURS = (0.4, 6, 20, 26, 50, 98, 146, 170, 300, 1400)


def appeals(count: int = 60) -> Iterator[Appeal]:
    """Yield appeals received from minutes to weeks ago; every sixth waits for dispatch."""
    now = wuhan("2026-11-20 15:20")
    for i in range(count):
        title, urgency, content = TOPICS[i % len(TOPICS)]
        received = now - timedelta(hours=HOURS[(i * 7) % len(HOURS)], minutes=i)
        unit = UNITS[(i * 5) % len(UNITS)]
        yield Appeal(
            channel="12345电话",
            external_id=f"T{i}",
            title=title,
            content=content,
            nature="求助" if i % 2 else "投诉",
            urgency=urgency,
            grid="420111",
            reporter="王小明",
            phone="13871234567",
            unit=unit,
            received_at=received,
            dispatched_at=received + timedelta(minutes=5) if unit else None,
            acknowledged_at=received + timedelta(minutes=20) if unit and i % 3 else None,
            contacted_at=received + timedelta(minutes=25) if unit and i % 3 else None,
            reply="已安排人员现场核实，正在处理。" if i % 11 == 5 else None,
            replied_at=received + timedelta(minutes=22) if i % 11 == 5 else None,
        )


def settle_town(store: Store, count: int = 60) -> None:
    """Take the town's appeals into a store."""
    taken(store, *appeals(count))
