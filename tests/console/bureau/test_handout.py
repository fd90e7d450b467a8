"""单位办理表: out with a stamp, filled in by the unit, taken back row by row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from console.bureau.handout_book import handout_workbook
from models.casework.verbs import take
from models.intake.handout import Handout, make_handouts
from models.intake.results import IntakeResult
from models.intake.taking import take_in
from models.merging import merge
from models.store.errors import NotAllowed
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables.reviews import Accused
from rules.casework.halves import MOVED
from rules.casework.words import VERB_NAMES
from seed.channels.reading import Reading, read_file
from tests.conftest import NOW, Clock
from tests.console.conftest import Duban
from tests.console.sheets import opened
from tests.models.appeals import column, one
from tests.models.ranking.past import OTHER, UNIT
from tests.models.rounds import put_round

RECEIVED = NOW - timedelta(days=1)  # Thursday 15:20 in Wuhan

SIGNED = datetime(2026, 11, 20, 9, 0)

REPLY: dict[str, str | datetime] = {
    "答复意见": "=1+1 已修好",
    "答复时间": datetime(2026, 11, 20, 14, 0),
    "办理结果": "已解决",
    "填报人": "小周",
    "审签领导": "王局长",
}

Cells = Mapping[str, Mapping[str, str | datetime]]
"""What is filled in: number, header, cell."""


@pytest.fixture
def handed(store: Store) -> Store:
    for n in range(4):
        put_round(store, f"T{n}", UNIT, received_at=RECEIVED, title="=HYPERLINK(1) 停水13871234567")
    put_round(store, "THEIRS", OTHER, received_at=RECEIVED)
    put_round(store, "DONE", UNIT, received_at=RECEIVED, closed_at=NOW)
    put_round(store, "BAD", UNIT, received_at=RECEIVED, title="举报该单位")
    with store.writing() as work:
        work.insert(Accused, ticket_id=7, unit_id=UNIT, words="举报", found_at=NOW)
    return store


def _made(store: Store, path: Path, *units: int) -> Handout:
    local = store.timekeeper().local
    books: list[bytes] = []
    made = make_handouts(
        store, units or (UNIT,), lambda one: books.append(handout_workbook(one, local))
    )
    path.write_bytes(books[0])
    return made[0]


def _fill(path: Path, cells: Cells) -> None:
    """Fill cells in as the unit would."""
    book = openpyxl.load_workbook(path)
    sheet = book["办理表"]
    heads = [cell.value for cell in sheet[4]]
    for place, (number,) in enumerate(sheet.iter_rows(min_row=5, max_col=1, values_only=True), 5):
        for head, value in cells.get(str(number), {}).items():
            cell = sheet.cell(place, heads.index(head) + 1)
            assert not cell.protection.locked, head
            cell.value = value
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
    book.save(path)


def _back(store: Store, path: Path) -> IntakeResult:
    reading: Reading = read_file(path, zone=store.timekeeper().zone, now=store.now())
    assert (reading.profile, reading.unknown_columns) == ("handout", ())
    return take_in(
        store,
        reading,
        source=reading.source,
        profile=reading.profile,
        file_name=path.name,
        file_digest="d" * 64,
    )


def _counts(result: IntakeResult) -> tuple[int, int, int, int]:
    return result.read, result.updated, result.unchanged, result.rejected


def test_what_a_unit_is_given_is_its_own_masked_and_on_record(
    handed: Store, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    made = _made(handed, path)
    assert (made.number, len(made.lines), made.withheld) == (1, 4, 1)
    sheet = opened(path)["办理表"]
    assert sheet.protection.sheet
    told = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[0] for row in told] == ["T0", "T1", "T2", "T3"]
    assert all("13871234567" not in str(cell) for row in told for cell in row)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert told[0][4] == "待签收" and told[0][7] == "● 蓝"
    assert isinstance(told[0][3], datetime) and isinstance(told[0][8], datetime)
    event = one(handed, "SELECT unit_id, payload FROM event WHERE verb = 'handout.make'")
    assert event == (UNIT, '{"number":1,"tickets":4,"withheld":1}')


def test_a_filled_workbook_comes_back_and_again_changes_nothing(
    handed: Store, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    _made(handed, path)
    _fill(path, {"T0": {"签收时间": SIGNED, **REPLY}, "T1": {"签收时间": SIGNED}})
    assert _counts(_back(handed, path)) == (4, 2, 2, 0)
    reply = one(handed, "SELECT text, filled_by, approved_by FROM reply")
    assert reply == ("=1+1 已修好", "小周", "王局长")
    assert _counts(_back(handed, path)) == (4, 0, 4, 0)
    _fill(path, {"T1": REPLY})
    assert _counts(_back(handed, path)) == (4, 1, 3, 0)
    assert column(handed, "SELECT state FROM round ORDER BY id")[:3] == [
        "replied",
        "replied",
        "dispatched",
    ]
    with handed.reading() as reader:
        assert verify_trail(reader).ok


def test_what_changed_meanwhile_is_refused_row_by_row(
    handed: Store, clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    _made(handed, path)
    clock.travel(minutes=10)
    take(handed, "transfer", [1], unit_id=OTHER)
    take(handed, "reply", [2], text="电话里说修好了")
    take(handed, "send_back", [2], reason="没有说明")
    take(handed, "close", [3], outcome="已解决")
    take(handed, "urge", [4])
    take(handed, "note", [4], text="催过了")
    filled = {f"T{n}": {"签收时间": SIGNED} for n in range(4)}
    _fill(path, filled)
    result = _back(handed, path)
    assert _counts(result) == (4, 1, 0, 3)
    names = [reject.reason.split("：")[0] for reject in result.rejects]
    assert names[0].startswith("此件现由") and "不再是" in names[0]
    assert names[1] == "制表后此件已答复（11-20 15:30）"
    assert names[2] == "制表后此件已办结（11-20 15:30）"
    assert one(handed, "SELECT acknowledged_at IS NULL FROM round WHERE id = 4") in ((0,), (False,))


def test_a_row_that_is_not_as_it_was_made_is_refused(handed: Store, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    made = _made(handed, path)
    _fill(path, {"T0": {"签收时间": SIGNED}, "T1": {"签收时间": SIGNED}, "T2": REPLY})
    book = openpyxl.load_workbook(path)
    sheet = book["办理表"]
    last = sheet.max_column
    sheet.cell(5, last).value = made.lines[1].stamp
    sheet.cell(6, last).value = None
    sheet.cell(7, last - 2).value = None  # 审签领导
    book.save(path)
    reasons = [reject.reason for reject in _back(handed, path).rejects]
    assert reasons[0].startswith("核对码与工单编号不符")
    assert reasons[1].startswith("没有核对码")
    assert reasons[2] == "没有审签领导：请补上"
    assert column(handed, "SELECT count(*) FROM reply") == [0]


def test_the_end_a_unit_reports_is_an_answer_that_the_centre_judges(
    handed: Store, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    _made(handed, path)
    told = {name: value for name, value in REPLY.items() if name != "答复时间"}
    _fill(path, {"T0": {**told, "办结时间": datetime(2026, 11, 20)}})
    assert _counts(_back(handed, path)) == (4, 1, 3, 0)
    state = one(handed, "SELECT state, closed_at FROM round WHERE id = 1")
    assert state == ("replied", None)
    assert _counts(_back(handed, path)) == (4, 0, 4, 0)


def test_only_who_handles_matters_makes_workbooks(handed: Store, tmp_path: Path) -> None:
    with handed.writing() as work:
        work.conn.exec_driver_sql("DELETE FROM role WHERE role = 'supervisor'")
    with pytest.raises(NotAllowed):
        _made(handed, tmp_path / "表.xlsx")


def test_every_act_after_which_a_workbook_is_stale_is_a_verb() -> None:
    assert VERB_NAMES.keys() >= MOVED


def test_the_command_writes_one_or_all_and_takes_them_back(shell: Duban, tmp_path: Path) -> None:
    answer = shell("handout", "--all", "--out", tmp_path, "--json")
    assert answer.code == 0, answer.err
    for made in answer.value:
        assert Path(made["file"]).exists()
        back = shell("import", made["file"], "--json").value
        assert (back["read"], back["unchanged"]) == (made["tickets"], made["tickets"])
    unit, file = answer.value[0]["unit"], tmp_path / "一份.xlsx"
    assert shell("handout", "--unit", unit, "--out", file, "--json").value[0]["file"] == str(file)
    assert shell("handout", "--unit", unit, "--out", tmp_path / "一份.doc").code == 1
    assert shell("handout").code == 2


def test_what_is_merged_stands_behind_its_lead_and_is_filled_in_with_it(
    handed: Store, clock: Clock, tmp_path: Path
) -> None:
    clock.travel(minutes=1)
    merge(handed, [1, 3], lead_id=3)
    path = tmp_path / "表.xlsx"
    _made(handed, path)
    sheet = opened(path)["办理表"]
    told = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=5)}
    heads, numbers = [cell.value for cell in sheet[4]], list(told)
    at = {head: heads.index(head) for head in ("并单", "剩余", "办结到期", "答复意见")}
    assert numbers.index("T0") == numbers.index("T2") + 1
    assert [told[n][at["并单"]] or "" for n in ("T2", "T0", "T1")] == [
        "主件，并入1件",
        "并入T2",
        "",
    ]
    for head in ("剩余", "办结到期"):
        assert told["T0"][at[head]] == told["T2"][at[head]] is not None
    locked = [row[at["答复意见"]].protection.locked for row in sheet.iter_rows(min_row=5)]
    assert [number for number, lock in zip(numbers, locked, strict=True) if lock] == ["T0"]
    assert "共4件，并单后3件" in str(sheet["A2"].value)
    _fill(path, {"T2": REPLY})
    book = openpyxl.load_workbook(path)
    row = book["办理表"][5 + numbers.index("T0")]
    for head, value in {**REPLY, "答复意见": "另有说法"}.items():
        row[heads.index(head)].value = value
    book.save(path)
    result = _back(handed, path)
    assert _counts(result) == (4, 1, 2, 1)
    assert result.rejects[0].reason == "此件已并入T2，随主件一并办理：请填在T2一行，或先拆分"
    assert column(handed, "SELECT text FROM reply ORDER BY id") == [REPLY["答复意见"]] * 2
    assert _counts(_back(handed, path)) == (4, 0, 3, 1)
