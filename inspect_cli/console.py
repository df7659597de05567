"""The screen: tables, lines, JSON, questions and progress. The only importer of rich.

Data goes to stdout, everything else to stderr. No text from outside is ever read as markup, and what hides or moves text is made
visible. What does not live here: errors' exit statuses (``cli.py``) and files.
"""

from __future__ import annotations

import getpass
import json
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Final, Protocol, TextIO

from rich.console import Console as Screen
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from inspect_cli.errors import Message, RefusedError, say
from inspect_cli.language import _, translate
from inspect_cli.widths import cells, cut, fit, longest_word, pad, visible, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.progress import Task

_YES: Final = {"zh": frozenset({"y", "yes", "是", "好", "确认"}), "en": frozenset({"y", "yes"})}
_LONGEST_CELL: Final = 200
"""Cells of a screen after which a table's field is cut, before the columns are fitted."""

_LONGEST_WORD: Final = 20
"""Cells of a word, such as a credit code of 18, that a wrapped field does not break as long as another column can give way."""

_GAP: Final = 2


class Tone(StrEnum):
    """How a line is meant; shown as a colour where there are colours, so never the only bearer of a meaning."""

    PLAIN = ""
    GOOD = "green"
    BAD = "bold red"
    QUIET = "dim"
    HEADING = "bold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table. ``title`` is translated already. Numbers are aligned right; a number or a key is never cut.

    A wrapped field that is wider than its column goes on in the next line, where another one ends in ``…``.
    """

    title: str
    is_number: bool = False
    is_key: bool = False
    is_wrapped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Streams:
    """Where a console reads and writes; None stands for the process's own, as it is at that moment."""

    stdin: TextIO | None = None
    stdout: TextIO | None = None
    stderr: TextIO | None = None


class Advance(Protocol):
    """Told how many steps of long work were done since, and how many there are in all once that is known."""

    def __call__(self, steps: int, total: int | None = None, /) -> None:
        """Show it."""


class Console:
    """One call's screen. Its sentences are in the settled language (``language.settle``)."""

    def __init__(self, *, language: str, streams: Streams | None = None) -> None:
        """Take the process's streams unless others are given; ``language`` (``zh``, ``en``) is the one of the answers."""
        self._yes = _YES[language]
        streams = streams or Streams()
        self._stdin = streams.stdin or sys.stdin
        self._stderr = streams.stderr or sys.stderr
        self._out = Screen(file=streams.stdout or sys.stdout, markup=False, highlight=False, emoji=False)
        self._err = Screen(file=self._stderr, markup=False, highlight=False, emoji=False)

    @property
    def is_interactive(self) -> bool:
        """Say whether somebody sits there who can be asked."""
        return self._stdin.isatty() and self._stderr.isatty()

    def show_line(self, text: Message | str = "", tone: Tone = Tone.PLAIN) -> None:
        """Print one line of data on stdout, however long."""
        self._print(self._out, text, tone)

    def show_verbatim(self, text: str) -> None:
        """Print one line on stdout that is meant to be copied: never broken, its hidden characters made visible."""
        self._out.print(Text(visible(text)), soft_wrap=True)

    def show_note(self, text: Message | str, tone: Tone = Tone.PLAIN) -> None:
        """Print one line for the person on stderr."""
        self._print(self._err, text, tone)

    @staticmethod
    def _print(screen: Screen, text: Message | str, tone: Tone) -> None:
        shown = translate(text) if isinstance(text, Message) else text
        # On a terminal lines are broken where Chinese may break; in a pipe they stay whole.
        lines = wrap(visible(shown), screen.width) if screen.is_terminal else [visible(shown)]
        screen.print(Text("\n".join(lines), style=tone.value), soft_wrap=True)

    def show_pairs(self, pairs: Iterable[tuple[str, Message | str]], tones: Iterable[Tone] = ()) -> None:
        """Print names (translated already) with their values under each other, each pair in its tone where ``tones`` has one."""
        rows = [(visible(name), translate(value) if isinstance(value, Message) else value) for name, value in pairs]
        width = max((cells(name) for name, _value in rows), default=0)
        gap = " " * (width + _GAP)
        for (name, value), tone in zip_longest(rows, tones, fillvalue=Tone.PLAIN):
            # As in ``_print``: broken on a terminal, whole in a pipe.
            room = max(self._out.width - len(gap), _GAP)
            lines = wrap(visible(value), room) if self._out.is_terminal else [visible(value)]
            text = pad(name, width + _GAP) + f"\n{gap}".join(lines)
            self._out.print(Text(text.rstrip(), style=tone.value), soft_wrap=True)

    def show_table(self, title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """Print a table on stdout as wide as the screen allows; long fields end in ``…``."""
        shown = [[cut(visible(value), _LONGEST_CELL) for value in row] for row in rows]
        head = [visible(column.title) for column in columns]
        widest = [max(cells(row[index]) for row in [head, *shown]) for index in range(len(columns))]
        least = [
            _least_width(column, widest[index], [row[index] for row in shown]) for index, column in enumerate(columns)
        ]
        widths = fit(widest, least, self._out.width - _GAP * (len(columns) - 1))
        if title:
            self._out.print(Text(visible(title), style=Tone.HEADING.value), soft_wrap=True)
        self._out.print(Text(_render_row(head, widths, columns), style=Tone.HEADING.value), soft_wrap=True)
        # Plain ASCII: some Chinese terminals draw box characters twice as wide as everybody else.
        lines = ["-" * width for width in widths], *shown
        # Written as they are: rich would take a second for a thousand rows.
        self._out.file.writelines(f"{_render_row(row, widths, columns)}\n" for row in lines)

    def show_json(self, data: object) -> None:
        """Print data as JSON on stdout: keys in the order given, whole values, hidden characters as escapes."""
        text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
        self._out.file.write(_escape_hidden(text) + "\n")

    def show_json_rows(self, rows: Iterable[Mapping[str, object]]) -> None:
        """Print a list of objects as ``show_json`` prints it, each as soon as it is given, so that none of them is kept."""
        write, before = self._out.file.write, "[\n"
        for row in rows:
            members = ",\n".join(_render_member(key, value) for key, value in row.items())
            write(f"{before}  {{\n{_escape_hidden(members)}\n  }}")
            before = ",\n"
        write("[]\n" if before == "[\n" else "\n]\n")

    def ask_yes(self, question: Message | str) -> bool:
        """Ask on the terminal; ``RefusedError`` where nobody can be asked, for then ``--yes`` answers."""
        self._require_somebody(say("say --yes if that is what you want"))
        answer = self._ask(question, _("yes/no"))
        return answer.strip().lower() in self._yes

    def require_yes(self, question: Message | str, *, given: bool) -> None:
        """Refuse (``RefusedError``) unless ``--yes`` was given or somebody says yes."""
        if not given and not self.ask_yes(question):
            raise RefusedError(say("nothing was done, for the answer was not yes"))

    def ask_value(self, question: Message | str, *, hidden: bool = False) -> str:
        """Ask for a value on the terminal, unseen where ``hidden``; ``RefusedError`` where nobody can be asked."""
        self._require_somebody(say("give the value on the command line; see --help"))
        if hidden:
            shown = translate(question) if isinstance(question, Message) else question
            return getpass.getpass(f"{visible(shown)}: ", stream=self._stderr)
        return self._ask(question, "")

    def _require_somebody(self, hint: Message) -> None:
        if not self.is_interactive:
            raise RefusedError(say("this asks a question, and there is nobody at a terminal to answer"), hint=hint)

    def _ask(self, question: Message | str, choices: str) -> str:
        shown = translate(question) if isinstance(question, Message) else question
        suffix = f" [{choices}]: " if choices else ": "
        self._err.print(Text(visible(shown) + suffix), soft_wrap=True, end="")
        line = self._stdin.readline()
        if not line:
            raise RefusedError(say("nothing was done, for the question was left without an answer"))
        return line.rstrip("\r\n")

    @contextmanager
    def progress(self, description: str, total: int | None) -> Iterator[Advance]:
        """Show how far long work is, how fast it goes and how long it will take, on a terminal only; the function given tells it."""
        if not self._err.is_terminal:
            yield lambda _steps, _total=None: None
            return
        bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=self._err,
            transient=True,
        )
        with bar:
            task = bar.add_task(visible(description), total=total)

            def advance(steps: int, total: int | None = None) -> None:
                if total is not None:
                    bar.update(task, total=total)
                bar.advance(task, steps)

            yield advance


class _Rate(ProgressColumn):
    """How many steps are done in a second, once that is known."""

    def render(self, task: Task) -> Text:
        """Render the rate."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else _("{count}/s").format(count=f"{speed:,.0f}"))


def _least_width(column: Column, widest: int, fields: Iterable[str]) -> int:
    """Tell how wide a column stays while another one can give way: a number or a key whole, a wrapped field its longest word."""
    if column.is_number or column.is_key:
        return widest
    return min(max(map(longest_word, fields), default=0), _LONGEST_WORD) if column.is_wrapped else 0


def _render_row(row: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    """Put one row on one line, each field in its width; on as many lines as its longest wrapped field needs."""
    fields = [
        wrap(value, width) if column.is_wrapped and cells(value) > width else [cut(value, width)]
        for value, width, column in zip(row, widths, columns, strict=True)
    ]
    lines = []
    for parts in zip_longest(*fields, fillvalue=""):
        shown = [
            " " * (width - cells(part)) + part if column.is_number else pad(part, width)
            for part, width, column in zip(parts, widths, columns, strict=True)
        ]
        lines.append((" " * _GAP).join(shown).rstrip())
    return "\n".join(lines)


def _render_member(key: str, value: object) -> str:
    """Render a member of a row's object as ``json.dumps`` indents it; most values are text, for which that would be slow."""
    if value is None:
        text = "null"
    elif isinstance(value, str):
        text = encode_basestring(value)
    else:
        text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False).replace("\n", "\n    ")
    return f'    "{key}": {text}'


def _escape_hidden(text: str) -> str:
    """Write each hidden character of a JSON text as its escape: the same data, and nothing that a terminal obeys."""
    if text.replace("\n", "").isprintable():  # What hides is not printable: most texts need no second look.
        return text
    return re.sub(r"[^ -~\n]", _escape_one, text)


def _escape_one(match: re.Match[str]) -> str:
    char = match[0]
    return char if visible(char) == char else json.dumps(char)[1:-1]
