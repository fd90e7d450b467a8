"""``duban policy draft``: a rule's own text read into a policy, for a person to check."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from typing import Any

import typer

from console.command import argument, call_of, say, warn
from rules.clauses import Draft, Remark, Vocabulary, draft_policy, draft_toml
from rules.errors import PolicyError
from seed.reference import document_of, reference


def policy_draft(
    ctx: typer.Context,
    file: Path = argument("文件", "办法、条例、细则的全文（.txt .docx 或网页）"),
) -> None:
    """Print the policy that a rule's text proposes; nothing is loaded."""
    call = call_of(ctx)
    draft = draft_policy(document_of(file, PolicyError), file.stem, _vocabulary())
    if not (draft.found or draft.unsaid or draft.needless):
        raise PolicyError(f"{file.name} 里没有读到时限：请给办法的全文，不要扫描件或图片")
    text = draft_toml(draft)
    call.answer(_object(draft, text), lambda: say(text.rstrip()))
    if not call.settings.json:
        warn(
            f"草拟{len(draft.found)}项，不能表达{len(draft.unsaid)}处："
            "请对照原文逐条核对，删去 draft 一行，再用 duban policy check、load"
        )


def _vocabulary() -> Vocabulary:
    """Return the names of channels and categories, a category's ancestors too."""
    known = reference()
    paths = {part for path in known.categories for part in accumulate(path.split("/"), _below)}
    return Vocabulary([name for _, name in known.channels], sorted(paths))


def _below(path: str, name: str) -> str:
    return f"{path}/{name}"


def _object(draft: Draft, text: str) -> dict[str, Any]:
    """Return the draft for a program: every proposal with its clause, every doubt with its why."""
    return {
        "title": draft.title,
        "found": [
            {
                "key": found.key,
                "value": found.value,
                "for": {key: list(values) for key, values in found.asked},
                "place": found.clause.place,
                "clause": found.clause.text,
            }
            for found in draft.found
        ],
        "unsaid": [_remark(remark) for remark in draft.unsaid],
        "needless": [_remark(remark) for remark in draft.needless],
        "text": text,
    }


def _remark(remark: Remark) -> dict[str, str]:
    return {"place": remark.clause.place, "clause": remark.clause.text, "why": remark.why}
