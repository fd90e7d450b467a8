"""``duban profile``: how the files of the bureau's own sources are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from console.command import (
    Call,
    Verb,
    argument,
    call_of,
    option,
    say,
    say_table,
    switch,
    verb_group,
)
from console.intake.learning import (
    Trial,
    keep,
    knowledge_of,
    sample_shown,
    tried_out,
    unit_told,
    word_told,
)
from models.intake import KeptProfile, drop_profile, kept_profiles
from models.store import plain_file
from rules.errors import Refused
from rules.intake import LABELS, ProfileError, profile_text, read_profile
from rules.text import Masking, harmless_line
from seed.channels import (
    PROFILES,
    Draft,
    Guess,
    UnknownUnit,
    UnknownWord,
    drafted,
    explained,
    profile_of,
    shipped_text,
)
from seed.putting import put

app = verb_group("来源格式：认得的来源，陌生表头的猜测，存下、导出、装入自己的。")


@app.command("list", cls=Verb, help="列出认得的来源格式：自己存下的，和督办台带的。")
def profile_list(ctx: typer.Context) -> None:
    """List every profile, the bureau's own first."""
    call = call_of(ctx)
    kept = _kept(call)
    rows: list[tuple[object, ...]] = [
        (k.name, k.label, "本单位", call.clock(k.saved_at), k.operator) for k in kept
    ]
    rows += [(p.name, p.label, "自带", None, None) for p in PROFILES.values()]
    names = ("name", "label", "kind", "saved_at", "operator")
    value = [dict(zip(names, row, strict=True)) for row in rows]
    call.answer(value, lambda: say_table(("名称", "来源", "谁的", "存下时间", "经办人"), rows))


@app.command("show", cls=Verb, help="显示一种来源格式的文件。")
def profile_show(ctx: typer.Context, name: str = argument("名称", "见 duban profile list")) -> None:
    """Show the file of a profile."""
    call = call_of(ctx)
    text = _text(call, name)
    call.answer({"name": name, "toml": text}, lambda: say(*text.splitlines()))


@app.command("export", cls=Verb, help="把一种来源格式写成文件，交给别的单位使用。")
def profile_export(
    ctx: typer.Context,
    name: str = argument("名称", "见 duban profile list"),
    file: Path = argument("文件", "写到哪里（.toml）"),
) -> None:
    """Write the file of a profile."""
    call = call_of(ctx)
    put(file, _text(call, name).encode())
    call.answer({"name": name, "file": str(file)}, lambda: say(f"来源格式 {name} 已写入 {file}"))


@app.command("load", cls=Verb, help="装入一份来源格式文件，此后按表头认出它。")
def profile_load(
    ctx: typer.Context,
    file: Path = argument("文件", "来源格式（.toml）"),
    replace: bool = switch("--replace", "替换同名的"),
) -> None:
    """Keep a profile in the store."""
    call = call_of(ctx)
    text = profile_in(file)
    profile = profile_of(read_profile(text))
    keep(call.store(create=True), text, replace=replace)
    told = {"name": profile.name, "label": profile.label}
    call.answer(told, lambda: say(f"已存下来源格式 {profile.name}（{profile.label}）"))


@app.command("drop", cls=Verb, help="删去存下的一种来源格式；已导入的诉求不变。")
def profile_drop(ctx: typer.Context, name: str = argument("名称", "见 duban profile list")) -> None:
    """Forget a profile of the store."""
    call = call_of(ctx)
    drop_profile(call.store(), name)
    call.answer({"name": name}, lambda: say(f"已删去来源格式 {name}"))


@app.command("guess", cls=Verb, help="看一份陌生的文件会怎样读：逐列的猜测、前三行、存疑、缺什么。")
def profile_guess(
    ctx: typer.Context,
    file: Path = argument("文件", "表头没人认识的文件"),
    out: Path | None = option("--out", "文件", "把猜测写成来源格式文件，改好后用 import --map"),
    sheet: str | None = option("--sheet", "工作表", "工作簿有几张时指明一张"),
) -> None:
    """Guess what the columns of a file are; nothing is written into the store."""
    call = call_of(ctx)
    store = call.store(create=True)
    known = knowledge_of(store)
    draft = drafted(file, sheet, known.is_unit)
    masking = store.policy.privacy.on_screen
    tried = tried_out(store, file, draft, known, masking) if not draft.missing else None
    if out is not None:
        if tried is None:
            raise Refused(f"还缺{'、'.join(draft.missing)}，写不成来源格式：请在督办台里逐列指明")
        put(out, (profile_text(tried.draft.file()) + _open_words(tried)).encode())
    value = {
        "sheet": draft.sheet,
        "columns": [_column(each, masking) for each in draft.guesses],
        "missing": list(draft.missing),
        "doubtful": list(draft.doubtful),
        "rows": [dict(row) for row in tried.rows] if tried else [],
        "words": [asdict(each) for each in tried.words] if tried else [],
        "units": [asdict(each) for each in tried.units] if tried else [],
        "out": None if out is None else str(out),
    }
    call.answer(value, lambda: _show(draft, tried, masking, out))


def _column(each: Guess, masking: Masking) -> dict[str, Any]:
    samples = [sample_shown(each, text, masking) for text in each.samples]
    label = LABELS[each.field] if each.field else None
    return {**asdict(each), "sure": round(each.sure, 2), "label": label, "samples": samples}


def _show(draft: Draft, tried: Trial | None, masking: Masking, out: Path | None) -> None:
    say_table(
        ("您的列", "读作", "把握", "依据", "存疑", "样例"),
        (
            (
                harmless_line(each.header),
                LABELS[each.field] if each.field else "不读",
                f"{each.sure:.0%}" if each.field else "",
                each.why,
                each.doubt,
                "｜".join(sample_shown(each, text, masking)[:_SHORT] for text in each.samples),
            )
            for each in draft.guesses
        ),
        numbers=("把握",),
    )
    if tried is None:
        say(f"还缺：{'、'.join(draft.missing)}。请在督办台里按 : 输入 导入，逐列指明")
        return
    for n, row in enumerate(tried.rows, 1):
        say(f"第{n}行读作  " + "  ".join(f"{label}：{text[:_SHORT]}" for label, text in row))
    tell_unknown(tried.words, tried.units)
    if out is not None:
        say(f"猜测已写入 {out}：改好后用 duban import 文件 --map {out} 导入")
    else:
        say("加 --out 文件.toml 把猜测写成来源格式，改好后用 duban import 文件 --map 它 导入")


_SHORT = 24  # signs of a value in a row that is shown

_MOST = 12  # unknown units that are named


def tell_unknown(words: Iterable[UnknownWord], units: Sequence[UnknownUnit]) -> None:
    """Say what a file says that nobody knows."""
    say(*map(word_told, words), *map(unit_told, units[:_MOST]))
    if len(units) > _MOST:
        say(f"另有{len(units) - _MOST}个单位不在名录中")


def _open_words(tried: Trial) -> str:
    """Return comment lines for the words that somebody has to explain."""
    asked = [word for word in tried.words if word.likely is None]
    lines = [f"# 请补上：{word_told(word)}" for word in asked]
    return "".join(f"{line}\n" for line in lines)


def profile_in(file: Path) -> str:
    """Return the text of a profile file; ImportFileError or ProfileError where there is none."""
    with explained(file), plain_file(file) as opened_file:
        content = opened_file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ProfileError(f"{file} 太大，不像来源格式文件：请检查是否写错了文件名")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProfileError(f"{file} 不是 UTF-8 文字：请另存为 UTF-8 再装入") from error


_LARGEST = 1 << 20  # bytes of a profile


def _kept(call: Call) -> list[KeptProfile]:
    with call.store(create=True).reading() as reader:
        return kept_profiles(reader)


def _text(call: Call, name: str) -> str:
    """Return the file of a profile, one of the bureau's own before one that Duban brings along."""
    text = next((kept.text for kept in _kept(call) if kept.name == name), shipped_text(name))
    if text is None and name in PROFILES:
        raise Refused(f"{name} 由程序直接读，没有文件：列名见 duban template")
    if text is None:
        raise Refused(f"没有来源格式 {name}：请用 duban profile list 查看")
    return text
