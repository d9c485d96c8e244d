"""The IRIs of Elchi and of the vocabularies that it uses; the only place that makes them."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache

from pyoxigraph import NamedNode

DEFAULT_BASE = "https://w3id.org/elchi/id/"
BASE = os.environ.get("KG_BASE") or DEFAULT_BASE
ONTOLOGY = "https://w3id.org/elchi/ontology#"


def _vocabulary(prefix: str) -> Callable[[str], NamedNode]:
    """What makes the terms of a vocabulary, each once."""
    return cache(lambda name: NamedNode(prefix + name))


kg, oa, prov, rdf, skos, xsd = map(_vocabulary, (
    ONTOLOGY,
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2004/02/skos/core#",
    "http://www.w3.org/2001/XMLSchema#",
))


def iri(entity_id: str) -> NamedNode:
    """The IRI of an entity or fact; of a topic, the concept of the ontology.

    >>> iri("state/KZ").value.removeprefix(BASE), iri("topic/energy").value
    ('state/KZ', 'https://w3id.org/elchi/ontology#topic-energy')
    """
    if entity_id.startswith("topic/"):
        return member("topic", entity_id.removeprefix("topic/"))
    return NamedNode(BASE + entity_id)


def member(list_: str, name: str) -> NamedNode:
    """The concept of a member of a closed list.

    >>> member("office", "head_of_state").value
    'https://w3id.org/elchi/ontology#office-head_of_state'
    """
    return kg(f"{list_}-{name}")
