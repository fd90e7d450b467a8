"""The language of templates: fields, loops over them and conditions; of Jinja nothing else.

Nothing can be called, computed, set, imported or reached by an attribute, so that what a template
does is decided by reading it; that it renders in a sandbox and a child process comes on top.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rules.errors import Refused
from rules.paper import FIELDS, PAPER_KINDS, Field
from rules.text import harmless_line
from rules.tomlfile import nearest

FILTERS = ("length", "count", "join", "first", "last")

DEPTH = 2
"""Loops within each other."""

LOOP = ("index", "index0", "first", "last", "length")
"""What may be asked of ``loop``."""

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Filter,
)

_ODD_TAG = re.compile(r"\{\{(?:p|r|tr|tc)\s|\{%(?:r|tc)\s|\{%\s*(?:colspan|cellbg|vm|hm)\b")
"""Tags of docxtpl that put a value where text cannot stand, or write attributes."""


@dataclass(frozen=True, slots=True)
class Source:
    """One part of a template as the sandbox compiles it, and the fields it uses."""

    tree: nodes.Template
    words: frozenset[str]


def read_source(text: str, kind: str, environment: ImmutableSandboxedEnvironment) -> Source:
    """Return a part's tags, understood; ``Refused`` for what is more than the language."""
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError as fault:
        raise Refused(
            f"模板标签写得不对（{harmless_line(str(fault.message))[:80]}）："
            "请检查 {{ }}、{% %} 是否成对，for、if 是否有 endfor、endif"
        ) from fault
    except RecursionError as fault:
        raise Refused("模板标签嵌套过深：请简化后再装入") from fault
    reading = _Reading(kind)
    reading.walk(tree, {}, 0)
    return Source(tree, frozenset(reading.used))


def refuse_odd_tags(letters: str) -> None:
    """Refuse the tags of docxtpl that are more than text, in what a reader of the part sees."""
    odd = _ODD_TAG.search(letters)
    if odd:
        raise Refused(
            f"模板标签 {odd[0].strip()} 不能用：文字用 {{{{ 字段 }}}}，循环用 {{%p for %}}"
        )


class _Reading:
    """A walk over the tags of one part."""

    def __init__(self, kind: str) -> None:
        self.name = PAPER_KINDS[kind]
        self.fields = {field.word: field for field in FIELDS[kind]}
        self.used: set[str] = set()

    def walk(self, node: nodes.Node, known: Mapping[str, Field | None], depth: int) -> None:
        """Check a node and all below it; ``known`` are the names that loops around it gave."""
        if not isinstance(node, _ALLOWED):
            raise Refused(
                f"模板中有 {type(node).__name__} 一类写法：模板只能取字段、循环（for）和判断（if）"
            )
        if isinstance(node, nodes.For):
            self._loop(node, known, depth)
            return
        self._check(node, known)
        for child in node.iter_child_nodes():
            if not (isinstance(node, nodes.Getattr) and isinstance(child, nodes.Name)):
                self.walk(child, known, depth)

    def _check(self, node: nodes.Node, known: Mapping[str, Field | None]) -> None:
        if isinstance(node, nodes.Name):
            self._name(node.name, known)
        elif isinstance(node, nodes.Getattr):
            self._column(node, known)
        elif isinstance(node, nodes.Getitem):
            self._item(node)
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise Refused(f"模板中的过滤器 {node.name} 不能用：可用 {'、'.join(FILTERS)}")

    def _loop(self, node: nodes.For, known: Mapping[str, Field | None], depth: int) -> None:
        if node.recursive or depth >= DEPTH:
            raise Refused(f"模板中的循环最多套 {DEPTH} 层：请简化后再装入")
        over, one = node.iter, node.target
        while isinstance(over, nodes.Getitem):
            self._item(over)
            over = over.node
        if not isinstance(over, nodes.Name) or not isinstance(one, nodes.Name):
            raise Refused("模板中的循环只能写作 for 名称 in 字段：请改正")
        field = self._name(over.name, known)
        if field is None or field.form in ("line", "chart"):
            what = "图" if field is not None and field.form == "chart" else "一行文字"
            raise Refused(f"模板中 {over.name} 是{what}，不能循环：请直接写 {{{{ {over.name} }}}}")
        if one.name in self.fields or one.name == "loop":
            raise Refused(f"模板中的循环名称 {one.name} 与字段同名：请换一个名称")
        inner = {**known, one.name: field if field.form == "rows" else None, "loop": None}
        for child in (*node.body, *([node.test] if node.test else [])):
            self.walk(child, inner, depth + 1)
        for child in node.else_:
            self.walk(child, known, depth)

    def _name(self, word: str, known: Mapping[str, Field | None]) -> Field | None:
        """Take note of a field that is used; a name of a loop is none."""
        if word in known:
            return None
        if word not in self.fields:
            raise Refused(
                f"模板中的 {{{{ {word} }}}} 不是{self.name}的字段"
                f"{nearest(word, list(self.fields))}：请改正"
            )
        self.used.add(word)
        return self.fields[word]

    def _column(self, node: nodes.Getattr, known: Mapping[str, Field | None]) -> None:
        """Check ``行.工单编号`` and ``loop.first``: no other attribute exists."""
        of = node.node.name if isinstance(node.node, nodes.Name) else ""
        field = known.get(of)
        columns: Sequence[str] = LOOP if of == "loop" and of in known else ()
        columns = field.columns if field else columns
        if node.attr not in columns:
            near = nearest(node.attr, columns)
            raise Refused(f"模板中的 {of or '..'}.{node.attr} 没有这一栏{near}：请改正")

    def _item(self, node: nodes.Getitem) -> None:
        """Check ``附件[0]`` and ``附件[1:]``: only a place in a list may be asked for."""
        at = node.arg
        parts: Iterator[nodes.Node | None] = iter(
            (at.start, at.stop, at.step) if isinstance(at, nodes.Slice) else (at,)
        )
        for part in parts:
            if part is not None and not (
                isinstance(part, nodes.Const) and isinstance(part.value, int)
            ):
                raise Refused("模板中方括号里只能是第几项的数字，如 附件[0]：请改正")
