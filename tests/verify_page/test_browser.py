"""The verification page in a real browser, from a disk and from plain http: as a mouse, a keyboard, a telephone and a reader use it."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.files.verify_page import render_verify_page
from tests import disclosures
from tests.verify_page.bundles import VECTORS, members_of, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

TINY = VECTORS / "draw" / "tiny"
DIGEST = "5b7a73b228e92cd7fe4b6d8518df51b3af8a822738b0ba37125e01dbca275185"
DRAWN = "320281000000011"


class QuietServer(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder over plain http on this machine alone."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietServer, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open the page from the disk; at the end, nothing may have been asked for but the page, and nothing gone wrong unseen."""
    (tmp_path / "verify.html").write_bytes(render_verify_page())
    asked: list[str] = []
    troubles: list[str] = []
    contexts = []

    def open_page(address: str | None = None, script: str = "", **settings: Any) -> Page:
        context = browser.new_context(**{"locale": "en-GB", **settings})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(address or (tmp_path / "verify.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith("blob:") and not url.endswith("/verify.html")] == []
    assert troubles == []


def choose(page: Page, data: bytes, name: str = "draw.zip") -> None:
    """Choose a file, and wait for the verdict."""
    page.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    page.wait_for_selector("#verdict:not([hidden])")


def shown(page: Page) -> dict[str, str]:
    """Read the verdicts off the table."""
    rows = page.query_selector_all("tr[data-check]")
    return {str(row.get_attribute("data-check")): str(row.get_attribute("data-verdict")) for row in rows}


def is_within(page: Page) -> bool:
    """Say whether nothing sticks out sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_draw_is_verified_from_the_disk(opened: Callable[..., Page]) -> None:
    """A stranger opens the page from a disk and sees every check of level 0 verified, and the digest to compare."""
    page = opened()
    choose(page, zipped(members_of(TINY)))
    assert set(shown(page).values()) == {"VERIFIED", "NOT CHECKED"}
    assert "The draw follows" in page.inner_text("#verdict")
    assert page.inner_text("#digest") == DIGEST
    assert page.evaluate("document.activeElement.id") == "verdict"


def test_a_draw_is_verified_over_plain_http(opened: Callable[..., Page], tmp_path: Path) -> None:
    """Over plain http, where browsers keep their own cryptography back, the page says the same, drand's signature included."""
    (tmp_path / "verify.html").write_bytes(render_verify_page())
    with served(tmp_path) as address:
        page = opened(f"{address}/verify.html")
        choose(page, zipped(members_of(VECTORS / "draw" / "zones")))
        assert shown(page)["SEED-2"] == "VERIFIED"
        assert "The draw follows" in page.inner_text("#verdict")


def test_a_tampered_draw_shows_its_mismatch(opened: Callable[..., Page]) -> None:
    """The page names the first check that fails, with what was expected and what was found."""
    page = opened()
    choose(page, zipped(members_of(VECTORS / "draw-tampered" / "day-moved")))
    assert shown(page)["VISIT-1"] == "MISMATCH"
    assert "VISIT-1" in page.inner_text("#verdict")
    row = page.inner_text('tr[data-check="VISIT-1"]')
    assert "Expected" in row
    assert "Found" in row


def test_a_refused_file_is_told(opened: Callable[..., Page]) -> None:
    """A file that is no bundle, or one that breaks a rule, gets words and no verdicts."""
    page = opened()
    choose(page, zipped(members_of(VECTORS / "draw-refused" / "stray-key")))
    assert "result.json: note has no place here" in page.inner_text("#verdict")
    assert shown(page) == {}
    choose(page, b"GIF89a", "cat.gif")
    page.locator("#verdict", has_text="cat.gif is no bundle").wait_for()


def test_without_a_worker_it_says_the_same(opened: Callable[..., Page]) -> None:
    """A browser that gives no worker gets the same answer, in slices on the page itself."""
    page = opened(script="delete window.Worker;")
    choose(page, zipped(members_of(VECTORS / "draw" / "supplement-of-supplement")))
    assert shown(page)["AMEND-1"] == "VERIFIED"
    page.fill("#query", "9132")
    page.keyboard.press("Enter")
    page.wait_for_selector("#hits button")


def test_a_worker_that_never_starts_is_done_without(opened: Callable[..., Page]) -> None:
    """A worker that breaks before it says anything is replaced by the page itself."""
    page = opened(script="window.Worker = class extends Worker { constructor() { super('blob:nothing'); } };")
    choose(page, zipped(members_of(TINY)))
    assert set(shown(page).values()) == {"VERIFIED", "NOT CHECKED"}


def test_a_company_is_looked_up_by_name(opened: Callable[..., Page]) -> None:
    """By its name: its number, its rank, its day and team, and the very command that repeats its ticket."""
    page = opened()
    choose(page, zipped(members_of(TINY)))
    page.fill("#query", "马镇第12厂")
    page.click("#look-form button")
    page.wait_for_selector("#company-name")
    text = page.inner_text("#company")
    for part in ("Drawn", "1 of 3", "1 of 6", "2026-12-04", "R004 R002"):
        assert part in text
    command = page.inner_text("#company .command >> nth=0")
    salt = "022bc32021615022409a8a78909ff497"
    seed = json.loads((TINY / "result.json").read_text(encoding="utf-8"))["seed"]
    assert command == f"printf '%s\\n%s\\n%s\\n%s' '{seed}' 'entity' '{DRAWN}' '{salt}' | sha256sum"


def test_several_companies_are_offered(opened: Callable[..., Page]) -> None:
    """A part of a name offers all that have it; choosing one shows it; nothing found is told."""
    page = opened()
    choose(page, zipped(members_of(TINY)))
    page.fill("#query", "张浦")
    page.keyboard.press("Enter")
    page.wait_for_selector("#hits button")
    assert page.locator("#hits button").count() == 5
    page.locator("#hits button").nth(1).click()
    page.wait_for_selector("#company-name")
    assert "Not drawn" in page.inner_text("#company")
    page.fill("#query", "nobody")
    page.keyboard.press("Enter")
    page.locator("#hits", has_text="Nothing found for “nobody”").wait_for()


def test_the_published_digest_is_compared(opened: Callable[..., Page]) -> None:
    """Pasting the published digest says whether it is the same; half of one is no answer."""
    page = opened()
    choose(page, zipped(members_of(TINY)))
    page.fill("#published", f" {DIGEST.upper()}\n")
    assert "The same" in page.inner_text(".tell")
    page.fill("#published", "0" * 64)
    assert "Differs" in page.inner_text(".tell")
    page.fill("#published", DIGEST[:40])
    assert "40" in page.inner_text(".tell")


def test_it_can_be_used_by_keyboard_alone(opened: Callable[..., Page], tmp_path: Path) -> None:
    """Language, file, look-up and a company's details are all reached by Tab, and worked by Enter and Space."""
    bundle = tmp_path / "draw.zip"
    bundle.write_bytes(zipped(members_of(TINY)))
    page = opened()
    # The browser must know that its chooser is answered here before a key opens it.
    page.on("filechooser", lambda chooser: chooser.set_files(bundle))
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "file"
    page.keyboard.press("Enter")
    page.wait_for_selector("#verdict:not([hidden])")
    stops = []
    while "query" not in stops:
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.id"))
        assert len(stops) < 10
    page.keyboard.type(DRAWN)
    page.keyboard.press("Enter")
    page.wait_for_selector("#company-name")
    assert page.evaluate("document.activeElement.id") == "company-name"
    before = page.locator("#company details[open]").count()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("#company details[open]").count() == before + 1


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", "抽取结果经得起核验"), ("en-GB", "The draw follows")])
def test_it_speaks_the_readers_language(opened: Callable[..., Page], locale: str, words: str) -> None:
    """The browser's language settles the page's; the button turns it, and what is on the screen with it."""
    page = opened(locale=locale)
    choose(page, zipped(members_of(TINY)))
    assert words in page.inner_text("#verdict")
    page.click("#language")
    assert words not in page.inner_text("#verdict")
    assert page.get_attribute("html", "lang") == ("en" if locale == "zh-CN" else "zh-Hans")
    assert shown(page)["VISIT-1"] == "VERIFIED"


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_it_fits_a_telephone(opened: Callable[..., Page], locale: str) -> None:
    """At 360 pixels nothing sticks out sideways, however long the bundle's own words are."""
    page = opened(locale=locale, viewport={"width": 360, "height": 740})
    assert is_within(page)
    for name in ("draw/supplement", "draw-tampered/quota-left-out", "draw-refused/stray-key"):
        choose(page, zipped(members_of(VECTORS / name)))
        assert is_within(page)
    choose(page, zipped(members_of(TINY)))
    page.fill("#query", DRAWN)
    page.keyboard.press("Enter")
    page.wait_for_selector("#company-name")
    assert is_within(page)


def test_hostile_text_stays_text(opened: Callable[..., Page]) -> None:
    """Markup, formulas, reversed writing and 4,000 characters in a bundle are shown as what they are, and run nothing."""
    members = members_of(TINY)
    name = "<img src=x onerror=alert(1)>\u202egpj" + "厂" * 4000
    rows = members["entities.jsonl"].replace("马镇第12厂".encode(), name.encode())
    page = opened(viewport={"width": 360, "height": 740})
    choose(page, zipped({**members, "entities.jsonl": rows}))
    page.fill("#query", DRAWN)
    page.keyboard.press("Enter")
    page.wait_for_selector("#company-name")
    assert page.inner_text("#company-name").startswith("<img src=x onerror=alert(1)>⟨U+202E⟩gpj厂")
    assert page.locator("img").count() == 0
    assert is_within(page)


def test_a_receipt_and_a_public_bundle_are_read(opened: Callable[..., Page]) -> None:
    """A company's receipt opens on that company; a public bundle offers what it shows."""
    draw = disclosures.random_draw("page browser")
    entity = str(draw.result.selection[0].entity)
    page = opened()
    choose(page, disclosures.receipt_bytes(draw, entity), "receipt.json")
    page.wait_for_selector("#company-name")
    assert "What it shows holds" in page.inner_text("#verdict")
    assert entity in page.inner_text("#company")
    page = opened()
    choose(page, zipped(disclosures.public_files(draw)))
    assert shown(page)["CUTOFF-1"] == "VERIFIED"


def test_a_folder_can_be_chosen(opened: Callable[..., Page]) -> None:
    """The unpacked folder does as well as the zip, a supplement's inner folder included."""
    page = opened()
    page.set_input_files("#folder", VECTORS / "draw" / "supplement")
    page.wait_for_selector("#verdict:not([hidden])")
    assert shown(page)["AMEND-1"] == "VERIFIED"


def test_a_file_can_be_dropped(opened: Callable[..., Page]) -> None:
    """A file that is dropped anywhere on the page is opened."""
    page = opened()
    data = list(zipped(members_of(TINY)))
    page.evaluate(
        """data => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(data)], "draw.zip"));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }""",
        data,
    )
    page.wait_for_selector("#verdict:not([hidden])")
    assert set(shown(page).values()) == {"VERIFIED", "NOT CHECKED"}


def test_a_screen_reader_finds_its_way(opened: Callable[..., Page]) -> None:
    """There are landmarks, one heading of the first level, headed tables, named controls, and places that announce themselves."""
    page = opened()
    choose(page, zipped(members_of(TINY)))
    page.fill("#query", DRAWN)
    page.keyboard.press("Enter")
    page.wait_for_selector("#company-name")
    assert page.locator("h1").count() == page.locator("main").count() == page.locator("header").count() == 1
    for table in page.query_selector_all("table"):
        assert table.query_selector("caption") is not None
        assert table.query_selector('thead th[scope="col"]') is not None
        assert table.query_selector('tbody th[scope="row"]') is not None
    for id in ("file", "folder", "query", "published"):
        assert page.inner_text(f'label[for="{id}"]') != ""
    assert page.locator('[role="status"][aria-live="polite"]').count() >= 4
    assert page.evaluate(
        "[...document.querySelectorAll('[aria-labelledby]')].every(e => document.getElementById(e.getAttribute('aria-labelledby')))"
    )
    assert page.evaluate(
        "(ids => new Set(ids).size === ids.length)([...document.querySelectorAll('[id]')].map(e => e.id))"
    )


def test_it_prints_everything(opened: Callable[..., Page]) -> None:
    """On paper the closed parts are open, and the file chooser is gone."""
    page = opened()
    choose(page, zipped(members_of(TINY)))
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    assert not page.is_visible("#drop")
    assert page.is_visible("#digest")
