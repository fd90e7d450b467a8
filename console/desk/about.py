"""What the about screen tells of programs, paths, store and calendar."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from console.desk import Desk
from console.desk.facts import runway_warning
from console.locations import config_file, demo_store, exports_dir, log_file, own_store

PACKAGES = ("duban", "textual", "rich", "sqlmodel", "pendulum")


ENGINES = {"sqlite": "SQLite（单人）", "postgresql": "PostgreSQL（全局）"}


def about(desk: Desk) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return groups of facts, each a title and its (label, value) pairs."""
    from models.views import store_facts

    with desk.reading("about") as reader:
        facts = store_facts(reader)
    bureau, store = desk.bureau, desk.store
    through = bureau.calendar_through
    return (
        ("版本", (("Python", platform.python_version()), *((p, _version(p)) for p in PACKAGES))),
        ("库", (
            ("引擎", ENGINES[store.kind]),
            ("位置", _without_password(store.target)),
            ("性质", "演示数据" if bureau.demo else "正式数据"),
            ("诉求", f"{facts.tickets:,}件"),
            ("单位", f"{facts.units}个"),
            ("留痕", f"{facts.events:,}条"),
            ("操作员", f"{bureau.operator}（{'、'.join(sorted(bureau.roles)) or '仅查看'}）"),
            ("方式", "只读" if bureau.read_only else "可写"),
        )),
        ("规则", (
            ("规则版本", str(bureau.policy)),
            ("日历版本", str(bureau.calendar)),
            ("法定日历至", f"{through:%Y-%m-%d}" if through else "不用法定日历"),
            ("提醒", runway_warning(through, desk.now().date())),
        )),
        ("路径", (
            ("自用库", str(own_store())),
            ("演示库", str(demo_store())),
            ("导出", str(exports_dir())),
            ("配置", str(config_file())),
            ("日志", str(log_file())),
        )),
    )  # fmt: skip


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "未安装（从源码运行）"


def _without_password(target: str) -> str:
    """Return an address without its password: ``user:secret@host`` becomes ``user:***@host``."""
    head, at, tail = target.rpartition("@")
    scheme, colon, rest = head.partition("://")
    if not at or not colon:
        return target
    return f"{scheme}://{rest.partition(':')[0]}:***@{tail}"
