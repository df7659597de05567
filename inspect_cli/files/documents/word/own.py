"""A bureau's own Word template, filled with a paper: the tags by docxtpl, the text's blocks in the place of ``{{ body }}``.

What is refused and what is taken out is told where it is done: ``template_package``, ``template_content``, ``template_tags``. The filled
file goes through the same examination as the template, so that no tag can put together what may not stand there.
"""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from docxtpl import DocxTemplate  # type: ignore[import-untyped] # ships no types
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError
from lxml import etree  # type: ignore[import-untyped] # ships no types

from inspect_cli.errors import InputError, Position, say
from inspect_cli.files.documents.template_language import NotAllowedError
from inspect_cli.files.documents.word.filling import put_body
from inspect_cli.files.documents.word.tag_places import require_tags
from inspect_cli.files.documents.word.template_content import clean_content, refuse_content
from inspect_cli.files.documents.word.template_package import read_package, write_package
from inspect_cli.files.documents.word.template_tags import NAMES, TagEnvironment, UnknownNameError, make_context
from inspect_cli.widths import cut, visible

if TYPE_CHECKING:
    from jinja2 import Environment

    from inspect_cli.core.publish.blocks import Document
    from inspect_cli.errors import Message
    from inspect_cli.files.documents.word.template_package import Package

_SHOWN: Final = frozenset({"body", "tables", "rows"})
_EXAMPLE: Final = say("write {example} in a paragraph of its own where the text shall go", example="{{ body }}")
_CORRECT: Final = say("correct the tag in Word; a tag shows one of: {names}", names=NAMES)
_NEAR: Final = 60
_MARKUP: Final = re.compile(r"<[^>]*>")


def render_own_word(template: bytes, document: Document, name: str) -> bytes:
    """Return a Word file (docx): a bureau's template (``name`` is its file's) filled with a document.

    ``InputError`` with what and where for a template that is refused, or whose tags cannot be filled.
    """
    package = _read_clean(template, name)
    require_tags(package, name)
    environment = TagEnvironment()
    filled = _fill(package, document, environment, name)
    if not _SHOWN & environment.used:
        raise InputError(
            say("the template shows nothing of the paper's text"), where=Position(file=name), hint=_EXAMPLE
        )
    result = _read_clean(filled, name, is_filled=True)
    put_body(result, document, name)
    return write_package(result, document.title)


def _read_clean(data: bytes, name: str, *, is_filled: bool = False) -> Package:
    """Read a Word file, refuse what may not be in it, and take out what tells of people."""
    package = read_package(data, name, is_filled=is_filled)
    clean_content(package)
    refuse_content(package, name)
    return package


def _fill(package: Package, document: Document, environment: TagEnvironment, name: str) -> bytes:
    filling = _Filling(BytesIO(write_package(package, "")))
    stream = BytesIO()
    try:
        filling.render(make_context(document), environment, autoescape=True)
        filling.save(stream)
    except _ERRORS as error:
        what = say("{part}, near “{text}”: {what}", part=filling.part, text=filling.near(error), what=_say_what(error))
        raise InputError(what, where=Position(file=name), hint=_CORRECT) from error
    return stream.getvalue()


class _Filling(DocxTemplate):  # type: ignore[misc] # so its base is of no type
    """docxtpl, which brings tags that Word has split together; what it makes of them is kept strict."""

    part = "word/document.xml"
    _lines: tuple[str, ...] = ()

    def render_xml_part(
        self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Environment | None = None
    ) -> str:
        """Fill one part; a value stays as it is, whatever marks of docxtpl's own it holds."""
        assert jinja_env is not None  # noqa: S101 - for the type alone
        self.part = str(part.partname).lstrip("/")
        self._lines = tuple(src_xml.replace("<w:p>", "\n<w:p>").replace("<w:p ", "\n<w:p ").split("\n"))
        return str(
            self.resolve_listing(
                jinja_env.from_string("\n".join(self._lines)).render(context).replace("\n<w:p", "<w:p")
            )
        )

    def fix_tables(self, xml: str) -> Any:
        """Refuse what is no XML any more, instead of guessing what was meant."""
        etree.fromstring(xml)
        return super().fix_tables(xml)

    def render_properties(self, context: dict[str, Any], jinja_env: Environment | None = None) -> None:
        """Leave the properties: they are written anew."""

    def near(self, error: Exception) -> str:
        """Give the text of the paragraph in which a mistake stands, as far as that is known."""
        line = getattr(error, "lineno", None)
        if not isinstance(line, int) or not 0 < line <= len(self._lines):
            return "…"
        text = html.unescape(_MARKUP.sub("", self._lines[line - 1]))
        return cut(visible(text.strip()), _NEAR)


_ERRORS: Final = (
    TemplateError,
    NotAllowedError,
    etree.XMLSyntaxError,
    TypeError,
    ValueError,
    RecursionError,
    SyntaxError,
)
"""What a wrong tag can lead to; ``SyntaxError`` and ``TypeError`` are of the code that jinja makes of tags."""


def _say_what(error: Exception) -> Message | str:
    match error:
        case UnknownNameError() | NotAllowedError():
            return error.what
        case UndefinedError():
            return say("it asks for a row, cell or name that is not there")
        case TemplateSyntaxError():
            return say("the tag is not complete, or not written as tags are: {error}", error=error.message or "")
        case etree.XMLSyntaxError():
            return say("a tag begins in one place of the table or text and ends in another, and tears it apart")
    return say("the tag cannot be filled: {error}", error=type(error).__name__)
