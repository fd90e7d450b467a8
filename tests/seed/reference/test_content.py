"""What a new store begins with, taken together."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from models.bureau.units import Reference
from rules.bureau.policy import read_policy
from rules.grid import LEVELS
from seed.reference.catalogue import first_content, read_grids, reference
from seed.reference.content import ContentError


@pytest.fixture(scope="module")
def content() -> Reference:
    return reference()


def test_the_shipped_policy_can_be_read() -> None:
    assert read_policy(first_content().policy_text).bureau.name == "武汉市网上群众工作部"


def test_every_channel_of_the_design_has_a_code(content: Reference) -> None:
    codes, names = zip(*content.channels, strict=True)
    assert names == (
        "12345电话",
        "城市留言板",
        "阳光信访",
        "微邻里",
        "微信",
        "移动客户端",
        "手机短信",
        "市长信箱",
        "人民网",
        "12315",
        "房管热线",
        "社区警务群",
        "大接访",
        "政法干部进社区",
        "媒体",
        "上级交办",
        "其他",
    )
    assert len(set(codes)) == len(codes)


def test_categories_are_a_tree_of_three_levels(content: Reference) -> None:
    levels = [path.split("/") for path in content.categories]
    assert len(levels) > 100
    assert len(set(content.categories)) == len(levels)
    assert all(len(level) == 3 and all(level) for level in levels)


def test_every_cell_lies_in_its_parent_one_cell_one_code(content: Reference) -> None:
    cells = {grid.code: grid for grid in content.grids}
    assert len(cells) == len(content.grids)
    assert (cells["4201"].name, cells["420111"].name) == ("武汉市", "洪山区")
    for grid in content.grids:
        assert grid.level == LEVELS[len(grid.code)]
        assert grid.parent is None or grid.code.startswith(cells[grid.parent].code)
    assert cells["420111002"].initials == "gsjd"


def test_units_stand_for_cells_that_exist(content: Reference) -> None:
    cells = {grid.code for grid in content.grids}
    assert {unit.grid for unit in content.units if unit.grid} <= cells


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("4201,武汉市,\n42011,半区,4201", "第3行的编码“42011”应为"),
        ("4201,武汉市,\n4201,武汉市,", "编码 4201 重复"),
        ("4201,武汉市,\n430102,芙蓉区,4201", "430102 不在上级 4201 之内"),
        ("420111,洪山区,4201", "420111 不在上级 4201 之内"),
    ],
)
def test_a_grid_that_contradicts_itself_is_refused(rows: str, line: str) -> None:
    with pytest.raises(ContentError, match=line):
        read_grids("code,name,parent\n" + rows)


def test_importing_the_reference_reads_nothing() -> None:
    code = (
        "import sys, seed.reference\n"
        "print([m for m in ('pypinyin', 'chinese_calendar', 'sqlalchemy') if m in sys.modules])"
    )
    out = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=Path(__file__).parents[3],
    )
    assert out.stdout.strip() == "[]"
