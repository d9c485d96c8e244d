"""Where the shipped files are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_SHIPPED = _HERE / "shipped"
_ROOT = _SHIPPED if _SHIPPED.is_dir() else _HERE.parent

ONTOLOGY = _ROOT / "ontology"
SEEDS = _ROOT / "seeds"
QUERIES = _ROOT / "queries"
PACKS = _HERE / "lang"
