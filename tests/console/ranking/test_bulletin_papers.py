"""What each edition of the bulletin tells, and to whom it does not."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from docx import Document
from rich.cells import cell_len

from console.ranking.bulletin_page import bulletin_page
from console.ranking.composing import Composed, compose
from console.ranking.edition import stored_name
from console.ranking.headline import MOST_LINES
from console.ranking.passages import LINE_CELLS, VARIANTS, Grid, Sentences, Variant
from models.ranking.editions import EditionView
from rules.errors import DubanError
from rules.ranking.bulletin import Amount, Case, HotSpot, Matter, Remark
from rules.ranking.tally import Tally
from tests.console.editions import bulletin, edition
from tests.console.papers import SIGNED


def _view(*names: str, **changes: object) -> EditionView:
    told = bulletin(**changes)
    return replace(edition(*(names or ("甲", "乙", "丁", "丙"))), bulletin=told)


def _words(composed: Composed) -> str:
    """Return every word of a bulletin."""
    found = [composed.title, composed.standing, *composed.lines, *composed.notes]
    for passage in (*composed.parts, *composed.annexes):
        found.append(passage.title)
        for block in passage.blocks:
            if isinstance(block, Sentences):
                found.append(block.lead + block.text)
            elif isinstance(block, Grid):
                found += [block.title, *block.head, *(cell for row in block.rows for cell in row)]
            else:
                found += [chart.title for chart in block.charts]
    return "\n".join(found)


def _told(variant: Variant, view: EditionView | None = None) -> str:
    return _words(compose(view or _view(), variant))


def test_a_bulletin_has_its_seven_parts() -> None:
    titles = [part.title for part in compose(_view(), "leader").parts]
    assert titles == [
        "总体情况",
        "办理时限",
        "群众满意度",
        "单位排名",
        "督办情况",
        "热点与预警",
        "拟请关注和下步要求",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "本期受理群众诉求100件，日均50.0件，环比下降9.1%",
        "转办96件次，其中重办4件次，环比增长6.7%",
        "上期（2026年9月）未发布，环比按现有数据计算。没有完整的去年同期数据，不作同比。",
        "除去已按期答复待审、退回待派的，期末逾期未结6件次",
        "期末在办的30件次中，待派2、答复待审3、红5、黄6、蓝14",
        "甲8件次（未结5）、乙4件次（未结1）",
        "期末已核查0件次（维持·单位责任3件、维持·非单位责任1件）",
        "居前的是拖延2件、未联系1件。截至编制时，核实后仍不满意6件次。",
        "本期印发蓝色督办单2份、催办通知1份；收到签收2份、反馈1份，销号1份。",
        "期初未销号的1份，本期销号1份；期末未销号1份。本年度截至期末共印发督办单12份。",
        "甲（上期不合格、末位70.00%，本期95.00%优良）",
        "异常增长的类别（本期不少于8件且达到上期2倍）：公用事业/供水（5件→20件）",
        "同一人就同一类别反映两次以上的有3人、7件",
        "（超期最久，WH20260901-00002，甲）楼道没有灯。——期末已超期9天。",
        "点评：甲区要抓紧。",
        "下步要求：月底前清零。",
        "受理100件＝12345电话70件＋城市留言板30件，相符",
        "转办96件，分项0件合计0件，少96件，不相符，待查",
    ],
)
def test_a_sentence_says_what_the_value_holds(sentence: str) -> None:
    assert sentence in _told("leader")


def test_the_first_page_is_eight_short_lines_with_what_got_worse_and_who_must_act() -> None:
    lines = compose(_view(), "leader").lines
    assert len(lines) <= MOST_LINES
    assert all(cell_len(line) <= LINE_CELLS for line in lines)
    assert lines[0] == "受理诉求100件（比上期下降9.1%），办结90件次"
    assert any(line.startswith("变差：") for line in lines)
    assert "逾期未结须办：甲5、乙1" in lines
    assert "督办反馈逾期：甲武网督〔2026〕9号" in lines


def test_without_a_whole_period_before_nothing_is_compared() -> None:
    told = _told("leader", _view(before=None))
    assert "本库没有完整的上期数据，不作环比。" in told
    assert "环比下降" not in told and "比上期上升" not in told
    assert "变差：没有完整的上期数据，不作比较" in told


def test_what_will_need_attention_is_for_leaders_alone() -> None:
    assert "期末红色在办最多：甲4件次、乙1件次；全部单位合计5件次。" in _told("leader")
    for variant in ("circular", "public"):
        told = _told(variant)
        assert "期末红色在办最多" not in told and "下期内到期" not in told


SINGLE = ("WH2026", "武网督", "某某热力", "楼道没有灯", "小区停水", "点评", "甲区要抓紧")


@pytest.mark.parametrize("word", [*SINGLE, "末位", "排名首位", "第1位", "升1", "位次按"])
def test_the_public_edition_has_no_places_and_no_single_case(word: str) -> None:
    assert word not in _told("public")


@pytest.mark.parametrize("word", SINGLE)
def test_the_circulated_edition_has_them(word: str) -> None:
    assert word in _told("circular")


def test_the_public_edition_grades_among_units_of_like_volume() -> None:
    told = _told("public")
    assert "同档内按群众满意率评定等次，不排位次" in told
    assert "优良3个（甲、乙、丁）；评价件数不足、不评等次1个。" in told


def test_the_public_edition_says_how_many_units_had_nothing() -> None:
    view = _view()
    idle = replace(view.rows[0], unit_id=9, unit="戊", tally=Tally(), grade=None, place=None)
    assert "另有1个单位本期没有转办件和评价，不列。" in _told(
        "public", replace(view, rows=(*view.rows, idle))
    )


def test_a_small_group_has_no_places_and_says_why() -> None:
    (_, *grids) = [
        block
        for part in compose(_view("甲", "乙", "丙"), "circular").parts
        for block in part.blocks
        if isinstance(block, Grid)
    ]
    row = next(row for grid in grids for row in grid.rows if row[0] == "中心城区" and row[1] == "0")
    assert row == ("中心城区", "0", "同组评价够数的不足3家，不排位次", "—", "—")


def test_units_without_a_place_stand_in_a_table_of_their_own() -> None:
    annex = compose(_view(), "circular").annexes[1]
    (grid,) = annex.blocks
    assert isinstance(grid, Grid) and annex.title == "不排位次的单位"
    assert grid.rows == (("丙", "中心城区", "2", "", "", ""),)


EVIL = 'A<w:p/>&{{ 7*7 }}"\x1b[31m\u202e=1+1'


@pytest.mark.parametrize("variant", VARIANTS)
def test_hostile_words_print_whole_and_break_nothing(variant: Variant) -> None:
    view = _view(
        channels=(Amount(EVIL, 100, None),),
        categories=(Amount(EVIL, 100, 1),),
        matters=(Matter("WH1", EVIL, EVIL, again=False, verdict=EVIL, cause=EVIL),),
        hot_spots=(HotSpot(EVIL, 5, 6),),
        cases=(Case("超期最久", "WH1", EVIL, EVIL, EVIL),),
        remarks=(("comment", Remark(EVIL, 1, SIGNED, EVIL)),),
    )
    content = bulletin_page(view, variant)
    cells = [c.text for t in Document(BytesIO(content)).tables for r in t.rows for c in r.cells]
    assert any(cell.startswith("A<w:p/>&{{ 7*7 }}") for cell in cells)
    assert not any("\x1b" in cell or "\u202e" in cell for cell in cells)


def test_the_charts_are_drawn_by_the_reader_from_values_inside_the_file() -> None:
    with zipfile.ZipFile(BytesIO(bulletin_page(_view(), "circular"))) as file:
        charts = [file.read(n) for n in file.namelist() if n.startswith("word/charts/")]
        links = file.read("word/_rels/document.xml.rels").decode()
    assert len(charts) == len(re.findall('TargetMode="External"', links)) + 2
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    values = [
        [
            float(v.text or "")
            for v in ElementTree.fromstring(chart).iterfind(".//c:val//c:v", space)
        ]
        for chart in charts
    ]
    assert values[0] == [110, 100, 80, 90]
    assert values[1] == pytest.approx([52 / 62, 59 / 60])


def test_a_bulletin_is_never_made_up_for_an_edition_published_without() -> None:
    with pytest.raises(DubanError, match="2026年10月发布时还没有领导版"):
        compose(replace(edition("甲", "乙", "丁"), bulletin=None), "leader")


@pytest.mark.parametrize(
    ("files", "variant", "found"),
    [
        (("通报_第1期_领导版.docx", "通报_第1期_公开版.docx"), "public", "通报_第1期_公开版.docx"),
        (("通报_第1期_领导版.docx",), "circular", None),
        (("排名_第1期.docx", "排名_第1期.xlsx"), "circular", "排名_第1期.docx"),
        (("排名_第1期.docx",), "leader", None),
    ],
)
def test_a_published_file_is_found_by_its_readers(
    files: tuple[str, ...], variant: Variant, found: str | None
) -> None:
    assert stored_name(files, ".docx", variant) == found


def test_the_citys_own_doors_are_told_however_few_came_by_them() -> None:
    names = [*(f"渠道{n}" for n in range(6)), "手机短信", "大接访", "微邻里"]
    doors = [Amount(name, 20 - n, None) for n, name in enumerate(names)]
    told = _told("leader", _view(channels=tuple(doors)))
    assert "其余渠道中：大接访13件，微邻里12件。" in told
    assert "其余渠道中" not in _told("leader", _view(channels=tuple(doors[:7])))
