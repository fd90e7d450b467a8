"""The filter as it is typed."""

from __future__ import annotations

import pytest

from console.views.queue.typed import NONE_OF_MINE, read_filter
from rules.casework.appeal import QueueFilter

CHANNELS = ("12345电话", "城市留言板", "微邻里")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", QueueFilter()),
        ("停水", QueueFilter(text="停水")),
        ("停水 关山", QueueFilter(text="停水 关山")),
        ("@洪山", QueueFilter(place="洪山")),
        ("＠hs", QueueFilter(place="hs")),
        ("u:水务", QueueFilter(unit="水务")),
        ("单位：水务", QueueFilter(unit="水务")),
        ("dw：sw", QueueFilter(unit="sw")),
        ("g:关山街道", QueueFilter(area="关山街道")),
        ("c:红", QueueFilter(colour="red")),
        ("颜色：h", QueueFilter(colour="red")),
        ("ｃ：ｙ", QueueFilter(colour="yellow")),
        ("c:paused", QueueFilter(colour="paused")),
        ("s:签收", QueueFilter(step="acknowledge")),
        ("bz:bj", QueueFilter(step="close")),
        ("q:12345", QueueFilter(channel="12345电话")),
        ("渠道:微邻", QueueFilter(channel="微邻里")),
        ("j:特急", QueueFilter(urgency="特急")),
        ("n:wh20261120-00001", QueueFilter(number="WH20261120-00001")),
        ("@洪山\u3000c:黄 噪音", QueueFilter(place="洪山", colour="yellow", text="噪音")),
        ("z:已办结", QueueFilter(state="closed")),
        ("状态：dh", QueueFilter(state="review")),
        ("我的 停水", QueueFilter(units=(7, 8), text="停水")),
        ("Ｍ：", QueueFilter(units=(7, 8))),
        ("u:", QueueFilter()),
        ("时间10:30", QueueFilter(text="时间10:30")),
    ],
)
def test_what_is_typed_is_what_is_meant(typed: str, meant: QueueFilter) -> None:
    assert read_filter(typed, CHANNELS, (7, 8)).filter == meant
    assert read_filter(typed, CHANNELS, (7, 8)).fault == ""


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("c:紫", "没有颜色“紫”"),
        ("s:睡觉", "没有步骤“睡觉”"),
        ("q:传真", "没有渠道“传真”"),
        ("我的", NONE_OF_MINE),
    ],
)
def test_what_is_not_understood_is_named_and_left_out(typed: str, fault: str) -> None:
    found = read_filter(f"{typed} 停水", CHANNELS)
    assert (found.filter, found.fault) == (QueueFilter(text="停水"), fault)
