"""``duban ticket attach`` and what is said of attached files; opening them harms nobody."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from models.store import Store
from tests.console.conftest import Duban
from tests.console.stage import Stage, play

NUMBER = "WH20261120-00001"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "-rf 现场;touch x.jpg"
    path.write_bytes(b"picture")
    return path


def test_files_are_attached_listed_checked_and_removed(shell: Duban, file: Path) -> None:
    added = shell("ticket", "attach", NUMBER, str(file), "--json").value
    assert (added["kind"], added["size"], added["state"]) == ("图片", 7, "same")
    page = shell("ticket", "attach", NUMBER, "https://wuhan.example/1")
    assert page.out == "已添加第2号附件：https://wuhan.example/1 · 网页 · 没有校验值\n"
    file.write_bytes(b"other")
    listed = shell("ticket", "attachments", NUMBER, "--json").value
    assert [(one["id"], one["state"]) for one in listed] == [(1, "changed"), (2, "page")]
    audit = shell("audit", "verify")
    assert audit.code == 0
    assert "附件2个：变了1个，找不到0个（留痕不受影响）" in audit.out
    found = shell("audit", "verify", "--json").value["attachments"]
    assert (found["total"], found["changed"], found["page"]) == (2, 1, 1)
    assert found["bad"] == [{"number": NUMBER, "id": 1, "state": "changed"}]
    assert shell("ticket", "detach", NUMBER, "1", "--reason", "放错了").code == 0
    assert len(shell("ticket", "attachments", NUMBER, "--json").value) == 1
    refused = shell("ticket", "attach", NUMBER, "没有.pdf")
    assert refused.code == 1
    assert refused.err.startswith("找不到附件 ")


def test_the_opener_gets_the_place_alone_and_never_a_program(
    shell: Duban, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {told}.part && mv {told}.part {told}\n')
    opener.chmod(0o755)
    program = tmp_path / "tool.sh"
    program.write_text("#!/bin/sh\n")
    monkeypatch.setenv("PATH", f"{opener.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":9")
    shell("ticket", "attach", NUMBER, str(file))
    shell("ticket", "attach", NUMBER, str(program))
    assert shell("ticket", "open", NUMBER, "1").code == 0
    until = time.monotonic() + 5
    while not told.exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert told.read_text() == f"{file}|"
    told.unlink()
    refused = shell("ticket", "open", NUMBER, "2")
    assert (refused.code, "不从这里打开" in refused.err) == (1, True)
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert "没有可用的打开程序" in shell("ticket", "open", NUMBER, "1").err
    assert not told.exists()


def test_a_file_is_attached_and_shown_on_the_screen_and_told_when_gone(
    town: Store, file: Path
) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("enter", "o", "1")
        await stage.paste(str(file))
        await stage.press("enter")
        assert stage.told() == "已添加第1号附件；文件仍在原处，没有收进库里"
        frame = stage.frame()
        assert "附件 · o 打开、添加" in frame and "图片 · 7 字节  未变" in frame
        file.unlink()
        await stage.press("r")
        assert "图片 · 7 字节  找不到" in stage.frame()
        await stage.press("o", "1")
        assert stage.told().startswith("找不到附件 ")

    play(town, journey, size=(120, 60))
