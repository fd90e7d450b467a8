"""Which limit a policy sets for a step of an appeal, with the terms it is counted by."""

from __future__ import annotations

from rules.limits import FIXED_TEXT, Limit
from rules.policy import Policy
from rules.precedence import Choice, Tags, choose
from rules.terms import FIXED_TERMS, Terms, entry_terms, office_terms


class LimitBook:
    """The limits of one policy, looked up once for each kind of appeal."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._found: dict[tuple[str, Tags], Terms | None] = {}
        self._bare: dict[str, Terms] = {FIXED_TEXT: FIXED_TERMS}

    def choice(self, step: str, tags: Tags) -> Choice | None:
        """The limit entry that wins for a step, with those it beat."""
        return choose(self._policy.limits, tags, step)

    def text(self, step: str, tags: Tags) -> str | None:
        """The limit of a step, or of ``extension``; None where there is none."""
        choice = self.choice(step, tags)
        if choice is None:
            return self._policy.orders.receipt if step == "receipt" else None
        text = choice.winner.limit(step)
        return None if text == "none" else text

    def extensions(self, tags: Tags) -> int:
        """How many extensions the policy allows: one unless it says otherwise."""
        choice = self.choice("extension", tags)
        if choice is None or choice.winner.extension == "none":
            return 0
        return 1 if choice.winner.extensions is None else choice.winner.extensions

    def terms(self, step: str, tags: Tags) -> Terms | None:
        """The terms of a step's clock; None where the policy sets none."""
        key = (step, tags)
        if key not in self._found:
            self._found[key] = self._find(step, tags)
        return self._found[key]

    def bare(self, limit_text: str) -> Terms:
        """A limit given in so many words, counted the office's usual way; LimitError."""
        if limit_text not in self._bare:
            self._bare[limit_text] = office_terms(Limit.parse(limit_text), self._policy.office)
        return self._bare[limit_text]

    def terms_as_made(self, step: str, limit_text: str, of: Tags | Terms | None) -> Terms:
        """The terms of a clock made earlier: its entry's, if that still gives the same limit."""
        if isinstance(of, Terms):
            return of
        terms = None if of is None else self.terms(step, of)
        if terms is None or str(terms.limit) != limit_text:
            return self.bare(limit_text)
        return terms

    def _find(self, step: str, tags: Tags) -> Terms | None:
        text, choice = self.text(step, tags), self.choice(step, tags)
        if text is None:
            return None
        if choice is None:
            return self.bare(text)
        return entry_terms(choice.winner, step, text, self._policy.office)
