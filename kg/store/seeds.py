"""The shipped reference data and ontology as triples, under the base in use and without blank nodes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, RdfFormat, Triple
from pyoxigraph import parse as parse_rdf

from kg import seeds
from kg.errors import SeedError
from kg.paths import ONTOLOGY
from kg.rdf import BASE, DEFAULT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def seed_files() -> list[Path]:
    """The Turtle files of seeds and ontology."""
    return [*seeds.files(), *sorted(ONTOLOGY.glob("*.ttl"))]


def digest(files: Sequence[Path]) -> str:
    """A hash of what the files say and of the base of their IRIs: another digest means other triples."""
    hashed = hashlib.sha256(BASE.encode())
    for file in files:
        hashed.update(hashlib.sha256(file.read_bytes()).digest())
    return hashed.hexdigest()


@lru_cache(maxsize=4)
def seed_triples(files: tuple[Path, ...], _digest: str) -> frozenset[Triple]:
    """What the files say, read once while their digest stays. Raises SeedError for a file that is not Turtle."""
    return frozenset(triple for file in files for triple in _triples(file))


def _triples(file: Path) -> Iterator[Triple]:
    try:
        dataset = Dataset(parse_rdf(path=str(file), format=RdfFormat.TURTLE, base_iri=DEFAULT_BASE))
    except SyntaxError as error:
        raise SeedError(file, f"is not valid Turtle: {error}") from None
    # Blank nodes get names that depend on the content alone, so that every machine has the same ones.
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    stem = file.stem
    for quad in dataset:
        yield Triple(*(_named(term, stem) for term in quad.triple))


def _named(term: Any, stem: str) -> Any:  # noqa: ANN401 - pyoxigraph has no base type of terms
    """The term under the base in use; a blank node as an IRI."""
    if isinstance(term, BlankNode):
        return NamedNode(f"{BASE}node/{stem}/{term.value}")
    if isinstance(term, NamedNode) and BASE != DEFAULT_BASE and term.value.startswith(DEFAULT_BASE):
        return NamedNode(BASE + term.value.removeprefix(DEFAULT_BASE))
    return term
