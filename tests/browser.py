"""A browser for tests of pages: the machine's own Chromium, driven by Playwright, with nothing of it asking the network.

``INSPECT_TEST_BROWSER`` names another program; without one the tests are skipped with the reason, or fail when
``INSPECT_REQUIRE_BROWSER=1`` says that they must run. Node.js, which runs a page's engine without a browser, is asked for alike.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # root, as in a container, has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_browser() -> str | None:
    """Find the program of a Chromium."""
    named = os.environ.get("INSPECT_TEST_BROWSER")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def started_browser(program: str) -> Iterator[Browser]:
    """Start a browser without a window, and end it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (it starts a loop of its own)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; skips the test when the machine has none."""
    program = find_browser()
    if program is None:
        _do_without("no Chromium: install it (Debian: apt-get install chromium), or name one in INSPECT_TEST_BROWSER")
    with started_browser(program) as found:
        yield found


@pytest.fixture(scope="session")
def node() -> str:
    """The program of Node.js; skips the test when the machine has none."""
    program = shutil.which("node")
    if program is None:
        _do_without("no Node.js: install version 18 or later (Debian: apt-get install nodejs)")
    return program


def _do_without(reason: str) -> NoReturn:
    if os.environ.get("INSPECT_REQUIRE_BROWSER") == "1":
        pytest.fail(f"INSPECT_REQUIRE_BROWSER=1, but {reason}")
    pytest.skip(reason)
