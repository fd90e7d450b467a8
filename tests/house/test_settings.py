"""Nothing accepted and dead: what the policy takes, some code reads."""

from __future__ import annotations

from tests.house.settings import Setting, settings, unread
from tests.house.tree import HOUSE, held


def test_every_setting_of_the_policy_is_read() -> None:
    held("a setting does what the policy file says of it", unread(HOUSE, list(settings())))


def test_a_setting_that_is_only_checked_would_be_found() -> None:
    named = Setting("PrivacyPolicy", "privacy", "nobody_reads_this")
    other = Setting("NoSuchSection", "no_such_key", "mask")
    assert unread(HOUSE, [named, other]) == [named.place, other.place]


def test_the_settings_that_once_were_dead_are_among_those_looked_for() -> None:
    found = {one.place for one in settings()}
    assert {"[privacy] mask", "[privacy] keep_personal", "[orders] undelivered"} <= found
    assert "[papers] seal" in found and len(found) > 50
