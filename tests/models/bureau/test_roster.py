"""单位名录: a new list adds, changes and ends units by code, and deletes none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from models.bureau.roster import UnitRevision, load_units, rehearse_units, unit_records
from models.bureau.units import UnitDirectory, UnitRecord
from models.store.errors import NotAllowed
from models.store.store import Store
from models.store.trail import canonical
from models.store.verifying import verify_trail
from rules.errors import PolicyError, Refused
from seed.reference.catalogue import read_units, units_text
from tests.models.appeals import appeal, taken

NEW = UnitRecord("E99", "武汉市低空经济办公室", "市低空办", "市直部门", ("低空办", "低空经济办"))


def units(store: Store) -> tuple[UnitRecord, ...]:
    with store.reading() as reader:
        return unit_records(reader)


def unit(store: Store, short_name: str) -> UnitRecord:
    return next(u for u in units(store) if u.short_name == short_name)


def load(store: Store, *wanted: UnitRecord) -> UnitRevision:
    return load_units(store, wanted, "机构改革")


def last_events(store: Store, n: int) -> list[tuple[str, str, str]]:
    with store.reading() as reader:
        assert verify_trail(reader).ok
        rows: Sequence[tuple[str, str, str]] = reader.rows(
            "SELECT verb, reason, payload FROM event ORDER BY seq DESC LIMIT :n", n=n
        )
    return [*rows]


def test_the_units_written_out_read_back_as_they_were(store: Store) -> None:
    before = units(store)
    again = read_units(units_text(before))
    assert again == before
    assert rehearse_units(store, again) == UnitRevision((), (), len(before), ())


def test_a_unit_list_runs_in_no_spreadsheet_and_reads_back_as_it_was() -> None:
    text = "code,name,short_name,group,phone\nA1,=1+1,甲\x1b[2J\u202e,市直部门,-13@2\n"
    first = read_units(text)
    assert (first[0].name, first[0].short_name) == ("=1+1", "甲")
    out = units_text(first)
    assert "'=1+1" in out and "'-13@2" in out
    assert read_units(out) == first


def test_a_new_unit_answers_to_every_word_of_its_own(store: Store) -> None:
    told = load(store, NEW)
    assert [c.kind for c in told.changes] == ["new"]
    assert len(told.absent) == len(units(store)) - 1  # left alone, not ended
    with store.reading() as reader:
        book = UnitDirectory(reader)
        found = {book.find(w, date(2026, 11, 20)) for w in ("E99", "市低空办", "低空经济办")}
    assert len(found) == 1 and None not in found
    assert unit(store, "市低空办") == NEW


def test_a_change_is_told_column_by_column_but_never_whose_telephone(store: Store) -> None:
    hongshan = unit(store, "洪山区")
    told = load(store, replace(hongshan, name="洪山区政府办", phone="87654321"))
    ((kind, _, _, columns, _),) = [
        (c.kind, c.code, c.unit, c.columns, c.open) for c in told.changes
    ]
    assert kind == "changed"
    assert {name for name, _, _ in columns} == {"name", "phone"}
    ((verb, reason, payload),) = last_events(store, 1)
    assert (verb, reason) == ("unit.changed", "机构改革")
    assert payload == canonical(
        {
            "unit": "洪山区",
            "contacts": ["phone"],
            "columns": {"name": [hongshan.name, "洪山区政府办"]},
        }
    )


def test_a_unit_ends_on_a_day_and_its_successor_takes_what_comes_after(store: Store) -> None:
    taken(store, appeal(unit="市水务局"))
    water = unit(store, "市水务局")
    told = load(store, replace(water, valid_to=date(2026, 12, 31), successor="E99"), NEW)
    ended = next(c for c in told.changes if c.kind == "ended")
    assert (ended.unit, ended.open) == ("市水务局", 1)
    with store.reading() as reader:
        book = UnitDirectory(reader)
        on_the_last_day = book.find("市水务局", date(2026, 12, 31))
        assert on_the_last_day is not None and book.names[on_the_last_day] == "市水务局"
        after = book.find("市水务局", date(2027, 1, 1))
        assert after is not None and book.names[after] == "市低空办"


def test_an_alias_passes_from_one_unit_to_another(store: Store) -> None:
    load(store, NEW)
    heir = replace(unit(store, "市水务局"), aliases=("低空经济办",))
    load(store, heir, replace(NEW, aliases=("低空办",)))
    with store.reading() as reader:
        book, today = UnitDirectory(reader), date(2026, 11, 20)
        assert book.find("低空经济办", today) == book.find("市水务局", today)


def test_a_group_nobody_knew_is_added_after_the_others(store: Store) -> None:
    told = load(store, replace(NEW, group="直属院校"))
    assert told.groups == ("直属院校",)
    with store.reading() as reader:
        names = reader.rows("SELECT name FROM unit_group ORDER BY position")
    assert [name for (name,) in names][-1] == "直属院校"


def test_a_rehearsal_writes_nothing(store: Store) -> None:
    before = units(store)
    assert rehearse_units(store, [NEW]).changes
    assert units(store) == before


def test_a_list_that_changes_nothing_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="无须装入"):
        load(store, *units(store))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"short_name": "洪山区"}, "同指"),
        ({"successor": "Z77"}, "不在名录内"),
        ({"successor": "E99"}, "绕回"),
        ({"is_centre": True, "group": None}, "一个中心"),
        ({"valid_from": date(2027, 1, 1), "valid_to": date(2026, 1, 1)}, "早于启用"),
    ],
)
def test_a_list_that_contradicts_itself_or_the_store_is_refused_whole(
    sqlite_store: Store, changes: dict[str, object], why: str
) -> None:
    before = units(sqlite_store)
    with pytest.raises(Refused, match=why):
        load(sqlite_store, replace(NEW, **changes))  # type: ignore[arg-type]  # table of cases
    assert units(sqlite_store) == before


def test_only_an_administrator_loads(sqlite_store: Store) -> None:
    from models.bureau import operators

    operators.add_operator(sqlite_store, "liu", roles=["supervisor"])
    sqlite_store.login = "liu"
    with pytest.raises(NotAllowed):
        load(sqlite_store, NEW)


def test_a_routing_rule_must_not_lose_its_unit(sqlite_store: Store) -> None:
    from models.clocks import policies

    load(sqlite_store, NEW)
    rules = sqlite_store.policy
    assert rules.bureau.name
    with sqlite_store.reading() as reader:
        text = str(reader.value("SELECT text FROM policy"))
    policies.load_policy(sqlite_store, text + ROUTED, "试")
    with pytest.raises(PolicyError, match="低空经济办"):
        load(sqlite_store, replace(NEW, aliases=()))


ROUTED = '\n[[routing]]\nname = "无人机"\nkeywords = ["无人机"]\nunit = "低空经济办"\n'
