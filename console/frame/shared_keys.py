"""One key of the console, and the keys that several screens have alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One command that has a key.

    ``id`` is ``scope.name``; ``keys`` are Textual's names, the usual one first; ``initials`` are
    the 拼音首字母 of ``label``; ``hint`` is the word of the hint line, empty where there is none.
    """

    id: str
    keys: str
    action: str
    label: str
    initials: str
    hint: str = ""
    priority: bool = False


def casework_keys(scope: str) -> tuple[Key, ...]:
    """Return the keys of the frequent steps of an appeal, on a screen that shows some."""
    return (
        Key(f"{scope}.dispatch", "t", "dispatch", "派单/转派", "pdzp", hint="派单"),
        Key(f"{scope}.urge", "b", "steps('urge')", "催办", "cb", hint="催办"),
        Key(f"{scope}.draft", "d", "draft", "拟制督办单", "nzdbd", hint="督办单"),
        Key(f"{scope}.extension", "x", "steps('extension')", "延期", "yq"),
        Key(f"{scope}.pause", "z", "steps('pause')", "挂起/恢复", "gqhf"),
        Key(f"{scope}.close", "c", "steps('close')", "办结", "bj"),
        Key(f"{scope}.note", "n", "steps('note')", "批注", "pz"),
        Key(f"{scope}.merge", "M", "merge", "并单/拆分", "bdcf"),
        Key(f"{scope}.handover", "T", "hand_over", "制发交办单", "zfjbd"),
        Key(f"{scope}.phone", "p", "phone", "查看联系方式", "cklxfs", hint="电话"),
        Key(f"{scope}.steps", ".", "steps", "办理菜单", "blcd", hint="办理"),
    )


def sorted_keys(scope: str) -> tuple[Key, ...]:
    """Return the keys of a list that is filtered and sorted."""
    return (
        Key(f"{scope}.filter", "/", "filter", "筛选", "sx", hint="筛选"),
        Key(f"{scope}.order_left", "[", "sort(-1)", "换排序列（向左）", "hpxlxz"),
        Key(f"{scope}.order_right", "]", "sort(1)", "换排序列（向右）", "hpxlxy"),
    )


def over_keys(scope: str, back: str, initials: str) -> tuple[Key, ...]:
    """Return the keys of a screen that stands over another."""
    return (
        Key(f"{scope}.refresh", "r", "refresh", "刷新", "sx", hint="刷新"),
        Key(f"{scope}.parent", "h", "app.back", back, initials, hint="返回"),
    )


def matters_keys(scope: str) -> tuple[Key, ...]:
    """Return the keys of a list of matters."""
    return (
        *sorted_keys(scope),
        *casework_keys(scope),
        Key(f"{scope}.orders", "s", "orders", "排序菜单", "pxcd", hint="排序"),
        Key(f"{scope}.copy", "y", "copy", "复制（脱敏）", "fztm"),
        Key(f"{scope}.export", "o", "export", "导出本列表", "dcblb"),
        Key(f"{scope}.refresh", "r", "refresh", "刷新", "sx"),
    )
