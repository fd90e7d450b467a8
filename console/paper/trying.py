"""A template tried before it is used: what it must hold, and how the worst papers come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from console.paper.measuring import overflows
from console.paper.proof import can_print, strays
from rules.errors import Refused
from rules.paper import FIELDS, PAPER_KINDS, Content, worst_cases


class Filler(Protocol):
    """What reads and fills templates, apart from this process."""

    def words(self, template: bytes, kind: str) -> frozenset[str]:
        """Return the fields a template uses."""

    def fill(self, template: bytes, content: Content) -> bytes:
        """Return the paper of a content."""


@dataclass
class Trial:
    """What a trial found: ``faults`` keep a template from being used, ``cautions`` do not.

    ``unused`` are the fields it leaves out, ``printed`` whether LibreOffice showed its pages.
    """

    kind: str
    faults: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    printed: bool = False

    @property
    def ok(self) -> bool:
        """Whether the template may be used."""
        return not self.faults


def try_template(filler: Filler, template: bytes, kind: str, *, proof: bool = True) -> Trial:
    """Read a template and fill it with the worst; ``proof`` prints the papers as well."""
    trial = Trial(kind)
    try:
        words = filler.words(template, kind)
    except Refused as fault:
        trial.faults.append(str(fault))
        return trial
    needed = [one.word for one in FIELDS[kind] if one.needed and one.word not in words]
    if needed:
        trial.faults.append(
            f"模板缺少{PAPER_KINDS[kind]}必须有的字段 {'、'.join(needed)}：请用 {{{{ 字段 }}}} 补上"
        )
    trial.unused = [one.word for one in FIELDS[kind] if not one.needed and one.word not in words]
    papers: dict[str, bytes] = {}
    for case in worst_cases(kind):
        trial.cases.append(case.name)
        try:
            papers[case.name] = filler.fill(template, case.content)
        except Refused as fault:
            trial.faults.append(f"{case.name}：{fault}")
    if not trial.faults:
        trial.cautions.extend(_cautions(papers, trial, proof=proof))
    return trial


def _cautions(papers: dict[str, bytes], trial: Trial, *, proof: bool) -> Iterator[str]:
    for name, paper in papers.items():
        yield from (f"{name}：{told}" for told in dict.fromkeys(overflows(paper)))
    if proof and can_print():
        found = strays(papers)
        trial.printed = bool(found)
        for name, told in found.items():
            yield from (f"{name}：{one}" for one in told)


def kind_of(filler: Filler, template: bytes, kinds: Iterator[str]) -> str:
    """Return the kind whose fields a template uses and holds; ``Refused`` where none fits."""
    told = ""
    for kind in kinds:
        try:
            words = filler.words(template, kind)
        except Refused as fault:
            told = told or str(fault)
            continue
        if all(one.word in words for one in FIELDS[kind] if one.needed):
            return kind
    raise Refused(told or "看不出模板属于哪个文种：请写 --kind 指明，如 --kind order")
