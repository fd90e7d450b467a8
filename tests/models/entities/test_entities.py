"""Firms under several names: suggested, decided on, dated, parted, and flagged by a document."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from models import entities, orders, ranking
from models.casework import redo, undo
from models.ranking.editions import period_of
from models.store.store import Store
from models.store.verifying import verify_store
from models.tables import LinkKey
from rules.errors import Refused
from tests.conftest import NOW
from tests.models.appeals import column, one
from tests.models.cells import rows_of
from tests.models.entities.firms import complain, renamed

FINED = {"kind": "处罚决定", "number": "武房罚字〔2026〕12号", "organ": "市住房和城市更新局"}
DAY = date(2026, 6, 1)

_NEWEST = "SELECT payload FROM event WHERE verb = 'entity.name' ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True)
class Raised:
    """A flag as it stands."""

    id: int
    provisional: bool
    lines: list[str]
    tickets: list[int]


def flags(store: Store) -> list[Raised]:
    with store.reading() as reader:
        rows = rows_of(
            reader,
            "SELECT id, provisional, evidence FROM flag"
            " WHERE rule = 'entity' AND withdrawn_at IS NULL ORDER BY id",
        )
    told = [(id, unsure, json.loads(text)) for id, unsure, text in rows]
    return [Raised(id, bool(unsure), one["lines"], one["tickets"]) for id, unsure, one in told]


def listed(store: Store) -> list[entities.EntityView]:
    with store.reading() as reader:
        return entities.known_entities(reader)


def test_appeals_are_heard_once_and_what_is_kept_back_never(store: Store) -> None:
    complain(store, "青禾公寓", range(3))
    complain(store, "云栖公寓", range(3), nature="举报")
    complain(store, "松涛公寓", range(3), confidential=True)
    complain(store, "房东李某", range(3), content="青禾物业有限公司的王经理和房东张先生推诿")
    assert entities.hear(store) == 12 and entities.hear(store) == 0
    assert sorted(column(store, "SELECT core FROM firm_name")) == ["青禾公寓", "青禾物业"]
    complain(store, "青禾公寓管理有限公司", range(5, 7))
    assert entities.hear(store) == 2
    many = "SELECT count(*) FROM firm_appeal a JOIN firm_name f ON f.id = a.firm_id"
    assert one(store, f"{many} WHERE f.core = '青禾公寓'") == (5,)


def test_a_change_of_name_is_suggested_with_reasons_and_the_first_day(store: Store) -> None:
    found = renamed(store)
    assert (found.old_name, found.new_name, found.state) == ("青禾公寓", "云栖长租", "open")
    assert found.reasons[0].kind == "phone"
    assert {"quiet", "places", "theme"} < {reason.kind for reason in found.reasons}
    assert "027****1234" in found.words[0] and found.strong
    first = NOW.date() - timedelta(days=115)
    assert first <= found.known_on <= first + timedelta(days=40)
    again = entities.suggest(store)
    assert (again.read, again.new, again.lapsed) == (0, (), 0)


def test_confirmed_two_names_are_one_firm_s_and_parted_they_stay_apart(store: Store) -> None:
    found = renamed(store)
    firm = entities.confirm_alias(store, found.id, reason="同一负责单位来函", seen=found.version)
    assert [name.written for name in firm.current] == ["青禾公寓", "云栖长租"]
    with pytest.raises(Refused, match="已确认"):
        entities.refuse_alias(store, found.id)
    alone = entities.separate_name(store, firm.id, "云栖长租", reason="查明为两家")
    assert alone.name == "云栖长租" and alone.id != firm.id
    [first, second] = listed(store)
    assert first.cores == ("青禾公寓",) and second.cores == ("云栖租赁",)
    assert [name.left_reason for name in first.names] == [None, "查明为两家"]
    assert entities.suggest(store).new == ()
    assert one(store, "SELECT state, decided_reason FROM alias_suggestion") == (
        "refused",
        "查明为两家",
    )
    joined = entities.join_entities(store, first.id, second.id, reason="登记机关确认更名")
    assert joined.cores == ("青禾公寓", "云栖租赁") and len(listed(store)) == 1
    assert verify_store(store).ok


def test_what_was_decided_of_names_is_taken_back_whole(store: Store) -> None:
    found = renamed(store)
    entities.add_decision(store, "青禾公寓", day=DAY, **FINED)
    before = flags(store), listed(store)
    entities.confirm_alias(store, found.id)
    assert flags(store) != before[0]
    assert undo(store).verb == "alias.confirm"
    assert (flags(store), [firm.cores for firm in listed(store)]) == (
        before[0],
        [firm.cores for firm in before[1]],
    )
    assert one(store, "SELECT state, decided_by FROM alias_suggestion") == ("open", None)
    redo(store)
    [firm] = listed(store)
    assert len(firm.current) == 2 and not flags(store)[0].provisional
    undo(store)
    assert entities.confirm_alias(store, found.id).cores == firm.cores
    assert verify_store(store).ok


def test_a_refusal_stays_whatever_is_heard_later(store: Store) -> None:
    found = renamed(store)
    refused = entities.refuse_alias(store, found.id, reason="只是同在一处")
    assert (refused.label, refused.decided_reason) == ("已否认", "只是同在一处")
    complain(store, "云栖长租", range(10, 2, -2))
    assert entities.suggest(store).new == ()
    assert one(store, "SELECT state FROM alias_suggestion") == ("refused",)
    firm = entities.confirm_alias(store, found.id, reason="补来函件")
    assert len(firm.current) == 2  # only a person takes a refusal back


def test_what_no_longer_holds_lapses_and_what_was_not_seen_is_refused(store: Store) -> None:
    found = renamed(store)
    with pytest.raises(Refused, match="刷新"):
        entities.confirm_alias(store, found.id, seen=found.version + 1)
    with store.writing() as work:
        work.change_where(LinkKey, "appeals = 1", "kind IN ('phone', 'estate')")
    assert entities.suggest(store).lapsed == 1
    assert one(store, "SELECT state FROM alias_suggestion") == ("lapsed",)


def test_a_flag_needs_a_document_and_follows_what_is_decided(store: Store) -> None:
    found = renamed(store)
    assert flags(store) == []
    entities.add_decision(store, "青禾公寓", day=DAY, **FINED)
    [likely] = flags(store)
    assert likely.provisional and "待确认" in likely.lines[1]
    assert "武房罚字〔2026〕12号" in likely.lines[0]
    with pytest.raises(Refused, match="待确认"):
        orders.draft_flag(store, likely.id)
    entities.confirm_alias(store, found.id)
    [sure] = flags(store)
    assert not sure.provisional and sure.id == likely.id
    assert len(sure.tickets) == 8 and "承办8件" in sure.lines[1]
    told = ranking.flags_of(store, period_of(store, "2026-10"))
    [shown] = [flag for flag in told if flag.rule == ranking.REAPPEARED]
    assert shown.evidence == tuple(sure.lines) and shown.rests_on[1] == tuple(sure.tickets)
    [order] = orders.draft_flag(store, sure.id).orders
    assert order.flag_id == sure.id and "突出诉求" not in order.title + order.cause
    [firm] = listed(store)
    entities.separate_name(store, firm.id, "云栖长租", reason="查明为两家")
    assert flags(store) == []
    reason = one(store, "SELECT withdrawn_reason FROM flag WHERE rule = 'entity'")[0]
    assert "已与“青禾公寓”分开：查明为两家" in reason
    assert verify_store(store).ok


def test_a_refused_alias_and_a_revoked_decision_take_the_flag_back(store: Store) -> None:
    found = renamed(store)
    told = entities.add_decision(store, "青禾公寓", day=DAY, **FINED)
    entities.refuse_alias(store, found.id)
    reason = "SELECT withdrawn_reason FROM flag WHERE rule = 'entity'"
    assert flags(store) == [] and "别名已否认" in one(store, reason)[0]
    entities.confirm_alias(store, found.id)
    assert len(flags(store)) == 1
    entities.revoke_decision(store, told.id, reason="复议撤销")
    assert flags(store) == [] and "已撤回：复议撤销" in one(store, reason)[0]


def test_reports_and_secret_appeals_are_in_no_flag(store: Store) -> None:
    found = renamed(store)
    complain(store, "云栖长租", [5], nature="举报")
    complain(store, "云栖长租", [4], confidential=True, content="另一件")
    entities.suggest(store)
    entities.confirm_alias(store, found.id)
    entities.add_decision(store, "青禾公寓", day=DAY, **FINED)
    [flag] = flags(store)
    kept_back = column(store, "SELECT id FROM ticket WHERE nature = '举报' OR confidential")
    assert len(kept_back) == 2 and not set(kept_back) & set(flag.tickets)
    with store.reading() as reader:
        named = entities.appeals_named(reader, ["云栖租赁"])
        courses = entities.courses_of(reader, store, ["青禾公寓", "云栖租赁"])
    assert not set(kept_back) & set(named)
    assert [(c.written, c.appeals, sum(c.counts)) for c in courses] == [
        ("青禾公寓", 10, 10),
        ("云栖长租", 8, 8),
    ]
    assert len(courses[0].counts) == len(courses[1].counts) <= 30


def test_a_person_becomes_no_entity(store: Store) -> None:
    for person in ("张先生", "房东李某", "王强（个体工商户）", "青禾公司王经理"):
        with pytest.raises(Refused, match="不登记个人"):
            entities.name_entity(store, None, person)
        with pytest.raises(Refused, match="不登记个人"):
            entities.add_decision(store, person, day=DAY, **FINED)


def test_a_firm_is_renamed_with_dates(store: Store) -> None:
    firm = entities.name_entity(store, None, "武汉青禾公寓管理有限公司", source="营业执照")
    day = date(2026, 5, 1)
    firm = entities.name_entity(
        store,
        firm.id,
        "武汉云栖住房租赁有限公司",
        since=day,
        replaces="青禾公寓",
        source="变更登记",
    )
    assert firm.name == "武汉云栖住房租赁有限公司"
    assert [(name.until, name.since) for name in firm.current] == [
        (date(2026, 4, 30), None),
        (None, day),
    ]
    with store.reading() as reader:
        assert entities.entity_named(reader, "云栖长租").id == firm.id
        with pytest.raises(Refused, match="没有登记"):
            entities.entity_named(reader, "松涛公寓")
    other = entities.name_entity(store, None, "松涛公寓")
    with pytest.raises(Refused, match="join"):
        entities.name_entity(store, firm.id, "松涛公寓有限公司")
    with pytest.raises(Refused, match="--since"):
        entities.name_entity(store, other.id, "柏林公寓", replaces="松涛公寓")
    told = json.loads(one(store, _NEWEST)[0])
    assert told["source"] == "变更登记" and told["since"] == "2026-05-01"


def test_a_decision_is_named_in_full(store: Store) -> None:
    for wrong, told in (
        ({"kind": "警告"}, "处罚决定、立案回执"),
        ({"number": " "}, "文号"),
        ({"organ": ""}, "机关"),
    ):
        with pytest.raises(Refused, match=told):
            entities.add_decision(store, "青禾公寓", day=DAY, **{**FINED, **wrong})
    with pytest.raises(Refused, match="还没到"):
        entities.add_decision(store, "青禾公寓", day=date(2027, 1, 1), **FINED)
