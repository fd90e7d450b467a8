"""The first run on an empty store: three numbered next steps."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Center, Middle
from textual.content import Content
from textual.widgets import Static

from console.frame import FIRST_RUN, FullScreen, Session, bindings

STEPS = (
    ("1", "导入诉求", "duban import 文件.csv", "12345、留言板等的表格；空表用 duban template 取"),
    ("2", "看演示城市", "duban demo", "117个单位、一年半的诉求，随便试，不动真数据"),
    ("3", "看帮助", "F1", "每一屏能用的键都在里面，可搜索，回车即执行"),
)

INDENT = "\u00a0" * 5

COPIED = {"import": "duban import ", "demo": "duban demo"}


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
            yield Static(_page(), id="steps")

    def begin(self, session: Session) -> None:
        """Say whose store this is."""
        self.facts(session.now())

    def action_step(self, name: str) -> None:
        """Take a step: help opens, the others are commands of the shell and are copied."""
        if name == "help":
            self.host.action_help()
            return
        self.app.copy_to_clipboard(COPIED[name])
        self.app.notify(f"已复制命令：{COPIED[name]}\n按 q 退出后在终端粘贴运行", markup=False)

    def action_leave(self) -> None:
        """Quit: there is nothing behind this screen yet."""
        self.app.exit()


def _page() -> Content:
    lines = [Content.styled("这个库还是空的，三步开始：", "bold"), Content("")]
    for number, label, command, note in STEPS:
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
