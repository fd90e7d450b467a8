"""值班, 代理: spans in which somebody answers, or stands in."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.rota.duty import (
        KINDS as KINDS,
        WHOSE as WHOSE,
        Span as Span,
        require_free as require_free,
        require_span_of as require_span_of,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {"duty": ("KINDS", "Span", "WHOSE", "require_free", "require_span_of")},
)
