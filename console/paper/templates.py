"""``duban paper``: the bureau's own templates written, checked and loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import typer

from console.command import Call, Fact, Verb, argument, call_of, option, say, switch, verb_group
from console.frame import exists
from console.paper.field_list import FORMS, about, tag_of
from console.paper.package import LARGEST
from console.paper.printing import press
from console.paper.trying import Trial, kind_of, try_template
from models.paper import (
    HeldTemplate,
    called,
    digest_of,
    load_template,
    template_in_force,
    template_versions,
)
from models.store import plain_file
from rules.errors import Refused
from rules.paper import FIELDS, PAPER_KINDS, Field
from rules.tomlfile import nearest
from seed.putting import put

app = verb_group("文书模板：列出、写出、检查、装入本单位自己的 Word 模板。")

FIELD_LIST: tuple[Fact[Field], ...] = (
    Fact("word", "字段"),
    Fact("tag", "写法", tag_of),
    Fact("form", "形式", lambda field: FORMS[field.form]),
    Fact("needed", "必须有", lambda field: "是" if field.needed else ""),
    Fact("about", "内容", about),
)


KIND = "文种，代码或名称，见 duban paper list"


@dataclass(frozen=True, slots=True)
class InForce:
    """The template in force for a kind, as the list tells it."""

    kind: str
    name: str
    template: str
    file: str
    sha256: str | None
    loaded_at: datetime | None
    operator: str
    reason: str


TEMPLATES: tuple[Fact[InForce], ...] = (
    Fact("kind", "代码"),
    Fact("name", "文种"),
    Fact("template", "模板"),
    Fact("sha256", "摘要", shown=lambda one: one.sha256 and one.sha256[:12]),
    Fact("file", "文件"),
    Fact("loaded_at", "装入时间"),
    Fact("operator", "经办人"),
    Fact("reason", "理由"),
)


@app.command("list", cls=Verb, help="列出各文种现用的模板；写 --fields 文种 则列出它的字段。")
def paper_list(
    ctx: typer.Context,
    fields: str | None = option("--fields", "文种", "列出这一文种的字段"),
) -> None:
    """List the template in force for every kind, or the fields of one."""
    call = call_of(ctx)
    if fields is not None:
        call.answer_rows(FIELD_LIST, FIELDS[_kind(fields)])
        return
    newest: dict[str, HeldTemplate] = {}
    for one in _versions(call):
        newest.setdefault(one.kind, one)
    call.answer_rows(TEMPLATES, [_in_force(kind, newest.get(kind)) for kind in PAPER_KINDS])


@app.command("template", cls=Verb, help="写出一个文种现用的模板，在 Word 中改好后检查、装入。")
def paper_template(
    ctx: typer.Context,
    kind: str = argument("文种", KIND),
    file: Path = argument("文件", "写到哪里（.docx）"),
    shipped: bool = switch("--shipped", "写出随附的模板，不写现用的"),
) -> None:
    """Write the template in force."""
    call = call_of(ctx)
    found = _kind(kind)
    content, which = press().shipped(found), called(0)
    if not shipped and exists(call.settings):
        with call.store().reading() as reader:
            held = template_in_force(reader, press(), found)
        content, which = held.content, held.called
    put(file, content)
    told = {"kind": found, "template": which, "file": str(file), "sha256": digest_of(content)}
    call.answer(told, lambda: say(f"{PAPER_KINDS[found]}的{which}已写入 {file}"))


@app.command("check", cls=Verb, help="检查一份模板能否使用：内容、字段、最坏的情形，不作任何改动。")
def paper_check(
    ctx: typer.Context,
    file: Path = argument("文件", "要检查的模板（.docx）"),
    kind: str | None = option("--kind", "文种", "按这一文种检查；不写则按字段认出"),
    fast: bool = switch("--no-pages", "不用 LibreOffice 排出页面"),
) -> None:
    """Try a template on the worst cases; change nothing."""
    call = call_of(ctx)
    template = _read(file)
    found = _kind(kind) if kind else kind_of(press(), template, iter(FIELDS))
    trial = try_template(press(), template, found, proof=not fast)
    call.answer({"ok": trial.ok, **asdict(trial)}, lambda: say(*_told(trial)))
    if not trial.ok:
        raise typer.Exit(1)


@app.command("load", cls=Verb, help="装入一份模板，此后签发按它成文；已签发的不变。")
def paper_load(
    ctx: typer.Context,
    kind: str = argument("文种", KIND),
    file: Path | None = argument("文件", "要装入的模板（.docx）；写 --shipped 时不写", None),
    reason: str = option("--reason", "理由", "记入留痕的理由", ""),
    shipped: bool = switch("--shipped", "改回随附的模板"),
) -> None:
    """Make a template the one in force for a kind."""
    call = call_of(ctx)
    found = _kind(kind)
    if (file is None) != shipped:
        raise Refused("要么写模板文件，要么写 --shipped 改回随附模板：请改正后再装入")
    content, cautions = None, []
    if file is not None:
        content = _read(file)
        trial = try_template(press(), content, found, proof=False)
        if not trial.ok:
            raise Refused(trial.faults[0])
        cautions = trial.cautions
    name = file.name if file is not None else ""
    revision = load_template(call.store(create=True), found, content, reason, name=name)
    which = called(0 if content is None else revision)
    told = {"kind": found, "revision": revision, "template": which, "cautions": cautions}
    lines = [f"注意 {told}" for told in cautions]
    call.answer(told, lambda: say(f"{PAPER_KINDS[found]}此后用{which}；已签发的不变", *lines))


def _in_force(kind: str, held: HeldTemplate | None) -> InForce:
    name = PAPER_KINDS[kind]
    if held is None or held.sha256 is None:
        told = (held.loaded_at, held.operator, held.reason) if held else (None, "", "")
        return InForce(kind, name, called(0), "", None, *told)
    told = (held.loaded_at, held.operator, held.reason)
    return InForce(kind, name, called(held.revision), held.name, held.sha256, *told)


def _told(trial: Trial) -> Iterator[str]:
    name = PAPER_KINDS[trial.kind]
    if not trial.ok:
        yield f"不能作{name}的模板："
        yield from trial.faults
        return
    pages = "，并逐页看过版面" if trial.printed else ""
    yield f"可以作{name}的模板：{'、'.join(trial.cases)}都填得出{pages}"
    yield from (f"注意 {told}" for told in trial.cautions)
    if trial.unused:
        yield f"没有用到的字段：{'、'.join(trial.unused)}"


def _versions(call: Call) -> list[HeldTemplate]:
    if not exists(call.settings):
        return []
    with call.store().reading() as reader:
        return template_versions(reader)


def _kind(typed: str) -> str:
    """Return the kind a person names by its code or its name."""
    named = {name: kind for kind, name in PAPER_KINDS.items()}
    kind = typed if typed in PAPER_KINDS else named.get(typed)
    if kind is None:
        near = nearest(typed, [*PAPER_KINDS, *named])
        raise Refused(f"没有文种 {typed}{near}：见 duban paper list")
    return kind


def _read(file: Path) -> bytes:
    with plain_file(file) as opened:
        return opened.read(LARGEST + 1)
