"""``duban paper``: what a secretary does with the bureau's own template, and is told."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx.shared import Mm, Pt

from console.paper.defaults import default_template
from console.paper.field_list import page
from console.paper.filling import Form
from console.paper.measuring import overflows
from console.paper.proof import _wrong
from console.paper.trying import kind_of, try_template
from rules.errors import Refused
from rules.paper import FIELDS, PAPER_KINDS, Content, filled, sample
from tests.console.conftest import NOW, Duban
from tests.console.paper.forms import edited, template
from tests.templates_page import PAGE


class Here:
    """Fills in this process."""

    def words(self, template: bytes, kind: str) -> frozenset[str]:
        """Return the fields a template uses."""
        return self.form(template, kind).words

    def fill(self, template: bytes, content: Content) -> bytes:
        """Return the paper of a content."""
        return self.form(template, content.kind).fill(filled(content), content.at)

    form = staticmethod(cache(Form))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "本单位.docx"


def test_the_page_of_the_documents_is_the_list_of_fields() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
    for kind, fields in FIELDS.items():
        assert f"（`{kind}`）" in page()
        for field in fields:
            assert f"| {field.word} |" in page()


def test_every_kind_is_listed_with_its_template_and_its_fields(duban: Duban) -> None:
    listed = duban("paper", "list", "--json").value
    assert [one["kind"] for one in listed] == list(PAPER_KINDS)
    assert {one["template"] for one in listed} == {"随附模板"}
    fields = duban("paper", "list", "--fields", "提示函", "--json").value
    assert [one["word"] for one in fields] == [field.word for field in FIELDS["notice"]]
    assert "必须有" in duban("paper", "list", "--fields", "notice").out
    assert "没有文种 提示，最接近的是 提示函" in duban("paper", "list", "--fields", "提示").err


def test_a_template_is_written_changed_checked_loaded_and_taken_back(
    duban: Duban, file: Path
) -> None:
    assert duban("paper", "template", "order", file).code == 0
    assert file.read_bytes() == default_template("order")
    file.write_bytes(edited(file.read_bytes(), "word/document.xml", "书面报送我部", "书面报送我办"))
    checked = duban("paper", "check", file, "--no-pages", "--json")
    assert checked.code == 0 and checked.value["ok"] and checked.value["kind"] == "order"
    assert checked.value["cases"][:3] == ["1件诉求", "47件诉求", "200件诉求"]
    told = duban("paper", "load", "order", file, "--reason", "改为我办", "--now", NOW, "--json")
    assert told.value["template"] == "第1版模板"
    listed = duban("paper", "list", "--json").value[list(PAPER_KINDS).index("order")]
    assert (listed["template"], listed["file"]) == ("第1版模板", "本单位.docx")
    other = file.with_name("现用.docx")
    duban("paper", "template", "督办单", other)
    assert other.read_bytes() == file.read_bytes()
    back = duban("paper", "load", "order", "--shipped", "--reason", "恢复", "--now", NOW)
    assert "此后用随附模板" in back.out
    duban("paper", "template", "order", other)
    assert other.read_bytes() == default_template("order")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no docx", "不是完好"),
        (template("{{ 文号 }}"), "缺少督办单必须有的字段 标题"),
        (template("{{ 文号 }} {{ 主送机构 }}"), "最接近的是 主送"),
        (template("{{ 文号.__class__ }}"), "没有这一栏"),
    ],
)
def test_what_cannot_be_used_is_told_and_never_loaded(
    duban: Duban, file: Path, content: bytes, told: str
) -> None:
    file.write_bytes(content)
    checked = duban("paper", "check", file, "--kind", "order", "--json")
    assert checked.code == 1 and any(told in one for one in checked.value["faults"])
    refused = duban("paper", "load", "order", file, "--reason", "试", "--now", NOW)
    assert refused.code == 1 and told in refused.err and refused.err.count("\n") == 1


def test_loading_asks_for_a_reason_and_for_one_of_file_and_shipped(
    duban: Duban, file: Path
) -> None:
    file.write_bytes(edited(default_template("order"), "word/document.xml", "我部", "我办"))
    assert "写明理由" in duban("paper", "load", "order", file, "--now", NOW).err
    assert "要么" in duban("paper", "load", "order", "--reason", "x", "--now", NOW).err
    assert "要么" in duban("paper", "load", "order", file, "--shipped", "--now", NOW).err


def test_the_kind_of_a_template_is_known_by_its_fields_or_asked_for() -> None:
    assert kind_of(Here(), default_template("order"), iter(FIELDS)) == "order"
    with pytest.raises(Refused, match="看不出模板属于哪个文种"):
        kind_of(Here(), template("x"), iter(FIELDS))
    with pytest.raises(Refused, match="不是完好"):
        kind_of(Here(), b"x", iter(FIELDS))


def test_text_without_room_is_named() -> None:
    def tables(document: Any) -> None:
        wide = document.add_table(rows=1, cols=2)
        wide.columns[0].width = wide.columns[1].width = Mm(120)
        narrow = document.add_table(rows=1, cols=1).rows[0].cells[0]
        narrow.width, narrow.text = Mm(20), "WH20261109001230012345678901"
        document.add_paragraph().add_run("关于" * 12).font.size = Pt(22)

    told = list(overflows(template("{{ 文号 }}", change=tables)))
    assert told[0].startswith("表格宽240毫米，版心只有152毫米")
    assert told[1:] == [
        "单元格宽20毫米，放不下“WH2026110900..”",
        "标题行“关于关于关于关于关于..”超过一行",
    ]
    assert not list(overflows(template("很短")))


def test_the_worst_that_is_told_of_the_shipped_template_is_a_long_name() -> None:
    trial = try_template(Here(), default_template("order"), "order", proof=False)
    assert trial.ok and trial.unused == ["反馈时限"]
    assert [one.partition("：")[0] for one in trial.cautions] == ["四十字的名称"]


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ([["正文", "某部", "2026年11月20日"]], []),
        ([["正文"], []], ["第2页是空白页"]),
        ([["正文"], ["（联系人：陈联络）"]], ["第2页只有“（联系人：陈联络）”"]),
        (
            [["正文"], ["某市某部", "2026年11月20日"]],
            ["第2页只有落款“某市某部”，没有正文"],
        ),
    ],
)
def test_what_strays_on_a_page_is_named(pages: list[list[str]], told: list[str]) -> None:
    assert list(_wrong(pages)) == told


def test_a_sample_holds_every_field() -> None:
    for kind, fields in FIELDS.items():
        assert set(sample(kind).values) == {field.word for field in fields}
        assert json.dumps(dict(sample(kind).values), ensure_ascii=False)
