"""The page is built with the package where that can be done; else all but it is installed, and a warning says so."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from hatch_build import NODE_WHEEL, PageHook

WORDS = Path(__file__).parent.parent / "kg" / "serve" / "page" / "src" / "i18n"


class App:
    """What hatchling hands to a hook; it keeps the warnings."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def display_warning(self, text: str) -> None:
        self.warnings.append(text)


def program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a page, and on the path nothing but what the test puts into ``bin``."""
    page = tmp_path / "kg" / "serve" / "page"
    (page / "src").mkdir(parents=True)
    (page / "src" / "main.ts").write_text("export {};\n", encoding="utf-8")
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("KG_PAGE", raising=False)
    return tmp_path


def hook(checkout: Path) -> tuple[PageHook, App]:
    app: Any = App()
    nothing: Any = None
    return PageHook(str(checkout), {}, nothing, nothing, str(checkout), "wheel", app), app


def with_node(checkout: Path, npm: str, version: str = "v20.20.0") -> None:
    program(checkout / "bin", "node", f"echo {version}")
    program(checkout / "bin", "npm", npm)


def test_a_machine_without_node_asks_for_that_of_the_package(checkout: Path) -> None:
    assert hook(checkout)[0].dependencies() == [NODE_WHEEL]


def test_so_does_one_with_an_old_node(checkout: Path) -> None:
    with_node(checkout, "exit 0", "v18.19.0")
    assert hook(checkout)[0].dependencies() == [NODE_WHEEL]


def test_a_machine_with_node_needs_nothing_more_and_builds(checkout: Path) -> None:
    with_node(checkout, 'echo "$@" >> ../called')
    made, app = hook(checkout)
    assert made.dependencies() == []
    made.initialize("standard", {})
    assert app.warnings == []
    called = (checkout / "kg" / "serve" / "called").read_text(encoding="utf-8")
    assert called.splitlines() == ["ci --no-audit --no-fund", "run build"]


def test_where_npm_fails_the_package_comes_without_the_page_and_says_why(checkout: Path) -> None:
    with_node(checkout, "echo npm error code ECONNREFUSED >&2; exit 1")
    (checkout / "kg" / "serve" / "assets").mkdir()
    made, app = hook(checkout)
    made.initialize("standard", {})
    assert len(app.warnings) == 1
    assert "without the page" in app.warnings[0]
    assert "ECONNREFUSED" in app.warnings[0]
    assert not (checkout / "kg" / "serve" / "assets").exists()


def test_a_page_that_is_built_is_taken_until_a_source_is_newer(checkout: Path) -> None:
    with_node(checkout, "echo called >> ../called")
    index = checkout / "kg" / "serve" / "assets" / "index.html"
    index.parent.mkdir()
    index.write_text("<!doctype html>", encoding="utf-8")
    source = checkout / "kg" / "serve" / "page" / "src" / "main.ts"
    os.utime(source, (1, 1))
    hook(checkout)[0].initialize("standard", {})
    assert not (checkout / "kg" / "serve" / "called").exists()
    os.utime(index, (0, 0))
    hook(checkout)[0].initialize("standard", {})
    assert (checkout / "kg" / "serve" / "called").exists()


def test_the_page_can_be_left_out_on_purpose(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_PAGE", "no")
    made, app = hook(checkout)
    assert made.dependencies() == []
    made.initialize("standard", {})
    assert "KG_PAGE=no" in app.warnings[0]


@pytest.mark.parametrize("language", ["ru", "uz", "kk", "ky"])
def test_every_sentence_keeps_its_gaps_in_every_language(language: str) -> None:
    gaps = {name: _gaps(name) for name in ("en", language)}
    assert gaps[language] == gaps["en"]


def _gaps(language: str) -> dict[str, list[str]]:
    text = (WORDS / f"{language}.ts").read_text(encoding="utf-8")
    return {key: sorted(re.findall(r"\{\w+\}", words)) for key, words in re.findall(r'\b(\w+): "([^"]*)"', text)}
