"""What a bureau's Word template may not hold, and that no tag runs code: each refusal says what and where."""

from __future__ import annotations

import io
import time
import zipfile

import docx
import pytest

from inspect_cli.errors import InputError
from inspect_cli.files.documents.word import template_package, template_tags
from inspect_cli.files.documents.word.own import render_own_word
from tests.files.documents.word.packages import changed, members
from tests.files.documents.word.papers import paper, paragraph, result_notice, table
from tests.files.documents.word.templates import saved, template

RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIELD = '<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
TEXT = "<w:r><w:t>{{ title }}</w:t></w:r>"


def _refusal(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        render_own_word(data, result_notice(), "t.docx")
    assert caught.value.where is not None
    assert caught.value.where.file == "t.docx"
    assert caught.value.hint is not None
    return caught.value


def _with_relation(kind: str, target: str, *, is_external: bool = True) -> bytes:
    mode = ' TargetMode="External"' if is_external else ""
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    return changed(template(), {RELATIONS: ("</Relationships>", relation)})


def _with_part(path: str, kind: str, relation: str) -> bytes:
    data = _with_relation(f"{OFFICE}/{relation}", path.removeprefix("word/"), is_external=False)
    override = f'<Override PartName="/{path}" ContentType="{kind}"/></Types>'
    return changed(data, {path: b"x", TYPES: ("</Types>", override)})


def _with_markup(markup: str) -> bytes:
    return changed(template(), {"word/document.xml": (TEXT, TEXT + markup)})


def _field(*instructions: str) -> str:
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in instructions)
    return (
        FIELD.format(kind="begin")
        + pieces
        + FIELD.format(kind="separate")
        + "<w:r><w:t>1</w:t></w:r>"
        + FIELD.format(kind="end")
    )


class TestCode:
    """No tag reaches an object, a file, or the time of others."""

    @pytest.mark.parametrize(
        "tag",
        [
            "{{ ''.__class__.__mro__[1].__subclasses__() }}",
            "{{ title.__class__.__base__ }}",
            "{{ title|attr('__class__') }}",
            "{{ title['__class__'] }}",
            "{{ rows.__class__ }}",
            "{{ rows.count }}",
            "{{ tables[0].keys }}",
            "{{ cycler.__init__.__globals__.os }}",
            "{{ lipsum.__globals__ }}",
            "{{ self.__init__ }}",
            "{{ self }}",
            "{{ request }}",
            "{{ config }}",
            "{{ joiner }}",
            "{{ namespace }}",
            "{{ dict }}",
            "{{ loop.__class__ }}",
            "{{ title.format(1) }}",
            "{{ '{0.__class__}'.format(title) }}",
            "{{ '%s' % title }}",
            "{{ title ~ title }}",
            "{{ [title]|map('upper') }}",
            "{{ title|safe }}",
            "{{ title|xmlattr }}",
            "{{ title|counted passes }}",
            "{{ (1).__class__ }}",
            "{{ 9**99999999 }}",
            "{{ 'x' * 999999999 }}",
            "{% for i in range(999999999) %}x{% endfor %}",
            "{% for i in range %}x{% endfor %}",
            "{% include 'other' %}",
            "{% import 'other' as o %}",
            "{% from 'other' import o %}",
            "{% extends 'other' %}",
            "{% macro m() %}{% endmacro %}",
            "{% call m() %}{% endcall %}",
            "{% block b %}{% endblock %}",
            "{% set x = 1 %}",
            "{% set x %}y{% endset %}",
            "{% with x = 1 %}{% endwith %}",
            "{% filter upper %}{% endfilter %}",
            "{% autoescape false %}{{ title }}{% endautoescape %}",
            "{% do 1 %}",
            "{% for row in rows recursive %}{{ loop(row) }}{% endfor %}",
            "{{ " + "(" * 90 + "title" + ")" * 90 + " }}",
            "{% if title %}" * 13 + "{% endif %}" * 13,
            "{{ unknown }}",
            "{{ rows[999] }}",
            "{{ title < 1 }}",
            "{% if %}",
            "{% for row in rows %}",
            "{{ title",
            "{{ 'x' if }}",
            "{{ '" + "x" * 300 + "' }}",
            "{{ rows }}",
            "{{ tables[0] }}",
            "{{ rows[0] }}",
            "{{ has_seal }}",
            "{% for a in (rows, rows) %}{{ a[0][0] }}{% endfor %}",
            "{% for a in ((1, 2), (3, 4)) %}{{ a[0] }}{% endfor %}",
        ],
    )
    def test_refused(self, tag: str) -> None:
        """The tag is refused, and the refusal names the part in which it stands."""
        assert "word/document.xml" in str(_refusal(template(tag, "{{ body }}")).what)

    def test_an_unknown_name_is_told_with_those_that_are_known(self) -> None:
        """Whoever mistyped a name reads which names there are, and near what it stands."""
        error = _refusal(template("文号：{{ nummer }}", "{{ body }}"))
        assert "near “文号：{{ nummer }}”: nummer" in str(error.what)
        assert "title, number, addressee" in str(error.hint)

    def test_loops_within_loops_end(self) -> None:
        """Loops are counted: sixty rows within each other, four deep, are given up within a second or two."""
        began = time.monotonic()
        error = _refusal(
            template(
                "".join(f"{{% for {name} in rows %}}" for name in "abcd") + "{% endfor %}" * 4,
                "{{ body }}",
            )
        )
        assert str(template_tags.STEP_LIMIT) in str(error.what)
        assert time.monotonic() - began < 20

    def test_what_it_makes_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A template that makes more than a part may have is given up while it is made."""
        monkeypatch.setattr(template_tags, "OUTPUT_LIMIT", 100_000)
        document = paper(table("甲", *(("长" * 400,) for _ in range(400))))
        with pytest.raises(InputError, match="more than 100000 characters"):
            render_own_word(template("{% for row in rows %}{{ row[0] }}{% endfor %}"), document, "t.docx")

    @pytest.mark.parametrize("text", ["{" * 100_000, "{{" * 2_001, "{{ title }}" * 2_001, "{%" + " " * 100_000 + "%}"])
    def test_a_storm_of_signs(self, text: str) -> None:
        """Text that would keep a searcher busy for hours is refused at once."""
        began = time.monotonic()
        _refusal(template(text, "{{ body }}"))
        assert time.monotonic() - began < 20

    def test_a_tag_outside_of_text(self) -> None:
        """A tag in an attribute could put together what may not stand there."""
        data = changed(
            template(), {"word/document.xml": (TEXT, f'<w:bookmarkStart w:id="0" w:name="{{{{ title }}}}"/>{TEXT}')}
        )
        assert "outside of text" in str(_refusal(data).what)

    def test_raw_text_is_text(self) -> None:
        """What {% raw %} holds is shown and not filled a second time."""
        data = render_own_word(template("{% raw %}{{ 7*7 }}{% endraw %}", "{{ body }}"), paper(), "t.docx")
        assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "{{ 7*7 }}"


class TestParts:
    """What a template's file may not hold."""

    @pytest.mark.parametrize(
        ("path", "kind", "relation", "said"),
        [
            ("word/vbaProject.bin", "application/vnd.ms-office.vbaProject", "vbaProject", "macros"),
            (
                "word/embeddings/oleObject1.bin",
                "application/vnd.openxmlformats-officedocument.oleObject",
                "oleObject",
                "object",
            ),
            (
                "word/embeddings/a.xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "package",
                "file",
            ),
            ("word/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml", "control", "control"),
            ("word/part.htm", "text/html", "aFChunk", "taken in"),
            (
                "word/charts/chart1.xml",
                "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
                "chart",
                "chart",
            ),
            ("word/strange.bin", "application/octet-stream", "strange", "strange"),
            ("word/media/a.svg", "image/svg+xml", "image", "image/svg+xml"),
        ],
    )
    def test_refused_parts(self, path: str, kind: str, relation: str, said: str) -> None:
        """Macros, objects, controls, files that are taken in, and whatever nobody knows are refused by name."""
        assert said in str(_refusal(_with_part(path, kind, relation)).what)

    def test_macros_without_a_relation(self) -> None:
        """Code that no relation leads to is refused all the same."""
        data = changed(template(), {"word/vbaProject.bin": b"x"})
        assert "macros" in str(_refusal(data).what)

    @pytest.mark.parametrize(
        ("relation", "target", "said"),
        [
            ("attachedTemplate", "http://192.0.2.1/evil.dotm", "an attached template"),
            ("attachedTemplate", "file:///C:/Users/clerk/a.dotx", "file:///C:/Users/clerk"),
            ("image", "https://192.0.2.1/pixel.png", "a linked picture"),
            ("hyperlink", "https://example.org/", "a link"),
            ("oleObject", "\\\\192.0.2.1\\share\\a.xls", "an embedded object"),
            ("subDocument", "b.docx", "a subdocument"),
        ],
    )
    def test_relations_that_lead_out(self, relation: str, target: str, said: str) -> None:
        """Whatever leads out of the file is refused, with where it leads."""
        error = _refusal(_with_relation(f"{OFFICE}/{relation}", target))
        assert said in str(error.what)
        assert RELATIONS in str(error.what)

    def test_a_relation_to_nothing(self) -> None:
        """A part that is named and not there is told."""
        data = _with_relation(f"{OFFICE}/image", "media/none.png", is_external=False)
        assert "not there" in str(_refusal(data).what)

    def test_other_kinds_of_files(self) -> None:
        """A workbook, an old .doc, a text, a macro template and an empty file are no Word document."""
        spreadsheet = io.BytesIO()
        with zipfile.ZipFile(spreadsheet, "w") as archive:
            archive.writestr("xl/workbook.xml", "<x/>")
        main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
        other = main.replace("document.main", "template.main")
        files = (
            *(spreadsheet.getvalue(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, b"{{ body }}", b""),
            *(changed(template(), {TYPES: (main, kind)}) for kind in (macros, other)),
            changed(template(), {"_rels/.rels": ('officeDocument" Target', 'other" Target')}),
        )
        for data in files:
            _refusal(data)

    def test_entities_and_depth(self) -> None:
        """A document type is refused before anything is expanded, and so is endless nesting."""
        bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]><w:document/>'
        deep = b"<x>" * 5_000 + b"</x>" * 5_000
        for content in (bomb, deep, b"<w:document", b""):
            _refusal(changed(template(), {"word/document.xml": content}))

    def test_bounds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A part of more XML than a paper can have, a zip bomb and a file with a thousand members are refused."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members(template()).items():
                archive.writestr(name, content)
            archive.writestr("word/media/a.png", b"\0" * (65 * 1024 * 1024))
        _refusal(stream.getvalue())
        _refusal(changed(template(), {f"word/{number}.xml": b"<x/>" for number in range(600)}))
        monkeypatch.setattr(template_package, "XML_LIMIT", 1_000)
        assert "1000 bytes" in str(_refusal(template()).what)


class TestContent:
    """What may not stand within a part."""

    @pytest.mark.parametrize(
        "instruction",
        [
            ('INCLUDETEXT "C:\\\\a.docx"',),
            ('INCLUDEPICTURE "http://192.0.2.1/a.png"',),
            ("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe",),
            ("DD", "EAUTO cmd"),
            ("PAGE", " DDE cmd"),
            ('HYPERLINK "http://example.org"',),
            ("AUTHOR",),
            ("FILENAME \\p",),
            ("LINK Excel.Sheet",),
            ("MACROBUTTON x",),
        ],
    )
    def test_fields(self, instruction: tuple[str, ...]) -> None:
        """A field that fetches, starts or tells something is refused, in pieces too."""
        assert "only page numbers" in str(_refusal(_with_markup(_field(*instruction))).what)
        simple = f'<w:fldSimple w:instr="{"".join(instruction).replace(chr(34), "&quot;")}"/>'
        assert "only page numbers" in str(_refusal(_with_markup(simple)).what)

    def test_page_numbers_may_be(self) -> None:
        """Page numbers and their count are what fields are for."""
        markup = _field("PAGE") + _field("NUMPA", "GES \\* MERGEFORMAT") + '<w:fldSimple w:instr=" PAGE "/>'
        assert render_own_word(_with_markup(markup), paper(), "t.docx")

    @pytest.mark.parametrize(
        "markup",
        [
            FIELD.format(kind="begin") + _field("PAGE"),
            "<w:r><w:instrText>DDE cmd</w:instrText></w:r>",
            FIELD.format(kind="begin") + "<w:r><w:instrText>DDE cmd</w:instrText></w:r>",
            '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:object></w:r>',
            "<w:r><w:control/></w:r>",
            '<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" href="http://example.org"/></w:pict></w:r>',
            '<w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://192.0.2.1/a.png"/></w:pict></w:r>',
        ],
    )
    def test_elements(self, markup: str) -> None:
        """Fields within fields, stray instructions, objects, controls and addresses are refused."""
        assert "word/document.xml" in str(_refusal(_with_markup(markup)).what)

    def test_another_document(self) -> None:
        """A file that Word would take in when it opens the paper is refused."""
        data = changed(template(), {"word/document.xml": ("<w:body>", '<w:body><w:altChunk r:id="rId1"/>')})
        assert "another file" in str(_refusal(data).what)

    def test_a_mail_merge(self) -> None:
        """So are settings that ask a data source."""
        data = changed(template(), {"word/settings.xml": ("<w:zoom", "<w:mailMerge/><w:zoom")})
        assert "a mail merge" in str(_refusal(data).what)

    def test_python_docx_agrees_that_it_is_sound(self) -> None:
        """A plain template of an independent writer is taken."""
        document = docx.Document()
        document.add_paragraph("{{ body }}")
        assert render_own_word(saved(document), paper(paragraph("甲")), "t.docx")
