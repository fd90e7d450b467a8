"""The list of the fields a template may use, as the command line and the documents show it."""

from __future__ import annotations

from collections.abc import Iterator

from rules.paper import FIELDS, PAPER_KINDS, Field

FORMS = {"line": "一行", "lines": "多段", "rows": "表格行", "chart": "图"}

HEAD = """# 文书模板的字段

由程序生成（`python -m tests.templates_page`），与 `duban paper list --fields 文种` 一致。
模板怎样做见手册“文书模板”一节。

- **一行**：写 `{{ 字段 }}`。
- **多段**：三段依次写 `{%p for 段 in 字段 %}`、`{{ 段 }}`、`{%p endfor %}`；
  也可直接写 `{{ 字段 }}`，各段之间换行。
- **表格行**：表格里三行依次写 `{%tr for 行 in 字段 %}`、各栏 `{{ 行.栏目 }}`、`{%tr endfor %}`。
- **图**：写 `{{ 字段 }}`，单独占一段，填写时换成图。
- 有内容才出现的部分：写在 `{%p if 字段 %}` 与 `{%p endif %}` 两段之间。
"""


def page() -> str:
    """Return the page of the documents: a table of fields for each kind of paper."""
    return "\n".join([HEAD, *(line for kind in FIELDS for line in _section(kind))])


def tag_of(field: Field) -> str:
    """Return how a template uses a field."""
    if field.form in ("line", "chart"):
        return "{{ " + field.word + " }}"
    if field.form == "lines":
        return "{%p for 段 in " + field.word + " %}"
    return "{%tr for 行 in " + field.word + " %}"


def about(field: Field) -> str:
    """Return what a field holds, its columns named."""
    columns = f"。栏目：{'、'.join(field.columns)}" if field.columns else ""
    return field.about + columns


def _section(kind: str) -> Iterator[str]:
    yield f"## {PAPER_KINDS[kind]}（`{kind}`）\n"
    yield "| 字段 | 写法 | 形式 | 必须有 | 内容 |"
    yield "|---|---|---|---|---|"
    for field in FIELDS[kind]:
        cells = (field.word, f"`{tag_of(field)}`", FORMS[field.form], "是" if field.needed else "")
        yield f"| {' | '.join((*cells, about(field)))} |"
    yield ""
