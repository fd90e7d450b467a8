"""``duban profile`` and ``import --map``: an unknown header is learnt, kept, passed on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.console.conftest import NOW, Duban

LEDGER = """件号,来电登记时刻,市民,手机,市民反映的具体问题,责任落实部门,完成情况
HS-2026-0001,2026-11-02 09:30,李建国,13871234567,水箱多年没有清洗，水发黄有异味,洪山区,办结
HS-2026-0002,2026-11-02 14:05,王女士,13871234568,烧烤店凌晨两点还在营业，油烟噪音很大,无名单位,怪词
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    file = tmp_path / "区热线.csv"
    file.write_text(LEDGER)
    return file


def test_a_guess_tells_every_column_and_writes_nothing(duban: Duban, ledger: Path) -> None:
    told = duban("profile", "guess", ledger, "--now", NOW, "--json").value
    fields = {each["header"]: each["field"] for each in told["columns"]}
    assert (fields["件号"], fields["手机"]) == ("number", "phone")
    assert told["missing"] == [] and len(told["rows"]) == 2
    assert [each["word"] for each in told["words"]] == ["办结", "怪词"]
    assert [each["word"] for each in told["units"]] == ["无名单位"]
    assert duban("info", "--json").value["store"]["tickets"] == 0
    shown = duban("profile", "guess", ledger, "--now", NOW).out
    assert "来电登记时刻" in shown and "会拒收：请指明是 已解决" in shown
    assert "13871234567" not in shown and "李建国" not in shown


def test_a_learnt_profile_reads_the_file_now_and_from_then_on(
    duban: Duban, ledger: Path, tmp_path: Path
) -> None:
    out, now = tmp_path / "map.toml", ("--now", NOW)
    assert duban("profile", "guess", ledger, "--out", out, *now).code == 0
    assert "请补上：办理结果“怪词”" in out.read_text()
    out.write_text(out.read_text().replace('"办结" = ', '"怪词" = "解释说明"\n"办结" = '))
    tried = duban("import", ledger, "--map", out, "--dry-run", *now, "--json").value
    assert (tried["new"], tried["unknown_words"]) == (2, [])
    assert [each["word"] for each in tried["unknown_units"]] == ["无名单位"]
    assert duban("profile", "list", "--json").value[0]["kind"] == "自带"
    done = duban("import", ledger, "--map", out, "--save", "区热线", *now, "--json").value
    assert (done["new"], done["rejected"]) == (2, 0)
    assert duban("import", ledger, *now, "--json").value["unchanged"] == 2
    assert duban("import", ledger, "--profile", "区热线", *now, "--json").value["unchanged"] == 2
    assert duban("profile", "list", "--json").value[0]["name"] == "区热线"


def test_a_profile_is_passed_on_as_a_file(duban: Duban, tmp_path: Path) -> None:
    file = tmp_path / "teddy.toml"
    assert duban("profile", "export", "teddy", file).code == 0
    assert "自带" in duban("profile", "load", file).err
    file.write_text(file.read_text().replace('"teddy"', '"board"'))
    assert duban("profile", "load", file).code == 0
    assert duban("profile", "show", "board", "--json").value["toml"] == file.read_text()
    assert duban("profile", "drop", "board").code == 0
    assert "没有来源格式 board" in duban("profile", "show", "board").err
    assert "由程序直接读" in duban("profile", "show", "duban").err


def test_a_broken_profile_file_is_refused_in_one_line(
    duban: Duban, ledger: Path, tmp_path: Path
) -> None:
    file = tmp_path / "map.toml"
    file.write_text('name = "a"\nlabel = "甲"\n[columns]\n"件号" = "渠道遍号"\n')
    answer = duban("import", ledger, "--map", file)
    assert answer.code == 1 and "最接近的是 渠道编号" in answer.err
    assert answer.err.count("\n") == 1
    assert duban("import", ledger, "--save", "甲").code == 2
    file.write_text('name = "half"\nlabel = "甲"\n[columns]\n"件号" = ["标题", "受理时间"]\n')
    assert "name 换一个" in duban("import", ledger, "--map", file).err
