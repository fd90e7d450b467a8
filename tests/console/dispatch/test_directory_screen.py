"""派单目录 on screen: lines never hit, ordered, one beside the list."""

from __future__ import annotations

from dataclasses import replace

from models.dispatch import add_line
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.dispatch.test_directory import BASE


def test_the_directory_is_read_narrowed_and_ordered(town: Store) -> None:
    add_line(town, BASE)
    add_line(town, replace(BASE, problem="路灯不亮", words=("路灯",), draft=True))

    async def journey(stage: Stage) -> None:
        await stage.app.run_action("over('directory')")
        await stage.settle()
        frame = stage.frame()
        assert "小区停水" in frame and "路灯不亮" in frame and "1 从没用过 1" in frame
        assert "三定" in frame and "武编发" in frame
        await stage.press("3")
        assert "小区停水" not in stage.frame() and "路灯不亮" in stage.frame()
        await stage.press("s")
        assert "按命中排" in stage.told()

    play(town, journey, size=(160, 48))
