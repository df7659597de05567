"""The verification page: one HTML file that checks a draw in a reader's browser and asks nobody for anything.

It is put together by plain inlining from ``templates/verify/``: the engine (the checks, written from the protocol page), noble's BLS
for drand, the page's own script and its style. The engine stands in the page once, and is run a second time as a worker's source.
What does not live here: any check; the sources' own build (``vendor/build.mjs``, by hand).
"""

from __future__ import annotations

import base64
import hashlib
import re

from inspect_cli.resources import templates

# In an order in which each finds what it uses when it is loaded.
ENGINE = (
    "bytes",
    "sha256",
    "merkle",
    "canonical",
    "inflate",
    "members",
    "zip",
    "shape",
    "form",
    "drand",
    "seed",
    "selection",
    "staffing",
    "supplement",
    "checks",
    "bundle",
    "disclosure",
    "lookup",
    "questions",
    "session",
    "worker",
)
PAGE = ("words", "screen", "page")

_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


def render_verify_page() -> bytes:
    """Put the one HTML file together, the same bytes each time; its policy forbids the browser every request."""
    engine = render_engine()
    page = '"use strict";\n(() => {\n' + _join(PAGE) + "})();\n"
    style = _read("style.css")
    policy = (
        f"default-src 'none'; script-src {_hash(engine)} {_hash(page)}; style-src {_hash(style)}; worker-src blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = {"POLICY": policy, "STYLE": style, "ENGINE": engine, "PAGE": page}
    return re.sub(r"@@([A-Z]+)@@", lambda found: parts[found[1]], _read("page.html")).encode()


def render_engine() -> str:
    """Put the checks together as one plain script, for the page, for its worker and for a test."""
    parts = (_read("vendor/drand_bls.min.js"), _join(ENGINE), "return { Session, NETWORKS, isSignedRound, Tickets };")
    return '"use strict";\nconst inspectEngine = (() => {\n' + "\n".join(parts) + "\n})();\n"


def _join(names: tuple[str, ...]) -> str:
    """Lay modules behind each other: one script needs neither imports nor exports."""
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", _read(f"{name}.js"))) for name in names)


def _read(name: str) -> str:
    return (templates() / "verify" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash(source: str) -> str:
    """Name an inline script or style in a policy (Content Security Policy level 3, section 2.3.1)."""
    digest = hashlib.sha256(source.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
