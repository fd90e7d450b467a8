"""How unsatisfied matters are verified: who is called when, what is looked at twice."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.review.terms import ReviewPolicy as ReviewPolicy

__getattr__, __dir__ = lazily(__name__, {"terms": ("ReviewPolicy",)})
