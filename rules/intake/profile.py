"""How the files of one source look, as a TOML file that a bureau can keep, mend and pass on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from rules.casework import OUTCOMES, RATINGS
from rules.clocks import NATURES, URGENCIES, Section, ZoneName
from rules.errors import DubanError
from rules.intake.exchange import INSTANTS, LABELS, field_called
from rules.tomlfile import TomlFile, nearest


class ProfileError(DubanError):
    """A profile says something by which no file can be read."""


LISTS: Mapping[str, Sequence[str]] = {
    "nature": NATURES,
    "urgency": URGENCIES,
    "outcome": OUTCOMES,
    "result_rating": RATINGS,
    "work_rating": RATINGS,
    "confidential": ("是", "否"),
}
"""Fields whose words come from a list, with the list."""


def _field(word: str) -> str:
    found = field_called(word)
    if found is None:
        near = nearest(word, (*LABELS.values(), *LABELS))
        raise ValueError(f"没有“{word}”这个字段{near}；字段见 duban template 的说明")
    return found


def _printable(text: str) -> str:
    if not text.isprintable() or not text.strip():
        raise ValueError("要写成一行文字，其中不能有控制字符")
    return text.strip()


FieldName = Annotated[str, AfterValidator(_field)]
"""A field of the exchange file, by its name or Chinese header."""

LONGEST_LINE = 200
"""Signs of a header."""

Line = Annotated[str, Field(max_length=LONGEST_LINE), AfterValidator(_printable)]
"""A header, or another text of one line."""

_several = BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)

Headers = Annotated[tuple[Line, ...], _several]
"""One header or a list of them."""

Fields = Annotated[tuple[FieldName, ...], Field(min_length=1), _several]
"""One field or a list of them."""

AS_WRITTEN = "*"
"""In ``words``: the source's own word stands."""

Mark = Annotated[str, Field(min_length=1, max_length=4)]


class SplitColumn(Section):
    """One of ``[split."header"]``: a column that holds several fields, one after the other."""

    mark: Mark
    into: Annotated[tuple[FieldName, ...], Field(min_length=2)]


class FinishedWords(Section):
    """``[finished]``: the column that tells whether a matter is closed, and its words for that.

    Where it has another word no time of closing and no outcome is read from a row.
    """

    header: Annotated[Line, Field(alias="from")]
    words: Annotated[dict[str, str], Field(min_length=1)]

    @field_validator("words")
    @classmethod
    def _known_outcomes(cls, words: dict[str, str]) -> dict[str, str]:
        for outcome in words.values():
            _one_of("outcome", outcome)
        return words


class NatureWords(Section):
    """``[nature]``: the columns whose words name the nature, and what it is without such a word."""

    headers: Annotated[Headers, Field(alias="from", min_length=1)]
    otherwise: str = "其他"

    @field_validator("otherwise")
    @classmethod
    def _listed(cls, nature: str) -> str:
        return _one_of("nature", nature)


class SourceProfile(Section):
    """One profile file; headers stand in it as the source writes them.

    ``columns`` say which header is which field, ``joined`` which headers make one field together,
    ``split`` which header holds several. ``constants`` are fields of which the rows say nothing,
    ``copies`` instants that are the same as another. ``words`` are, by field, the source's words
    and ours; ``replies`` words of a reply that tell the outcome of a closed matter. ``finished``
    are words of a state that say a matter is closed, and how; ``analysis``: others answer it all.
    """

    name: Annotated[str, Field(pattern=r"^[\w-]{1,40}$")]
    label: Line
    zone: ZoneName | None = None
    epoch: bool = False
    day_first: bool | None = None
    needs: Headers = ()
    headers: Headers = ()
    ignored: Headers = ()
    gathers: FieldName | None = None
    columns: Annotated[dict[Line, Fields], Field(min_length=1)]
    joined: dict[FieldName, Headers] = Field(default_factory=dict)
    split: dict[Line, SplitColumn] = Field(default_factory=dict)
    constants: dict[FieldName, Line] = Field(default_factory=dict)
    copies: dict[FieldName, FieldName] = Field(default_factory=dict)
    words: dict[FieldName, dict[str, str]] = Field(default_factory=dict)
    replies: dict[str, str] = Field(default_factory=dict)
    nature: NatureWords | None = None
    finished: FinishedWords | None = None
    analysis: bool = False

    @property
    def used(self) -> tuple[str, ...]:
        """Every header out of which a field is read, each once."""
        joined = (header for headers in self.joined.values() for header in headers)
        words = self.nature.headers if self.nature else ()
        state = (self.finished.header,) if self.finished else ()
        return tuple(dict.fromkeys((*self.columns, *joined, *self.split, *words, *state)))

    @property
    def filled(self) -> frozenset[str]:
        """The fields that a row can fill, constants apart."""
        columns = (name for names in self.columns.values() for name in names)
        split = (name for column in self.split.values() for name in column.into)
        ended = ("outcome",) if self.finished else ()
        return frozenset((*columns, *self.joined, *split, *self.copies, *ended))

    @field_validator("joined")
    @classmethod
    def _joined_of_several(cls, joined: dict[str, Sequence[str]]) -> dict[str, Sequence[str]]:
        for name, headers in joined.items():
            if len(headers) < 2 or (name in INSTANTS and len(headers) != 2):
                many = "日期、时间两列" if name in INSTANTS else "两列以上"
                raise ValueError(f"“{LABELS[name]}”要由{many}合成，请改正")
        return joined

    @field_validator("words")
    @classmethod
    def _our_words(cls, words: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        for name, pairs in words.items():
            if name in INSTANTS:
                raise ValueError(f"“{LABELS[name]}”是时间，不能换词，请删去")
            for ours in pairs.values():
                if ours not in ("", AS_WRITTEN):
                    _one_of(name, ours)
        return words

    @field_validator("constants")
    @classmethod
    def _constant_words(cls, constants: dict[str, str]) -> dict[str, str]:
        for name, value in constants.items():
            if name in INSTANTS:
                raise ValueError(f"“{LABELS[name]}”是时间，不能写成固定值，请删去")
            _one_of(name, value)
        return constants

    @field_validator("copies")
    @classmethod
    def _copied_instants(cls, copies: dict[str, str]) -> dict[str, str]:
        for name in (*copies, *copies.values()):
            if name not in INSTANTS:
                raise ValueError(f"“{LABELS[name]}”不是时间，不能照抄，请删去")
        return copies

    @field_validator("replies")
    @classmethod
    def _known_outcomes(cls, replies: dict[str, str]) -> dict[str, str]:
        for outcome in replies.values():
            _one_of("outcome", outcome)
        return replies

    @model_validator(mode="after")
    def _whole(self) -> SourceProfile:
        for fault in self._faults():
            raise ValueError(fault)
        return self

    def _faults(self) -> Iterator[str]:
        """Say what contradicts itself or is missing."""
        split = [name for column in self.split.values() for name in column.into]
        for name in split:
            if name in INSTANTS:
                yield f"“{LABELS[name]}”是时间，不能从一列拆出，请另写"
        columns = {name for names in self.columns.values() for name in names}
        for name in columns & {*self.joined, *split} | {*self.joined} & {*split}:
            yield f"“{LABELS[name]}”由两处给出（列、合并或拆分），请只留一处"
        known = self.used
        fields = (*self.filled, *(LABELS[name] for name in self.filled))
        for word in self.needs:
            if word not in known and word not in fields:
                yield f"needs 里的“{word}”不在所列的列之中{nearest(word, known)}，请改正"
        for word in known if self.headers else ():
            if word not in self.headers:
                yield f"headers 里没有“{word}”这一列{nearest(word, self.headers)}，请改正"
        if not self.filled & {"title", "content"}:
            yield "标题和内容一列也没有，请在 [columns] 里至少写一列"
        if "received_at" not in self.filled:
            yield "没有哪一列是受理时间，请在 [columns] 里写上，或在 [copies] 里照抄别的时间"


def _one_of(name: str, word: str) -> str:
    """Return a word that fits its field, or raise ValueError."""
    if name in LISTS and word not in LISTS[name]:
        listed = "、".join(LISTS[name])
        raise ValueError(f"“{word}”不能作“{LABELS[name]}”，请写 {listed} 之一")
    return word


_FILE = TomlFile("来源格式文件", ProfileError)


def read_profile(text: str) -> SourceProfile:
    """The profile written in TOML; ProfileError naming line, section and nearest key otherwise."""
    return _FILE.read(text, SourceProfile)


def profile_from(given: Mapping[str, Any]) -> SourceProfile:
    """The profile that tables such as a file holds amount to; raises like :func:`read_profile`."""
    return _FILE.check(given, SourceProfile)
