"""F12 系统信息, and the first run on an empty store with its three next steps."""

from __future__ import annotations

import os
import platform
from collections.abc import Container
from importlib.metadata import PackageNotFoundError, version

from textual.app import ComposeResult
from textual.containers import Center, Middle
from textual.content import Content
from textual.widgets import Static

from console.frame import (
    FIRST_RUN,
    FullScreen,
    Session,
    bindings,
    calling,
    config_file,
    demo_store,
    drafts_dir,
    exports_dir,
    log_file,
    own_store,
    runway_warning,
    shown_target,
)
from console.widgets import Page, Sheet
from models import views
from rules.bureau import ROLE_NAMES

Group = tuple[str, tuple[tuple[str, str], ...]]


class AboutPage(Page):
    """The page, scrolled by the same keys as every page."""


class AboutScreen(FullScreen):
    """What an administrator asks first."""

    TITLE = "系统信息"
    DEFAULT_CSS = "AboutPage { height: 1fr; padding: 1 2; scrollbar-size-vertical: 1; }"

    def body(self) -> ComposeResult:
        """Lay out the page."""
        with AboutPage():
            yield Static(Content("正在读取.."))

    def begin(self, session: Session) -> None:
        """Ask the store."""
        self.fetch("about", about, self._show)
        self.facts(session.now())

    def _show(self, groups: tuple[Group, ...]) -> None:
        sheet = Sheet(min(70, self.size.width - 6), self.host.symbols.rule)
        for title, facts in (*groups, self._terminal()):
            sheet.heading(title)
            for label, value in facts:
                sheet.fact(label, value)
        self.query_one("AboutPage Static", Static).update(sheet.content())

    def _terminal(self) -> Group:
        size = self.app.size
        return (
            "终端",
            (
                ("大小", f"{size.width}×{size.height}"),
                ("TERM", os.environ.get("TERM", "")),
                ("颜色", os.environ.get("COLORTERM", "") or "未声明真彩色"),
                ("主题", self.app.theme),
                ("符号", "ascii" if self.host.config.ascii else "unicode"),
            ),
        )


PACKAGES = ("duban", "textual", "rich", "sqlmodel", "pendulum")

ENGINES = {"sqlite": "SQLite（单人）", "postgresql": "PostgreSQL（全局）"}


def about(session: Session) -> tuple[Group, ...]:
    """Return groups of facts, each a title and its (label, value) pairs."""
    with session.reading("about") as reader:
        facts = views.store_facts(reader)
    bureau, store = session.bureau, session.store
    through = bureau.calendar_through
    return (
        ("版本", (("Python", platform.python_version()), *((p, _version(p)) for p in PACKAGES))),
        (
            "库",
            (
                ("引擎", ENGINES[store.kind]),
                ("位置", shown_target(store.target)),
                ("性质", "演示数据" if bureau.demo else "正式数据"),
                ("诉求", f"{facts.tickets:,}件"),
                ("单位", f"{facts.units}个"),
                ("留痕", f"{facts.events:,}条"),
                ("操作员", f"{bureau.operator}（{_roles(bureau.roles)}）"),
                ("方式", "只读" if bureau.read_only else "可写"),
            ),
        ),
        (
            "规则",
            (
                ("规则版本", str(bureau.policy)),
                ("日历版本", str(bureau.calendar)),
                ("法定日历至", f"{through:%Y-%m-%d}" if through else "不用法定日历"),
                ("提醒", runway_warning(through, session.now().date())),
            ),
        ),
        (
            "路径",
            (
                ("自用库", str(own_store())),
                ("演示库", str(demo_store())),
                ("导出", str(exports_dir())),
                ("配置", str(config_file())),
                ("日志", str(log_file())),
                ("未登完", str(drafts_dir())),
            ),
        ),
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "未安装（从源码运行）"


DEMO = "duban demo"

STEPS = (
    ("1", "导入诉求", "import 文件.csv", "12345、留言板等的表格；空表用 duban template 取"),
    ("2", "看演示城市", DEMO, "117个单位、一年半的诉求，随便试，不动真数据"),
    ("3", "看帮助", "F1", "每一屏能用的键都在里面，可搜索，回车即执行"),
)

INDENT = "\u00a0" * 5


def _roles(roles: Container[str]) -> str:
    """Return the roles somebody holds, as people call them."""
    return "、".join(name for role, name in ROLE_NAMES.items() if role in roles) or "仅查看"


class FirstScreen(FullScreen):
    """What to do with a store that has taken nothing in yet."""

    TITLE = "开始使用"
    BINDINGS = bindings(FIRST_RUN)
    DEFAULT_CSS = """
    FirstScreen Middle { height: 1fr; }
    FirstScreen #steps {
        width: 66; max-width: 96%; height: auto; border: round $accent; padding: 1 2;
    }
    """

    def body(self) -> ComposeResult:
        """Lay out the steps."""
        with Middle(), Center():
            yield Static(id="steps", markup=False)

    def begin(self, session: Session) -> None:
        """Say whose store this is, and what to do with it."""
        self.facts(session.now())
        self.query_one("#steps", Static).update(_page(calling(session.store.target)))

    def action_step(self, name: str) -> None:
        """Take a step; the demo city is a command of the shell and is copied."""
        if name == "help":
            self.host.action_help()
        elif name == "import":
            self.host.action_over("import")
        else:
            self.app.copy_to_clipboard(DEMO)
            self.told(f"已复制命令：{DEMO} · 按 q 退出后在终端粘贴运行")

    def resumed(self) -> None:
        """Leave once something has been taken in: there is a queue to see."""
        if self.session is not None and not self.session.bureau.empty:
            self.dismiss()

    def action_leave(self) -> None:
        """Quit: there is nothing behind this screen yet."""
        self.app.exit()


def _page(duban: str) -> Content:
    lines = [Content.styled("这个库还是空的，三步开始：", "bold"), Content("")]
    for number, label, words, note in STEPS:
        command = f"{duban} {words}" if words.startswith("import") else words
        lines.append(
            Content.assemble(
                (f" {number} ", "bold reverse $accent"),
                f"  {label}  ",
                (command, "bold $duban-yellow"),
            )
        )
        lines += [Content.styled(f"{INDENT}{note}", "$duban-dim"), Content("")]
    lines.append(Content.styled("按数字办理 · q 退出 · Esc 先看空队列", "$duban-dim"))
    return Content("\n").join(lines)
