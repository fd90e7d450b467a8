"""每日快报: one day as of its end, and nothing of what came later or is kept back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from console.reports.daily_paper import daily_markdown, parts
from models import casework, reports
from models.reports import About, Daily
from models.store.store import Store
from models.tables import Ticket
from rules.errors import Refused
from tests.conftest import NOW, Clock
from tests.models.appeals import taken
from tests.models.insight.bursts import burst, usual
from tests.models.presses import Plain
from tests.models.reports.crowd import crowd
from tests.models.rounds import put_round

YESTERDAY = date(2026, 11, 19)


def text_of(daily: Daily) -> str:
    return daily_markdown(daily).decode()


def test_yesterday_is_counted_as_of_its_end(store: Store) -> None:
    for n, hours in enumerate((20, 30, 40, 2)):  # two yesterday, one the day before, one today
        put_round(store, f"T{n}", 5, received_at=NOW - timedelta(hours=hours))
    found = reports.daily_of(store)
    assert (found.day, found.flow.received, found.before.received) == (YESTERDAY, 2, 1)
    assert (found.hand.all, found.partly) == (3, False)
    assert "受理2件（前一日1件，增长100.0%）" in text_of(found)
    today = reports.daily_of(store, date(2026, 11, 20))
    assert (today.flow.received, today.partly) == (1, True)
    assert "当日情况（未满一日）" in text_of(today)
    with pytest.raises(Refused, match="还没有开始"):
        reports.daily_of(store, date(2026, 11, 21))


def test_what_is_new_or_rises_stands_there_once_it_is_found(store: Store) -> None:
    taken(store, *usual(), *burst())
    assert reports.daily_of(store, date(2026, 11, 8)).risen == ()
    found = reports.daily_of(store, date(2026, 11, 11))
    assert [(one.known_on, one.signs[:2]) for one in found.risen] == [
        (date(2026, 11, 9), ("新", "升"))
    ]
    assert "徐家棚街道" in text_of(found)


def test_instructions_and_what_leaders_said_of_reports_are_told_without_secrets(
    store: Store, clock: Clock
) -> None:
    tickets = crowd(store, 3)
    with store.writing() as work:
        work.update(Ticket, tickets[0], 2, confidential=True, title="某人的秘密")
    casework.take(store, "instruct", tickets[:1], leader="李强", text="尽快", limit_text="1h")
    said: dict[str, Any] = {"causes": "管网老化。", "proposals": "请牵头更换。"}
    about = About(ticket_ids=tuple(tickets[1:]))
    report = reports.draft_report(store, about, recipient="市领导", **said)
    reports.sign_reports(store, [report.letter.id], signer="张明", basis="paper", press=Plain())
    reports.answer_report(store, report.id, leader="周正", text="请解决", limit_text="1h")
    clock.travel(days=1)
    told = text_of(reports.daily_of(store))
    assert "某人" not in told and "李强对T0“保密件”的批示" in told
    assert "周正对武网民〔2026〕1号" in told
    assert len(dict(parts(reports.daily_of(store)))["四、到期批示"]) == 2
    reports.carry_out_report(store, report.id, words="已更换")
    assert "周正对武网民" not in text_of(reports.daily_of(store))
