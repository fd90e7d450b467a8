"""Which row speaks of which appeal."""

from datetime import UTC, datetime, timedelta, timezone

from rules.appeal import Appeal
from rules.identity import identity

NOON = datetime(2019, 3, 1, 4, tzinfo=UTC)


def test_the_number_wins_over_everything_and_over_the_source() -> None:
    appeal = Appeal("微信", "路灯不亮", number="WH20190301-00001", external_id="7")
    assert identity(appeal, "duban") == identity(appeal, "other") == "n:WH20190301-00001"


def test_the_same_external_id_means_another_appeal_in_another_source() -> None:
    appeal = Appeal("城市留言板", "路灯不亮", external_id="7")
    assert identity(appeal, "teddy") == "x:teddy/7"
    assert identity(appeal, "boston") != identity(appeal, "teddy")


def test_without_ids_the_text_and_the_instant_decide_not_the_unit_or_the_zone() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=8)))
    first = Appeal("微信", "路灯不亮", "三天了", received_at=NOON)
    again = Appeal("微信", "路灯不亮", "三天了", received_at=elsewhere, unit="城管委")
    other = Appeal("微信", "路灯不亮", "三天了", received_at=NOON + timedelta(seconds=1))
    assert identity(first, "duban") == identity(again, "duban")
    assert identity(first, "duban").startswith("d:")
    assert identity(first, "duban") != identity(other, "duban")


def test_text_does_not_run_from_one_field_into_the_next() -> None:
    left = Appeal("微信", "路灯", "不亮")
    right = Appeal("微信", "路", "灯不亮")
    assert identity(left, "duban") != identity(right, "duban")
