"""Links are followed politely: robots are asked, hosts rest between requests, and nothing private is reached."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.errors import SourceError
from kg.read import Item, fetch
from kg.read.fetch import Fetcher

ROBOTS = b"User-agent: *\nDisallow: /closed\n"


class Site(BaseHTTPRequestHandler):
    """A small site; it keeps which paths were asked for, and when."""

    asked: list[tuple[str, float]]
    robots: int = 200

    def do_GET(self) -> None:
        type(self).asked.append((self.path, time.monotonic()))
        status, content, onward = {
            "/robots.txt": (type(self).robots, ROBOTS, None),
            "/page": (200, b"<html>page</html>", None),
            "/moved": (302, b"", "/page"),
            "/round": (302, b"", "/round"),
            "/inside": (302, b"", "http://127.0.0.1:9/secret"),
            "/large": (200, b"x" * 300_000, None),
        }.get(self.path, (404, b"", None))
        self.send_response(status)
        if onward:
            self.send_header("Location", onward)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a running site, on a host name that resolves to this machine."""
    Site.asked, Site.robots = [], 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    # This machine counts as public here, under the name of the site alone.
    monkeypatch.setattr(Fetcher, "_public", public)
    yield f"http://site.example:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


REAL_PUBLIC = Fetcher._public


def public(self: Fetcher, url: str, host: str) -> str:
    return "127.0.0.1" if host == "site.example" else REAL_PUBLIC(self, url, host)


def reason(fetcher: Fetcher, url: str) -> str:
    found = fetcher.page(url)
    assert isinstance(found, SourceError)
    return found.reason


def test_a_page_and_a_redirect_are_read(site: str) -> None:
    fetcher = Fetcher("feed", pause_s=0)
    for path in ("/page", "/moved"):
        found = fetcher.page(site + path)
        assert isinstance(found, Item)
        assert (found.content, found.url) == (b"<html>page</html>", site + path)
    assert [path for path, _ in Site.asked] == ["/robots.txt", "/page", "/moved", "/page"]


def test_what_robots_exclude_is_not_asked_for(site: str) -> None:
    assert "robots" in reason(Fetcher("feed", pause_s=0), site + "/closed/page")
    assert [path for path, _ in Site.asked] == ["/robots.txt"]


def test_a_robots_file_that_fails_closes_the_site_and_a_missing_one_opens_it(site: str) -> None:
    Site.robots = 503
    assert "robots" in reason(Fetcher("feed", pause_s=0), site + "/page")
    Site.robots = 404
    assert isinstance(Fetcher("feed", pause_s=0).page(site + "/page"), Item)


def test_a_host_rests_between_requests(site: str) -> None:
    Fetcher("feed", pause_s=0.3).page(site + "/page")
    (_, first), (_, second) = Site.asked
    assert second - first >= 0.29


def test_what_goes_wrong_is_one_sentence(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fetcher = Fetcher("feed", pause_s=0)
    monkeypatch.setattr(fetch, "LIMIT_BYTES", 100_000)
    assert reason(fetcher, site + "/none") == "the site answered with status 404"
    assert reason(fetcher, site + "/round") == "redirects without an end"
    assert "larger than" in reason(fetcher, site + "/large")
    assert reason(fetcher, site + "/inside") == "the host is not on the public internet"
    assert reason(fetcher, "ftp://site.example/a") == "is no address of a web page"
    assert reason(fetcher, "http://") == "is no address of a web page"


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fd00::1"])
def test_private_addresses_are_not_reached(address: str) -> None:
    fetcher = Fetcher("feed", resolve=lambda _: ["93.184.216.34", address], pause_s=0)
    assert reason(fetcher, "http://inside.example/") == "the host is not on the public internet"
