"""A bureau's own templates: they stand before ours, do what templates may do, and reach nothing that is not in their view."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from inspect_cli import resources
from inspect_cli.core.publish.notice import view_result
from inspect_cli.core.publish.view import Stamp
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import InputError
from inspect_cli.files.documents import template, template_language
from inspect_cli.files.documents.template import find_folders, render_source
from tests.files.documents.test_html import DONE
from tests.sample_draw import make_drawn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AT = datetime.fromisoformat("2026-12-01T23:30:00+08:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a view."""

    name: str
    number: int = 1

    @property
    def twice(self) -> int:
        """Compute of the fields."""
        return 2 * self.number

    def secret(self) -> str:
        """Say what no template may ask for."""
        return "secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view with each kind of value."""

    rows: tuple[Row, ...] = (Row(name="甲*"), Row(name="{{ 7 * 7 }}", number=2))
    none: None = None
    flag: bool = True
    label: Label = field(default_factory=lambda: Label(zh="安全", en="Safety"))
    made: Stamp = field(default_factory=lambda: Stamp(at=AT))
    at: datetime = AT
    digest: str = "0a" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bureau's folder of templates."""
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


@pytest.fixture
def render(folder: Path) -> Callable[[str], str]:
    """Render a template of the bureau's from a view."""

    def render(text: str) -> str:
        (folder / "own.zh.md.j2").write_text(text, "utf-8")
        return render_source("own", View(), "zh", (folder,))

    return render


def refuse(render: Callable[[str], str], text: str) -> tuple[str, int | None]:
    """Render a template that is refused; give what is told, and the line."""
    with pytest.raises(InputError) as caught:
        render(text)
    assert caught.value.where is not None
    assert caught.value.where.file.endswith(".md.j2")
    assert "take it out of the folder" in str(caught.value.hint)
    return str(caught.value.what), caught.value.where.row


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ view.label }}，{{ view.made | day }}，{{ view.at | day }}", "安全，2026年12月1日，2026年12月1日"),
        (
            "{% for row in view.rows %}{{ loop.index }}/{{ loop.length }} {{ row.name }} {{ row.twice }};{% endfor %}",
            None,
        ),
        ("{% for row in view.rows if row.number > 1 %}{{ row.number }}{% else %}x{% endfor %}", "2"),
        (
            "{% for n in [1, 2] %}{% if not loop.first %}、{% endif %}{{ n }}{% if loop.last %}。{% endif %}{% endfor %}",
            "1、2。",
        ),
        ("{% for n in [] %}{{ n }}{% else %}无{% endfor %}", "无"),
        (
            "{% set row = view.rows | first %}{{ (view.rows | last).number }}{{ row.number }}{{ view.rows | length }}",
            "212",
        ),
        (
            "{{ view.number | default('无') }}{% if view.x is defined %}x{% elif view.none is none and view.flag %}y{% endif %}",
            "无y",
        ),
        ("{{ 'a' if view.rows else 'b' }}{{ 1 if 3 is odd and 1 in [1] or false else 0 }}", "a1"),
        ("{{ view.digest | digest }}", f"`{'0a' * 32}`"),
        ("{{ '<b>*' }}", r"\<b\>\*"),
        ("{# note #}{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
    ],
)
def test_what_a_template_may_do(render: Callable[[str], str], text: str, shown: str | None) -> None:
    """Fields, properties, choices, loops, a few filters; a value is text, even one that looks like a template."""
    assert render(text) == (r"1/2 甲\* 2;2/2 \{\{ 7 \* 7 \}\} 4;" if shown is None else shown)


ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ view.__class__ }}",
    "{{ view.__init__ }}",
    "{{ view.__init__.__globals__ }}",
    "{{ view.__dataclass_fields__ }}",
    "{{ (view.rows | first).secret }}",
    "{{ view.at.tzinfo }}",
    "{{ loop }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ lipsum }}",
    "{{ namespace }}",
    "{{ dict }}",
    "{{ self }}",
    "{{ self.__init__ }}",
    "{{ view | attr('__class__') }}",
    "{{ view.rows | map(attribute='__class__') | list }}",
    "{{ view.rows | xmlattr }}",
    "{{ view | pprint }}",
    "{{ view | string }}",
    "{{ '{0.__class__}' | format(view) }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(view) }}",
    "{{ '%s' % view }}",
    "{{ '%1000000000s' % 1 }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 10 ** 1000000000 }}",
    "{{ 'a' ~ 'b' }}",
    "{{ 1 + 1 }}",
    "{{ -1 }}",
    "{{ view['__class__'] }}",
    "{{ view.rows[0] }}",
    "{{ {'a': 1} }}",
    "{% for x in range(1000000000) %}{% endfor %}",
    "{{ view.rows | first | secret }}",
    "{{ (view.rows | first).secret() }}",
    "{% for row in view.rows %}{{ loop.cycle('a') }}{% endfor %}",
    "{% for row in view.rows %}{{ loop.__init__ }}{% endfor %}",
    "{% for row in view.rows recursive %}{{ loop(view.rows) }}{% endfor %}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% call f() %}{% endcall %}",
    "{% filter upper %}a{% endfilter %}",
    "{% set x %}{{ view.label }}{% endset %}{{ x }}",
    "{% import 'own.zh.md.j2' as own %}",
    "{% from 'own.zh.md.j2' import x %}",
    "{% extends 'own.zh.md.j2' %}",
    "{% block a %}{{ self.a() }}{% endblock %}",
    "{% with %}{% endwith %}",
    "{% autoescape false %}{% endautoescape %}",
    "{% do view %}",
    "{% set view.rows = 1 %}",
    "{% include view.label %}",
    "{% include ['a', 'b'] %}",
    "{% include '../own/own.zh.md.j2' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'no-such.zh.md.j2' %}",
    "{{ view }}",
    "{{ view.rows }}",
    "{{ view.none }}",
    "{{ view.flag }}",
    "{{ 1.5 }}",
    "{{ view.missing }}",
    "{{ missing }}",
    "{{ view.missing.more }}",
    "{{ 5 | digest }}",
    "{{ 'x' | digest }}",
    "{{ 'a\nb' | command }}",
    "{{ 5 | day }}",
    "{{ 5 | length }}",
    "{% for x in 5 %}{% endfor %}",
    "{% if 5 > 'a' %}{% endif %}",
    "{{ 1 is divisibleby 0 }}",
    "{{ view.label",
    "{% if %}",
    "{% endfor %}",
    "{% nonsense %}",
    "{% set a = (view.rows, view.rows) %}",
    "{% for a in [view.label] %}{% endfor %}",
    "{% for a in [[1], [2]] %}{% endfor %}",
    "{% include '" + "a" * 300 + "' %}",
    "{# never closed",
    "{{ view | nonsense }}",
    "{{ view is nonsense }}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ " + "not " * 3000 + "1 }}",
    "{{ " + "not " * 210 + "1 }}",
    "{% for x in [1] %}" * 30 + "{% endfor %}" * 30,
]


@pytest.mark.parametrize("text", ESCAPES)
def test_no_template_goes_further(render: Callable[[str], str], text: str) -> None:
    """What reaches for an object, calls, computes or grows is refused with file and line, and so is what is no template."""
    told, row = refuse(render, f"甲\n乙\n{text}\n")
    first = 1 if "autoescape" in text else 3  # of which Jinja keeps no line
    assert "too deep" in told if row is None else first <= row <= 5


def test_a_number_without_end(render: Callable[[str], str]) -> None:
    """A number that Python does not read is a mistake of the template, and none of the program."""
    told, _row = refuse(render, "{{ " + "1" * 5000 + " }}")
    assert told.startswith("this is not the language of templates")


def test_every_loop_is_counted(render: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Loops within loops, and parts included in them, end when their steps are used up; a next paper begins anew."""
    monkeypatch.setattr(template_language, "STEP_LIMIT", 100)
    ten = "{% for a in [0,1,2,3,4,5,6,7,8,9] %}"
    assert render(f"{ten}{{{{ a }}}}{{% endfor %}}") == "0123456789"
    assert render(f"{ten}{{{{ a }}}}{{% endfor %}}") == "0123456789"
    told, row = refuse(render, f"\n{ten}{ten}{{% endfor %}}{{% endfor %}}\n")
    assert told == "this goes through more than 100 steps"
    assert row == 2
    told, _row = refuse(render, f"{ten}{ten}{{% include 'verify.zh.md.j2' %}}{{% endfor %}}{{% endfor %}}\n")
    assert told == "this goes through more than 100 steps"


def test_a_source_is_bounded(render: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A template whose text grows beyond measure is stopped; so is one that is too long itself."""
    monkeypatch.setattr(template, "SOURCE_LIMIT", 100)
    text = "{% for a in [0,1,2,3,4,5,6,7,8,9] %}0123456789\n{{ a }}{% endfor %}"
    assert refuse(render, text)[0] == "this makes more than 100 characters"
    with pytest.raises(InputError, match="larger than"):
        render("a" * (template.TEMPLATE_LIMIT + 1))


def test_a_template_that_includes_itself(render: Callable[[str], str], folder: Path) -> None:
    """A template that includes itself, or another one that includes it, is stopped."""
    (folder / "loop.zh.md.j2").write_text("{% include 'own.zh.md.j2' %}", "utf-8")
    for text in ("{% include 'own.zh.md.j2' %}", "{% include 'loop.zh.md.j2' %}"):
        assert refuse(render, text)[0] == "this template includes itself without end"


def test_ours_is_taken_where_the_bureau_has_none(folder: Path) -> None:
    """A template of the same name replaces ours, a part of it too; without the folder nothing has changed."""
    view = view_result(make_drawn(outcomes=DONE))
    ours = render_source("result", view, "zh")
    assert render_source("result", view, "zh", (folder,)) == ours
    (folder / "complaints.zh.md.j2").write_text("有异议的，请拨打 {{ view.head.publisher.telephone }}。\n", "utf-8")
    changed = render_source("result", view, "zh", (folder,))
    assert "请拨打 0510-86000000。" in changed
    assert changed.split("## 五、")[0] == ours.split("## 五、")[0]
    (folder / "result.zh.md.j2").write_text("---\ntitle: 甲\n---\n", "utf-8")
    assert render_source("result", view, "zh", (folder,)) == "---\ntitle: 甲\n---\n"
    assert render_source("result", view, "zh") == ours


def test_a_change_is_seen_at_once(render: Callable[[str], str]) -> None:
    """A template that is written anew is read anew."""
    assert render("甲") == "甲"
    assert render("乙乙") == "乙乙"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_template_may_come_from_any_editor(folder: Path, encoding: str) -> None:
    """Encodings and line ends are what an editor left."""
    (folder / "own.zh.md.j2").write_bytes("随机抽查\r\n{{ view.label }}\r\n".encode(encoding))
    assert render_source("own", View(), "zh", (folder,)) == "随机抽查\n安全\n"


def test_a_link_out_of_the_folder_is_not_followed(render: Callable[[str], str], folder: Path) -> None:
    """A symbolic link to a file elsewhere is no template."""
    outside = folder.parent / "outside.md.j2"
    outside.write_text("secret", "utf-8")
    (folder / "link.md.j2").symlink_to(outside)
    assert refuse(render, "{% include 'link.md.j2' %}") == ("there is no template link.md.j2", 1)


def test_a_mistake_of_ours_is_no_mistake_of_the_bureaus(folder: Path) -> None:
    """What goes wrong in our own templates is told as a fault of the program, not of anybody's file."""
    with pytest.raises(Exception, match="head") as caught:
        render_source("result", View(), "zh", (folder,))
    assert not isinstance(caught.value, InputError)


def test_where_the_folder_is(folder: Path) -> None:
    """It is named from where the settings are; one that is not there is told with the key."""
    config = folder.parent / "inspect.toml"
    assert find_folders(config, None) == ()
    assert find_folders(config, "own") == (folder.resolve(),)
    with pytest.raises(InputError, match="there is no folder") as caught:
        find_folders(config, "none")
    assert caught.value.where is not None
    assert caught.value.where.column == "documents.templates"


def test_our_templates_say_what_they_may_show() -> None:
    """Ours keep to the same language: each of them is compiled as a bureau's is."""
    environment = template_language.DataEnvironment("zh", template._Loader(()))
    folders = [resources.templates() / name for name in ("notices", "sheets")]
    for path in sorted(path for folder in folders for path in folder.glob("*.md.j2")):
        environment.compile(path.read_text("utf-8"), path.name, str(path))
