"""Where the shipped files are: beside the package in a checkout, inside it in a wheel; and where a user's own are."""

from __future__ import annotations

import os
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_SHIPPED = _HERE / "shipped"
_ROOT = _SHIPPED if _SHIPPED.is_dir() else _HERE.parent

ONTOLOGY = _ROOT / "ontology"
SEEDS = _ROOT / "seeds"
QUERIES = _ROOT / "queries"
PACKS = _HERE / "lang"


def own_files(pattern: str) -> list[Path]:
    """The files of one kind in the user's folder of further languages (``KG_LANGUAGES``): packs and their names."""
    folder = os.environ.get("KG_LANGUAGES")
    return sorted(Path(folder).glob(pattern)) if folder else []
