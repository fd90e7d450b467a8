"""Documents of requests, as Open311 gives them: a JSON array, or XML, each read as one table."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers import expat

from seed.channels.encoding import Encoding
from seed.channels.table import Cell, ImportFileError, Record, Shape, explained

MOST = 200 << 20  # bytes of a JSON document: it is held in memory whole

_NAMES = ("service_requests", "requests")
"""Under which name a document keeps its requests."""

_REQUESTS = re.compile(r"<(?:\w+:)?(?:service_)?requests?[\s>]")

_DEEPEST = 16

_PIECE = 1 << 16


class Request(NamedTuple):
    """One request: its line or its place in the document, its cells, what is wrong with it."""

    line: int
    cells: Mapping[str, Cell]
    fault: str | None = None


class DocumentTable:
    """A document as a table: its first record is made of all the keys that occur."""

    name = ""
    escaped = False
    since: datetime | None = None
    filtered: Container[int] = ()
    hidden: Sequence[str] = ()

    def __init__(self, path: Path, requests: Callable[[], Iterator[Request]]) -> None:
        self._requests = requests
        keys = tuple(dict.fromkeys(key for one in requests() for key in one.cells))
        if not keys:
            raise ImportFileError(f"{path} 里没有一件请求，没有可导入的内容")
        self._keys = keys

    def records(self, shape: Shape | None = None) -> Iterator[Record]:
        """Yield the keys, then one record for every request."""
        yield Record(0, self._keys)
        for one in self._requests():
            cells = [one.cells.get(key) for key in self._keys]
            yield Record(one.line, [*cells, one.fault] if one.fault else cells, one.fault)


def document_of(path: Path, encoding: Encoding, head: str) -> DocumentTable | None:
    """Return the table of a document that begins with ``head``; None where it is none."""
    if head.startswith("<") and _REQUESTS.search(head):
        return DocumentTable(path, partial(_xml, path, encoding))
    if head.startswith("[") or (head.startswith("{") and not _by_lines(path, encoding)):
        return DocumentTable(path, partial(_numbered, _json(path, encoding)))
    return None


def _by_lines(path: Path, encoding: Encoding) -> bool:
    """Whether each line is an object of its own, none of which holds all the requests."""
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return True
    with explained(path), path.open(encoding=encoding.name, errors="replace") as file:
        line = next((line for line in file if line.strip()), "")
    try:
        return not _listed(json.loads(line))
    except (ValueError, RecursionError):
        return line.strip() not in ("{", "[") and not line.rstrip().endswith(("[", "{", ","))


def _json(path: Path, encoding: Encoding) -> Sequence[Mapping[str, Any]]:
    """Read a JSON document whole; ImportFileError where it is broken, too large or has no list."""
    with explained(path):
        if path.stat().st_size > MOST:
            raise ImportFileError(f"{path} 超过{MOST >> 20} MB：请分成几份再导入")
        text = path.read_text(encoding.name, errors="replace")
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise ImportFileError(
            f"{path} 不是完整的 JSON（第{error.lineno}行第{error.colno}列读不下去）：请重新导出"
        ) from error
    except RecursionError as error:
        raise ImportFileError(f"{path} 的 JSON 套得太深：请重新导出") from error
    requests = found if isinstance(found, list) else _listed(found)
    if requests is None:
        raise ImportFileError(f"{path} 的 JSON 里没有请求列表（service_requests）：请核对文件")
    return [one if isinstance(one, dict) else {"": one} for one in requests]


def _listed(found: object) -> list[Any] | None:
    """Return the list of objects that an object holds: the one named so, else the only one."""
    if not isinstance(found, dict):
        return None
    if "service_request_id" in found:
        return None
    lists = {key: one for key, one in found.items() if isinstance(one, list) and _objects(one)}
    named = next((lists[name] for name in _NAMES if name in lists), None)
    return named or (next(iter(lists.values())) if len(lists) == 1 else None)


def _objects(found: list[Any]) -> bool:
    return bool(found) and all(isinstance(one, dict) for one in found)


def _numbered(requests: Sequence[Mapping[str, Any]]) -> Iterator[Request]:
    for place, one in enumerate(requests, 1):
        yield Request(place, dict(_flat(one)))


def _flat(found: Mapping[str, Any], head: str = "", depth: int = 0) -> Iterator[tuple[str, Cell]]:
    """Yield the cells of an object, those of one within it under its name and theirs."""
    for key, value in found.items():
        name = f"{head}{key}"
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _flat(value, f"{name}.", depth + 1)
        elif value is None or isinstance(value, str | bool | int | float):
            yield name, value
        elif isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
            yield name, "、".join(str(one) for one in value if one is not None)
        else:
            yield name, json.dumps(value, ensure_ascii=False)


def _xml(path: Path, encoding: Encoding) -> Iterator[Request]:
    """Read the requests of an XML document as they come; what is whole before a fault stays."""
    met = _Requests(path)
    with explained(path), path.open(encoding=encoding.name, errors="replace") as file:
        try:
            while piece := file.read(_PIECE):
                met.parser.Parse(piece)
                yield from met.taken()
            met.parser.Parse("", True)
            yield from met.taken()
        except expat.ExpatError as error:
            yield from met.taken()
            yield Request(error.lineno, {}, f"XML 在第{error.lineno}行断了：请重新导出这个文件")


@dataclass
class _Requests:
    """The requests of an XML document as its parser meets them: the children of its root.

    No document type is taken, so there are no entities but the five of XML itself.
    """

    path: Path
    _names: list[str] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _cells: dict[str, Cell] = field(default_factory=dict)
    _line: int = 0
    _done: deque[Request] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append

    def taken(self) -> Iterator[Request]:
        """Give what is whole by now."""
        while self._done:
            yield self._done.popleft()

    def _doctype(self, *_: object) -> None:
        raise ImportFileError(
            f"{self.path} 里有 DOCTYPE 声明，可能夹带实体，不能导入：请让来源方去掉后重新导出"
        )

    def _start(self, name: str, _: object) -> None:
        if len(self._names) == 1:
            self._cells, self._line = {}, self.parser.CurrentLineNumber
        if len(self._names) >= _DEEPEST:
            raise ImportFileError(f"{self.path} 的 XML 套得太深：请重新导出")
        self._names.append(name.rpartition(":")[2])
        self._text.clear()

    def _end(self, _: str) -> None:
        key = ".".join(self._names[2:])
        text = "".join(self._text).strip()
        self._text.clear()
        if key and text:
            before = self._cells.get(key)
            self._cells[key] = f"{before}、{text}" if before else text
        self._names.pop()
        if len(self._names) == 1 and self._cells:
            self._done.append(Request(self._line, self._cells))
