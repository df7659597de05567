"""The root of the command tree, and the one place where the clock is read and where an error becomes an exit status.

Nouns stand in the order of the story: registries, plan, draw, schedule, visits, notices, verification. What does not live here: the
commands (``commands/``), and any rule.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import click

from inspect_cli import language
from inspect_cli.app import App
from inspect_cli.command_line import Day, LazyGroup
from inspect_cli.commands import NOUNS
from inspect_cli.errors import InputError, InspectError, Position, RefusedError, say
from inspect_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PROGRAM: Final = "inspect-cli"
COMPLETION_VARIABLE: Final = "_INSPECT_CLI_COMPLETE"

USAGE_STATUS: Final = 2
INTERRUPTED_STATUS: Final = 130


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    from inspect_cli.release import installed_version  # noqa: PLC0415 - slow to import, seldom asked for

    if value and not ctx.resilient_parsing:
        click.echo(f"{PROGRAM} {installed_version()}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    listed=NOUNS,
    name=PROGRAM,
    epilog="Completion of commands: one line in the shell's settings, here for bash "
    "(zsh_source and fish_source for the others).\n\n"
    f'\b\n  eval "$({COMPLETION_VARIABLE}=bash_source {PROGRAM})"',
)
@click.option(
    "--store",
    metavar="URL",
    envvar="INSPECT_STORE",
    help="The store: a file, or the URL of a database; else inspect.db.",
)
@click.option(
    "--config", metavar="FILE", default="inspect.toml", type=click.Path(path_type=Path), help="The bureau's settings."
)
@click.option("--as", "person", metavar="NAME", envvar="INSPECT_AS", help="Who acts.")
@click.option("--today", type=Day(), help="The day that the rules use; the machine's clock is logged beside it.")
@click.option(
    "--lang", "lang", type=click.Choice(language.LANGUAGES), envvar="INSPECT_LANG", help="The language of the screen."
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def root(
    ctx: click.Context, store: str | None, config: Path, person: str | None, today: date | None, lang: str | None
) -> None:
    """Draw inspections that nobody can steer and anybody can verify (双随机、一公开).

    A month in order: registries, plan, draw, schedule, visits, notices, verification.
    Start with the sample month, which shows every step:

    \b
    Example:
      inspect-cli demo --into month
    """
    del lang  # settled before the tree was built
    ctx.obj = App(
        store_url=_store_url(store or "inspect.db"),
        config=config,
        person=person or None,
        tell_clock=_clock_of(config),
        named_day=today,
        language=language.current(),
        interactive=sys.stdin.isatty() and sys.stderr.isatty(),
    )


def _clock_of(config: Path) -> Callable[[], datetime]:
    """Read the clock now, and say it at the bureau's distance from UTC once somebody asks: the office's day is not the server's."""
    clock = datetime.now().astimezone()

    @cache
    def tell() -> datetime:
        from inspect_cli.files.config import read_offset  # noqa: PLC0415 - settings are not read for --help

        return clock.astimezone(read_offset(config) or clock.tzinfo)

    return tell


def _store_url(store: str) -> str:
    """Make a database's URL of what was said: a plain path is a file of SQLite."""
    return store if "://" in store else f"sqlite:///{Path(store).as_posix()}"


def main() -> None:
    """Run the call that the process was started with, and end the process with its status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one call and give its exit status; errors are printed on stderr."""
    _speak_utf8(sys.stdout, sys.stderr)
    language.settle(language.choose(_named_language(arguments), os.environ))
    instruction = os.environ.get(COMPLETION_VARIABLE)
    try:
        if instruction:
            from click.shell_completion import shell_complete  # noqa: PLC0415 - for completion alone

            return shell_complete(root, {}, PROGRAM, COMPLETION_VARIABLE, instruction)
        return _invoke(arguments)
    except BrokenPipeError:
        _forget_stdout()
        return 0
    except Exception as error:  # noqa: BLE001 - the outermost place: whatever nobody expected is a bug, and is reported as one
        return _report_bug(error)


def _invoke(arguments: Sequence[str]) -> int:
    """Call the command, and turn the errors that are foreseen into statuses."""
    try:
        with root.make_context(PROGRAM, list(arguments)) as ctx:
            root.invoke(ctx)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        return _report_usage(error)
    except InspectError as error:
        return _report(error)
    except (KeyboardInterrupt, click.Abort):
        _complain([_("interrupted")])
        return INTERRUPTED_STATUS
    except EOFError:
        return _report(RefusedError(say("nothing was done, for the question was left without an answer")))
    except OSError as error:
        # What the screen shows goes to a file, and its disk is full.
        if error.errno == errno.ENOSPC and error.filename is None:
            _forget_stdout()
        elif isinstance(error, BrokenPipeError) or error.filename is None:
            raise
        return _report_file(error)
    return 0


def _named_language(arguments: Sequence[str]) -> str | None:
    """Find ``--lang`` among the options before the noun; a noun's own ``--lang`` is about what it writes."""
    rest = iter(arguments)
    with_value = {option for param in root.params if param.nargs == 1 and not _is_flag(param) for option in param.opts}
    for argument in rest:
        name, equals, value = argument.partition("=")
        if not name.startswith("--"):
            return None
        if name in with_value and not equals:
            value = next(rest, "")
        if name == "--lang":
            return value
    return None


def _is_flag(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and bool(param.is_flag)


def _speak_utf8(*streams: TextIO) -> None:
    """Write UTF-8 whatever the system's code page is; what is no character at all is written as an escape."""
    for stream in streams:
        # Tests and callers may have put a stream there that is not a file.
        with suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[attr-defined]


def _forget_stdout() -> None:
    """Let the interpreter end without another try to write to a pipe that nobody reads, or to a full disk."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report(error: InspectError) -> int:
    """Print what is wrong, where, and what to do."""
    from inspect_cli.error_text import render_error  # noqa: PLC0415 - for messages, not for --help

    _complain(render_error(error))
    return error.status


def _report_usage(error: click.ClickException) -> int:
    """Print how the command is called, and what was wrong with the call."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return USAGE_STATUS
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        click.echo(context.get_usage(), err=True)
        click.echo(_("Try '{command} --help' for help.").format(command=context.command_path), err=True)
    # click lays a list of choices out with line feeds and tabs, which a message of one line would show as signs.
    lines = [_("Error: {what}").format(what=" ".join(error.format_message().split()).removesuffix("."))]
    if context is not None and isinstance(error, click.NoSuchOption) and error.option_name in _options_of_root():
        rest = context.command_path.removeprefix(f"{PROGRAM} ")
        hint = _("{option} stands before the command: {example}").format(
            option=error.option_name, example=f"{PROGRAM} {error.option_name} … {rest} …"
        )
        lines.append(_("What to do: {hint}").format(hint=hint))
    _complain(lines)
    return USAGE_STATUS


def _options_of_root() -> set[str]:
    return {option for param in root.params for option in param.opts}


def _report_file(error: OSError) -> int:
    """Print that the system refuses a file; the layers beneath say more where they know more."""
    from inspect_cli.files.system_words import say_reason  # noqa: PLC0415 - for messages, not for --help

    return _report(
        InputError(
            say("the system refuses this file: {reason}", reason=say_reason(error)),
            where=Position(file="stdout" if error.filename is None else os.fsdecode(error.filename)),
            hint=say("look whether the file is there, may be read or written, and whether the disk has room"),
        )
    )


def _report_bug(error: Exception) -> int:
    """Print that this is a bug, and keep what its repair needs; with ``INSPECT_DEBUG=1`` print that too."""
    from inspect_cli.bug_report import render_report, write_report  # noqa: PLC0415 - for bugs alone

    text = render_report(error)
    file = write_report(text)
    if os.environ.get("INSPECT_DEBUG") == "1":
        click.echo(text, err=True)
    _complain(
        [
            _("Error: {what}").format(what=_("this is a bug of inspect-cli, not a mistake of yours")),
            _("Where: {place}").format(place=file),
            _("What to do: {hint}").format(
                hint=_(
                    "send that file and the command that you typed to whoever maintains inspect-cli; "
                    "look through it first, for it may quote your data"
                )
            ),
        ]
    )
    return InspectError.status


def _complain(lines: list[str]) -> None:
    """Print lines for the person on stderr, the first one as the bad news."""
    from inspect_cli.console import Console, Tone  # noqa: PLC0415 - rich is loaded for messages, not for --help

    console = Console(language=language.current())
    for index, line in enumerate(lines):
        console.show_note(line, Tone.PLAIN if index else Tone.BAD)
