"""What the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.paths import SEEDS


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample article: Uzbek in Cyrillic script."""
    return SEEDS / "articles" / "kazinform-2025-08-22.txt"
