"""The root of the tree: what it lists, what it hands on, and how each error ends."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from inspect_cli import cli
from inspect_cli.command_line import Command, Group, Listed
from inspect_cli.core.bureau import new_bureau
from inspect_cli.errors import (
    InputError,
    InspectError,
    LevelError,
    MismatchError,
    RefusedError,
    StoreError,
    UsageMistake,
    say,
)
from inspect_cli.files.config_template import render_bureau

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.app import App
    from tests.conftest import Outcome

    Run = Callable[..., Outcome]

STORY = "init demo status entity inspector matter workdays plan draw schedule visit notice verify log db".split()  # noqa: SIM905
FAMILIES = [
    (UsageMistake, 2),
    (InputError, 3),
    (RefusedError, 4),
    (StoreError, 5),
    (MismatchError, 6),
    (LevelError, 7),
]

failure: list[BaseException] = []
apps: list[App] = []


@click.command(cls=Command)
@click.pass_obj
def trial(app: App) -> None:
    """Who acts."""
    apps.append(app)
    for error in failure:
        raise error
    click.echo("抽取\ud800")


@pytest.fixture(autouse=True)
def _one_more_noun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hang a command of the tests into the tree, and work in an empty folder."""
    monkeypatch.setitem(cli.root.listed, "trial", Listed(f"{__name__}:trial", "Who acts"))
    monkeypatch.chdir(tmp_path)
    failure.clear()
    apps.clear()


def test_the_nouns_stand_in_the_order_of_the_story(run_cli: Run) -> None:
    """The help page lists the nouns of the month in its order, each with what it is for."""
    page = run_cli("--help")
    lines = page.out[page.out.index("Commands:") :].splitlines()[1:]
    listed = [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "]
    assert listed[: len(STORY)] == STORY
    assert (page.status, page.err) == (0, "")


LAZY = "draw entity inspector matter plan schedule visit notice".split()  # noqa: SIM905


@pytest.mark.parametrize("nouns", [(), *((noun,) for noun in LAZY)])
def test_a_list_of_commands_imports_none_of_them(nouns: tuple[str, ...]) -> None:
    """The help page of the root, or of a noun, needs no heavy library and no command's module, in Chinese either."""
    program = (
        f"import sys; from inspect_cli import cli; assert cli.run({['--lang', 'zh', *nouns, '--help']}) == 0; "
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = set(done.stderr.decode().split())
    assert not loaded & {"inspect_cli.console", "rich", "sqlmodel", "sqlalchemy", "jinja2", "dateutil"}
    commands = {name for name in loaded if name.startswith("inspect_cli.commands.")}
    assert commands == {f"inspect_cli.commands.{noun}" for noun in nouns}
    assert "用法：" in done.stdout.decode()


def test_the_choices_reach_the_command(run_cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Store, settings, person and day come from the options, else from the environment, else from the folder and clock."""
    assert run_cli("trial").status == 0
    monkeypatch.setenv("INSPECT_STORE", "postgresql+psycopg://db/one")
    monkeypatch.setenv("INSPECT_AS", "王五")
    assert run_cli("trial").status == 0
    options = ("--store", "other.db", "--as", "张三", "--today", "2026-12-01", "--config", "a.toml", "--lang", "zh")
    assert run_cli(*options, "trial").status == 0
    plain, environment, named = apps
    assert plain.store_url == "sqlite:///inspect.db"
    assert plain.config == Path("inspect.toml")
    assert plain.person is None
    assert plain.clock.utcoffset() is not None
    assert abs((plain.clock - datetime.now(UTC)).total_seconds()) < 60  # noqa: TID251 - the clock is what is tested
    assert plain.today == plain.clock.date()
    assert not plain.interactive
    assert (environment.store_url, environment.person) == ("postgresql+psycopg://db/one", "王五")
    assert (named.store_url, named.config, named.language) == ("sqlite:///other.db", Path("a.toml"), "zh")
    assert (named.actor().name, named.actor().day, named.actor().clock) == ("张三", date(2026, 12, 1), named.clock)


@pytest.mark.parametrize(
    ("offset", "day"), [("+14:00", "2026-12-02"), ("-11:00", "2026-11-30"), ("+08:00", "2026-12-01")]
)
def test_the_day_is_the_bureaus_own(run_cli: Run, monkeypatch: pytest.MonkeyPatch, offset: str, day: str) -> None:
    """Clock and day are those of the bureau's settings, wherever the machine stands; an act of that day is not marked."""

    class Noon(datetime):
        """A clock that stands still."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Noon:
            """Say half past ten in the morning of the first of December, in Greenwich."""
            return cls(2026, 12, 1, 10, 30, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(cli, "datetime", Noon)
    bureau = replace(new_bureau("示例局", "示"), utc_offset=offset)
    Path("inspect.toml").write_text(render_bureau(bureau, str), "utf-8")
    assert run_cli("--as", "甲", "trial").status == 0
    (app,) = apps
    assert (app.today.isoformat(), app.actor().day, app.clock.isoformat()[-6:]) == (day, app.today, offset)
    assert app.clock == datetime(2026, 12, 1, 10, 30, tzinfo=UTC)
    assert app.clock.date() == app.today


def test_settings_that_cannot_be_read_leave_the_machines_clock(run_cli: Run, tmp_path: Path) -> None:
    """Whatever is wrong with them is told by the command that needs them."""
    (tmp_path / "inspect.toml").write_text("[bureau", "utf-8")
    assert run_cli("trial").status == 0
    assert apps[0].clock.utcoffset() == datetime.now().astimezone().utcoffset()  # noqa: TID251 - the clock is what is tested


def test_nobody_can_act_without_a_name(run_cli: Run) -> None:
    """An act needs a person; the refusal says how to name one."""
    run_cli("trial")
    with pytest.raises(UsageMistake) as refusal:
        apps[0].actor()
    assert "--as" in str(refusal.value.hint)


@pytest.mark.parametrize(("family", "status"), FAMILIES)
def test_each_family_of_errors_has_its_status(family: type[InspectError], status: int, run_cli: Run) -> None:
    """The exit status says who must act; the message is on stderr, and stdout stays empty."""
    failure.append(family(say("interrupted"), hint=say("yes/no")))
    outcome = run_cli("trial")
    assert (outcome.status, outcome.out) == (status, "")
    assert outcome.err.splitlines() == ["Error: interrupted", "What to do: yes/no"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_ends_with_130(error: BaseException, run_cli: Run) -> None:
    """Ctrl-C ends the call without a traceback, with the status that shells expect."""
    failure.append(error)
    assert run_cli("trial").status == 130


def test_the_end_of_the_input_is_a_refusal(run_cli: Run) -> None:
    """A question to which no answer came leaves everything as it was."""
    failure.append(EOFError())
    assert run_cli("trial").status == 4


def test_a_file_that_the_system_refuses_is_no_bug(run_cli: Run) -> None:
    """A folder where a file should be is told as such, with its name."""
    failure.append(IsADirectoryError(21, "Is a directory", "对\u202e象.csv"))
    outcome = run_cli("trial")
    assert outcome.status == 3
    assert "Where: 对⟨U+202E⟩象.csv" in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("error", [ZeroDivisionError("[/red]"), OSError(5, "no file at all"), RecursionError()])
def test_what_nobody_expected_is_our_bug(
    error: Exception, run_cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug ends with 1, says that it is ours, and keeps the traceback in a file; INSPECT_DEBUG shows it as well."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    failure.append(error)
    outcome = run_cli("trial")
    assert outcome.status == 1
    assert "bug of inspect-cli" in outcome.err
    assert "Traceback" not in outcome.err
    (report,) = tmp_path.iterdir()
    assert str(report) in outcome.err
    assert type(error).__name__ in report.read_text("utf-8")
    monkeypatch.setenv("INSPECT_DEBUG", "1")
    assert "Traceback" in run_cli("trial").err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["entty"], ["没有命令 'entty'", "'entity'"]),
        (["--todya", "x"], ["没有选项 '--todya'", "'--today'"]),
        (["--today"], ["选项 '--today' 缺少值"]),
        (["--today", "2026-02-30", "trial"], ["“2026-02-30”不是日历上有的日子"]),
        (["trial", "a\u202eb"], ["多出了参数", "a⟨U+202E⟩b"]),
        (["--config"], ["选项 '--config' 缺少值"]),
    ],
)
def test_a_wrong_call_is_told_in_chinese(arguments: list[str], words: list[str], run_cli: Run) -> None:
    """Usage, mistake and way out of click's own messages are Chinese where that is settled, with status 2."""
    outcome = run_cli("--lang", "zh", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    for word in words:
        assert word in outcome.err
    assert "Error" not in outcome.err


def test_no_noun_at_all_shows_the_help(run_cli: Run) -> None:
    """Without arguments the help page is shown where messages go, with the status of a usage mistake."""
    outcome = run_cli()
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("Usage: inspect-cli")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--lang", "zh"], "zh"),
        (["--lang=zh"], "zh"),
        (["--as", "--lang", "--lang", "zh", "entity"], "zh"),
        (["--as=x", "--version", "--lang", "zh"], "zh"),
        (["notice", "--lang", "zh"], None),
        (["--as", "x", "notice", "--lang", "zh"], None),
        (["--lang"], ""),
        ([], None),
    ],
)
def test_the_language_is_found_before_the_noun(arguments: list[str], expected: str | None) -> None:
    """``--lang`` counts before the noun alone; after it, it is about what a command writes."""
    assert cli._named_language(arguments) == expected


def test_a_language_that_nobody_speaks_is_refused(run_cli: Run) -> None:
    """Only the two languages are taken, and the refusal names them."""
    outcome = run_cli("--lang", "fr", "trial")
    assert outcome.status == 2
    assert "zh" in outcome.err


def test_the_version_is_shown(run_cli: Run) -> None:
    """``--version`` names the program and its version."""
    assert run_cli("--version").out.split()[0] == "inspect-cli"


def _start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "inspect_cli", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_utf8_comes_out_whatever_the_locale_says() -> None:
    """Chinese is UTF-8 in a process whose locale knows ASCII only, and the locale's language is taken."""
    done = _start("--help", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", INSPECT_LANG="zh")
    assert "双随机、一公开" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_what_is_no_character_is_written_as_an_escape() -> None:
    """A lone surrogate in a name does not end the call."""
    program = (
        "import sys; from inspect_cli import cli; "
        "from inspect_cli.command_line import Listed; "
        f"cli.root.listed['trial'] = Listed('{__name__}:trial', 'x'); sys.exit(cli.run(['trial']))"
    )
    root = str(Path(__file__).resolve().parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, env={**os.environ, "PYTHONPATH": root}
    )
    assert (done.stdout.decode("utf-8").strip(), done.returncode) == ("抽取\\ud800", 0)


@pytest.mark.skipif("sys.platform == 'win32'", reason="Windows has no such pipes")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    """When the pipe is closed the call ends quietly, for the reader has what it wanted."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "inspect_cli", "--help"], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_missing_choice_is_told_in_one_line(run_cli: Run) -> None:
    """The choices that click lists on lines of their own stand behind each other."""
    told = run_cli("visit", "follow-up", "2026-12/1", "E01", "safety")
    assert told.status == 2
    assert "Choose from: " in told.err.splitlines()[-1]
    assert not set("\t\u27e8") & set(told.err)


def test_an_option_of_the_root_behind_the_command_is_shown_its_place(run_cli: Run) -> None:
    """Whoever types --as at the end, the commonest slip, is shown where it stands; of an option that nobody knows nothing is said."""
    slip = run_cli("db", "upgrade", "--as", "甲")
    assert slip.status == 2
    assert "--as stands before the command: inspect-cli --as … db upgrade …" in slip.err
    assert "stands before" not in run_cli("db", "upgrade", "--whatever").err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_has_a_script_for_each_shell(shell: str) -> None:
    """The line of the help page prints the shell's script."""
    done = _start(_INSPECT_CLI_COMPLETE=f"{shell}_source")
    assert b"_INSPECT_CLI_COMPLETE" in done.stdout
    if shell != "bash":
        assert done.returncode == 0


def test_completion_names_nouns_without_importing_them() -> None:
    """Half a word is completed from the table."""
    done = _start(_INSPECT_CLI_COMPLETE="zsh_complete", COMP_WORDS="inspect-cli in", COMP_CWORD="1")
    assert done.stdout.decode().split("\n")[1::3] == ["init", "inspector"]


def test_groups_inside_the_tree_keep_their_kind() -> None:
    """A group within a group is of our kind too, so that its help is translated."""
    outer = Group("outer")

    @outer.group("inner")
    def inner() -> None:
        """Draw."""

    assert isinstance(inner, Group)
