"""Papers as they print: forty of random matters through LibreOffice, measured by ruler."""

from __future__ import annotations

from itertools import islice

import pytest

from console.ranking.bulletin_page import bulletin_page
from tests.bench.pages import papers_at_random, print_papers
from tests.console.editions import city_edition
from tests.pages import Printed, measures, printer


@pytest.fixture(scope="module")
def every() -> list[Printed]:
    if absent := printer():
        pytest.skip(absent)
    bulletin = {"leader": bulletin_page(city_edition(), "leader")}
    return print_papers(list(islice(papers_at_random(7), 40)), bulletin)


@pytest.fixture(scope="module")
def papers(every: list[Printed]) -> list[Printed]:
    return every[:40]


def test_a_bulletin_has_four_pages_and_its_annexes_and_is_read_standing(
    every: list[Printed],
) -> None:
    bulletin = every[-1]
    assert [f for f in bulletin.faults() if not f.startswith("table")] == []
    annexed = [s.number for s in bulletin.sheets if s.told and s.told[0].text.startswith("附件1")]
    assert annexed and annexed[0] <= 5
    large = [line for line in bulletin.sheets[0].told if 6.5 < line.height < 9]
    assert 6 <= len(large) <= 8 and large[0].text.startswith("受理诉求")


def test_no_page_is_an_orphan_and_nothing_stands_over_the_edge(papers: list[Printed]) -> None:
    assert [f"{one.name}: {fault}" for one in papers for fault in one.faults()] == []


def test_the_imprint_stands_on_the_last_page_and_that_is_even(papers: list[Printed]) -> None:
    for one in (paper for paper in papers if not paper.letter):
        assert len(one.sheets) % 2 == 0, one.name
        assert [sheet.number for sheet in one.sheets if sheet.imprint] == [len(one.sheets)]


def test_the_page_is_156_by_225_mm_of_22_lines_of_28_characters(papers: list[Printed]) -> None:
    edges = [found for one in papers for sheet in one.sheets if (found := measures(sheet))]
    left, right, top, bottom = zip(*edges, strict=True)
    assert min(left) == pytest.approx(28, abs=0.3) and max(right) == pytest.approx(184, abs=0.3)
    assert min(top) == pytest.approx(37, abs=0.5) and max(bottom) == pytest.approx(262, abs=0.5)
    lines = [
        sum(line.height > 6.5 for line in sheet.told)
        for one in papers
        for sheet in one.sheets
        if measures(sheet)
    ]
    assert max(lines) == 22
    longest = max(len(line.text) for one in papers for sheet in one.sheets for line in sheet.told
                  if line.height > 6.5 and not line.text.isascii())  # fmt: skip
    assert longest >= 28
