"""法规原文: a rule's text read clause by clause into a policy that a person then checks."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.clauses.as_toml import draft_toml as draft_toml
    from rules.clauses.drafted import Draft as Draft, draft_policy as draft_policy
    from rules.clauses.lexicon import Vocabulary as Vocabulary
    from rules.clauses.reading import Finding as Finding, Remark as Remark

__getattr__, __dir__ = lazily(
    __name__,
    {
        "as_toml": ("draft_toml",),
        "drafted": ("Draft", "draft_policy"),
        "lexicon": ("Vocabulary",),
        "reading": ("Finding", "Remark"),
    },
)
