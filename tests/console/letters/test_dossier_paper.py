"""The year's dossier as a file of Word and a workbook."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from console.letters.dossier_paper import dossier_paper, dossier_workbook
from models.letters import year_dossier
from models.store.store import Store
from tests.console.conftest import Duban
from tests.models.letters.test_dossier import year_of_units


@pytest.mark.parametrize("target", ["sqlite"], indirect=True)
def test_a_dossier_prints_every_unit_and_names_what_is_computed(store: Store) -> None:
    year_of_units(store)
    whole = year_dossier(store, 2026)
    book = load_workbook(BytesIO(dossier_workbook(whole)))
    assert book.sheetnames == ["汇总", "逐月", "督办", "来源渠道"]
    cells = [cell.value for row in book["逐月"].iter_rows() for cell in row]
    assert "未发布，现算" in cells and "通报第1期" in cells
    document = Document(BytesIO(dossier_paper(year_dossier(store, 2026, 7))))
    told = "\n".join(p.text for p in document.paragraphs)
    assert "末位月份：2026-09、2026-10。" in told and "2026-10未发布，为现算" in told
    assert "全年没有收到督办单。" in told
    assert "全年办结按来源渠道：城市留言板20件。" in told
    assert "3/3（末位）" in [c.text for t in document.tables for r in t.rows for c in r.cells]
    assert dossier_workbook(whole) == dossier_workbook(whole)


def test_a_dossier_needs_a_year_with_months_and_a_file_it_can_write(
    shell: Duban, tmp_path: Path
) -> None:
    assert shell("dossier", "--year", 2026, "--out", tmp_path / "a.txt").code == 2
    refused = shell("dossier", "--year", 2025, "--out", tmp_path / "a.docx")
    assert refused.code == 1 and "2025年" in refused.err
