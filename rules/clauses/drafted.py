"""A policy proposed from a rule's text: one value for each key, the doubts named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from rules.clauses.clause import title_of
from rules.clauses.lexicon import ENDS, Vocabulary
from rules.clauses.reading import Asked, Finding, Read, Remark, read_clauses
from rules.clocks import KEY_NAMES, Limit, LimitEntry, OfficePolicy
from rules.errors import PolicyError
from rules.tomlfile import TomlFile

_ONE = TomlFile("规则", PolicyError)

_DERIVED = {"extends_to": "extension", "extends_to_most": "extension_total"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule's text was read as.

    ``office`` and each of ``entries`` (its conditions, then its values) are proposals with the
    clause each rests on; ``needless`` clauses are kept without a word in the policy, ``unsaid``
    ones cannot be said in it.
    """

    title: str
    office: tuple[Finding, ...]
    entries: tuple[tuple[Asked, tuple[Finding, ...]], ...]
    needless: tuple[Remark, ...]
    unsaid: tuple[Remark, ...]

    @property
    def found(self) -> tuple[Finding, ...]:
        """Every proposal, in the order in which it is written."""
        return self.office + tuple(each for _, values in self.entries for each in values)


def draft_policy(text: str, name: str, known: Vocabulary) -> Draft:
    """Propose a policy from a rule's text; ``name`` is what it is called if it does not say."""
    read = read_clauses(text, known)
    proposed = list(_lengths(_decided(read), read))
    accepts = {each.asked: each.value for each in proposed if each.key == "accept"}
    kept = [each for each in proposed if _usable(each, accepts.get(each.asked), read)]
    office = tuple(each for each in kept if each.key.startswith("office."))
    limits = [each for each in kept if not each.key.startswith("office.")]
    return Draft(
        title_of(text, name),
        office,
        tuple(_entries(limits)),
        tuple(read.needless),
        tuple(read.unsaid),
    )


def _usable(found: Finding, accept: str | None, read: Read) -> bool:
    """Whether a policy takes a value as it is; what it says against it is remarked.

    ``accept`` is the limit of the acceptance in the same entry, from which a clock may start.
    """
    section, _, key = found.key.rpartition(".")
    asked = {key: list(values) for key, values in found.asked}
    try:
        if section == "office":
            _ONE.check({key: found.value}, OfficePolicy)
        elif section:
            _ONE.check({"starts": {key: found.value}, "accept": accept, **asked}, LimitEntry)
        else:
            _ONE.check({key: found.value, **asked}, LimitEntry)
    except PolicyError as refusal:
        why = str(refusal).removeprefix("规则 最外层：")
        read.unsaid.append(Remark(found.clause, why))
        return False
    return True


def _decided(read: Read) -> list[Finding]:
    """Return the first value of each key under each single condition; doubt is remarked."""
    kept: dict[tuple[Asked, str], Finding] = {}
    doubted = {each.clause for each in read.unsaid}
    for found in sorted(read.found, key=_vague):
        for asked in _single(found.asked):
            before = kept.setdefault((asked, found.key), replace(found, asked=asked))
            if before.value != found.value:
                said = f"{before.clause.place or '前文'}已定为 {before.value}"
                why = f"与前文不一致（{said}），或所写条件不能表达：请选定"
                if found.clause not in doubted:
                    doubted.add(found.clause)
                    read.unsaid.append(Remark(found.clause, why))
    order = {
        clause: n for n, clause in enumerate(dict.fromkeys(each.clause for each in read.found))
    }
    return sorted(kept.values(), key=lambda each: (order[each.clause], "." in each.key))


def _vague(found: Finding) -> bool:
    """Whether another clause may say better when a matter is to be closed."""
    return found.key == "close" and ENDS.search(found.clause.text) is None


def _single(asked: Asked) -> Iterator[Asked]:
    """Yield the conditions with one value each, in the order of their weight."""
    ordered = sorted(asked, key=lambda each: list(KEY_NAMES).index(each[0]))
    for values in product(*(values for _, values in ordered)):
        yield tuple((key, (value,)) for (key, _), value in zip(ordered, values, strict=True))


def _lengths(found: list[Finding], read: Read) -> Iterator[Finding]:
    """Turn what an extension lengthens *to* into how long it is: the whole less the limit."""
    close = {each.asked: each for each in found if each.key == "close"}
    for each in found:
        key = _DERIVED.get(each.key)
        if key is None:
            yield each
            continue
        base, whole = close.get(each.asked) or close.get(()), Limit.read(each.value)
        limit = None if base is None else Limit.read(base.value)
        if limit is None or limit.unit != whole.unit or limit.count >= whole.count:
            read.unsaid.append(Remark(each.clause, f"延长到 {each.value}，但看不出原定多久"))
        else:
            yield replace(each, key=key, value=f"{whole.count - limit.count}{whole.unit}")


def _entries(found: Iterable[Finding]) -> Iterator[tuple[Asked, tuple[Finding, ...]]]:
    """Yield the entries: those alike but for the value of one condition are one."""
    cells: dict[Asked, list[Finding]] = {}
    for each in found:
        cells.setdefault(each.asked, []).append(each)
    joined: dict[tuple[object, ...], list[Asked]] = {}
    for asked, values in cells.items():
        alike = tuple(sorted((each.key, str(each.value)) for each in values))
        key = asked[0][0] if len(asked) == 1 else asked
        joined.setdefault((key, alike), []).append(asked)
    for group in sorted(joined.values(), key=lambda group: len(group[0])):
        asked = group[0]
        if len(group) > 1:
            asked = ((asked[0][0], tuple(each[0][1][0] for each in group)),)
        yield asked, tuple(cells[group[0]])
