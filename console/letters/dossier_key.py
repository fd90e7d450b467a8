"""The year's dossier by key: a year, perhaps a unit, then both files."""

from __future__ import annotations

from console.frame import FullScreen, Session, exports_dir
from console.letters.dossier_paper import FORMS, write_dossier
from console.widgets import Asking
from models import bureau, letters
from rules.errors import Refused
from rules.text import file_name, half_width


def ask_dossier(screen: FullScreen, typed: str = "") -> None:
    """Ask for a year and perhaps a unit; write the dossier as pages and as a workbook."""
    assert screen.session is not None
    year = typed or str(screen.session.now().year)
    asking = Asking("年度考核档案", "年份，可加单位，例如 2026 洪山区", value=year)
    screen.ask(
        asking,
        lambda text: screen.work(
            lambda session: _write(session, text), lambda: ask_dossier(screen, text)
        ),
    )


def _write(session: Session, text: str) -> str:
    year, _, word = half_width(text).strip().partition(" ")
    if not (year.isdecimal() and len(year) == 4):
        raise Refused(f"年份 {year} 看不懂：请写成 2026，可加单位名称")
    store, unit_id = session.store, None
    if word.strip():
        with session.reading("dossier") as reader:
            unit_id = bureau.UnitDirectory(reader).find(word.strip(), session.now().date())
        if unit_id is None:
            raise Refused(f"没有单位 {word.strip()}：请写名称、简称或代码")
    found = letters.year_dossier(store, int(year), unit_id)
    whose = found.units[0].unit if unit_id is not None and found.units else "全部单位"
    folder = exports_dir() / "年度考核档案"
    for suffix in FORMS:
        write_dossier(store, found, folder / file_name(f"{whose}{year}年度考核档案", suffix))
    computed = f"，{'、'.join(found.computed)}为现算" if found.computed else ""
    return f"已写出{whose}{year}年度考核档案（.docx .xlsx）到 {folder}{computed}"
