"""``duban dossier``: the year's dossier of a unit or of the whole, as .docx or .xlsx."""

from __future__ import annotations

from pathlib import Path

import typer

from console.command import Verb, call_of, one_verb, option, say, unit_id
from console.frame import WrongUsage
from console.letters.dossier_paper import FORMS, write_dossier
from models.letters import year_dossier

app = one_verb()


@app.command(
    "dossier",
    cls=Verb,
    help="年度考核档案（.docx .xlsx）：各月位次和数字、督办、末位、延期、退回；不含个人，留痕。",
)
def dossier(
    ctx: typer.Context,
    year: int | None = option("--year", "年份", "不写为今年", None, min=2000, max=2999),
    unit: str | None = option("--unit", "单位", "只做这个单位的，不写为全部"),
    out: Path = option("--out", "文件", "写到哪里（.docx 或 .xlsx）", ...),
) -> None:
    """Write the dossier; it is on record."""
    call = call_of(ctx)
    if out.suffix not in FORMS:
        raise WrongUsage(f"档案写成 .docx 或 .xlsx：{out.name} 请改后缀")
    store = call.store()
    asked = year or store.timekeeper().local(store.now()).year
    found = year_dossier(store, asked, unit_id(call, unit) if unit else None)
    path = write_dossier(store, found, out)
    value = {
        "file": str(path),
        "year": found.year,
        "through": found.through,
        "computed": list(found.computed),
        "units": len(found.units),
    }
    call.answer(value, lambda: say(str(path)))
