"""The description in words has every address, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from kg.serve.answers import EXPLORE
from kg.serve.openapi import ADDRESSES

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def test_every_address_of_the_explorer_is_described() -> None:
    told = set(re.findall(r"GET /api/([\w-]+)", TEXT))
    assert set(EXPLORE) <= told
    assert told - set(EXPLORE) <= {"status"}
    assert {f"/api/{name}" for name in EXPLORE} <= {path.removesuffix("/{id}") for path in ADDRESSES}
