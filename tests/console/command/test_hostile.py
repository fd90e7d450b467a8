"""Disks that are full, closed pipes, strange addresses and narrow terminals: nothing is lost."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from console.command.output import GAP, _widths
from tests.console.conftest import Duban


def fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "csv", "md", "json"])
def test_a_full_disk_leaves_the_former_ranking_file(
    shell: Duban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    out = tmp_path / f"排名.{suffix}"
    out.write_text("上一期")
    fill_the_disk(monkeypatch)
    answer = shell("rank", "--out", out)
    assert answer.code == 1
    assert "磁盘已满" in answer.err and answer.err.count("\n") == 1
    assert out.read_text() == "上一期"
    assert not list(tmp_path.glob(".*.part*"))


def test_a_full_disk_under_a_workbook_is_told_once(
    shell: Duban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_the_disk(monkeypatch)
    answer = shell("export", tmp_path / "诉求.xlsx")
    assert answer.code == 1
    assert "磁盘已满" in answer.err and answer.err.count("\n") == 1
    assert not list(tmp_path.glob("*.xlsx"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_an_answer_into_a_full_disk_fails_with_one_line() -> None:
    words = "import sys; from console.__main__ import main; sys.exit(main(['--help']))"
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-c", words], stdout=full, stderr=subprocess.PIPE, check=False
        )
    told = done.stderr.decode()
    assert done.returncode == 1
    assert "磁盘已满" in told and told.count("\n") == 1


def test_citizens_words_are_written_for_their_owner_only(shell: Duban, tmp_path: Path) -> None:
    for name in ("诉求.csv", "诉求.xlsx"):
        assert shell("export", tmp_path / name).code == 0
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    bad = tmp_path / "坏.csv"
    bad.write_text("工单编号,来源渠道,标题,受理时间\nA1,微信,灯坏,2026-02-30\n", encoding="utf-8")
    rejects = shell("import", bad, "--json").value["rejects_file"]
    assert Path(rejects).stat().st_mode & 0o077 == 0


def test_an_address_of_another_database_is_refused_and_makes_no_file(
    duban: Duban, tmp_path: Path
) -> None:
    answer = duban("queue", "--store", "mysql://user:secret@host/db")
    assert answer.code == 1
    assert "mysql" in answer.err and "secret" not in answer.err
    assert not list(tmp_path.glob("mysql*"))


def test_a_number_no_order_can_have_is_an_unknown_order(shell: Duban) -> None:
    answer = shell("order", "sign", "9" * 30)
    assert answer.code == 1 and "没有督办单" in answer.err


def test_a_json_number_without_end_is_a_refused_row(shell: Duban, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"number":"J1","title":"灯坏","received_at":Infinity}\n', encoding="utf-8")
    assert shell("import", file, "--json").value["rejected"] == 1


def test_what_is_refused_is_named_without_steering_the_terminal(shell: Duban) -> None:
    told = shell("export", "a.csv", "--unit", "甲\x1b]8;;http://evil\x07\u202e乙\r\n丙")
    assert told.code == 1 and told.err == "没有单位 甲乙 丙：用 duban units show 查看名称和代码\n"


def test_an_answer_says_back_nothing_that_steers_the_terminal(shell: Duban, tmp_path: Path) -> None:
    batch = tmp_path / "due.csv"
    batch.write_text("start,limit\n甲\x1b[2J\x9b31m\u202e,3wd\n", encoding="utf-8")
    shown, value = shell("due", "--batch", batch), shell("due", "--batch", batch, "--json")
    assert not {"\x1b", "\x9b", "\u202e"} & set(shown.out + value.out)
    assert value.value["start"] == "甲\x1b[2J\x9b31m\u202e"


LONG = "长" * 200_000


def test_bytes_that_are_no_text_are_refused_in_one_line(shell: Duban) -> None:
    answer = shell("queue", "--channel", "半\udcff个")
    assert answer.code == 1 and "不是 UTF-8" in answer.err and answer.err.count("\n") == 1


def test_a_text_longer_than_any_is_not_looked_for(shell: Duban) -> None:
    answer = shell("queue", "--unit", LONG)
    assert answer.code == 1 and answer.err == "要找的文字超过1000字：请只写其中一段\n"


@pytest.mark.parametrize(
    ("words", "text", "said"),
    [
        (("due", "--batch"), f"start,limit\n{LONG},3wd\n", "第2行不是 CSV"),
        (("units", "load"), f"code,name,short_name,group\n{LONG},,,\n", "第2行不是 CSV"),
        (("selftest", "--cases"), "[" * 100_000, "不是 JSON"),
        (("policy", "check"), "a = " + "[" * 5_000, "括号"),
    ],
)
def test_a_file_beyond_all_measure_is_refused_in_one_line(
    duban: Duban, tmp_path: Path, words: tuple[str, ...], text: str, said: str
) -> None:
    file = tmp_path / "文件"
    file.write_text(text, encoding="utf-8")
    answer = duban(*words, file)
    assert answer.code == 1 and said in answer.err and answer.err.count("\n") == 1


def test_refused_rows_are_written_under_headers_that_do_no_harm(
    shell: Duban, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("标题,内容,受理时间,坏".encode() + b"\xff\x1b[2J\n" + "灯,坏,x,\n".encode())
    answer = shell("import", file, "--json")
    assert answer.value["rejected"] == 1
    header = Path(answer.value["rejects_file"]).read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.startswith("标题,内容,受理时间,坏〓,")


LINES = [("▲ 红1", f"WH20261120-{i:05}", "长" * (40 * i), "江汉区", "待签收") for i in range(3)]


@pytest.mark.parametrize("room", [20, 40, 60, 80, 120, 400])
def test_a_table_fits_its_terminal_and_leaves_out_whole_columns(room: int) -> None:
    heads = ("颜色", "编号", "事项", "单位", "状态")
    widths = _widths(heads, LINES, room)
    assert sum(widths) + GAP * (len(widths) - 1) <= room
    assert widths[0] == len("▲ 红1") + 1
    assert room < 40 or widths[1] == len("WH20261120-00001")
    assert room < 120 or len(widths) == len(heads)


def test_a_table_into_a_file_is_cut_nowhere() -> None:
    assert _widths(("编号", "事项"), [("1", "长" * 500)], None) == [4, 1000]
