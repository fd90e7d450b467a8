"""What somebody writes who means harm: for a terminal, a page, a spreadsheet, a path, a form."""

from __future__ import annotations

PAYLOADS: tuple[str, ...] = (
    "红\x1b[31m字\x1b[0m",  # CSI
    "清\x1b[2J\x1b[H屏",
    "题\x1b]0;别的标题\x07",  # OSC, ended by BEL
    "链\x1b]8;;http://evil.example\x1b\\点我\x1b]8;;\x1b\\",  # OSC 8: a link
    "板\x1b]52;c;cm0gLXJmIH4=\x07",  # OSC 52: the clipboard
    "符\x1bP+q544e\x1b\\号",  # DCS
    "设\x1b_Gf=100;AAAA\x1b\\图",  # APC
    "段\x1b^私\x1b\\语\x1bX串\x1b\\",  # PM, SOS
    "\x1bc重置",
    "八位\x9b31m\x9d0;题\x9c\x90q\x9c",  # the same in C1
    "半截\x1b[",
    "半截\x1b]8;;http://evil.example",
    "铃\x07退\x08\x08\x7f回\r覆盖",
    "甲\u202e乙丙\u202c丁",  # bidi
    "甲\u2066乙\u2069\u061c\u200f",
    "甲\u200b乙\u200d丙\ufeff丁\u2060",  # zero width
    "甲\ufe0f\u3164\u2800\u115f\uffa0乙",  # drawn as nothing
    "旧" + "\u0301" * 40 + "楼" + "\u20dd" * 9,
    "\u0489\u0489先于文字",
    "标签\U000e0041\U000e0042\U000e007f",
    "[red]红[/red][bold]粗",
    "[@click=app.quit]退出[/]",
    "[link=http://evil.example]点[/link]",
    "[/][/red][$primary]$accent[",
    "\\[red]反斜\\[/",
    "<script>alert(1)</script><b>粗</b>",
    "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "</w:t></w:r><w:r><w:instrText>DDEAUTO</w:instrText>",
    "]]>&amp;&#27;&#x1b;{{7*7}}${7*7}",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example","点我")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "＝１＋１",
    "'=1+1",
    '甲",=1+1,"乙\n=2+2\r\n@3',
    "\t=1+1",
    "空\x00字\x00节",
    "半\ud800个\udc80字",
    "../../../../etc/passwd\\..\\NUL.docx",
    "CON.txt:流|*?<>\"'; DROP TABLE ticket; --",
    "长" * 20_000,
)
"""Forty-three of them, each with words around it that anybody may write."""


def typed(payload: str) -> str:
    """Return a payload as an operating system lets it be typed: without NUL, bytes as they came."""
    told = payload.replace("\0", "").replace("\ud800", "\udcff")
    return told if len(told) < 4000 else told[:4000]
