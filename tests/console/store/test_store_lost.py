"""The store goes away under an open console: one line, what was typed stays, and it goes on."""

from __future__ import annotations

import errno
from pathlib import Path

from console.frame import jobs
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import one, unit_id

WIDE = (120, 40)

REPLIED = "SELECT count(*) FROM event WHERE verb = 'ticket.reply'"


def test_what_was_typed_for_a_step_stays_until_the_store_is_back(town: Store) -> None:
    path = Path(town.target)
    aside = path.with_name("aside.db")

    async def journey(stage: Stage) -> None:
        await stage.press("enter", ".", "2", ".", "4", *"已派人到场")
        path.rename(aside)
        await stage.press("enter")
        told = stage.frame().replace("\n", "")
        assert "已被移走" in told
        assert "已派人到场" in told  # the form is open again, the words stand in its line
        aside.rename(path)
        await stage.press("enter")
        assert "答复待审" in stage.frame()

    play(town, journey, size=WIDE)
    assert one(town, REPLIED) == (1,)


def test_what_was_typed_for_an_order_stays_until_the_store_is_back(town: Store) -> None:
    path = Path(town.target)
    aside = path.with_name("aside.db")

    async def journey(stage: Stage) -> None:
        await stage.press("f4", "d", *"WH20261113-00001")
        path.rename(aside)
        await stage.press("enter")
        frame = stage.frame()
        assert "新拟督办单" in frame and "WH20261113-00001" in frame
        aside.rename(path)
        await stage.press("enter")
        assert "已拟制1份草稿" in stage.frame()

    play(town, journey, size=WIDE)


def test_no_screen_asks_a_store_that_is_gone_but_in_a_worker(town: Store) -> None:
    path = Path(town.target)
    aside = path.with_name("aside.db")

    async def journey(stage: Stage) -> None:
        await stage.press("d", "y", "f4")
        stage.app.open_unit(unit_id(town, "武汉市洪山区人民政府"))
        await stage.settle()
        path.rename(aside)
        await stage.resize(160, 48)
        assert "武汉市洪山区人民政府" in stage.frame()
        await stage.press("escape", "s")
        assert "已被移走" in stage.told() and "谁签的" not in stage.frame()
        aside.rename(path)
        await stage.press("s")
        assert "签发 草稿#1：谁签的" in stage.frame()

    play(town, journey, size=WIDE)


def test_a_job_that_the_system_refuses_does_not_end_the_console(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        def job(say: jobs.Say) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        jobs.start(stage.app.screen, "write", job)
        await stage.settle()
        assert "读写文件没有成功（磁盘已满）" in stage.frame()

    play(town, journey, size=WIDE)
