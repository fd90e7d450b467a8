"""The keys of 网格."""

from __future__ import annotations

from console.frame.shared_keys import Key

GRID = (
    Key("grid.up", "h", "up", "上一级", "syj", hint="上一级"),
    Key("grid.find", "/", "filter", "按街道、小区或编码查找", "ajdxqhbmcz", hint="查找"),
    Key("grid.export", "o", "export", "导出本表", "dcbb", hint="导出"),
    Key("grid.refresh", "r", "refresh", "刷新", "sx", hint="刷新"),
)
