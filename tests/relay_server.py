"""An HTTP server on this machine that behaves as relays do, well and badly; nothing of it reaches a network."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

_PAUSE = 0.1


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """Answer as the path says."""
        path, _, query = self.path.partition("?")
        self.server.asked.append(path)
        first, _, rest = path.strip("/").partition("/")
        if path in self.server.pages:
            self._say(self.server.pages[path])
        elif first in {"redirect", "to", "loop", "chain"}:
            self._redirect(first, rest, query)
        elif first in {"silent", "trickle", "trickling-head", "endless", "garbage"}:
            self._misbehave(first)
        elif first in {"say", "size"}:
            self._say(b"said" if first == "say" else b"x" * int(rest))
        else:
            self.send_error({"broken": 500, "early": 425}.get(first, 404))

    def _say(self, data: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _redirect(self, first: str, rest: str, query: str) -> None:
        goal = {"redirect": query, "to": f"/{rest}", "loop": "/loop", "chain": f"/chain/{rest}1"}[first]
        self.send_response(302)
        self.send_header("Location", goal)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _misbehave(self, first: str) -> None:
        if first == "garbage":
            self.wfile.write(b"\x00\x01 no HTTP at all\r\n\r\n")
            return
        if first in {"trickle", "endless"}:
            self.send_response(200)
            self.end_headers()
        if first == "trickling-head":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        try:
            while not self.server.is_over.wait(0 if first == "endless" else _PAUSE):
                if first != "silent":
                    self.wfile.write(b"x" * 4096 if first == "endless" else b"X-A: 1\r\n" if "head" in first else b"x")
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
        """Say nothing on the screen of the tests."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    pages: dict[str, bytes]
    asked: list[str]
    is_over: threading.Event


class RelayServer:
    """The server while it runs; ``pages`` are what paths of the test's own say, ``asked`` are the paths that were asked for."""

    def __init__(self) -> None:
        """Take a free port."""
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.pages, self._server.asked, self._server.is_over = {}, [], threading.Event()
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._is_running = False

    @property
    def pages(self) -> dict[str, bytes]:
        """Give what paths of the test's own say."""
        return self._server.pages

    @property
    def asked(self) -> list[str]:
        """Give the paths that were asked for, in order."""
        return self._server.asked

    @property
    def port(self) -> int:
        """Give the port."""
        return int(self._server.server_address[1])

    def address(self, path: str = "") -> str:
        """Give the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> None:
        """Close the port."""
        if self._is_running:
            self._is_running = False
            self._server.is_over.set()
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def __enter__(self) -> Self:
        """Start."""
        self._is_running = True
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()
