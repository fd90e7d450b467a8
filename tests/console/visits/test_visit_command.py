"""``duban visit`` and ``duban rota``: files in and out, refusals in one line."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from console.frame import system_user
from models.store.opening import open_store
from seed.reference.catalogue import first_content
from tests.console.conftest import Duban, system_now
from tests.models.visits.communities import HUQUAN, settle_communities


@pytest.fixture
def city(shell: Duban, tmp_path: Path) -> Duban:
    """Return a call of ``duban`` on a store with communities."""
    path = str(tmp_path / "town.db")
    with closing(
        open_store(path, now=system_now, first=first_content, login=system_user())
    ) as store:
        settle_communities(store)
    return shell


def test_visits_come_in_by_file_and_bad_lines_go_back(city: Duban, tmp_path: Path) -> None:
    file = tmp_path / "走访.csv"
    assert city("visit", "template", "--out", str(file)).code == 0
    head = file.read_text(encoding="utf-8-sig").strip()
    rows = [
        "Z1,虎泉社区,市水务局,李明,2026-11-19 09:30,,普法,,楼道灯坏,求助,赵铁柱,13871234567,,,",
        "Z2,百步亭,市水务局,李明,2026-11-19 09:30,,,,,,,,,,",
        "Z3,虎泉社区,市水务局,李明,昨儿,,,,,,,,,,",
        "Z4,虎泉社区,市水务局,李明,2026-11-19,,,,,,,,,,",
    ]
    file.write_text("\n".join([head, *rows]), encoding="utf-8-sig")
    told = city("visit", "load", str(file), "--json").value
    assert (told["visits"], told["appeals"], [one["line"] for one in told["refused"]]) == (
        1,
        1,
        [3, 4, 5],
    )
    mended = Path(told["rejects"])
    text = mended.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == f"{head},退回原因"
    mended.write_text(text.replace("百步亭", HUQUAN), encoding="utf-8-sig")
    again = city("visit", "load", str(mended), "--json").value
    assert (again["visits"], len(again["refused"])) == (1, 2)
    month = city("visit", "calendar", "虎泉社区", "--month", "2026-11")
    assert "19多" in month.out
    (one,) = [
        o for o in city("visit", "list", "--month", "2026-11", "--json").value if o["appeals"]
    ]
    assert (one["state"], one["services"], one["code"]) == ("已走访", ["普法"], HUQUAN)
    gone = city("visit", "show", "99")
    assert gone.code != 0 and gone.err.count("\n") == 1


def test_a_span_that_cannot_be_is_refused_in_one_line(city: Duban) -> None:
    unit = ("rota", "duty", "--unit", "洪山区", "--person", "张敏", "--from", "2027-01-05")
    late = city(*unit, "--to", "2027-01-04")
    assert late.code != 0 and late.err.count("\n") == 1 and "结束要晚于开始" in late.err
    both = city(*unit, "--leader", "陈思远", "--to", "2027-01-06")
    assert both.code != 0 and "其中一个" in both.err
    made = city(*unit, "--to", "2027-01-05", "--json")
    assert made.value[0]["to_at"].startswith("2027-01-06T00:00"), made.err
