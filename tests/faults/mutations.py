"""Ways in which a valid file goes wrong: each takes bytes and a draw, and gives other bytes."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping

Mutation = Callable[[bytes, random.Random], bytes]

_ENCODINGS = ("gb18030", "utf-16", "utf-16-be", "utf-32", "big5", "latin-1", "utf-8-sig")

_NUMBERS = (b"9" * 400, b"1e999", b"-1", b"NaN", b"0.0000000001", b"99999999999999999999")

_NESTED = (b"[" * 100_000, b'{"a":' * 50_000, b"<c>" * 50_000, b"(" * 100_000, b"a." * 50_000)


def flipped(content: bytes, draw: random.Random) -> bytes:
    """Turn some bits over."""
    told = bytearray(content)
    for _ in range(draw.choice((1, 3, 64))):
        told[draw.randrange(len(told))] ^= 1 << draw.randrange(8)
    return bytes(told)


def truncated(content: bytes, draw: random.Random) -> bytes:
    """Leave the end out, or everything."""
    return content[: draw.randrange(len(content))]


def inserted(content: bytes, draw: random.Random) -> bytes:
    """Put random bytes in."""
    at = draw.randrange(len(content))
    return content[:at] + draw.randbytes(draw.choice((1, 16, 4096))) + content[at:]


def cut_out(content: bytes, draw: random.Random) -> bytes:
    """Leave some of the middle out."""
    start = draw.randrange(len(content))
    return content[:start] + content[start + draw.randrange(1, 400) :]


def repeated(content: bytes, draw: random.Random) -> bytes:
    """Say a part of it many times over."""
    start = draw.randrange(len(content))
    part = content[start : start + draw.randrange(1, 200)]
    return content[:start] + part * draw.choice((2, 50, 2000)) + content[start:]


def with_nul(content: bytes, draw: random.Random) -> bytes:
    """Put NUL and other control signs between the words."""
    at = draw.randrange(len(content))
    return (
        content[:at] + draw.choice((b"\0", b"\0" * 999, b"\x1b[2J", b"\x1a", b'"')) + content[at:]
    )


def encoded(content: bytes, draw: random.Random) -> bytes:
    """Write it in another encoding."""
    told = content.decode("utf-8", "replace")
    return told.encode(draw.choice(_ENCODINGS), "replace")


def swollen(content: bytes, draw: random.Random) -> bytes:
    """Make one field huge."""
    at = draw.randrange(len(content))
    return (
        content[:at] + draw.choice(("长", "a", "9", '""', "\\")).encode() * 400_000 + content[at:]
    )


def numbered(content: bytes, draw: random.Random) -> bytes:
    """Put a number that nobody counts on in the place of another."""
    found = list(re.finditer(rb"\d+", content))
    if not found:
        return swollen(content, draw)
    one = draw.choice(found)
    return content[: one.start()] + draw.choice(_NUMBERS) + content[one.end() :]


def nested(content: bytes, draw: random.Random) -> bytes:
    """Open more brackets than anybody closes."""
    at = draw.choice((0, draw.randrange(len(content))))
    return content[:at] + draw.choice(_NESTED) + content[at:]


PLAIN: tuple[Mutation, ...] = (
    flipped,
    truncated,
    inserted,
    cut_out,
    repeated,
    with_nul,
    encoded,
    swollen,
    numbered,
    nested,
)


def members_swapped(content: bytes, draw: random.Random) -> bytes:
    """Give two members of a zip each other's content."""
    parts = _members(content)
    one, two = draw.sample(sorted(parts), 2)
    return _zipped({**parts, one: parts[two], two: parts[one]})


def member_gone(content: bytes, draw: random.Random) -> bytes:
    """Leave a member of a zip out."""
    parts = _members(content)
    parts.pop(draw.choice(sorted(parts)))
    return _zipped(parts)


def member_mutated(content: bytes, draw: random.Random) -> bytes:
    """Mutate what a member of a zip says, under a checksum that is right again."""
    parts = _members(content)
    name = draw.choice([name for name in sorted(parts) if parts[name]])
    return _zipped({**parts, name: draw.choice(PLAIN)(parts[name], draw)})


ZIPPED: tuple[Mutation, ...] = (
    members_swapped,
    member_gone,
    member_mutated,
    member_mutated,
    member_mutated,
    flipped,
    truncated,
    inserted,
)


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
