"""What may be kept as an attachment, what it is called, and which of them may be opened."""

from __future__ import annotations

import pytest

from rules.casework import is_page, kind_of, name_of, openable, read_place, size_told
from rules.errors import Refused


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        (" /mnt/来件/现场 1.jpg ", "/mnt/来件/现场 1.jpg"),
        ('"C:\\来件\\函.pdf"', "C:\\来件\\函.pdf"),
        ("HTTPS://wuhan.example/a?b=1", "https://wuhan.example/a?b=1"),
        ("file:///mnt/%E5%87%BD.pdf", "/mnt/函.pdf"),
    ],
)
def test_a_place_is_a_path_or_a_page(typed: str, place: str) -> None:
    assert read_place(typed) == place


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "javascript://%0aalert(1)",
        "ftp://a/b",
        "https://",
        "file://server/a",
        "a\x1b[2J",
        "a" * 1001,
    ],
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        read_place(typed)


@pytest.mark.parametrize(
    ("place", "name", "kind", "opens"),
    [
        ("/mnt/现场.JPG", "现场.JPG", "图片", True),
        ("C:\\来件\\函.pdf", "函.pdf", "文档", True),
        ("https://wuhan.example/a.exe", "https://wuhan.example/a.exe", "网页", True),
        ("/mnt/工具.exe", "工具.exe", "其他", False),
        ("/mnt/run.sh", "run.sh", "其他", False),
        ("/mnt/函.pdf.desktop", "函.pdf.desktop", "其他", False),
        ("/mnt/无后缀", "无后缀", "其他", False),
        ("-rf", "-rf", "其他", False),
    ],
)
def test_only_papers_pictures_and_recordings_open(
    place: str, name: str, kind: str, opens: bool
) -> None:
    assert (name_of(place), kind_of(place), openable(place)) == (name, kind, opens)
    assert is_page(place) == (kind == "网页")


def test_a_size_is_told_as_people_read_it() -> None:
    assert [size_told(n) for n in (None, 0, 1023, 1536, 3 << 20, 5 << 30)] == [
        "",
        "0 字节",
        "1023 字节",
        "1.5 KB",
        "3.0 MB",
        "5.0 GB",
    ]
