"""Plans and workbooks taken in from the screens, and what is said of what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from console.frame import Session
from models import receptions
from models.problems import link_or_leave
from rules.casework import Reject
from rules.receptions import PARTY_COLUMNS, PLAN_COLUMNS
from seed.channels import read_parties, read_plan
from seed.sheets import Column, write_rows


def plan_by_file(path: str, session: Session) -> str:
    """Take a plan in; return in a line what became of it."""
    file, store = Path(path), session.store
    done = receptions.plan(store, read_plan(file, store.timekeeper().zone, session.now()))
    back = write_refused(done.refused, PLAN_COLUMNS, beside(file))
    told = f"排好：新增{done.new}个接访点，改{done.changed}个，没有变化{done.unchanged}个"
    return f"{told}{back or ' · u 撤销'}"


def receive_by_file(path: str, day: date, session: Session) -> str:
    """Take a workbook of a day in; return in a line what became of it."""
    file, store = Path(path), session.store
    lines = read_parties(file, day, store.timekeeper().zone, session.now())
    done = receptions.take_parties(store, day, lines)
    link_or_leave(store)
    back = write_refused(done.refused, PARTY_COLUMNS, beside(file))
    return f"读{done.read:,}行：登记{done.new:,}批，早已登记{done.known:,}批{back}"


def beside(file: Path) -> Path:
    """Return where the refused lines of a file go unless another place is named."""
    return file.with_name(f"{file.stem}-退回.csv")


def write_refused(refused: Sequence[Reject], columns: Sequence[str], place: Path) -> str:
    """Write refused lines as a file to mend and take again; return what is said of them."""
    if not refused:
        return ""
    heads = [Column(name, name) for name in ("行号", *columns, "退回原因")]
    rows = ([str(r.line), *(r.raw.get(c, "") for c in columns), r.reason] for r in refused)
    write_rows(place, heads, rows)
    return f"，退回{len(refused)}行：{place}"
