"""``duban info``: versions, every path in use, the store, the calendar's runway, the terminal."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import typer

from console.command import Call, Verb, call_of, one_verb, say_table
from console.frame import (
    config_file,
    demo_store,
    drafts_dir,
    exists,
    exports_dir,
    log_file,
    shown_target,
    store_target,
)
from models.views import store_facts

PACKAGES = ("textual", "rich", "sqlmodel", "pendulum", "typer")

app = one_verb()


@app.command(cls=Verb, help="系统信息：版本、路径、库、日历、终端。")
def info(ctx: typer.Context) -> None:
    """Tell versions, paths, store, calendar and terminal."""
    call = call_of(ctx)
    value = {
        "versions": _versions(),
        "paths": _paths(call),
        "store": _store(call),
        "calendar": _calendar(call),
        "terminal": _terminal(),
    }
    call.answer(value, lambda: _show(value))


def _versions() -> dict[str, str | None]:
    found: dict[str, str | None] = {"duban": _version("duban"), "python": platform.python_version()}
    return found | {name: _version(name) for name in PACKAGES}


def program_version() -> str:
    """Return which Duban this is, in words."""
    own = _version("duban")
    return f"督办台 duban {own}" if own else "督办台 duban（从源码运行，没有安装）"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _paths(call: Call) -> dict[str, str]:
    return {
        "store": shown_target(store_target(call.settings.store)),
        "demo": str(demo_store()),
        "exports": str(exports_dir()),
        "config": str(config_file()),
        "log": str(log_file()),
        "drafts": str(drafts_dir()),
    }


def _store(call: Call) -> dict[str, Any] | None:
    """Return what the store says of itself, ``None`` where there is none yet."""
    if not exists(call.settings):
        return None
    store = call.store()
    with store.reading() as reader:
        facts = store_facts(reader)
    return {
        "engine": store.kind,
        "demo": store.demo,
        "operator": store.operator.name,
        "roles": sorted(store.operator.roles),
        **asdict(facts),
        "now": call.iso(store.now()),
    }


def _calendar(call: Call) -> dict[str, Any]:
    """Return until when the holidays are official, and how many days are left of that."""
    keeper = call.timekeeper()
    through = keeper.days.official_through
    today = keeper.local(call.now()).date()
    return {
        "source": keeper.days.source,
        "official_through": through.isoformat() if through else None,
        "days_left": (through - today).days if through else None,
    }


def _terminal() -> dict[str, Any]:
    return {
        "term": os.environ.get("TERM"),
        "tty": sys.stdout.isatty(),
        "encoding": sys.stdout.encoding,
        "no_color": "NO_COLOR" in os.environ,
    }


_NAMES = {
    "store": "库文件",
    "demo": "演示库",
    "exports": "导出文件夹",
    "config": "个人配置",
    "log": "错误日志",
    "drafts": "没登完的登记",
    "engine": "引擎",
    "operator": "操作员",
    "roles": "权限",
    "tickets": "诉求件数",
    "units": "单位数",
    "events": "留痕条数",
    "policy": "规则版本",
    "calendar": "日历版本",
    "now": "现在",
    "source": "来源",
    "official_through": "法定日历至",
    "days_left": "尚余天数",
    "term": "类型",
    "tty": "交互终端",
    "encoding": "编码",
    "no_color": "不用颜色",
}

_TITLES = {
    "versions": "版本",
    "paths": "路径",
    "store": "库",
    "calendar": "日历",
    "terminal": "终端",
}


def _show(value: dict[str, Any]) -> None:
    rows: list[tuple[str, str, Any]] = []
    for section, facts in value.items():
        for name, fact in (facts or {"—": "还没有建库"}).items():
            told = "、".join(fact) if isinstance(fact, list) else fact
            rows.append((_TITLES[section], _NAMES.get(name, name), told))
    say_table(("类别", "项目", "内容"), rows)
