"""核查: what is verified after a matter is closed, and what units object to in it."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.review.caller import CallerScreen as CallerScreen
    from console.review.screen import ReviewScreen as ReviewScreen

__getattr__, __dir__ = lazily(__name__, {"caller": ("CallerScreen",), "screen": ("ReviewScreen",)})
