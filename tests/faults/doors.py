"""Every way into the program for words: the command line's options, files, and what they become."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from console.command.verbs import program
from rules.intake import LABELS

WORD = object()
"""Stands in the words of a call for what the payload is put into."""

OPEN, SENT, ASKED, RATED, LIFT = (
    "WH20261120-00004",
    "WH20261112-00002",
    "WH20261118-00003",
    "WH20261102-00005",
    "WH20261120-00001",
)
"""Appeals of the first file: not sent yet, three sent, one closed and rated."""

CORE: tuple[tuple[object, ...], ...] = (
    ("ticket", "dispatch", OPEN, "--unit", "洪山区", "--handler", WORD, "--reason", WORD),
    ("ticket", "contact", OPEN, "--text", WORD),
    ("ticket", "note", OPEN, "--text", WORD),
    ("ticket", "reply", OPEN, "--text", WORD),
    ("order", "draft", "--tickets", ASKED),
    ("order", "sign", "1"),
    ("order", "deliver", "1"),
    ("order", "receive", "1", "--by", WORD),
    ("order", "feedback", "1", "--text", WORD),
)
"""A short way through casework and orders in which every text is kept."""

MORE: tuple[tuple[object, ...], ...] = (
    ("ticket", "send-back", OPEN, "--reason", WORD),
    ("ticket", "progress", OPEN, "--text", WORD),
    ("ticket", "ask-extension", OPEN, "--limit", "3wd", "--reason", WORD),
    ("ticket", "refuse-extension", OPEN, "--reason", WORD),
    ("letter", "draft", "延期批复", OPEN, "--title", WORD, "--text", WORD),
    ("letter", "edit", "1", "--to", WORD, "--title", WORD, "--text", WORD),
    ("letter", "sign", "1"),
    ("letter", "draft", "呈阅件", OPEN, "--to", WORD, "--text", WORD),
    ("letter", "sign", "2"),
    ("letter", "answer", "2", "--leader", WORD, "--text", WORD),
    ("letter", "void", "2", "--reason", WORD),
    ("ticket", "ask-pause", OPEN, "--reason", WORD),
    ("ticket", "refuse-pause", OPEN, "--reason", WORD),
    ("ticket", "ask-pause", OPEN, "--reason", WORD),
    ("ticket", "grant-pause", OPEN, "--approval", WORD),
    ("ticket", "resume", OPEN, "--reason", WORD),
    ("ticket", "join", OPEN, "--unit", "江岸区"),
    ("ticket", "assist", OPEN, "--unit", "江岸区", "--text", WORD),
    ("ticket", "instruct", OPEN, "--leader", WORD, "--text", WORD, "--limit", "2wd"),
    ("ticket", "fulfil", OPEN, "--reason", WORD),
    ("ticket", "urge", OPEN, "--answered-by", WORD, "--promised", WORD, "--out", "urged"),
    ("ticket", "reply", OPEN, "--text", WORD),
    ("ticket", "close", OPEN, "--outcome", "已解决", "--reason", WORD),
    ("ticket", "callback", OPEN, "--result", "接通", "--text", WORD, "--caller", WORD),
    ("ticket", "reopen", OPEN, "--reason", WORD),
    ("ticket", "ask-return", SENT, "--code", "duty", "--reason", WORD),
    ("ticket", "refuse-return", SENT, "--reason", WORD),
    ("ticket", "ask-return", SENT, "--code", "duty", "--reason", WORD),
    ("ticket", "arbitrate", SENT, "--unit", "江岸区", "--reason", WORD),
    ("ticket", "ask-return", LIFT, "--code", "duty", "--reason", WORD),
    ("ticket", "grant-return", LIFT, "--reason", WORD),
    ("ticket", "rework", RATED, "--reason", WORD),
    ("order", "reject", "1", "--reason", WORD),
    ("order", "feedback", "1", "--text", WORD),
    ("order", "accept", "1", "--verified", "visit", "--note", WORD),
    ("order", "draft", "--tickets", SENT),
    ("order", "void", "2", "--reason", WORD),
    ("operator", "add", "liu", "--name", WORD, "--role", "督办"),
    ("operator", "off", "liu", "--reason", WORD),
    ("privacy", "hold", ASKED, "--reason", WORD),
    ("privacy", "lift", ASKED, "--reason", WORD),
    ("rank", "--week", "2026-W45", "--publish"),
    ("rank", "--week", "2026-W45", "--publish", "--reason", WORD),
    ("units", "load", "units.csv", "--yes", "--reason", WORD),
    ("policy", "load", "policy.toml", "--yes", "--reason", WORD),
    ("calendar", "load", "calendar.json", "--yes", "--reason", WORD),
    ("calendar", "undo", "--reason", WORD),
    ("store", "clock", "--confirm", "--reason", WORD),
)
"""What else keeps words, in the order in which it can be done."""

OUT: tuple[tuple[object, ...], ...] = (
    ("export", "out/export.csv"),
    ("export", "out/export.tsv"),
    ("export", "out/export.xlsx"),
    ("export", "out/export.jsonl"),
    ("units", "export", "out/units.csv"),
    ("order", "export", "1", "--out", "out/orders", "--ledger", "out/ledger.xlsx"),
    ("order", "export", "1", "--out", "out/copies", "--copy"),
    ("rank", "--week", "2026-W45", "--out", "out/rank.docx"),
    ("rank", "--week", "2026-W45", "--out", "out/rank.xlsx"),
    ("rank", "--week", "2026-W45", "--out", "out/rank.csv"),
    ("rank", "--week", "2026-W45", "--out", "out/rank.md"),
    ("rank", "--week", "2026-W45", "--out", "out/rank.json"),
    ("letter", "export", "1,2", "--out", "out/letters"),
    ("audit", "export", "out/trail"),
)
"""What goes out as files."""

SHOWN: tuple[tuple[object, ...], ...] = (
    ("queue",),
    ("ticket", "show", OPEN),
    ("trail", OPEN),
    ("desk",),
    ("order", "list"),
    ("letter", "list"),
    ("operator", "list"),
    ("units", "show"),
    ("policy", "show"),
    ("calendar", "show"),
    ("privacy", "list"),
    ("rank",),
    ("info",),
)
"""What is shown of all that."""


def options() -> Iterator[tuple[tuple[str, ...], Any, list[Any]]]:
    """Yield every option and argument that takes words, with its command and what that needs."""
    for path, command in _commands(program(), ()):
        for param in command.params:
            if not param.is_flag if param.param_type_name == "option" else True:
                needed = [p for p in command.params if p.required and p is not param]
                yield path, param, needed


def _commands(group: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not hasattr(group, "list_commands"):
        yield path, group
        return
    for name in group.list_commands(None):
        yield from _commands(group.get_command(None, name), (*path, name))


NEEDED = {
    "工单编号": OPEN,
    "单位": "洪山区",
    "时限": "3wd",
    "编号": "1",
    "申请号": "1",
    "登录名": "nobody",
    "+权限|-权限": "+signer",
}
"""What is said for what must be said, by what stands for it in the help."""


def words_for(path: Sequence[str], param: Any, needed: Sequence[Any], word: str) -> list[str]:
    """Return a call in which one option says ``word``, and what must be said is said."""
    words = list(path)
    for other in (*needed, param):
        said = word if other is param else NEEDED.get(other.metavar, "甲")
        words += [max(other.opts, key=len), said] if other.param_type_name == "option" else [said]
    return words


def exchange_rows(payloads: Mapping[str, str]) -> list[dict[str, str]]:
    """Return rows of the exchange form, each with one payload in one of its columns."""
    rows = []
    for place, (column, payload) in enumerate(payloads.items()):
        row = {
            "number": f"WH20261119-{place + 1:05}",
            "channel": "微信",
            "title": "灯坏",
            "content": f"门前灯坏了{place}",
            "received_at": "2026-11-19 09:00",
            "unit": "洪山区",
        }
        rows.append({**row, column: payload})
    return rows


def as_csv(rows: Sequence[Mapping[str, str]], tab: bool = False) -> bytes:
    """Return rows as a list with every column of the exchange form."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(LABELS), delimiter="\t" if tab else ",")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def as_lines(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return rows as lines of JSON."""
    return "\n".join(json.dumps(row) for row in rows).encode()
