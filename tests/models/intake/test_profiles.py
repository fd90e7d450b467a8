"""The profiles a bureau keeps: saved, replaced and dropped, each with its event, under seal."""

from __future__ import annotations

import json

import pytest

from models.intake.profiles import drop_profile, kept_profiles, save_profile
from models.store.errors import NotAllowed
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import Refused
from rules.intake import ProfileError
from tests.conftest import NOW
from tests.models.appeals import column
from tests.models.review.test_verdicts import as_another

TEXT = 'name = "洪山"\nlabel = "洪山台账"\n[columns]\n"事项" = "标题"\n"来电" = "受理时间"\n'


def _holds(store: Store) -> None:
    with store.reading() as reader:
        assert verify_trail(reader).ok


def test_a_profile_is_kept_with_its_event_and_its_seal(store: Store) -> None:
    save_profile(store, TEXT)
    with store.reading() as reader:
        (kept,) = kept_profiles(reader)
    assert (kept.name, kept.label, kept.text, kept.saved_at) == ("洪山", "洪山台账", TEXT, NOW)
    (told,) = column(store, "SELECT payload FROM event WHERE verb = 'profile.save'")
    assert json.loads(told).keys() == {"name", "label", "sha256"}
    _holds(store)


def test_another_of_the_name_replaces_it_only_where_that_is_meant(store: Store) -> None:
    save_profile(store, TEXT)
    mended = TEXT.replace("洪山台账", "洪山区台账")
    with pytest.raises(Refused, match="已有来源格式 洪山（洪山台账）"):
        save_profile(store, mended)
    with pytest.raises(Refused, match="相同"):
        save_profile(store, TEXT, replace=True)
    save_profile(store, mended, replace=True)
    assert column(store, "SELECT label FROM import_profile") == ["洪山区台账"]
    _holds(store)


def test_one_that_reads_nothing_is_not_kept(store: Store) -> None:
    with pytest.raises(ProfileError, match="最接近的是 标题"):
        save_profile(store, TEXT.replace("标题", "标提"))
    assert column(store, "SELECT name FROM import_profile") == []


def test_a_dropped_profile_is_gone_and_the_trail_says_so(store: Store) -> None:
    save_profile(store, TEXT)
    drop_profile(store, "洪山")
    assert column(store, "SELECT name FROM import_profile") == []
    assert column(store, "SELECT verb FROM event WHERE verb LIKE 'profile.%' ORDER BY seq") == [
        "profile.save",
        "profile.drop",
    ]
    _holds(store)
    with pytest.raises(Refused, match="没有存下的来源格式 洪山"):
        drop_profile(store, "洪山")


def test_who_may_not_import_keeps_none(store: Store) -> None:
    as_another(store, "viewer", "auditor")
    with pytest.raises(NotAllowed, match="要有督办或管理"):
        save_profile(store, TEXT)
