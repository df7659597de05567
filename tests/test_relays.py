"""Asking an address, against a server of the tests' own: whatever it does, there is an answer in time, and no larger than allowed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from inspect_cli.relays import Bounds, fetch
from tests.relay_server import RelayServer

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORT = Bounds(seconds=0.6, size=1000)


@pytest.fixture
def server() -> Iterator[RelayServer]:
    """Have a server on this machine."""
    with RelayServer() as running:
        yield running


def test_a_good_answer(server: RelayServer) -> None:
    """What the address says comes back byte for byte."""
    assert fetch(server.address("/say"), SHORT) == b"said"


def test_largest_and_too_large(server: RelayServer) -> None:
    """The bound itself is taken, one byte more is not, whatever length was announced, and an endless answer ends."""
    assert fetch(server.address("/size/1000"), SHORT) == b"x" * 1000
    for path in ("/size/1001", "/size/100000", "/endless"):
        assert str(fetch(server.address(path), SHORT)) == "it answers with more than 1000 bytes"


@pytest.mark.parametrize("path", ["/silent", "/trickle", "/trickling-head"])
def test_slow(server: RelayServer, path: str) -> None:
    """An address that says nothing, or a byte now and then, in its head or its body, is left in time."""
    start = time.monotonic()
    assert str(fetch(server.address(path), SHORT)) == "it took more than 0.6 seconds"
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(("path", "status"), [("/missing", 404), ("/broken", 500), ("/early", 425)])
def test_refusals(server: RelayServer, path: str, status: int) -> None:
    """A status of refusal is told by its number."""
    assert str(fetch(server.address(path), SHORT)) == f"it answers with status {status}"


def test_redirects(server: RelayServer) -> None:
    """A redirect to the same scheme is followed; to a file, to ftp, to another scheme, to itself, or endlessly it is not."""
    assert fetch(server.address("/to/say"), SHORT) == b"said"
    for target in ("file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/plain,x", "gopher://127.0.0.1/"):
        assert "status 302" in str(fetch(server.address(f"/redirect?{target}"), SHORT))
    assert "status 302" in str(fetch(server.address("/loop"), SHORT))
    assert "status 302" in str(fetch(server.address("/chain/1"), SHORT))


def test_nobody_there(server: RelayServer) -> None:
    """A closed port, a name that is none, and an answer that is no HTTP are told, and raise nothing."""
    port = server.port
    assert "cannot be reached" in str(fetch(server.address("/garbage"), SHORT))
    server.stop()
    assert "cannot be reached" in str(fetch(f"http://127.0.0.1:{port}/say", SHORT))
    assert "cannot be reached" in str(fetch("http://127.0.0.1:99999/", SHORT))


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org/", "/etc/passwd", ""])
def test_other_schemes(address: str) -> None:
    """Nothing but http and https is ever opened."""
    assert str(fetch(address)) == "this is no address of http or https"
