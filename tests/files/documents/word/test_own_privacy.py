"""Nothing of the people who made a bureau's template reaches the paper that is published."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import datetime

from inspect_cli.files.documents.word.own import render_own_word
from inspect_cli.files.documents.word.picture import strip_picture
from tests.files.documents.word.packages import changed, find, members, read
from tests.files.documents.word.papers import paper, paragraph
from tests.files.documents.word.templates import empty, saved, template

CLERK = "张三丰"
COMPANY = "某某科技公司"
MARKS = (CLERK, COMPANY, "C:\\Users\\zhang", "机密批注", "2019-05-06", "00AB12CD")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMED = f'w:id="1" w:author="{CLERK}" w:date="2019-05-06T00:00:00Z"'


def _png(text: str) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"tEXt", b"Author\0" + text.encode())
        + chunk(b"tIME", b"\x07\xe3\x05\x06\0\0\0")
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
        + text.encode()
    )


def _jpeg(text: str) -> bytes:
    def segment(marker: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    said = text.encode()
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
        + segment(0xE1, b"Exif\0\0" + said)
        + segment(0xED, b"Photoshop 3.0\0" + said)
        + segment(0xFE, said)
        + segment(0xDB, bytes(65))
        + segment(0xDA, b"\x01\x01\0\0\x3f\0")
        + b"\x12\x34\xff\xd9"
    )


def _template() -> bytes:
    """Make a template with a clerk's name wherever Word writes one."""
    document = empty()
    properties = document.core_properties
    properties.author, properties.last_modified_by, properties.revision = CLERK, CLERK, 17
    properties.comments, properties.keywords, properties.category = "机密批注", COMPANY, CLERK
    properties.created = properties.modified = datetime(2019, 5, 6)  # noqa: DTZ001 - python-docx takes it as UTC
    document.add_paragraph("{{ title }}")
    commented = document.add_paragraph("{{ date }}")
    document.add_comment(commented.runs, text="机密批注", author=CLERK, initials="张")
    document.add_picture(io.BytesIO(_png(CLERK)))
    document.add_paragraph("尾")
    document.add_paragraph("{{ body }}")
    data = saved(document)
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><property>'
        f"{CLERK}</property></Properties>"
    )
    company = f"<Properties><Company>{COMPANY}</Company><Manager>{CLERK}</Manager></Properties>"
    relations = (
        f'<Relationship Id="rId98" Type="{OFFICE}/custom-properties" Target="docProps/custom.xml"/>'
        f'<Relationship Id="rId99" Type="{OFFICE}/extended-properties" Target="docProps/app2.xml"/>'
        f'<Relationship Id="rId97" Type="{OFFICE}/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>'
    )
    tracked = (
        f'<w:ins {NAMED}><w:r w:rsidR="00AB12CD"><w:t>新增</w:t></w:r></w:ins>'
        f"<w:del {NAMED}><w:r><w:delText>{CLERK}删去</w:delText></w:r></w:del>"
        f"<w:r><w:rPr><w:b/><w:rPrChange {NAMED}><w:rPr/></w:rPrChange></w:rPr><w:t>尾</w:t></w:r>"
    )
    settings = (
        '<w:documentProtection w:edit="readOnly"/><w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids>'
        f'<w:docVars><w:docVar w:name="who" w:val="{CLERK}"/></w:docVars><w:trackRevisions/></w:settings>'
    )
    return changed(
        data,
        {
            "docProps/custom.xml": custom.encode(),
            "docProps/app2.xml": company.encode(),
            "docProps/thumbnail.jpeg": _jpeg(CLERK),
            "_rels/.rels": ("</Relationships>", relations),
            "word/document.xml": ("<w:r><w:t>尾</w:t></w:r>", tracked),
            "word/settings.xml": ("</w:settings>", settings),
        },
    )


def test_the_template_is_full_of_them() -> None:
    """The test's own template tells of the clerk in its parts before it is filled: else the next test would prove nothing."""
    content = members(_template())
    told = [name for name, data in content.items() if CLERK.encode() in data]
    assert {
        "docProps/core.xml",
        "docProps/custom.xml",
        "word/comments.xml",
        "word/document.xml",
        "word/media/image1.png",
    } <= {*told}


def test_nothing_of_them_is_published() -> None:
    """No part of the paper, pictures and their metadata included, holds a name, company, time, comment or revision mark."""
    data = render_own_word(_template(), paper(paragraph("甲"), date="2026年12月8日"), "t.docx")
    content = members(data)
    for mark in (
        *MARKS,
        "author",
        "rsid",
        "initials",
        "commentReference",
        "trackRevisions",
        "documentProtection",
        "lastModifiedBy",
    ):
        assert [name for name, part in content.items() if mark.encode() in part] == [], mark
    assert [name for name in content if name.startswith("docProps/")] == ["docProps/core.xml"]
    assert not [name for name in content if "comment" in name or "custom" in name or "thumb" in name]
    assert len(find(data, "//w:removePersonalInformation", "word/settings.xml")) == 1


def test_changes_are_accepted() -> None:
    """What was inserted stays, what was deleted is gone, as if all changes had been accepted."""
    texts = [one.text for one in read(render_own_word(_template(), paper(paragraph("甲")), "t.docx")).paragraphs]
    assert "新增尾" in texts


def test_deleted_rows_and_paragraph_ends() -> None:
    """A row that was deleted is gone; a paragraph whose end was deleted flows into the next one."""
    ended = f"<w:pPr><w:rPr><w:del {NAMED}/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r>"
    own = template("前半", "后半", "{{ body }}", "末", rows=(("留", "下"), ("删", "去")))
    own = changed(own, {"word/document.xml": ("<w:r><w:t>前半</w:t></w:r>", ended)})
    last = f"<w:pPr><w:rPr><w:del {NAMED}/></w:rPr></w:pPr><w:r><w:t>末</w:t></w:r>"
    own = changed(own, {"word/document.xml": ("<w:r><w:t>末</w:t></w:r>", last)})
    row = members(own)["word/document.xml"].decode().rpartition("<w:tr>")
    own = changed(own, {"word/document.xml": (row[0] + "<w:tr>", f"{row[0]}<w:tr><w:trPr><w:del {NAMED}/></w:trPr>")})
    data = render_own_word(own, paper(paragraph("甲")), "t.docx")
    assert [one.text for one in read(data).paragraphs if one.text] == ["前半后半", "甲", "末"]
    assert [[cell.text for cell in one.cells] for one in read(data).tables[0].rows] == [["留", "下"]]


def test_a_picture_loses_its_path() -> None:
    """The name and description of a picture, often a path on somebody's machine, are not published; the picture is."""
    own = _template()
    own = changed(
        own,
        {
            "word/document.xml": (
                'name="Picture 1"',
                'name="C:\\Users\\zhang\\章.png" descr="C:\\Users\\zhang" title="C:\\Users\\zhang"',
            )
        },
    )
    data = render_own_word(own, paper(paragraph("甲")), "t.docx")
    assert b"zhang" not in members(data)["word/document.xml"]
    assert len(read(data).inline_shapes) == 1


class TestPictures:
    """Pictures keep what is shown, and nothing that is told."""

    def test_png(self) -> None:
        """A PNG loses texts, times and what stands behind its end; its chunks that are shown stay to the byte."""
        stripped = strip_picture(_png(CLERK))
        assert CLERK.encode() not in stripped
        assert b"tIME" not in stripped
        assert stripped.endswith(_png("")[-12:])
        assert strip_picture(stripped) == stripped

    def test_jpeg(self) -> None:
        """A JPEG loses Exif, Photoshop's block and comments; colours, tables and the scan stay."""
        stripped = strip_picture(_jpeg(CLERK))
        assert CLERK.encode() not in stripped
        assert b"JFIF\0" in stripped
        assert stripped.endswith(b"\x12\x34\xff\xd9")
        assert strip_picture(stripped) == stripped

    def test_damaged_and_other_pictures(self) -> None:
        """A damaged picture is cut, and never followed beyond its end; a bitmap stays."""
        assert strip_picture(b"BM123") == b"BM123"
        for whole in (_png(CLERK), _jpeg(CLERK)):
            for length in range(len(whole)):
                assert CLERK.encode() not in strip_picture(whole[:length])
