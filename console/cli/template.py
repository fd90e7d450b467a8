"""``duban template``: the empty exchange form that every bureau can fill."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.chinese import Verb, one_verb
from console.cli.output import say
from seed.exchange import write_template

app = one_verb()


@app.command(cls=Verb, help="写出空白的导入模板（.xlsx .csv .tsv）。")
def template(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="例如 模板.xlsx，附填写说明")],
) -> None:
    """Write the empty exchange form."""
    write_template(file)
    call_of(ctx).answer({"file": str(file)}, lambda: say(f"模板已写入 {file}"))
