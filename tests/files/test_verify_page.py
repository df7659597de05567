"""The verification page as one file: what it holds, what its policy forbids, and that its sources go together."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re

from inspect_cli.files.verify_page import ENGINE, PAGE, render_engine, render_verify_page
from inspect_cli.resources import templates

SOURCES = templates() / "verify"
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)
IMPORTED = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";', re.MULTILINE)
SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL)
CODE = re.compile(r'\b(?:refuse|MISMATCH|NOT_CHECKED|fault|wrong|say|sentence|section|bad|ask)\(\s*"([\w ]+)"')
PREFIX = {"bad": "zip_", "ask": "ask_"}


def source_of(name: str) -> str:
    """Read one source."""
    return (SOURCES / f"{name}.js").read_text(encoding="utf-8")


def test_it_is_the_same_bytes_each_time() -> None:
    """The page depends on its sources alone."""
    assert render_verify_page() == render_verify_page()


def test_it_is_small() -> None:
    """The whole page is at most 150 kB compressed."""
    assert len(gzip.compress(render_verify_page(), 9)) <= 150_000


def test_its_policy_forbids_every_request() -> None:
    """Nothing may be loaded, sent or framed; only the scripts and the style that stand in the page run, each named by its digest."""
    page = render_verify_page().decode()
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("worker-src") == "blob:"
    assert rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    scripts = SCRIPT.findall(page)
    assert rules.pop("script-src").split() == [f"'sha256-{digest(script)}'" for script in scripts]
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert rules == {"style-src": f"'sha256-{digest(style)}'"}


def digest(text: str) -> str:
    """Digest a script as a policy names it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_it_names_no_other_place() -> None:
    """No address, no image, no link elsewhere, no attribute with a script in it stands in the page."""
    page = render_verify_page().decode()
    assert not re.search(r"https?:|//[a-z]+\.[a-z]|\bimport\(|<link|<img|<iframe|url\(|\son\w+=|@@|<!--", page)
    assert len(SCRIPT.findall(page)) == page.count("</script") == 2


def test_each_name_is_declared_once() -> None:
    """Modules that are laid behind each other share one scope: a name that two declare would silently be the later one's."""
    for names in (ENGINE, PAGE):
        declared = [name for module in names for name in DECLARED.findall(source_of(module))]
        assert sorted(declared) == sorted(set(declared))


def test_each_import_is_of_an_earlier_module() -> None:
    """What a module imports is exported by one that stands before it in the page."""
    for place, module in enumerate(ENGINE):
        for names, other in IMPORTED.findall(source_of(module)):
            exported = re.findall(r"^export (?:function\*?|const|class) (\w+)", source_of(other), re.MULTILINE)
            assert {name.strip() for name in names.split(",")} <= set(exported)
            assert ENGINE.index(other) < place
    assert not re.search(r"^(?:import|export) ", render_engine(), re.MULTILINE)


def test_every_source_is_in_the_page() -> None:
    """No source lies beside the page unused."""
    assert {path.stem for path in SOURCES.glob("*.js")} == {*ENGINE, *PAGE}


def test_no_markup_is_made_of_text() -> None:
    """Text of a bundle can become text only: nothing in the page turns a text into markup or into a script."""
    for module in (*ENGINE, *PAGE):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|fetch\(|XMLHttp",
            source_of(module),
        )


def words() -> dict[str, tuple[str, str]]:
    """Read the table of words."""
    found = re.findall(
        r'^  "?([\w -]+)"?: \[\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)",?\s*\],', source_of("words"), re.MULTILINE
    )
    return {key: (chinese, english) for key, chinese, english in found}


def test_every_word_is_in_both_languages() -> None:
    """Each code that the engine gives and each key that the page says has words, with the same gaps in both languages."""
    table = words()
    for module in (*ENGINE, *PAGE):
        for match in CODE.finditer(source_of(module)):
            prefix = PREFIX.get(match[0].partition("(")[0], "")
            assert prefix + match[1] in table, (module, match[1])
        for rule in re.findall(r'\.rule\([^;]*?, "(\w+)", "\w+"\)', source_of(module)):
            assert f"rule_{rule}" in table, rule
    for key, pair in table.items():
        gaps = [set(re.findall(r"\{(\w+)\}", text)) for text in pair]
        assert gaps[0] == gaps[1], key


def test_every_word_is_used() -> None:
    """No word stands in the table that nothing says."""
    text = "".join(source_of(module) for module in (*ENGINE, "screen", "page")) + (SOURCES / "page.html").read_text(
        encoding="utf-8"
    )
    parts = (
        "verdict_",
        "sum_",
        "sumMore_",
        "phase_",
        "kind_",
        "check_",
        "reason_",
        "purpose_",
        "open_",
        "zip_",
        "rule_",
        "ask_",
        "domain_",
        "source_",
        "limit",
    )
    unused = [
        key for key in words() if not key.startswith(parts) and not re.search(rf'["\'`.]{key}\b|\b{key}:|"{key}"', text)
    ]
    assert unused == []


def test_only_vendored_code_and_its_licence_lie_in_vendor() -> None:
    """The folder goes into the wheel as it is: noble's code, its licence, how it was made, and nothing that npm installs."""
    named = {"LICENSE-noble.txt", "build.mjs", "drand_bls.min.js", "drand_bls.mjs"}
    assert {path.name for path in (SOURCES / "vendor").iterdir()} == named
    assert (
        (SOURCES / "vendor" / "drand_bls.min.js")
        .read_text(encoding="ascii")
        .startswith("/* @noble/curves 2.4.0, @noble/hashes 2.4.0,")
    )
