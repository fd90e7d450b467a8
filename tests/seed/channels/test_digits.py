"""Numbers of matters and telephones, whatever a table program made of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.seed.reading import appeals, one, opened, rejects, written


def numbered(path: Path, *numbers: str) -> Path:
    rows = "".join(
        f'"{number.replace(chr(34), chr(34) * 2)}",件{n}\n' for n, number in enumerate(numbers)
    )
    return written(path / "a.csv", "工单编号,标题\n" + rows)


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ('="20261120000002"', "20261120000002"),
        ('= "WH-7"', "WH-7"),
        ("'20261120000002", "20261120000002"),
        ("\t20261120000002", "20261120000002"),
        ("２０２６１１２０－７", "20261120-7"),
        ("20261120000002.0", "20261120000002"),
        ("1E5", "1E5"),
        ("武〔2026〕12号", "武〔2026〕12号"),
        ("420111199001011005", "420111199001011005"),
    ],
)
def test_a_number_is_what_it_was_before_it_was_guarded(
    tmp_path: Path, shown: str, meant: str
) -> None:
    assert one(numbered(tmp_path, shown)).number == meant


def test_digits_that_a_program_cut_off_are_not_made_up(tmp_path: Path) -> None:
    first, second = rejects(opened(numbered(tmp_path, "2.02611E+13", "2.02611E+13")))
    assert first.reason == second.reason
    assert "工单编号“2.02611E+13”是表格软件缩写后的编号" in first.reason


def test_long_numbers_that_all_end_in_zeros_are_not_believed(tmp_path: Path) -> None:
    lost = rejects(opened(numbered(tmp_path, "420111199001011000", "420111199203044000")))
    assert len(lost) == 2
    assert "只留了15位" in lost[0].reason
    whole = opened(numbered(tmp_path, "420111199001011000", "420111199203044017"))
    assert len(appeals(whole)) == 2


def test_the_quotes_of_a_formula_hold_the_text_in_any_column(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", '标题,内容\n"=""井""""盖""",\'=1+1\n')
    appeal = one(path)
    assert (appeal.title, appeal.content) == ('井"盖', "=1+1")


@pytest.mark.parametrize("guarded", ['"=""2026-11-20 09:00"""', "'2026-11-20 09:00"])
def test_a_time_is_read_from_under_its_guard(tmp_path: Path, guarded: str) -> None:
    appeal = one(written(tmp_path / "a.csv", f"标题,受理时间\n井盖,{guarded}\n"))
    assert appeal.received_at == datetime(2026, 11, 20, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "lead", "helpers"),
    [
        ("江岸区", "江岸区", ()),
        ("江岸区（主办）、市城管委（协办）", "江岸区", ("市城管委",)),
        ("市城管委(协办)，江岸区[主办]", "江岸区", ("市城管委",)),
        ("江岸区、市城管委/市水务局；江汉区", "江岸区", ("市城管委", "市水务局", "江汉区")),
        ("主办：江岸区；协办：市城管委、市水务局", "江岸区", ("市城管委", "市水务局")),
        ("市城管委（协办）；江岸区", "江岸区", ("市城管委",)),
        ('"江岸区\n市城管委"', "江岸区", ("市城管委",)),
        ('"武汉市江岸区\n人民政府"', "武汉市江岸区人民政府", ()),
        ("金融局（地方金融、投资）", "金融局（地方金融、投资）", ()),
    ],
)
def test_several_units_in_a_cell_are_told_apart(
    tmp_path: Path, cell: str, lead: str, helpers: tuple[str, ...]
) -> None:
    cell = cell if cell.startswith('"') else f'"{cell}"'
    appeal = one(written(tmp_path / "a.csv", f"标题,承办单位\n路灯,{cell}\n"))
    assert (appeal.unit, appeal.co_units) == (lead, helpers)


def test_units_of_both_columns_help_and_the_lead_does_not(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.csv", "标题,承办单位,协办单位\n路灯,江岸区、市城管委,市水务局、江岸区\n"
    )
    assert one(path).co_units == ("市城管委", "市水务局")


@pytest.mark.parametrize(
    ("cell", "cause"),
    [("江岸区（主办）、江汉区（主办）", "写了2个主办"), ("市城管委（协办）", "没有主办单位")],
)
def test_who_leads_is_not_guessed(tmp_path: Path, cell: str, cause: str) -> None:
    (reject,) = rejects(opened(written(tmp_path / "a.csv", f"标题,承办单位\n路灯,{cell}\n")))
    assert cause in reject.reason
