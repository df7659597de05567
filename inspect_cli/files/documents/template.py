"""A view → the source of a paper: one template a language and kind, in the bureau's own folder or among ours.

The source is a head of ``key: value`` lines between two ``---``, then Markdown; ``reading`` makes a document of it. Every value that a
template shows passes through ``text.render_value``, which escapes it. What a template may do is ``template_language``'s matter.
"""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.loaders import BaseLoader, split_template_path

from inspect_cli import resources
from inspect_cli.errors import InputError, Position, say
from inspect_cli.files.documents.template_language import DataEnvironment, NotAllowedError, UnshownError
from inspect_cli.files.intake.encoding import decode, read_outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from jinja2 import Environment

    from inspect_cli.errors import Message

TEMPLATE_LIMIT: Final = 256 * 1024
"""Bytes of one template: twenty times our longest."""
SOURCE_LIMIT: Final = 16 * 1024 * 1024
"""Characters of one paper's source."""

_KEEP_OURS: Final = say("correct the file, or take it out of the folder of templates: then the program's own is used")


def render_source(kind: str, view: object, language: str, folders: tuple[Path, ...] = ()) -> str:
    """Render the source of a paper of one kind in ``zh`` or ``en`` from a view (a frozen dataclass).

    ``folders`` are the bureau's own, which stand before ours; ``InputError`` with file and line when a template there is wrong.
    """
    environment = _make_environment(language, folders)
    environment.begin()
    name = f"{kind}.{language}.md.j2"
    try:
        return _join(environment.get_template(name).generate(view=view))
    except (TemplateError, NotAllowedError, UnshownError, TypeError, ValueError, RecursionError) as error:
        place = _find_place(error, folders)
        if place is None and isinstance(error, NotAllowedError):
            place = Position(file=name)
        if place is None:
            raise  # a mistake of ours
        raise InputError(_say_what(error), where=place, hint=_KEEP_OURS) from error


def _join(parts: Iterable[str]) -> str:
    """Join the parts of a source while it is not too long."""
    size, taken = 0, []
    for part in parts:
        size += len(part)
        if size > SOURCE_LIMIT:
            raise NotAllowedError(say("this makes more than {limit} characters", limit=SOURCE_LIMIT))
        taken.append(part)
    return "".join(taken)


def find_word_template(config: Path, template: str | None, named: Path | None = None) -> Path | None:
    """Find the bureau's own Word template, ``named`` or set from where its settings stand; reading it tells whether it is there."""
    return named or (None if template is None else config.parent / template)


def find_folders(config: Path, templates: str | None) -> tuple[Path, ...]:
    """Find the bureau's own folder of templates, named from where its settings stand; ``InputError`` when there is none."""
    if templates is None:
        return ()
    folder = (config.parent / templates).resolve()
    if not folder.is_dir():
        raise InputError(
            say("there is no folder {path}", path=str(folder)),
            where=Position(file=config.name, column="documents.templates"),
            hint=say("make the folder, or take the line out: then the program's own templates are used"),
        )
    return (folder,)


@lru_cache(maxsize=16)
def _make_environment(language: str, folders: tuple[Path, ...]) -> DataEnvironment:
    ours = (resources.templates() / "notices", resources.templates() / "sheets")
    return DataEnvironment(language, _Loader((*folders, *ours)))


class _Loader(BaseLoader):
    """Reads a template from the first folder that has it; no name and no symbolic link leads out of the folders."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = tuple(folder.resolve() for folder in folders)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 - jinja's own
        """Give a template's text, its file, and how to see whether the file is as it was."""
        path = self._find(template)
        if path is None:
            raise TemplateNotFound(template)
        text = decode(read_outside(path, TEMPLATE_LIMIT), encoding=None, file=path.name)
        return text, str(path), partial(self._is_as_then, template, path, path.stat().st_mtime_ns)

    def _find(self, template: str) -> Path | None:
        parts = split_template_path(template)
        paths = ((folder, folder.joinpath(*parts)) for folder in self._folders)
        try:
            for folder, path in paths:
                if path.is_file():
                    return path if path.resolve().is_relative_to(folder) else None
        except OSError:  # no file can have such a name
            return None
        return None

    def _is_as_then(self, template: str, path: Path, changed: int) -> bool:
        """Say whether a template is still found in the same place, and was not written since."""
        return self._find(template) == path and path.stat().st_mtime_ns == changed


def _find_place(error: BaseException, folders: tuple[Path, ...]) -> Position | None:
    """Find the innermost line of the bureau's own templates on the way of a mistake; None where none of them is on it."""
    places: list[tuple[str, int | None]] = [*_walk(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError | NotAllowedError):
        file = error.filename or getattr(error, "name", None)  # the lexer knows the file as the template's name
        places += [] if file is None else [(file, error.lineno)]
    for file, line in reversed(places):
        if any(Path(file).is_relative_to(folder) for folder in folders):
            return Position(file=Path(file).name, row=line)
    return None


def _walk(trace: TracebackType | None) -> list[tuple[str, int]]:
    """List the lines of templates through which an error went, the outermost first."""
    found = []
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            found.append((file, trace.tb_lineno))
        trace = trace.tb_next
    return found


def _say_what(error: Exception) -> Message:
    match error:
        case NotAllowedError():
            return error.what
        case UnshownError():
            return say("a whole value of the kind {kind} cannot be shown: name one of its fields", kind=str(error))
        case UndefinedError():
            return say("{name} is not known here", name=str(error))
        case TemplateNotFound():
            return say("there is no template {name}", name=str(error))
        case TemplateSyntaxError():
            return say("this is not the language of templates: {reason}", reason=str(error.message))
        case RecursionError():
            return say("this template includes itself without end")
        case _:
            return say("this cannot be computed: {reason}", reason=str(error))
