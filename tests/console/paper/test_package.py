"""What no template may hold is refused in one line, before anything is stored or filled."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx.oxml import parse_xml

from console.paper.defaults import DRAWINGS, default_template
from console.paper.filling import Form
from console.paper.package import Package
from rules.errors import Refused
from tests.console.paper.forms import edited, template, values, with_parts

PLAIN = template("{{ 文号 }}")

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _refused(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        Form(content, "order")
    told = str(refused.value)
    assert "\n" not in told and "：" in told
    return told


def _with(xml: str) -> bytes:
    """Return a template with an element put before the end of its body."""

    def put(document: Any) -> None:
        document.element.body.insert(0, parse_xml(xml))

    return template("{{ 文号 }}", change=put)


def _complex(*codes: str, part: Callable[[Any], Any] = lambda document: document) -> bytes:
    """Return a template with a field whose code is split over runs."""
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    field = (
        f'<w:p {W}><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )

    def put(document: Any) -> None:
        part(document)._element.insert(0, parse_xml(field))

    return template("{{ 文号 }}", change=put)


def _body(document: Any) -> Any:
    return document._body


def test_what_is_shipped_and_what_an_office_program_saves_is_taken() -> None:
    for kind in DRAWINGS:
        assert Package(default_template(kind)).main == "word/document.xml"
    assert Form(_complex("PAGE", part=_body), "order").words == {"文号"}


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04", PLAIN[:-200], template("x").replace(b"PK", b"QK")]
)
def test_what_is_no_docx_is_refused(content: bytes) -> None:
    assert "不是" in _refused(content)


def test_a_zip_that_is_something_else_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "x")
    assert "不是 Word 文档" in _refused(out.getvalue())


def test_a_zip_that_would_fill_the_memory_is_refused_unread() -> None:
    bomb = with_parts(PLAIN, word__media__a_png=b"\0" * 41_000_000)
    assert len(bomb) < 100_000 and "过大" in _refused(bomb)
    many = with_parts(PLAIN, **{f"word__media__n{n}_png": b"" for n in range(300)})
    assert "过大" in _refused(many)
    assert "MB" in _refused(PLAIN + b"\0" * 5_000_000)


@pytest.mark.parametrize("name", ["../../etc/x_xml", "/word/x_xml", "word/../x_xml", "word\\x_xml"])
def test_a_part_that_would_lie_elsewhere_is_refused(name: str) -> None:
    assert "越界" in _refused(with_parts(PLAIN, **{name: b"<x/>"}))


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word__vbaProject_bin", "vnd.ms-office.vbaProject"),
        ("word__embeddings__o_bin", "vnd.openxmlformats-officedocument.oleObject"),
        ("word__activeX__activeX1_xml", "vnd.ms-office.activeX+xml"),
        ("word__afchunk_htm", "xhtml+xml"),
        ("word__media__x_emf", "x-emf"),
    ],
)
def test_macros_objects_controls_and_other_files_are_refused(part: str, kind: str) -> None:
    name = part.replace("__", "/").replace("_", ".")
    told = f'<Override PartName="/{name}" ContentType="application/{kind}"/><Override'
    base = with_parts(PLAIN, **{part: b"<x/>"})
    content = edited(base, "[Content_Types].xml", "<Override", told)
    assert f"不能接受的部件 {name}" in _refused(content)


def test_a_document_with_macros_is_refused_by_what_it_says_it_is() -> None:
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    old = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert "不能接受的部件" in _refused(edited(PLAIN, "[Content_Types].xml", old, kind))


@pytest.mark.parametrize("kind", ["image", "hyperlink", "attachedTemplate", "oleObject"])
def test_every_link_to_outside_is_refused(kind: str) -> None:
    def link(document: Any) -> None:
        document.part.relate_to("http://x.example/a", f"{RELATIONS}/{kind}", is_external=True)

    assert "外部内容 http://x.example/a" in _refused(template("x", change=link))


@pytest.mark.parametrize(
    "element",
    [
        "<w:altChunk {w}/>",
        "<w:p {w}><w:r><w:object/></w:r></w:p>",
        "<w:subDoc {w}/>",
        '<w:p {w}><w:r><w:pict><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/>'
        "</w:pict></w:r></w:p>",
    ],
)
def test_elements_that_bring_in_something_else_are_refused(element: str) -> None:
    assert "嵌入、链接的对象" in _refused(_with(element.replace("{w}", W)))


def test_a_template_of_the_template_is_refused() -> None:
    told = '<w:attachedTemplate r:id="rId1"/>'
    content = edited(PLAIN, "word/settings.xml", "<w:zoom", f"{told}<w:zoom")
    assert "attachedTemplate" in _refused(content)


@pytest.mark.parametrize(
    "codes",
    [
        ("DDEAUTO c:\\\\x.exe",),
        ("DD", "E", "AUTO x"),
        (" I", "NCLUDE", "TEXT x"),
        ("includepicture x",),
        ("LINK Excel.Sheet x",),
        ("IMPORT x",),
        ("QUOTE x",),
        ("MACROBUTTON x",),
        ("",),
        ("PAGE", "DDE x"),
    ],
)
@pytest.mark.parametrize("part", [_body, lambda document: document.sections[0].header])
def test_fields_that_read_or_run_something_are_refused_however_split(
    codes: tuple[str, ...], part: Callable[[Any], Any]
) -> None:
    assert "域" in _refused(_complex(*codes, part=part))


def test_a_simple_field_and_one_within_another_are_refused_as_well() -> None:
    assert "DDE x" in _refused(_with(f'<w:p {W}><w:fldSimple w:instr="DDE x"/></w:p>'))
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    code = "<w:r><w:instrText>{}</w:instrText></w:r>"
    inner = begin + code.format("DDEAUTO x") + end
    nested = f"<w:p {W}>{begin}{code.format('PAGE ')}{inner}{end}</w:p>"
    assert "DDEAUTO" in _refused(_with(nested))


def test_a_value_never_becomes_part_of_a_field() -> None:
    assert "正文文字以外" in _refused(_complex("PAGE {{ 文号 }}", part=_body))
    assert "正文文字以外" in _refused(_complex("PAGE {", "{ 文号 }", "}", part=_body))


def test_notes_are_looked_through_as_well() -> None:
    note = f'<w:footnotes {W}><w:fldSimple w:instr="DDE x"/></w:footnotes>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    told = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/><Override'
    base = with_parts(PLAIN, word__footnotes_xml=note)
    assert "DDE x" in _refused(edited(base, "[Content_Types].xml", "<Override", told))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused_in_any_encoding(encoding: str) -> None:
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        f'<!ENTITY b "&a;&a;&a;">]><w:document {W}><w:body>&b;</w:body></w:document>'
    )
    told = _refused(with_parts(PLAIN, word__document_xml=bomb.encode(encoding)))
    assert "DTD" in told
    assert "损坏" in _refused(with_parts(PLAIN, word__document_xml=b"<w:document"))


@pytest.mark.parametrize(
    "tag",
    [
        "{% import 'x' as y %}",
        "{% include '/etc/passwd' %}",
        "{% extends 'x' %}",
        "{% macro f() %}{% endmacro %}",
        "{% set x = 1 %}",
        "{% call x() %}{% endcall %}",
        "{% filter upper %}x{% endfilter %}",
        "{% block x %}{% endblock %}",
        "{% with %}{% endwith %}",
        "{{ 文号.__class__.__mro__ }}",
        "{{ 文号['__class__'] }}",
        "{{ 文号|attr('__class__') }}",
        "{{ ''.__class__ }}",
        "{{ 文号.format(文号) }}",
        "{{ 文号()}}",
        "{{ range(10**9) }}",
        "{% for x in range(1000000000) %}{% endfor %}",
        "{{ '甲' * 10**9 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 文号 ~ 文号 }}",
        "{{ 文号 + 文号 }}",
        "{{ 文号 % 文号 }}",
        "{{ 文号|center(1000000000) }}",
        "{{ 文号|map('attr', 'x') }}",
        "{{ [1, 2] }}",
        "{{ {'a': 1} }}",
        "{{ 文号|safe }}",
        "{{ self }}",
        "{{ cycler }}",
        "{{ lipsum() }}",
        "{{ loop.index }}",
        "{% autoescape false %}{{ 文号 }}{% endautoescape %}",
        "{% raw %}{{ x }}{% endraw %}{{ x }}",
        "{% for x in 标题 recursive %}{{ loop(标题) }}{% endfor %}",
        "{% for x in 标题 %}{{ loop.cycle('a') }}{% endfor %}",
        "{% for x in 标题 %}" * 3 + "{% endfor %}" * 3,
        "{% for 文号 in 标题 %}{{ 文号 }}{% endfor %}",
        "{% for a, b in 诉求清单 %}{% endfor %}",
        "{{ 诉求清单[文号] }}",
        "{{r 文号 }}",
        "{{p 文号 }}",
        "{% colspan 文号 %}",
        "{% hm %}",
        "{{ " + "(" * 400 + "文号" + ")" * 400 + " }}",
    ],
)
def test_what_is_more_than_the_language_of_templates_is_refused(tag: str) -> None:
    _refused(template(tag))


def test_rows_are_only_gone_through_and_never_printed_as_code() -> None:
    for tag in ("{{ 诉求清单 }}", "{{ 诉求清单[0] }}", "{{ 诉求清单|last }}"):
        with pytest.raises(Refused, match="逐行取出"):
            Form(template(tag), "order").fill(values())
