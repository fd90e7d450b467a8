"""Which row speaks of which appeal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from rules.casework.appeal import Appeal
from rules.intake import identity_of

NOON = datetime(2019, 3, 1, 4, tzinfo=UTC)


def test_the_number_wins_over_everything_and_over_the_source() -> None:
    appeal = Appeal("微信", "路灯不亮", number="WH20190301-00001", external_id="7")
    assert identity_of(appeal, "duban") == identity_of(appeal, "other") == "n:WH20190301-00001"


def test_the_same_external_id_means_another_appeal_in_another_source() -> None:
    appeal = Appeal("城市留言板", "路灯不亮", external_id="7")
    assert identity_of(appeal, "teddy") == "x:teddy/7"
    assert identity_of(appeal, "boston") != identity_of(appeal, "teddy")


def test_without_ids_the_text_and_the_instant_decide_not_the_unit_or_the_zone() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=8)))
    first = Appeal("微信", "路灯不亮", "三天了", received_at=NOON)
    again = Appeal("微信", "路灯不亮", "三天了", received_at=elsewhere, unit="城管委")
    other = Appeal("微信", "路灯不亮", "三天了", received_at=NOON + timedelta(seconds=1))
    assert identity_of(first, "duban") == identity_of(again, "duban")
    assert identity_of(first, "duban").startswith("d:")
    assert identity_of(first, "duban") != identity_of(other, "duban")


def test_text_does_not_run_from_one_field_into_the_next() -> None:
    left = Appeal("微信", "路灯", "不亮")
    right = Appeal("微信", "路", "灯不亮")
    assert identity_of(left, "duban") != identity_of(right, "duban")
