"""click, made to speak two languages: help translated when it is shown and measured in cells, and options that many share.

A command's docstring is its help: each paragraph is one sentence of the catalogue, the first one also its line in the list of
its group. A block that starts with ``\\b`` is an example and shown as it stands. What does not live here: the root of the tree
(``cli.py``) and the commands themselves.
"""

from __future__ import annotations

import copy
import functools
import re
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from inspect_cli.core import names
from inspect_cli.core.people import Approval
from inspect_cli.errors import InputError, UsageMistake, say
from inspect_cli.help_page import CellFormatter, paragraphs, translate_help
from inspect_cli.language import LANGUAGES, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from click.shell_completion import CompletionItem

    FC = TypeVar("FC", bound=Callable[..., Any] | click.Command)


class _Context(click.Context):
    formatter_class = CellFormatter


class Command(click.Command):
    """A command whose help is translated at the moment it is shown."""

    context_class = _Context

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Say how the command is called, in the language that is settled."""
        pieces = {"[OPTIONS]": _("[OPTIONS]"), "COMMAND [ARGS]...": _("COMMAND [ARGS]...")}
        return [pieces.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the option ``--help``, which click would translate once and for ever."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Show this message and exit."
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Give the line for the group's list: the first paragraph without its full stop; ``limit`` is not needed, lines wrap."""
        del limit
        text = self.short_help or (paragraphs(self.help)[0] if self.help else "")
        return _without_stop(text)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's help."""
        del ctx
        if self.help:
            formatter.write_paragraph()
            formatter.write_text(translate_help(self.help))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the arguments that have a help text."""
        rows = [
            (param.make_metavar(ctx), _(param.help))
            for param in self.get_params(ctx)
            if isinstance(param, click.Argument) and param.help
        ]
        if rows:
            with formatter.section(_("Arguments")):
                formatter.write_dl(rows)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and for a group its commands."""
        rows = [
            record
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (record := _translated(param).get_help_record(ctx))
        ]
        with formatter.section(_("Options")):
            formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what stands at the end of the page."""
        del ctx
        if self.epilog:
            formatter.write_paragraph()
            formatter.write_text(translate_help(self.epilog))


def _without_stop(sentence: str) -> str:
    """Translate a sentence for a list, where it needs no full stop."""
    return _(sentence).rstrip(".。")


def _translated(option: click.Option) -> click.Option:
    """Copy an option with its help translated; click adds the default, the environment variable and the range."""
    shown = copy.copy(option)
    shown.help = _(option.help) if option.help else None
    return shown


class Group(Command, click.Group):
    """A noun: its verbs are listed in the order in which the module defines them."""

    command_class = Command
    group_class = type

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of their definition (click would sort them)."""
        del ctx
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        rows = [(name, self.short_help_of(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)

    def short_help_of(self, ctx: click.Context, name: str) -> str:
        """Give one command's line in the list."""
        command = self.get_command(ctx, name)
        return command.get_short_help_str() if command else ""


class Listed(NamedTuple):
    """Where a command stands (``module:attribute``, from ``.`` on within the group's package), and the first sentence of its help."""

    place: str
    short_help: str


class LazyGroup(Group):
    """A group that knows its commands by a table, and imports the module of the one that is called."""

    def __init__(self, *args: Any, listed: Mapping[str, Listed], package: str | None = None, **settings: Any) -> None:
        """Take the table; ``package`` is where places that begin with ``.`` start. The rest is click's."""
        super().__init__(*args, **settings)
        self.listed = dict(listed)
        self.package = package

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        del ctx
        return list(self.listed)

    def short_help_of(self, ctx: click.Context, name: str) -> str:
        """Take the line from the table, so that nothing is imported for the list."""
        del ctx
        return _without_stop(self.listed[name].short_help)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        del ctx
        if cmd_name not in self.listed:
            return None
        module, _colon, attribute = self.listed[cmd_name].place.partition(":")
        command = getattr(import_module(module, self.package), attribute)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or refuse it with those that are spelt alike."""
        if args[0] not in self.listed and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.NoSuchCommand(args[0], possibilities=self.listed, ctx=ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete a command's name from the table."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - for completion alone, not for each call

        found = [
            CompletionItem(name, help=self.short_help_of(ctx, name))
            for name in self.listed
            if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)


class Day(click.ParamType[date, str | date]):
    """A day on the command line: ``YYYY-MM-DD``."""

    name = "YYYY-MM-DD"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse the day; a usage mistake where there is none such in the calendar."""
        if isinstance(value, date):
            return value
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                self.fail(_("'{value}' is not a day of the calendar").format(value=value), param, ctx)
        return self.fail(_("'{value}' is not a day written YYYY-MM-DD").format(value=value), param, ctx)


class Period(click.ParamType[names.Period, str]):
    """A month on the command line: ``YYYY-MM``."""

    name = "YYYY-MM"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> names.Period:
        """Parse the month; a usage mistake where there is none such."""
        from inspect_cli.core.period import parse_period  # noqa: PLC0415 - for a month alone, not for each call

        try:
            return parse_period(value)
        except InputError:
            return self.fail(_("'{value}' is not a month written YYYY-MM").format(value=value), param, ctx)


def json_option(command: FC) -> FC:
    """Add ``--json``, which the command receives as ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print the data as JSON.")(command)


def yes_option(command: FC) -> FC:
    """Add ``--yes``, which answers the question that the command would ask."""
    return click.option("--yes", is_flag=True, help="Answer the question with yes beforehand.")(command)


def force_option(command: FC) -> FC:
    """Add ``--force``, which lets a file that is written take the place of one that is there."""
    return click.option("--force", is_flag=True, help="Overwrite the file where there is one.")(command)


def lang_option(command: FC) -> FC:
    """Add ``--lang`` for what a command writes; the command receives ``zh``, ``en`` or None as ``lang``."""
    return click.option(
        "--lang", type=click.Choice(LANGUAGES), help="The language of what is written; Chinese unless it is named."
    )(command)


def substitute_option(command: FC) -> FC:
    """Add ``--substitute``; the command receives a tuple of texts such as ``𬭎=釒宏``."""
    return click.option(
        "--substitute",
        multiple=True,
        metavar="X=YZ",
        help="What a PDF prints instead of a character that its faces lack; once for each.",
    )(command)


def word_template_option(command: FC) -> FC:
    """Add ``--word-template``, which stands before the setting; the command receives a path or None as ``word_template``."""
    return click.option(
        "--word-template",
        type=click.Path(path_type=Path),
        metavar="FILE.docx",
        help="A Word template to write a docx into, instead of that of inspect.toml.",
    )(command)


def approval_options(callback: Callable[..., None]) -> Callable[..., None]:
    """Add ``--approver`` and ``--reason``; the command receives them as ``approval``, None where neither is given."""

    @functools.wraps(callback)
    def with_approval(*args: object, approver: str | None, reason: str | None, **values: object) -> None:
        if (approver is None) != (reason is None):
            raise UsageMistake(
                say("--approver and --reason go together"),
                hint=say("give both: --approver NAME --reason CODE"),
            )
        approval = Approval(approver=approver, reason=reason) if approver is not None and reason is not None else None
        callback(*args, approval=approval, **values)

    click.option("--reason", metavar="CODE", help="The code of the reason for which the act is approved.")(
        with_approval
    )
    click.option("--approver", metavar="NAME", help="The second person, who approves the act.")(with_approval)
    return with_approval
