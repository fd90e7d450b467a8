"""``duban police``: lists and files taken with what is refused, messages by hand, minutes."""

from __future__ import annotations

from pathlib import Path

from tests.console.conftest import Duban

GROUPS = """群名称,社区编码,派出所,社区民警,带班领导,值班电话,分局
水塔警务群,420106001001,某所,周警官,吴所,,
坏群,4201060010,某所,周警官,,,
"""

SAID = """消息编号,警务群,时间,类型,内容,需到场,应答时间,到场时间,反馈时间,线索编号,受理回执
A1,水塔警务群,2026-11-20 02:59:00,诉求,路口堵车,是,2026-11-20 02:59:40,2026-11-20 03:04:00,,,
A2,水塔警务群,2026-11-20,诉求,路口堵车,,,,,,
A3,水塔警务群,2026-11-20 03:00,警情,有人持刀,,,,,,
A4,水塔警务群,2026-11-20 03:00,线索,,,,,,武公线〔2026〕1号,
"""


def test_groups_and_messages_come_by_file(shell: Duban, tmp_path: Path) -> None:
    groups, said = tmp_path / "群.csv", tmp_path / "消息.csv"
    groups.write_text(GROUPS, encoding="utf-8")
    said.write_text(SAID, encoding="utf-8")
    tried = shell("police", "groups", str(groups), "--dry-run", "--json").value
    assert (tried["new"], shell("police", "groups", "--json").value) == (["水塔警务群"], [])
    loaded = shell("police", "groups", str(groups), "--json").value
    assert "应是12位数字" in loaded["refused"][0]["reason"]
    taken = shell("police", "load", str(said), "--json").value
    assert (taken["new"], [one["line"] for one in taken["refused"]]) == (2, [3, 4])
    rejects = Path(taken["rejects"])
    text = rejects.read_text(encoding="utf-8-sig")
    assert "持刀" not in text and "只有日期" in text
    rejects.write_text(text.replace("2026-11-20,诉求", "2026-11-20 05:00,诉求"), "utf-8")
    mended = shell("police", "load", str(rejects), "--json").value
    assert (mended["new"], len(mended["refused"])) == (1, 1)
    assert shell("police", "load", str(said), "--json").value["unchanged"] == 2
    made = shell("police", "appeal", "1", "--json").value
    assert made["number"].startswith("WH") and made["unit"] == ""
    (first, *_) = shell("police", "list", "--json").value[::-1]
    assert (first["state"], first["ticket"]) == ("已转诉求", made["number"])
    (row, *_) = shell("police", "minutes", "--since", "2026-11-20", "--json").value["rows"]
    assert (row["answer_median"], row["arrival_median"], row["clues"]) == (40, 300, 1)


def test_what_cannot_be_is_refused_in_one_line(shell: Duban, tmp_path: Path) -> None:
    groups = tmp_path / "群.csv"
    groups.write_text(GROUPS, encoding="utf-8")
    shell("police", "groups", str(groups))
    for words, fault in (
        (("add", "水塔", "楼下有人持刀"), "警情请立即拨打110"),
        (("add", "水塔", "某人某事", "--clue"), "线索的内容不进本系统"),
        (("add", "没有的群", "堵车"), "没有警务群“没有的群”"),
        (("answer", "7"), "没有编号为 7 的群内诉求"),
        (("answer", "x"), "x 不是编号"),
    ):
        said = shell("police", *words)
        assert said.code != 0 and fault in said.err and said.err.count("\n") == 1
    assert shell("police", "list", "--json").value == []
