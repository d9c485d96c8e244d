"""Fetching the pages that feeds link to, politely: robots are asked, one request a second a host, nothing private."""

from __future__ import annotations

import ipaddress
import socket
import time
import weakref
from collections.abc import Callable
from typing import Any
from urllib.robotparser import RobotFileParser

from kg.errors import SourceError
from kg.read.item import LIMIT_BYTES, Item, needed

AGENT = "elchi"
PAUSE_S = 1.0
TIMEOUT_S = 20.0
_HOPS = 5


class Fetcher:
    """Gets pages; what may not or cannot be had is a SourceError that says why."""

    def __init__(
        self, name: str, *, resolve: Callable[[str], list[str]] | None = None, pause_s: float = PAUSE_S
    ) -> None:
        """``resolve`` gives the addresses of a host."""
        self._httpx = needed("httpx", name)
        self._client = self._httpx.Client(timeout=TIMEOUT_S, headers={"User-Agent": AGENT}, trust_env=False)
        weakref.finalize(self, self._client.close)
        self._resolve = resolve or addresses
        self._pause_s = pause_s
        self._last: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser] = {}

    def page(self, url: str) -> Item | SourceError:
        """The page at an address, or why there is none."""
        try:
            if not self._allowed(url):
                return SourceError(url, "the robots file of the site asks not to read it")
            status, content = self._get(url)
        except SourceError as error:
            return error
        if status != 200:
            return SourceError(url, f"the site answered with status {status}")
        return Item(source=url, form="html", content=content, url=url)

    def _allowed(self, url: str) -> bool:
        """What the robots file says; none is a yes, one that cannot be had (5xx) a no (RFC 9309)."""
        origin = str(self._parsed(url).copy_with(raw_path=b"/robots.txt", fragment=None))
        if origin not in self._robots:
            rules = RobotFileParser()
            status, content = self._get(origin)
            if status >= 500:
                rules.parse(["User-agent: *", "Disallow: /"])
            else:
                rules.parse(content.decode("utf-8", "replace").splitlines() if status == 200 else [])
            self._robots[origin] = rules
        return self._robots[origin].can_fetch(AGENT, url)

    def _get(self, url: str) -> tuple[int, bytes]:
        """Status and content after redirects, each of which is checked like the first address."""
        for _ in range(_HOPS):
            status, content, onward = self._hop(url)
            if onward is None:
                return status, content
            url = onward
        raise SourceError(url, "redirects without an end")

    def _hop(self, url: str) -> tuple[int, bytes, str | None]:
        """One request, to the very address that was checked, so that a name cannot change its mind between."""
        parsed = self._parsed(url)
        host = parsed.host
        target = parsed.copy_with(host=self._public(url, host))
        self._wait(host)
        headers = {"Host": parsed.netloc.decode("ascii")}
        try:
            with self._client.stream("GET", target, headers=headers, extensions={"sni_hostname": host}) as answer:
                if answer.is_redirect:
                    return answer.status_code, b"", str(parsed.join(answer.headers["location"]))
                content = b""
                for part in answer.iter_bytes():
                    content += part
                    if len(content) > LIMIT_BYTES:
                        raise SourceError(url, f"larger than {LIMIT_BYTES // 1_000_000} MB, which no article is")
                return answer.status_code, content, None
        except (self._httpx.HTTPError, self._httpx.InvalidURL) as error:
            raise SourceError(url, f"cannot be fetched ({str(error) or type(error).__name__})") from None

    def _parsed(self, url: str) -> Any:  # noqa: ANN401 - a class of an optional library
        try:
            parsed = self._httpx.URL(url)
        except self._httpx.InvalidURL:
            parsed = None
        if parsed is None or parsed.scheme not in {"http", "https"} or not parsed.host:
            raise SourceError(url, "is no address of a web page")
        return parsed

    def _public(self, url: str, host: str) -> str:
        """An address of the host, if all of them are public."""
        try:
            found = self._resolve(host)
        except OSError:
            raise SourceError(url, "the host is not known") from None
        if not found or not all(ipaddress.ip_address(address).is_global for address in found):
            raise SourceError(url, "the host is not on the public internet")
        return found[0]

    def _wait(self, host: str) -> None:
        due = self._last.get(host, float("-inf")) + self._pause_s
        if (left := due - time.monotonic()) > 0:
            time.sleep(left)
        self._last[host] = time.monotonic()


def addresses(host: str) -> list[str]:
    """The addresses of a host, version 4 first. Raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in sorted(found, key=lambda entry: entry[0] != socket.AF_INET)]
