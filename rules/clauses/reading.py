"""A rule's text read for limits: what each clause sets, what needs no word, what cannot be said."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from rules.clauses.amounts import Amount, amounts_of
from rules.clauses.clause import Clause, clauses_of
from rules.clauses.lexicon import (
    AFTERWARDS,
    CITIZEN,
    CITIZEN_ACTS,
    DUTY,
    EARLY,
    ELSEWHERE,
    EXTENDS,
    EXTENDS_TO,
    GRANTS,
    HARD,
    HELPS,
    IN_ALL,
    PAUSES,
    RESTATED,
    RETURNS,
    SINCE,
    SORTS,
    VAGUE,
    Vocabulary,
    conditions_of,
    start_of,
    step_of,
)
from rules.clauses.officehours import office_in, rolls, working_counts
from rules.clocks import number

Asked = tuple[tuple[str, tuple[str | int, ...]], ...]
"""The conditions of an entry: key and values, in the order they were read."""

_TIMES = re.compile(
    r"(?:只能|限|仅|超过|最多|可)[^,，。;；]{0,6}?([一两二三\d])次|([一两二三\d])次为限"
)

_DESIGNATED = re.compile(
    "([一两二三四五\\d])次(?:派单|退单|退回|回退)[^。;；]*(?:指定|裁定|不得(?:再次)?退)"
)

_THING = re.compile("(?:^|[,，;；])([^,，。:：;；]{2,12})[:：]$")

_NOT_COUNTED = re.compile("不计算?[在入]|不计入|扣除")

_STARTED = ("accept", "contact", "progress", "close")
"""The steps whose start a policy may name."""

_CORRECTS = re.compile("^内?[^,，。;；]{0,8}告知[^。;；]{0,12}补正")

_ANEW = re.compile("补正[^。;；]*(?:起(?:重新)?计?算|重新计算)")

_NEXT_DAY = re.compile("(?:次日|第二日)起(?:计?算|开始)|起算日不计")


@dataclass(frozen=True, slots=True)
class Finding:
    """One value that a clause sets: ``close`` = ``5wd`` under conditions, or ``office.hours``.

    A key with a dot is one of a table: ``office.cutoff``, ``starts.close`` for what starts a clock,
    ``again.close`` for what starts it from zero after that. ``extends_to`` and
    ``extends_to_most`` are lengths from the start, made lengths of extension once the limit is
    known.
    """

    clause: Clause
    key: str
    value: Any
    asked: Asked = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A clause that sets no value, and why: said already, or beyond what a policy can say."""

    clause: Clause
    why: str


@dataclass
class Read:
    """All that was read of a text, in its order.

    ``lately`` is what the last limit is for, ``hours`` the usual ones of the office, ``told`` the
    lengths there were, by article.
    """

    found: list[Finding] = field(default_factory=list)
    needless: list[Remark] = field(default_factory=list)
    unsaid: list[Remark] = field(default_factory=list)
    lately: Asked = ()
    hours: list[str] = field(default_factory=list)
    told: set[tuple[str, str]] = field(default_factory=set)


def read_clauses(text: str, known: Vocabulary) -> Read:
    """Read a rule's text; nothing is decided between clauses that differ."""
    reading, working = Read(), working_counts(text)
    for clause in clauses_of(text):
        _Sentence(clause, known, working, reading).read()
    return reading


@dataclass
class _Sentence:
    """One clause being read."""

    clause: Clause
    known: Vocabulary
    working: Container[int]
    reading: Read

    def read(self) -> None:
        """Keep what it says of the office and of limits."""
        sentence = self.clause.text
        office = office_in(sentence, self.reading.hours)
        self.reading.hours = self.reading.hours or office.get("hours", [])
        for key, value in office.items():
            self._found(f"office.{key}", value)
        if rolls(sentence):
            self._found("roll", True)
        if working_counts(sentence):
            self._needless("所说的日已按工作日（wd）草拟")
        elif _NEXT_DAY.search(sentence):
            self._needless("工作日和自然日的时限本来就从次日起算")
        if _NOT_COUNTED.search(sentence):
            self._needless("这段时间用“挂起”登记，到期随之顺延")
        if _ANEW.search(sentence):
            self._found("again.close", "supplemented")
        amounts = amounts_of(sentence, self.working)
        for place, amount in enumerate(amounts):
            around = sorted({0, max(place - 1, 0), place})
            self._amount(amount, "".join(amounts[n].before for n in around), amounts[-1].after)
        self._counts()
        vague = VAGUE.search(sentence)
        if vague is not None and not amounts and not office:
            self._unsaid(f"“{vague[0]}”没有写多久，定不出时限")

    def _counts(self) -> None:
        """Keep how often something may be done, and who grants it."""
        sentence = self.clause.text
        designated = _DESIGNATED.search(sentence)
        if designated is not None:
            self._found("returns", number(designated[1]))
        if not EXTENDS.search(sentence):
            return
        for rank, said in GRANTS.items():
            if re.search(said, sentence):
                asked = self.reading.lately if self.clause.goes_on else ()
                self._found("extension_by", rank, asked)
                break
        times = _TIMES.search(sentence)
        if times is not None:
            self._found("extensions", number(times[1] or times[2]))

    def _amount(self, amount: Amount, lead: str, tail: str) -> None:
        """Keep one stretch of time as the limit of a step, or say why it is none.

        ``lead`` is how the sentence begins and what stands before it, ``tail`` how it ends.
        """
        told = (self.clause.place, amount.written)
        if RESTATED.search(amount.after) and told in self.reading.told:
            return
        self.reading.told.add(told)
        step = step_of(_first(amount.after), amount.before, tail, lead, self.clause.stem)
        if step in (None, "close") and SORTS.search(self.clause.text):
            step = "dispatch"
        special = self._special(amount, lead)
        why = _no_limit(amount, lead) or (special is None and self._no_step(step, amount))
        if why:
            self._unsaid(why)
        elif special is not None:
            self._found(special, str(amount.limit), self._asked(amount, lead))
        elif step is not None:
            self._limit(step, amount, lead)

    def _no_step(self, step: str | None, amount: Amount) -> str | None:
        """Return why a stretch of time limits no step that a policy knows, or nobody it knows."""
        conditions = conditions_of(amount.before, self.known)
        thing = _THING.search(amount.before)
        if _CORRECTS.search(amount.after):
            return "通知补正没有自己的时限"
        if step is None:
            return "看不出是哪一步的时限"
        if "渠道" in amount.before and "channel" not in conditions:
            return "渠道要写成本单位来源渠道的名称：请自填 channel"
        if thing is not None and not conditions:
            return f"“{thing[1]}”不是本单位的类别：请自填 category"
        return None

    def _limit(self, step: str, amount: Amount, lead: str) -> None:
        """Keep the limit of a step, and what starts it where that is not the usual act."""
        asked = self._asked(amount, lead)
        if step == "close" and HARD.search(amount.before):
            self._found("own", str(amount.limit), asked)
            return
        self._found(step, str(amount.limit), asked)
        self.reading.lately = asked
        start = start_of(amount.before) or start_of(lead)
        usual = "received" if step == "dispatch" else "dispatched"
        if start not in (None, usual) and step in _STARTED:
            self._found(f"starts.{step}", start, asked)

    def _special(self, amount: Amount, lead: str) -> str | None:
        """Return the key that an extension, a return, a pause, a co-unit's share has."""
        before, after = amount.before, _first(amount.after)
        if EXTENDS_TO.search(before):
            return "extends_to"
        if EXTENDS.search(lead) and (SINCE.search(before) or IN_ALL.search(before)):
            return "extends_to_most" if SINCE.search(before) else "extension_total"
        if EXTENDS.search(before) and not re.search("办[理结]期限为", before):
            return "extension"
        if PAUSES.search(before) or PAUSES.search(after):
            return "pause"
        if RETURNS.search(after) or RETURNS.search(before):
            return "return"
        if EARLY.search(amount.after) and re.search("还有|提前|到期前|距", before):
            return "yellow"
        return "assist" if HELPS.search(before) else None

    def _asked(self, amount: Amount, lead: str) -> Asked:
        """Return what the limit is for: the words before it, else those of its list's stem.

        An extension is for what the limit before it in the same sentence is for.
        """
        asked = tuple(conditions_of(amount.before, self.known).items())
        if not asked and EXTENDS.search(lead):
            goes_on = self.clause.goes_on or lead != amount.before
            return self.reading.lately if goes_on else ()
        return asked or tuple(conditions_of(self.clause.stem, self.known).items())

    def _found(self, key: str, value: Any, asked: Asked = ()) -> None:
        self.reading.found.append(Finding(self.clause, key, value, asked))

    def _needless(self, why: str) -> None:
        self.reading.needless.append(Remark(self.clause, why))

    def _unsaid(self, why: str) -> None:
        self.reading.unsaid.append(Remark(self.clause, why))


def _first(words: str) -> str:
    """Return the words up to the first comma after an amount."""
    return re.split("[,，;；。]", words, maxsplit=1)[0]


def _no_limit(amount: Amount, lead: str) -> str | None:
    """Return why a stretch of time is no limit at all; None where it may be one."""
    theirs = CITIZEN.match(lead) and not DUTY.search(lead)
    if theirs or CITIZEN_ACTS.search(amount.before):
        return "是诉求人或第三方的期限，不计时"
    if amount.limit is None:
        return f"时限“{amount.written}”写不出"
    if amount.after.startswith("前") and not EARLY.search(amount.after):
        return "“提前多久”只能靠提醒，不是时限"
    if EXTENDS_TO.search(amount.before) and RETURNS.search(lead):
        return "退单只有一个时限，不分难易"
    if ELSEWHERE.search(amount.before) and amount.after.startswith("的"):
        return "说的是别处规定的时限"
    if AFTERWARDS.search(amount.before):
        return "决定以后的告知、送达不计时"
    return None
