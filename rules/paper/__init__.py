"""Papers: what each kind says and of what fields it is made; its template, its sentences."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.paper.fields import (
        FIELDS as FIELDS,
        PAPER_KINDS as PAPER_KINDS,
        Field as Field,
        filled as filled,
    )
    from rules.paper.statement import (
        Content as Content,
        Row as Row,
        Statement as Statement,
        Value as Value,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "fields": ("FIELDS", "PAPER_KINDS", "Field", "filled"),
        "statement": ("Content", "Row", "Statement", "Value"),
    },
)
