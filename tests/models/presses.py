"""A press for tests of the store: what a paper says of itself is enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rules.paper import Content


@dataclass(frozen=True)
class Plain:
    """Makes papers by a function of their contents, in templates that are only named."""

    render: Callable[[Content], bytes] = lambda content: content.line("文号").encode()

    def ready(self) -> None:
        """Be ready."""

    def shipped(self, kind: str) -> bytes:
        """Return the name of what is shipped."""
        return f"shipped {kind}".encode()

    def fill(self, template: bytes, content: Content) -> bytes:
        """Return what the function makes of a content."""
        return self.render(content)
