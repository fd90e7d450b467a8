"""Who speaks SQL, ends a transaction, writes clocks and writes files: one room each."""

from __future__ import annotations

from tests.house import writing
from tests.house.tree import HOUSE, held


def test_seed_and_console_speak_no_sql() -> None:
    held("no SQL in seed and console", writing.sql_above(HOUSE))


def test_only_the_store_begins_and_ends_transactions() -> None:
    held("only models.store commits", writing.ends_elsewhere(HOUSE))


def test_only_clocks_write_deadline_pause_and_crossing() -> None:
    held(
        "only models.clocks writes deadline, pause and crossing",
        writing.clocks_written_elsewhere(HOUSE),
    )


def test_only_the_helper_opens_files_for_writing() -> None:
    held(
        "only models.store.files opens a file for writing: use whole_file, WholeFiles, put, papers",
        writing.files_written_elsewhere(HOUSE),
    )
