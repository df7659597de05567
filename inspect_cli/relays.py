"""One address asked over HTTP, within bounds of time and size. Nothing here is believed: what comes back is proved by its signature.

It is the only part of the program that opens a network, and only where a person asked for it.
"""

from __future__ import annotations

import threading
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from inspect_cli.errors import Message, say

_SCHEMES: Final = ("http", "https")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long one address may take in all, in seconds, and how much it may say, in bytes."""

    seconds: float = 10.0
    size: int = 64 * 1024


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to http and https alone, never from https to http, and only a few."""

    max_repeats = 2
    max_redirections = 4

    def redirect_request(self, *parts: Any, **named: Any) -> urllib.request.Request | None:
        """Follow an address of the same scheme or of https; everything else is the error that it is."""
        request, stream, code, _, headers, goal = parts
        if urlsplit(goal).scheme not in {"https", request.type}:
            raise HTTPError(goal, code, "redirect to another scheme", headers, stream)
        return super().redirect_request(*parts, **named)


def fetch(address: str, bounds: Bounds | None = None) -> bytes | Message:
    """Ask an address, and give what it answers, or why there is no answer; never later than the bounds say."""
    limits = bounds or Bounds()
    if urlsplit(address).scheme not in _SCHEMES:
        return say("this is no address of http or https")
    said: list[bytes | Message] = []
    # A name that is never resolved and a head that trickles know no limit of their own: whoever is asked is left behind in time.
    asking = threading.Thread(target=lambda: said.append(_ask(address, limits)), daemon=True)
    asking.start()
    asking.join(limits.seconds)
    return said[0] if said else say("it took more than {seconds} seconds", seconds=round(limits.seconds, 1))


def _ask(address: str, limits: Bounds) -> bytes | Message:
    request = urllib.request.Request(address, headers={"Accept": "application/json", "User-Agent": "inspect-cli"})  # noqa: S310 - the scheme was looked at
    try:
        with _opener().open(request, timeout=limits.seconds) as answer:
            data: bytes = answer.read(limits.size + 1)
    except HTTPError as error:
        with error:
            return say("it answers with status {status}", status=error.code)
    except URLError as error:
        return say("it cannot be reached: {reason}", reason=str(error.reason))
    except (OSError, HTTPException, ValueError) as error:
        return say("it cannot be reached: {reason}", reason=str(error) or type(error).__name__)
    return data if len(data) <= limits.size else say("it answers with more than {size} bytes", size=limits.size)


def _opener() -> urllib.request.OpenerDirector:
    """Make an opener that knows http and https and nothing else: no file, no ftp, no data."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener
