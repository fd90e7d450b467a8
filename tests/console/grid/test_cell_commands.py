"""``duban cell``, ``duban opinion``, ``duban grid codes``: files in, lines refused, sheets out."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from docx import Document

from rules.grid.cell_matter import MATTER_COLUMNS
from rules.grid.opinions import CODE_COLUMNS
from tests.console.conftest import Duban
from tests.models.grid.cells import CELL, COMMUNITY, ENDED, OTHER_CELL


def written(path: Path, names: Sequence[str], *rows: Sequence[str]) -> Path:
    """Write a table as people send it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((names, *rows))
    return path


def laid(shell: Duban, folder: Path) -> None:
    """Load a community of three cells, of which the ninth was split last month."""
    places = written(
        folder / "名录.csv",
        ("编码", "名称", "停用", "承接"),
        (COMMUNITY, "葛光社区", "", ""),
        (CELL, "第3网格", "", ""),
        (OTHER_CELL, "第4网格", "", ""),
        (ENDED, "第9网格", "2026-10-31", f"{CELL}、{OTHER_CELL}"),
    )
    assert shell("grid", "load", places, "--reason", "调整").code == 0


def test_a_file_of_matters_is_taken_and_its_rejects_are_a_file_to_mend(
    shell: Duban, tmp_path: Path
) -> None:
    laid(shell, tmp_path)
    file = written(
        tmp_path / "网格表.csv",
        MATTER_COLUMNS,
        ("1", CELL, "自发现", "井盖松动", "", "2026-11-20 09:00", "2026-11-20 10:00", "已加固"),
        ("2", CELL, "自发现", "路灯不亮", "", "2026-11-20", "", ""),
        ("3", CELL[:-1], "", "堆物", "", "2026-11-20 09:00", "", ""),
        ("4", ENDED, "", "堆物", "", "昨天上午", "", ""),
        ("5", CELL, "巡逻", "堆物", "", "2026-11-20 09:00", "", ""),
        ("",) * 8,
    )
    taken = shell("cell", "load", str(file), "--json").value
    assert (taken["noted"], taken["finished"], len(taken["refused"])) == (2, 0, 3)
    assert [one["line"] for one in taken["refused"]] == [4, 5, 6]
    again = shell("cell", "load", taken["rejects"], "--json").value
    assert (again["noted"], len(again["refused"])) == (0, 3)
    (figures,) = shell("cell", "figures", COMMUNITY, "--json").value
    assert (figures["seen"], figures["done"], figures["on_time"]) == (2, 1, 1)
    assert not any("officer" in name or "operator" in name for name in figures)
    out = tmp_path / "out.csv"
    shell("cell", "export", CELL, "--out", str(out))
    assert "井盖松动" in out.read_text(encoding="utf-8-sig")


def test_codes_are_printed_and_what_comes_from_them_is_taken(shell: Duban, tmp_path: Path) -> None:
    laid(shell, tmp_path)
    sheet = tmp_path / "码.docx"
    cells = shell("grid", "codes", "葛光社区", "--out", sheet, "--json").value["cells"]
    assert [cell["code"] for cell in cells] == [CELL, OTHER_CELL]
    ours = cells[0]["token"]
    document = Document(str(sheet))
    words = "".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    assert "葛光社区 第3网格" in words and CELL in words and ENDED not in words
    assert len(document.inline_shapes) == 2
    choices = ("--choice", "同意", "--choice", "不同意")
    assert shell("opinion", "open", COMMUNITY, "--text", "装充电棚", *choices).code == 0
    at = "2026-11-20 15:20"
    file = written(
        tmp_path / "微邻里.csv",
        CODE_COLUMNS,
        (
            "S1",
            f"https://x.cn/w/{ours}",
            "我要说事",
            at,
            "",
            "",
            "路灯不亮",
            "",
            "王芳",
            "13812345678",
        ),
        ("", ours, "我要参与", at, "#1", "同意", "", "p1", "", ""),
        ("", ours, "我要参与", at, "#1", "不同意", "", "p1", "", ""),
        ("", ours, "我要参与", at, "#1", "同意", "", "", "", ""),
    )
    taken = shell("opinion", "load", str(file), "--json").value
    assert (taken["appeals"], taken["opinions"], len(taken["refused"])) == (1, 1, 2)
    shown = shell("opinion", "show", "1", "--json").value
    assert [one["count"] for one in shown["choices"]] == [1, 0]
    assert shell("queue", "--channel", "微邻里", "--json").value["total"] == 1
