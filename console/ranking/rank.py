"""``duban rank`` and ``flags``: a week's or month's ranking, its files, who must be supervised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer

from console.command import (
    Call,
    Verb,
    call_of,
    chosen_period,
    one_verb,
    option,
    say,
    say_table,
    switch,
)
from console.frame import plain_text
from console.ranking.draft import write_draft
from console.ranking.edition import BULLETIN, edition_file, render_edition
from console.ranking.passages import VARIANTS, Variant
from console.ranking.risen import risen_in
from console.ranking.standings import (
    SHORT,
    columns_named,
    footnotes,
    group_name,
    heading,
    printed,
    standing_of,
)
from models.ranking import (
    RULES,
    EditionView,
    FlagView,
    edition_of,
    flags_of,
    publish_edition,
    whole_edition,
    write_remark,
)
from models.review import make_draft
from models.store import Store
from rules.errors import DubanError
from rules.ranking import Period, Standing
from seed.putting import put

app = one_verb()


@app.command(cls=Verb, help="按群众满意率排名；不写期间为上一个完整的周。")
def rank(
    ctx: typer.Context,
    week: str | None = option("--week", "周", "last 或 2018-W45"),
    month: str | None = option("--month", "月", "last 或 2018-10"),
    release: bool = switch("--publish", "发布：编期号、冻结，不能撤销"),
    reason: str | None = option("--reason", "理由", "修订的理由，或不等异议裁定、提前发布的理由"),
    out: Path | None = option("--out", "文件", "按后缀写出：.xlsx .csv .docx .md .json"),
    edition: str | None = option(
        "--edition", "版", "通报（.docx）给谁看：leader 领导版、circular 通报版、public 公开版"
    ),
    comment: Path | None = option("--comment", "文件", "点评（文本文件），印入通报"),
    demand: Path | None = option("--next", "文件", "下步要求（文本文件），印入通报"),
    checking: Path | None = option("--draft", "文件", "核对稿（.xlsx）：每个单位一张表"),
) -> None:
    """Rank units over a period; publish or write it where asked."""
    call = call_of(ctx)
    period = chosen_period(call, week, month)
    store = call.store()
    if checking is not None:
        _draft(call, period, checking)
        return
    variant = _variant(edition, out)
    for kind, file in (("comment", comment), ("next", demand)):
        if file is not None:
            write_remark(store, period, kind, plain_text(file))
    if release:
        view = publish_edition(
            store, period, render=render_edition, reason=reason, risen=risen_in(store, period)
        )
    elif out is not None and out.suffix.lower() == BULLETIN:
        view = whole_edition(store, period, risen=risen_in(store, period))
    else:
        view = edition_of(store, period)
    value = as_object(call, view)
    if out is not None:
        _write(store, view, value, out, variant)
    call.answer(value, lambda: _show(view, out))


def _draft(call: Call, period: Period, path: Path) -> None:
    """Write what units may check, and say until when they may object."""
    draft = make_draft(call.store(), period)
    write_draft(draft, path)
    windows = draft.windows
    rows = sum(map(len, draft.lines.values()))
    call.answer(
        {
            "period": period.key,
            "file": str(path),
            "units": len(draft.units),
            "rows": rows,
            "draft_at": call.iso(windows.draft_at),
            "data_until": call.iso(windows.data_until),
            "joined": windows.joined.key,
        },
        lambda: say(
            f"核对稿已写入 {path}：{len(draft.units)}个单位，{rows}轮次",
            f"数据异议 {call.due(windows.data_until)} 截止",
        ),
    )


def as_object(call: Call, view: EditionView) -> dict[str, Any]:
    """Return an edition for JSON."""
    return {
        "period": view.period.key,
        "from": call.iso(view.period.from_at),
        "to": call.iso(view.period.to_at),
        **call.object(view, "published", "revision", "digest", "place_by"),
        "known_at": call.iso(view.computed_at),
        "rows": [_row(call, standing) for standing in view.rows],
    }


COUNTS = ("unsatisfied", "rated", "due", "on_time", "after_extension", "late", "open", "carried")

MERGED = ("closed", "merged", "tickets")
"""并单后件数, what was merged into these, and 工单数."""

VERIFIED = ("rerated", "excluded", "by_import", "by_callback", "by_operator", "by_default")


def _row(call: Call, standing: Standing) -> dict[str, Any]:
    rates = ("result_rate", "work_rate", "verified_rate", "verified_work_rate")
    shares = {name: getattr(standing, name) for name in rates}
    verified = standing.tally.verified
    return {
        **call.object(standing, "group", "unit", "code", "place"),
        **{name: None if share is None else float(share) for name, share in shares.items()},
        **call.object(standing.tally, *COUNTS, *MERGED),
        "verified_rated": None if verified is None else verified.rated,
        "verified_unsatisfied": None if verified is None else verified.unsatisfied,
        **{name: verified and getattr(verified, name) for name in VERIFIED},
        **call.object(standing, "ranked", "movement"),
    }


def _variant(edition: str | None, out: Path | None) -> Variant:
    """Return for whom the bulletin is to be written; refuses a word or a file that is none."""
    if edition is None:
        return "circular"
    for variant in VARIANTS:
        if variant == edition:
            if out is None or out.suffix.lower() != BULLETIN:
                raise DubanError("--edition 只用于通报：请加 --out 文件名.docx")
            return variant
    known = "、".join(f"{code}（{name}）" for code, name in VARIANTS.items())
    raise DubanError(f"没有 {edition} 这一版：请用 {known}")


def _write(
    store: Store, view: EditionView, value: dict[str, Any], out: Path, variant: Variant
) -> None:
    if out.suffix.lower() == ".json":
        text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        put(out, text.encode())
    else:
        put(out, edition_file(store, view, out.suffix.lower(), variant))


def _show(view: EditionView, out: Path | None) -> None:
    say(f"{heading(view)} · {standing_of(view)} · {view.bureau}")
    columns = columns_named(SHORT)
    titles = [column.title for column in columns]
    for group, table in view.groups.items():
        say("", group_name(group))
        say_table(titles, printed(columns, table), numbers=titles[3:])
    say("", *footnotes(view))
    if out is not None:
        say(f"已写入 {out}")


flags_app = one_verb()


@flags_app.command("flags", cls=Verb, help="预警：连续末位的单位和长期未解决的突出诉求，附依据。")
def show_flags(
    ctx: typer.Context,
    month: str = option("--month", "月", "last 或 2018-10", "last"),
) -> None:
    """Name the units to be supervised by a month's ranking and by what is unresolved now."""
    call = call_of(ctx)
    period = chosen_period(call, None, month)
    found = flags_of(call.store(), period)
    names = ("id", "key", "unit", "rule", "provisional", "evidence", "order")
    call.answer(
        [call.object(flag, *names) for flag in found], lambda: _show_flags(period.label, found)
    )


def _show_flags(label: str, found: list[FlagView]) -> None:
    say(f"{label}：{len(found)}项预警")
    for flag in found:
        guess = f"（{flag.guess}）" if flag.provisional else ""
        order = f" · 已拟 {flag.order}" if flag.order else ""
        say("", f"{flag.unit} · {RULES[flag.rule]}{guess}{order}")
        say(*(f"  {line}" for line in flag.evidence))
        if flag.order is None:
            say(f"  拟制督办单：duban order draft --flag {flag.id or flag.key}")
