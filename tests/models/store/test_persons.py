"""No register of persons: no table can hold a list of citizens, whatever it were filled with.

A citizen stands on the one row of ``person`` that belongs to an appeal, and nowhere else. Other
columns that name somebody name whoever answers for something: an official, an operator, a unit.
"""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Column
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from models import tables
from models.store.store import Store
from models.tables import Person

CITIZENS = {"reporter", "phone", "address", "reporter_key", "salt"}

NAMING = re.compile(
    r"person|people|reporter|phone|mobile|address|officer|leader|liaison|cadre|handler|signer"
    r"|resident|citizen|head\b|chair|voter|receiver|holder|member|family|household|owner\b|host\b"
)
"""What a column is called that may say who somebody is."""

IN_OFFICE = {
    *("campaign.leader", "campaign_session.leader", "instruction.leader", "extension.leader"),
    *("report_answer.leader", "act_first.leader", "suspended_account.leader", "pledge.leader"),
    *("suspended_account.head", "pledge_extension.leader", "reception.leader", "council.chair"),
    *("duty.leader", "duty.person", "duty.phone", "council_unit.person", "dispute_opinion.person"),
    *("grid.officer", "grid_past.officer", "police_group.officer", "police_group.leader"),
    *("police_group.phone", "unit.liaison", "unit.phone", "unit.leader", "visit.cadres"),
    *("round.first_handler", "letter.signer", "supervision_order.signer", "pledge.person"),
    *("meeting.leader_in_charge", "lease.holder", "review_lease.holder"),
}
"""Columns that name who answers for something; a phone is an office's."""

COUNTED = {"grid.households", "grid_past.households", "meeting.people", "problem.reporters"}
"""Columns that say how many, never who."""

KEYED = {"opinion.voter"}
"""A digest that lets nobody vote twice; no name leads to it or back."""

NEVER = re.compile(
    r"id_?card|identity|birth|gender|\bsex\b|\bage\b|nation|ethnic|religion|health|illness|disab"
    r"|crime|convict|drug|petitioner|parole|risk|danger|score|watch|patrol|visited"
    r"|portrait"
)
"""What a register of persons would be made of."""


def columns() -> list[Column]:  # type: ignore[type-arg]  # of every kind
    """Return every column of every table."""
    for name in tables.__all__ if hasattr(tables, "__all__") else dir(tables):
        getattr(tables, name)
    return [column for table in SQLModel.metadata.sorted_tables for column in table.columns]


def test_a_citizen_stands_on_an_appeal_alone() -> None:
    named = {str(column) for column in columns() if NAMING.search(column.name)}
    citizens = {f"person.{name}" for name in CITIZENS}
    assert named <= citizens | IN_OFFICE | COUNTED | KEYED
    assert named >= IN_OFFICE | COUNTED | KEYED  # what is gone is no excuse for what comes
    own = SQLModel.metadata.tables["person"].columns["ticket_id"]
    assert not own.nullable and {key.target_fullname for key in own.foreign_keys} == {"ticket.id"}


def test_no_column_says_what_a_register_of_persons_would() -> None:
    assert [str(column) for column in columns() if NEVER.search(column.name)] == []


def test_no_table_lists_persons_beside_the_appeals() -> None:
    words = ("person", "resident", "citizen", "people", "patrol", "watch", "key_person", "subject")
    found = [name for name in SQLModel.metadata.tables if any(word in name for word in words)]
    assert found == ["person"]


def test_a_citizen_without_an_appeal_cannot_be_kept(store: Store) -> None:
    with pytest.raises((IntegrityError, KeyError)), store.writing() as work:
        work.insert(Person, version=1, ticket_id=987654, reporter="赵铁柱", phone="13871234567")
