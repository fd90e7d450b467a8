"""A rule's text, cut into clauses: each sentence with the article it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.text import harmless

_FIGURE = "[一二三四五六七八九十百零〇0-9]"

_ARTICLE = re.compile(rf"第{_FIGURE}+条(?:之{_FIGURE}+)?")

_HEADED = re.compile(rf"(?:{_FIGURE}{{1,3}}(?:、|[.．](?!\d))|[(（]{_FIGURE}{{1,3}}[)）][、.]?)")

_RUN_ON = re.compile(rf"(?<=[。；])\s*(?={_ARTICLE.pattern}[ 　])")

_CHAPTER = re.compile(rf"第{_FIGURE}+[章节编](?!\S*[。；])")

_NAMED = re.compile(r"《([^》]{4,40})》")

_ITEM = re.compile(rf"[(（]({_FIGURE}{{1,3}})[)）]")

_ENDS = re.compile("(?<=[。；;！!？?])")

_COMMAS = re.compile("(?<=[，,])")

LONGEST = 2000
"""Signs of a sentence."""

_WIDE = {
    code + 0xFEE0: code for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))
}
"""Full-width figures and letters; marks stay as they are written."""

_WRAPPED = 18
"""A line of so many signs that ends without a mark goes on in the next."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a rule: where it stands (``第八条第（二）项``), its words.

    ``stem`` is the sentence ending in a colon that an item of a list goes on from, "" for none;
    ``goes_on`` where it continues the one before, which ended in a semicolon.
    """

    place: str
    text: str
    stem: str = ""
    goes_on: bool = False

    @property
    def quoted(self) -> str:
        """``第八条　承办单位应当..``, on one line."""
        words = self.text if len(self.text) <= 120 else f"{self.text[:118]}.."
        return f"{self.place}　{words}" if self.place else words


def clauses_of(text: str) -> list[Clause]:
    """Return the sentences of a rule's text, in its order."""
    return list(_read(text))


def title_of(text: str, otherwise: str) -> str:
    """Return the name of the rule: its first line where that reads as one, else ``otherwise``."""
    for line in _lines(text):
        named = _NAMED.search(line)
        if named is not None:
            return named[1]
        if 4 <= len(line) <= 40 and not re.search("[。；：:]", line):
            return line
        break
    return otherwise


def _lines(text: str) -> Iterator[str]:
    """Yield the lines without blanks; one that was broken for its length is joined again."""
    kept = ""
    for line in _RUN_ON.sub("\n", harmless(text).translate(_WIDE)).splitlines():
        words = re.sub(r"^[#>*\-]+", "", re.sub(r"(?<![a-zA-Z])\s+|\s+(?![a-zA-Z])", "", line))
        heads = any(each.match(words) for each in (_ARTICLE, _HEADED, _CHAPTER))
        if len(kept) >= _WRAPPED and kept[-1] not in "。；;：:！!？?" and words and not heads:
            kept += words
            continue
        if kept:
            yield kept
        kept = words
    if kept:
        yield kept


def _read(text: str) -> Iterator[Clause]:
    article, stem = "", ""
    for line in _lines(text):
        found = _ARTICLE.match(line)
        if _CHAPTER.match(line) and found is None:
            stem = ""
            continue
        if found is not None:
            article, stem, line = found[0], "", line[found.end() :]
        elif (head := _HEADED.match(line)) is not None and not _ITEM.match(line):
            article, stem, line = head[0].rstrip("、.．"), "", line[head.end() :]
        for part, words in _items(line):
            place = f"{article}第{part}项" if article.startswith("第") and part else article + part
            goes_on = False
            for sentence in _sentences(words):
                opens = sentence.endswith((":", "："))
                yield Clause(place, sentence, "" if opens else stem, goes_on)
                goes_on = sentence.endswith(("；", ";"))
                stem = sentence if opens else stem


def _items(line: str) -> Iterator[tuple[str, str]]:
    """Yield the items of a line, each with its number as ``（二）``; "" before the first."""
    places = [found for found in _ITEM.finditer(line) if _opens(line, found.start())]
    ends = [*(found.start() for found in places), len(line)]
    if ends[0]:
        yield "", line[: ends[0]]
    for found, end in zip(places, ends[1:], strict=True):
        yield f"（{found[1]}）", line[found.end() : end].lstrip("、")


def _sentences(words: str) -> Iterator[str]:
    """Yield the sentences; one so long that nobody wrote it as one, comma by comma."""
    for sentence in filter(None, _ENDS.split(words)):
        if len(sentence) <= LONGEST:
            yield sentence
        else:
            yield from filter(None, _COMMAS.split(sentence))


def _opens(line: str, place: int) -> bool:
    """Whether an item begins here, not a number quoted in a sentence."""
    return place == 0 or line[place - 1] in "：:；;。"
