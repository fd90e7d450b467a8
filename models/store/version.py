"""The versions of a store this program knows."""

from __future__ import annotations

from models.store.errors import StoreError

APPLICATION_ID = 0x4455424E  # "DUBN" in the header of our SQLite files

SCHEMA = "0017"  # the newest version this program knows; a test holds it to the migrations


def refuse_newer(found: str) -> None:
    """Refuse a store of a version that only a newer program knows."""
    if found > SCHEMA:
        raise StoreError(
            f"这个库是更新版本的督办台建的（{found}，本程序认得 {SCHEMA}）：请升级督办台后再打开"
        )
