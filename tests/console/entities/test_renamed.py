"""Firms renamed twice are found by the import of every day and one look, in a small city."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from console.frame import system_user
from models import intake
from models.store.opening import open_store
from seed.demo.city import City
from seed.reference.catalogue import first_content, reference
from tests.conftest import NOW, Clock
from tests.console.conftest import Duban
from tests.models.entities.renames import write_files

SIZE = 300
"""Appeals of the city; ``tests.bench.renamed`` has 20,000."""


def test_two_firms_renamed_twice_are_found_with_the_day_it_could_be_known(
    duban: Duban, tmp_path: Path
) -> None:
    path = tmp_path / "renamed.db"
    store = open_store(str(path), now=Clock(), first=first_content, login=system_user())
    intake.take_in(
        store,
        City(1, SIZE, NOW, store.timekeeper(), reference()),
        source="演示城市",
        profile=intake.STRICT,
        file_name="city",
        file_digest="city",
    )
    store.close()
    at = ("--store", path, "--now", "2026-11-20T15:20")
    for file, options in write_files(tmp_path).items():
        assert duban("import", file, *options, *at, "--json").value["new"] == 10
    found = duban("entity", "suggest", *at, "--json").value
    changed = {(one["earlier"], one["later"]): one for one in found}
    assert set(changed) >= {
        ("青禾公寓", "武汉云栖住房租赁有限公司"),
        ("武汉云栖住房租赁有限公司", "锦程长租"),
        ("优学堂培训学校", "启明星教育咨询有限公司"),
        ("启明星教育咨询有限公司", "武汉卓然培训中心"),
    }
    first, last = found_on(changed, "云栖"), found_on(changed, "卓然")
    assert "2026-07-13" < first < "2026-09-11" and "2026-09-21" < last <= "2026-11-10"
    shown = duban("entity", "suggest", "--state", "待确认", *at).out
    assert f"最早可知 {first}" in shown and "天没有诉求" in shown and "027****0001" in shown
    id = next(str(one["id"]) for one in found if "云栖" in one["later"])
    firm = duban("entity", "confirm", id, "--reason", "变更登记", *at, "--json").value
    assert firm[0]["names"] == ["武汉云栖住房租赁有限公司"]
    fined = ("--number", "武房罚字〔2026〕12号", "--organ", "市住更局", "--date", "2026-06-01")
    assert duban("entity", "decision", "青禾公寓", *fined, *at).code == 0
    whole = duban("entity", "show", "云栖长租", *at).out
    assert "武房罚字〔2026〕12号" in whole and "变更登记" not in whole.split("处理决定")[1]
    assert duban("entity", "refuse", id, *at).code == 1
    apart = duban("entity", "separate", "青禾公寓", "云栖长租", "--reason", "查明为两家", *at)
    assert apart.code == 0 and "云栖" in apart.out
    person = duban("entity", "name", "房东张先生", *at)
    assert person.code == 1 and "不登记个人" in person.err
    assert duban("entity", "decision", "青禾公寓", *at).code == 2


def found_on(changed: Mapping[tuple[str, str], Mapping[str, str]], later: str) -> str:
    """Return the first day on which the change to a name could be known."""
    return next(one["known_on"] for (_, new), one in changed.items() if later in new)
