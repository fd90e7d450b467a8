"""Filled papers as LibreOffice prints them, where there is one: what strays on their pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from seed.putting import put

WAIT = 180  # seconds for all papers together

_FOLIO = re.compile(r"^[—–-]\s*\d+\s*[—–-]$")

_CLOSING = re.compile(r"^（联系人|^核验码|印发$|^抄送|^\d{4}年\d{1,2}月\d{1,2}日$")
"""Lines that must not stand on a page alone: contact, imprint, date."""


def can_print() -> bool:
    """Whether papers can be printed and read back on this machine."""
    return all(shutil.which(name) for name in ("soffice", "pdftotext"))


def strays(papers: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Return, in Chinese, what is wrong with the pages of each paper, by its name.

    Papers that could not be printed are left out.
    """
    with TemporaryDirectory() as folder:
        names = list(papers)
        files = [Path(folder, f"{n}.docx") for n in range(len(names))]
        for file, name in zip(files, names, strict=True):
            put(file, papers[name])
        _print(files, Path(folder))
        pages = [_pages(file.with_suffix(".pdf")) for file in files]
    return {name: list(_wrong(one)) for name, one in zip(names, pages, strict=True) if one}


def _print(files: Sequence[Path], folder: Path) -> None:
    """Print files as .pdf beside them; what is not printed is missing afterwards."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=WAIT,
            check=False,
        )


def _pages(pdf: Path) -> list[list[str]]:
    """Return the lines of each page without its number; nothing where it was not printed."""
    if not pdf.exists():
        return []
    told = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=False, timeout=WAIT
    ).stdout.decode(errors="replace")
    pages = [[line.strip() for line in page.splitlines()] for page in told.split("\f")]
    return [[line for line in page if line and not _FOLIO.match(line)] for page in pages[:-1]]


def _wrong(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield what strays: an empty page, one of closing lines alone, a signature without text."""
    for number, lines in enumerate(pages, 1):
        text = [line for line in lines if not _CLOSING.search(line.replace(" ", ""))]
        if not lines:
            yield f"第{number}页是空白页"
        elif not text:
            yield f"第{number}页只有“{lines[0][:20]}”"
        elif len(text) == 1 and len(lines) > 1 and number > 1:
            yield f"第{number}页只有落款“{text[0][:20]}”，没有正文"
