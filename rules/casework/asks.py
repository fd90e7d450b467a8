"""What a step asks of the person who takes it: forms and command line follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rules.casework.appeal import RATING_CODES, RATINGS

AskKind = Literal["text", "name", "unit", "units", "limit", "choice", "leader", "moment"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing a step asks before it is taken; ``name`` is what its function calls it.

    ``label`` names it in a refusal and on the command line, ``prompt`` is what a form shows.
    ``choices`` are the codes that may be given with their words, ``also`` other words for them;
    ``on_form`` is False of what only the command line offers; ``begins`` stands in the form
    already, ``among`` is what of the policy holds the leaders to choose from: where it holds none,
    a form does not ask. Where it may be left out and a form asks whether to, ``without``
    says what follows then and ``having`` what follows otherwise.
    """

    name: str
    kind: AskKind
    label: str
    prompt: str = ""
    needed: bool = True
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)
    on_form: bool = True
    begins: str = ""
    option: str = ""
    also: Mapping[str, str] = field(default_factory=dict, hash=False)
    without: str = ""
    having: str = ""
    among: str = "leaders"

    @property
    def flag(self) -> str:
        """The option of the command line: ``--text``."""
        return f"--{self.option or self.name.removesuffix('_id').replace('_', '-')}"


def words_of(words: Iterable[str]) -> dict[str, str]:
    """Return choices that are their own codes."""
    return {word: word for word in words}


def text(
    label: str,
    prompt: str = "",
    *,
    name: str = "text",
    needed: bool = True,
    on_form: bool = True,
    option: str = "",
) -> Ask:
    """Something to write."""
    return Ask(name, "text", label, prompt, needed, on_form=on_form, option=option)


def reason(label: str, prompt: str = "", *, needed: bool = True, on_form: bool = True) -> Ask:
    """Why."""
    return text(label, prompt, name="reason", needed=needed, on_form=on_form)


def unit(
    label: str = "单位",
    *,
    needed: bool = True,
    on_form: bool = True,
    without: str = "",
    having: str = "",
) -> Ask:
    """A unit of the register."""
    return Ask(
        "unit_id",
        "unit",
        label,
        "单位名称的一部分或拼音首字母",
        needed,
        on_form=on_form,
        without=without,
        having=having,
    )


def limit(label: str, *, needed: bool = True, on_form: bool = True, begins: str = "") -> Ask:
    """A limit such as 3wd."""
    return Ask(
        "limit_text",
        "limit",
        label,
        "例如 3wd",
        needed,
        on_form=on_form,
        begins=begins,
        option="limit",
    )


RATED = (
    Ask("result", "choice", "群众满意", needed=False, choices=words_of(RATINGS), also=RATING_CODES),
    Ask(
        "work_rating",
        "choice",
        "工作满意",
        needed=False,
        choices=words_of(RATINGS),
        also=RATING_CODES,
        option="work",
    ),
)
"""What a citizen says of the outcome, and of how the unit worked."""
