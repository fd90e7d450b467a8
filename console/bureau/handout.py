"""``duban handout``: a unit's open matters as a workbook, which ``duban import`` takes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from console.bureau.handout_book import write_handouts
from console.command import Verb, call_of, one_verb, option, say, switch, unit_id
from console.frame import WrongUsage, exports_dir
from models.views import unit_contacts
from rules.errors import DubanError

if TYPE_CHECKING:
    pass

app = one_verb()


@app.command("handout", cls=Verb, help="导出单位办理表（.xlsx），单位填好后用 import 收回。")
def handout(
    ctx: typer.Context,
    unit: str | None = option("--unit", "单位", "名称、简称或代码"),
    every: bool = switch("--all", "每个有在办件的单位各一份"),
    out: Path | None = option("--out", "文件或文件夹", "不写存到文档文件夹"),
) -> None:
    """Write the workbooks; they appear once the trail keeps that they were made."""
    call = call_of(ctx)
    if (unit is None) == (not every):
        raise WrongUsage("请写 --unit 单位，或 --all")
    store = call.store()
    if unit is not None:
        wanted = [unit_id(call, unit)]
    else:
        with store.reading() as reader:
            wanted = [contact.id for contact in unit_contacts(reader)]
    folder, name = _place(out, one=unit is not None)
    made, files = write_handouts(store, wanted, folder, name)
    if not made:
        raise DubanError(f"{unit or '各单位'}没有在办的件：不用导出办理表")
    value = [
        {
            "unit": one.unit,
            "number": one.number,
            "tickets": len(one.lines),
            "withheld": one.withheld,
            "file": str(files[one.number]),
        }
        for one in made
    ]
    call.answer(value, lambda: say(*map(_told, value)))


def _place(out: Path | None, *, one: bool) -> tuple[Path, str | None]:
    """Return the folder, and the name of a file where one is given."""
    if out is None:
        return exports_dir(), None
    if one and out.suffix:
        if out.suffix.lower() != ".xlsx":
            raise DubanError("办理表是工作簿：文件名请用 .xlsx 结尾")
        return out.parent, out.name
    return out, None


def _told(one: dict[str, Any]) -> str:
    left = f"；另有{one['withheld']}件反映的正是该单位，没有列入" if one["withheld"] else ""
    return f"{one['unit']}办理表第{one['number']}号，{one['tickets']}件：{one['file']}{left}"
