"""Setting up in any order: before the first import, and units after the tickets that name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.console.conftest import NOW, Duban

UNITS = "code,name,short_name,group\nZ1,武汉市低空经济办公室,市低空办,市直部门\n"

HEADS = (
    "SERVICEREQUESTID,SERVICECODEDESCRIPTION,SERVICETYPECODEDESCRIPTION,ORGANIZATIONACRONYM,"
    "ADDDATE,RESOLUTIONDATE,SERVICEDUEDATE,SERVICEORDERDATE,STATUS_CODE,PRIORITY,DETAILS,"
    "STREETADDRESS,WARD"
)

TICKETS = "\n".join(
    (
        HEADS,
        "25-1,灯,路灯,市低空办,1735708943000,1735710161000,1736485140000,1735708943000,Closed,,,,",
        "25-2,灯,路灯,市低空办,1735709029000,,1736485140000,1735709029000,Open,,,,",
        "25-3,灯,路灯,市水务局（水质科）,1735709029000,,1736485140000,1735709029000,Open,,,,",
    )
)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("units", "load"), UNITS),
        (("policy", "load"), '[bureau]\nname = "青山区"\n'),
        (
            ("calendar", "load"),
            '{"year": 2026, "papers": [], "days": '
            '[{"name": "元旦", "date": "2026-01-01", "isOffDay": true}]}',
        ),
        (("operator", "add", "liu"), None),
    ],
)
def test_a_store_is_made_by_whatever_is_set_up_first(
    duban: Duban, tmp_path: Path, words: tuple[str, ...], text: str | None
) -> None:
    store = tmp_path / "new.db"
    files = [tmp_path / "file"] if text is not None else []
    for file in files:
        missing = duban(*words, tmp_path / "nothing", "--store", store)
        assert missing.code == 1 and not store.exists()
        file.write_text(text or "", encoding="utf-8")
    answer = duban(*words, *files, "--store", store)
    assert answer.code == 0, answer.err
    assert duban("info", "--store", store, "--json").code == 0 and store.exists()


def test_units_loaded_after_the_tickets_that_name_them_get_those(
    duban: Duban, tmp_path: Path
) -> None:
    file, units = tmp_path / "dc.csv", tmp_path / "units.csv"
    file.write_text(TICKETS, encoding="utf-8")
    units.write_text(UNITS, encoding="utf-8")

    def call(*words: object) -> str:
        answer = duban(*words, "--store", tmp_path / "new.db", "--now", NOW)
        assert answer.code == 0, answer.err
        return answer.out

    assert "3件写的承办单位不在名录里" in call("import", file)
    assert "不认得“市水务局（水质科）”（1件），相近的有市水务局" in call("units", "attach")
    assert "2件的承办单位现在认得了：duban units attach" in call("units", "load", units)
    assert "归到" in call("units", "attach", "--dry-run")
    assert "在办1件，办结1件" in call("units", "attach")
    assert "1件的承办单位现在认得了" in call("units", "alias", "市水务局（水质科）", "市水务局")
    assert "在办1件，办结0件" in call("units", "attach")
    assert "没有件在等单位" in call("units", "attach")
    again = duban(
        "units", "alias", "市水务局（水质科）", "市水务局", "--store", tmp_path / "new.db"
    )
    assert again.code == 1 and "已经指市水务局" in again.err
