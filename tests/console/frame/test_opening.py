"""Whose act it is, and what of a store's address may be seen."""

from __future__ import annotations

import os
import pwd

import pytest

from console.frame.opening import system_user
from console.frame.settings import shown_target


def test_who_acts_is_the_uid_and_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "wang")
    assert system_user() == pwd.getpwuid(os.getuid()).pw_name


def test_a_uid_without_a_name_is_called_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getuid", lambda: 54_321)
    assert system_user() == "uid54321"


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/home/zhang/duban.db", "/home/zhang/duban.db"),
        ("postgresql://zhang@db/duban", "postgresql://zhang@db/duban"),
        ("postgresql+psycopg://zhang:s3@db:5/duban", "postgresql+psycopg://zhang:***@db:5/duban"),
        ("postgresql://zhang:s3@/?s3@db/duban", "postgresql://zhang:***@db/duban"),
        ("postgresql://db/d?user=z&password=s3", "postgresql://db/d?user=z&password=***"),
        ("postgresql://db/d?%70assword=s3&host=/tmp", "postgresql://db/d?%70assword=***&host=/tmp"),
    ],
)
def test_an_address_is_shown_without_its_password(target: str, shown: str) -> None:
    assert shown_target(target) == shown
