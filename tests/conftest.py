"""What the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.paths import SEEDS


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample article: Uzbek in Cyrillic script."""
    return SEEDS / "articles" / "kazinform-2025-08-22.txt"


def pytest_addoption(parser: pytest.Parser) -> None:
    """One switch that writes today's F1 as the floors."""
    parser.addoption("--raise-floors", action="store_true", help="write today's F1 into tests/floors.json")
